"""What was known at a moment, with the values of then."""

import itertools

import pytest

from casefile.model.errors import Refused, UsageError
from casefile.model.ids import new_id
from casefile.model.note import Note
from casefile.services import annotate, claims, history, moments, notes, reading
from casefile.services.claims import ClaimDraft
from casefile.services.desk import Desk

NOON = 1_900_000_000_000  # milliseconds since 1970
STEP = 60_000


@pytest.fixture
def clock(desk: Desk):
    """A clock that goes on by a minute at each operation."""
    ticks = itertools.count(NOON, STEP)
    desk.store.clock = lambda: next(ticks)
    return ticks


def last(desk: Desk) -> int:
    """When the newest act was done."""
    return history.acts(desk)[0].when


def test_a_moment_is_an_instant_or_the_end_of_a_day():
    assert moments.moment("2024-04-03T10:00:00Z") == 1712138400000
    assert moments.moment("2024-04-03T10:00:00.250+02:00") == 1712131200250
    assert moments.moment("3 April 2024") == moments.moment("2024-04-03") == 1712188799999
    with pytest.raises(UsageError, match="names no moment"):
        moments.moment("nonsense")


def test_the_case_as_it_was_known(desk, sources, clock):
    source = sources["column.txt"]
    before = next(clock)
    mark, _ = annotate.mark(desk, source, (0, 6))
    claim, _ = claims.add(desk, ClaimDraft(statement="A column came", quote=mark, speaker="Yusuf"))
    claims.assess(desk, claim, credibility=3, reasoning="one voice")
    known = last(desk)
    claims.edit(desk, claim, statement="A column came in March")
    claims.assess(desk, claim, credibility=2)
    reading.delete(desk, [sources["denial.txt"]])

    early = moments.overview(desk, before)
    assert (early.counts["source"], early.counts["claim"], early.counts["annotation"]) == (2, 0, 0)
    then = moments.overview(desk, known)
    assert (then.counts["source"], then.counts["claim"], then.counts["assessment"]) == (2, 1, 1)
    assert moments.overview(desk, last(desk)).counts["source"] == 1

    (one,) = moments.listing(desk, "claim", known)
    assert (one.title, one.values["statement"]) == ("A column came", "A column came")
    assert one.changed_since
    (judged,) = moments.listing(desk, "assessment", known)
    assert (judged.values["credibility"], judged.values["reasoning"]) == (3, "one voice")
    assert judged.title == "A column came in March"  # named by the claim, as it stands now
    kept = {one.id: one for one in moments.listing(desk, "source", known)}
    assert kept[sources["denial.txt"]].deleted_now
    assert not kept[sources["column.txt"]].changed_since
    assert moments.listing(desk, "claim", before) == []


def test_a_record_that_was_not_there_yet_is_said(desk, sources, clock):
    key, _ = notes.note(desk, sources["column.txt"], "look again")
    when = last(desk)
    notes.edit_note(desk, key, "done")
    assert moments.record(desk, key, when).values["body"] == "look again"
    assert moments.record(desk, key, last(desk)).values["body"] == "done"
    with pytest.raises(Refused, match="not in the case then") as caught:
        moments.record(desk, key, when - 1)
    assert "2030" in caught.value.hint
    with pytest.raises(Refused, match="no record"):
        moments.record(desk, new_id(), when)


def test_a_deleted_record_comes_and_goes(desk, sources, clock):
    key, _ = notes.note(desk, sources["column.txt"], "x")
    made = last(desk)
    reading.delete(desk, [key])
    gone = last(desk)
    history.undo(desk)
    back = last(desk)
    seen = [[n.id for n in moments.listing(desk, Note.TABLE, at)] for at in (made, gone, back)]
    assert seen == [[key], [], [key]]
    assert [moments.record(desk, key, at).deleted for at in (made, gone, back)] == [
        False,
        True,
        False,
    ]


def test_tags_as_they_were(desk, sources, clock):
    source = sources["column.txt"]
    notes.tag(desk, [source], ["water", "army"])
    both = next(clock)
    notes.untag(desk, [source], "water")
    assert moments.tags(desk, both) == {source: ("army", "water")}
    assert moments.tags(desk, last(desk)) == {source: ("army",)}
    assert moments.tags(desk, NOON - 1) == {}


def test_pages_follow_one_another(desk, sources, clock):
    made = [notes.note(desk, sources["column.txt"], str(n))[0] for n in range(5)]
    at = last(desk)
    parts = [moments.listing(desk, "note", at, limit=2, start=start) for start in (0, 2, 4)]
    assert [one.id for part in parts for one in part] == made
