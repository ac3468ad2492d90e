"""Marks go along when a source gets a new text."""

import hashlib

import pytest

from casefile.model.errors import Refused
from casefile.model.source import Extraction
from casefile.services import annotate, carrying, history, reading
from casefile.services.carrying import CarryReport, NewText, carry_marks
from casefile.store import records

KEPT = "cut off water to at least six villages"
NOISY = "between twelve and fifteen"
LOST = "has held the ridge above the valley"


def give_text(desk, source: str, words: str, *, carry: bool = True) -> CarryReport | None:
    """Put a new reading of a source, with or without taking its marks along."""
    with desk.store.write("edit") as w:
        name = w.content("text", words.encode())
        object_ = records.where(w, Extraction, source=source)[0].object or ""
        key = "11111111-2222-4333-8444-" + hashlib.sha256(words.encode()).hexdigest()[:12]
        w.put(
            Extraction, key, source=source, object=object_, text_hash=name, extractor="test",
            complete=True,
        )  # fmt: skip
        return carry_marks(w, source, NewText(words, name, object_)) if carry else None


def changed(words: str) -> str:
    """Do to a text what another reading does: lines flow, a letter is wrong, a part is gone."""
    flowed = words.replace("\nweek", " week").replace("least six", "least\nsix")
    noisy = flowed.replace("between twelve and fifteen", "betwcen twelve and fiftecn")
    gone = noisy.replace(
        "Brigade, which has held the ridge above the valley since January.", "Brigade."
    )
    assert gone != noisy != flowed
    return "A note by the editors came first.\n\n" + gone


@pytest.fixture
def marked(desk, sources) -> dict[str, str]:
    source = sources["column.txt"]
    return {words: annotate.quote(desk, source, words)[0] for words in (KEPT, NOISY, LOST)}


def by_id(desk, source: str):
    return {view.annotation.id: view.annotation for view in reading.marks(desk, source)}


def test_each_mark_goes_its_way_and_none_is_lost(desk, sources, marked):
    source = sources["column.txt"]
    old = reading.text(desk, source)
    report = give_text(desk, source, changed(old.text))
    assert report == CarryReport(moved=1, unsure=1, orphan=1)
    new = reading.text(desk, source)
    found = by_id(desk, source)
    kept, noisy, lost = (found[marked[words]] for words in (KEPT, NOISY, LOST))
    assert (kept.anchor, kept.text_hash) == ("moved", new.text_hash)
    assert " ".join(new.text[slice(*kept.span)].split()) == KEPT
    assert (noisy.anchor, noisy.quote) == ("unsure", NOISY)  # the words that were marked stay
    assert new.text[slice(*noisy.span)] == "betwcen twelve and fiftecn"
    assert (lost.anchor, lost.quote, lost.span) == ("orphan", LOST, None)


def test_an_unsure_mark_is_confirmed_and_undone(desk, sources, marked):
    source = sources["column.txt"]
    give_text(desk, source, changed(reading.text(desk, source).text))
    carrying.confirm(desk, marked[NOISY])
    noisy = by_id(desk, source)[marked[NOISY]]
    assert (noisy.anchor, noisy.quote) == ("moved", "betwcen twelve and fiftecn")
    history.undo(desk)
    assert by_id(desk, source)[marked[NOISY]].quote == NOISY
    with pytest.raises(Refused):
        carrying.confirm(desk, sources["column.txt"])


def test_a_mark_on_an_older_text_is_shown_where_it_belongs(desk, sources, marked):
    """A colleague's mark may come for a text that was read anew here meanwhile."""
    source = sources["column.txt"]
    give_text(desk, source, changed(reading.text(desk, source).text), carry=False)
    new, found = reading.text(desk, source), by_id(desk, source)
    assert " ".join(new.text[slice(*found[marked[KEPT]].span)].split()) == KEPT
    assert {found[key].anchor for key in marked.values()} == {"moved", "unsure", "orphan"}
    assert found[marked[LOST]].span is None
    with desk.store.read() as r:  # only shown: nothing was written
        stored = records.get(r, type(found[marked[KEPT]]), marked[KEPT])
    assert stored.anchor == "exact"


def test_the_same_text_keeps_marks_exact(desk, sources, marked):
    source = sources["column.txt"]
    words = reading.text(desk, source).text
    give_text(desk, source, words)
    assert {one.anchor for one in by_id(desk, source).values()} == {"exact"}
