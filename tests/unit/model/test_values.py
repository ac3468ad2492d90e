"""Small values refuse what they cannot be."""

import pytest

from casefile.model.change import Changes, CheckReport, Finding
from casefile.model.values import DateValue, Picture, Span
from casefile.model.view import AddEntry, AddReport


def test_a_date_value_survives_json_and_passes_newer_keys_over():
    value = DateValue(text="April", edtf="2024-04", earliest="2024-04-01", latest="2024-04-30")
    assert DateValue.from_json({**value.to_json(), "calendar": "newer"}) == value
    assert DateValue.from_json(None) is None


def test_a_span_is_a_range():
    assert Span(2, 4).of("abcdef") == "cd"
    for start, end in ((-1, 2), (3, 2)):
        with pytest.raises(ValueError, match="not a span"):
            Span(start, end)


def test_a_picture_has_as_many_bytes_as_pixels():
    assert Picture(2, 1, bytes(8)).width == 2
    for width, height, size in ((2, 1, 7), (0, 0, 0), (1, 1, 5)):
        with pytest.raises(ValueError, match="pixels"):
            Picture(width, height, bytes(size))


def test_changes_say_what_they_touch():
    changes = Changes(act="a", label="mark", records={"annotation": ("1",)}, upto=3)
    assert changes.touches("claim", "annotation")
    assert not changes.touches("claim")


def test_a_check_with_notes_only_is_ok():
    note = Finding(level="note", kind="index", detail="behind")
    damage = Finding(level="damage", kind="object", detail="changed")
    assert CheckReport(findings=(note,), ops=1, objects=1, bytes=1).ok
    assert not CheckReport(findings=(note, damage), ops=1, objects=1, bytes=1).ok


def test_an_add_report_counts_every_status():
    def entry(status: str) -> AddEntry:
        return AddEntry(path="p", source=None, kind=None, title=None, sha256=None, status=status)

    report = AddReport(act="a", entries=(entry("added"), entry("added"), entry("refused")))
    assert report.counts == {"added": 2, "duplicate": 0, "partly read": 0, "refused": 1}
