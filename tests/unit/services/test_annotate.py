"""A mark stands on exact words, or is refused with the places."""

import pytest

from casefile.model.errors import Refused, UsageError
from casefile.services import annotate, history, reading
from casefile.services.annotate import MarkAs


def test_a_quote_is_marked_where_it_stands(desk, sources):
    key, changes = annotate.quote(
        desk,
        sources["column.txt"],
        "cut off water to at  least\nsix villages",
        how=MarkAs(1, "six"),
    )
    (mark,) = reading.marks(desk, sources["column.txt"])
    words = reading.text(desk, sources["column.txt"])
    start, end = mark.annotation.span
    assert mark.annotation.id == key
    assert words.text[start:end] == mark.annotation.quote
    assert " ".join(mark.annotation.quote.split()) == "cut off water to at least six villages"
    assert (mark.zone, mark.annotation.body, mark.annotation.anchor) == ("body", "six", "exact")
    assert mark.annotation.text_hash == words.text_hash
    assert changes.records["annotation"] == (key,)


def test_words_in_several_places_need_a_choice(desk, sources):
    source = sources["column.txt"]
    with pytest.raises(Refused) as refused:
        annotate.quote(desk, source, "the")
    places = refused.value.details
    assert len(places) > 2
    assert reading.marks(desk, source) == []
    annotate.quote(desk, source, "the", occurrence=2)
    assert reading.marks(desk, source)[0].annotation.span == (places[1]["start"], places[1]["end"])


@pytest.mark.parametrize("words", ["no such words", "armoured Column", ""])
def test_words_that_are_not_there_store_nothing(desk, sources, words):
    with pytest.raises(Refused):
        annotate.quote(desk, sources["column.txt"], words)
    assert reading.marks(desk, sources["column.txt"]) == []


def test_a_selection_loses_the_white_space_at_its_ends(desk, sources):
    words = reading.text(desk, sources["column.txt"]).text
    at = words.index("Yusuf")
    annotate.mark(desk, sources["column.txt"], (at - 1, at + 6))
    (mark,) = reading.marks(desk, sources["column.txt"])
    assert mark.annotation.quote == "Yusuf"


def test_there_are_five_marks(desk, sources):
    with pytest.raises(UsageError):
        annotate.mark(desk, sources["column.txt"], (0, 5), MarkAs(6))


def test_marks_are_undone_and_redone_with_their_tags(desk, sources):
    source = sources["column.txt"]
    key, _ = annotate.mark(desk, source, (0, 6), MarkAs(3, None, ("water",)))
    report, changes = history.undo(desk)
    assert reading.marks(desk, source) == []
    assert report.key == "annotate"
    assert changes.touches("annotation")
    history.redo(desk)
    (mark,) = reading.marks(desk, source)
    assert (mark.annotation.id, mark.annotation.mark, mark.tags) == (key, 3, ("water",))


def test_recolour_move_and_note(desk, sources):
    source = sources["column.txt"]
    key, _ = annotate.mark(desk, source, (0, 6))
    annotate.recolour(desk, key, 4)
    annotate.write_note(desk, key, "weak")
    annotate.move(desk, reading.text(desk, source), key, (0, 17))
    (mark,) = reading.marks(desk, source)
    assert (mark.annotation.mark, mark.annotation.body) == (4, "weak")
    assert mark.annotation.quote == "Valley dispatches"
    annotate.write_note(desk, key, "")
    assert reading.marks(desk, source)[0].annotation.body is None
