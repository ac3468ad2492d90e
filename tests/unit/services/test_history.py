"""What was done is named, in order, and can be taken back once."""

import pytest

from casefile.model.errors import Refused
from casefile.services import annotate, cases, claims, history, notes, reading
from casefile.services.claims import ClaimDraft
from casefile.store.recorded import Recorded


def test_acts_are_listed_newest_first_with_their_names(desk, sources):
    notes.tag(desk, sources.values(), ["water"])
    first, second = history.acts(desk)[:2]
    assert history.label(first.key, first.args) == "2 records tagged"
    assert second.key == "import"
    assert first.person == desk.person


def test_the_history_of_a_record_tells_before_and_after(desk, sources):
    reading.grade(desk, [sources["column.txt"]], "B")
    reading.grade(desk, [sources["column.txt"]], "D")
    last = history.of(desk, sources["column.txt"])[-1]
    assert (last.before["reliability"], last.values["reliability"]) == ("B", "D")
    assert len(last.hash) == 64


def test_undo_goes_back_step_by_step_and_redo_forward(desk, sources):
    source = [sources["column.txt"]]
    for letter in "ABC":
        reading.grade(desk, source, letter)

    def grade():
        return reading.rows(desk, source)[0].reliability

    assert grade() == "C"
    history.undo(desk)
    history.undo(desk)
    assert grade() == "A"
    report, changes = history.redo(desk)
    assert grade() == "B"
    assert changes.touches("source")
    assert history.label("redo", {"key": report.key, "args": report.args}).startswith("Redone")


def test_with_nothing_to_undo_it_says_so(desk):
    with pytest.raises(Refused):
        history.undo(desk)
    with pytest.raises(Refused):
        history.redo(desk)


def test_what_changed_since_is_reported_and_left(desk, sources):
    source = sources["column.txt"]
    reading.edit(desk, source, reliability="B", section="Front page")
    act = history.acts(desk)[0].id
    reading.grade(desk, [source], "D")
    report, _ = history.undo(desk, act)
    assert [field for _, _, field in report.changed_since] == ["reliability"]
    shown = reading.source(desk, source).source
    assert (shown.reliability, shown.section) == ("D", "Valley dispatches")
    reading.grade(desk, [source], "E")
    with pytest.raises(Refused, match="changed since"):
        history.undo(desk, history.acts(desk)[2].id)


def test_every_act_that_services_write_has_a_name(desk, sources):
    key, _ = annotate.mark(desk, sources["column.txt"], (0, 6))
    annotate.recolour(desk, key, 2)
    claim, _ = claims.add(desk, ClaimDraft(statement="x", quote=key, speaker="Y"))
    claims.assess(desk, claim, credibility=3)
    for act in history.acts(desk):
        words = history.label(act.key, act.args)
        assert words
        assert words != act.key
        assert "{" not in words


def test_an_act_of_a_newer_version_is_shown_by_its_key():
    assert history.label("teleport", {"to": "moon"}) == "teleport"
    assert history.label("annotate", {}) == "annotate"


def test_the_history_of_a_record_in_words(desk, sources):
    cases.set_handle(desk, "Noor")
    claim, _ = claims.add(desk, ClaimDraft(statement="x", speaker="Yusuf"))
    claims.edit(desk, claim, speaker="Leila", statement="y")
    history.undo(desk)
    made, edited, undone = history.entries(desk, claim)
    assert (made.what, made.who, made.made, made.undone) == ("Claim made", "Noor", True, False)
    assert (edited.what, edited.made, edited.undone) == ("Claim changed", False, True)
    assert (undone.what, undone.title) == ("Undone: Claim changed", "x")
    said = {change.name: (change.was, change.now) for change in edited.changes}
    assert said == {"Speaker": ("Yusuf", "Leila"), "Statement": ("x", "y")}
    exact = {change.field: (change.before, change.after) for change in undone.changes}
    assert exact["statement"] == ("y", "x")
    assert {change.before for change in made.changes} == {None}


def test_what_one_act_did_is_told_record_by_record(desk, sources):
    both = sorted(sources.values())
    reading.triage(desk, both, "later")
    act = history.acts(desk)[0]
    detail = history.of_act(desk, act.id[:8])
    assert (detail.act, detail.what, detail.records) == (act, "2 sources triaged", 2)
    assert sorted(one.record for one in detail.entries) == both
    assert all(one.changes[0].now == "later" for one in detail.entries)
    rest = history.of_act(desk, act.id, limit=1, start=1)
    assert [one.record for one in rest.entries] == [detail.entries[1].record]
    with pytest.raises(Refused, match="No act"):
        history.of_act(desk, "ffffffff")


def test_a_deletion_and_a_return_are_told(desk, sources):
    source = sources["column.txt"]
    reading.delete(desk, [source])
    history.undo(desk)
    told = [{c.name: (c.was, c.now) for c in e.changes} for e in history.entries(desk, source)[1:]]
    assert told == [{"Deleted": ("no", "yes")}, {"Deleted": ("yes", "no")}]


def test_what_was_written_last_is_noted_outside_of_the_case(desk, sources):
    recorded = Recorded(desk.places.replicas)
    before = recorded.seen(desk.store.replica)
    reading.grade(desk, [sources["column.txt"]], "B")
    assert before > 1
    assert recorded.seen(desk.store.replica) == before + 1
