"""Two sources become one and nothing that hung on either is lost; undo makes them two again."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from casefile.model.errors import Refused
from casefile.model.source import SourceFile
from casefile.services import annotate, claims, history, ingest, joining, notes, reading
from casefile.services.annotate import MarkAs
from casefile.services.claims import ClaimDraft
from casefile.services.desk import Desk
from casefile.store import records

QUOTE = "They came from the north road shortly before dawn"
LOST = "A note of the agency"


@dataclass
class Pair:
    """Two sources that say nearly the same, and what hangs on the second."""

    keep: str
    gone: str
    copy: Path
    mark: str
    lost: str
    claim: str


@pytest.fixture
def pair(desk: Desk, files: Path) -> Pair:
    words = (files / "column.txt").read_text("utf-8").replace("six villages", "seven villages")
    copy = files / "copy.txt"
    copy.write_text(f"{LOST}.\n\n{words}", "utf-8")
    keep, gone = (e.source or "" for e in ingest.add(desk, [files / "column.txt", copy]).entries)
    mark, _ = annotate.quote(desk, gone, QUOTE, how=MarkAs(mark=2, note="whose road"))
    lost, _ = annotate.quote(desk, gone, LOST)
    notes.tag(desk, [gone], ["water"])
    notes.tag(desk, [keep], ["water", "pumps"])
    notes.note(desk, gone, "Sent by a reader")
    claim, _ = claims.add(desk, ClaimDraft(statement="Pumps stopped at noon"))
    claims.link(desk, claim, source=gone, stance="supports")
    reading.grade(desk, [gone], "B")
    return Pair(keep, gone, copy, mark, lost, claim)


def test_merge_keeps_every_mark_tag_note_and_evidence(desk, pair):
    joining.merge(desk, pair.keep, pair.gone)
    assert reading.listing(desk) == [pair.keep]
    view = reading.source(desk, pair.keep)
    assert view.tags == ("pumps", "water")
    assert [n.body for n in view.notes] == ["Sent by a reader"]
    assert view.source.reliability == "B"
    assert view.file.name == "column.txt"
    assert view.duplicates == ()
    assert [e.source for e in claims.view(desk, pair.claim).evidence] == [pair.keep]
    marks = {m.annotation.id: m.annotation for m in reading.marks(desk, pair.keep)}
    assert set(marks) == {pair.mark, pair.lost}
    text = reading.text(desk, pair.keep)
    start, end = marks[pair.mark].span
    assert text.text[start:end] == QUOTE
    assert (marks[pair.mark].text_hash, marks[pair.mark].anchor) == (text.text_hash, "moved")
    assert (marks[pair.lost].quote, marks[pair.lost].anchor) == (LOST, "orphan")
    again = ingest.add(desk, [pair.copy]).entries[0]
    assert (again.source, again.status) == (pair.keep, "duplicate")


def test_undo_makes_two_of_them_again(desk, pair):
    joining.merge(desk, pair.keep, pair.gone)
    history.undo(desk)
    assert set(reading.listing(desk)) == {pair.keep, pair.gone}
    marks = {m.annotation.id: m.annotation for m in reading.marks(desk, pair.gone)}
    assert set(marks) == {pair.mark, pair.lost}
    assert marks[pair.lost].anchor == "exact"
    assert reading.marks(desk, pair.keep) == []
    with desk.store.read() as r:
        assert {f.source for f in records.where(r, SourceFile)} == {pair.keep, pair.gone}
    assert reading.source(desk, pair.gone).tags == ("water",)
    assert reading.source(desk, pair.keep).source.reliability is None
    assert [d.source for d in reading.source(desk, pair.keep).duplicates] == [pair.gone]


def test_a_source_is_not_merged_with_itself_or_with_one_that_is_gone(desk, pair):
    with pytest.raises(Refused, match="itself"):
        joining.merge(desk, pair.keep, pair.keep)
    reading.delete(desk, [pair.gone])
    with pytest.raises(Refused, match="no source"):
        joining.merge(desk, pair.keep, pair.gone)
