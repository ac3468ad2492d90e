"""A merge that is undone: all stands as before, and nothing that anybody wrote since is touched."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casefile.model.errors import Refused
from casefile.model.ids import new_id
from casefile.model.source import Source, SourceFile
from casefile.store import merging, unmerging
from casefile.store.case import CaseStore
from casefile.store.checking import check
from casefile.store.rebuilding import rebuild_projections

from .conftest import Cases
from .test_merging import ROWS, STEP, bodies, play, same, state
from .work import acts


def take(store: CaseStore, other: CaseStore) -> str:
    with store.write("merge") as w:
        before = w.known.next_op
        merging.merge(w, bodies(other))
        return merging.remember(w, before)


def people(cases: Cases) -> list[CaseStore]:
    return [cases.new(person=new_id(), install=new_id()) for _ in range(2)]


def gone(found: dict[str, dict[str, Any]]) -> set[str]:
    return {row for row, fields in found.items() if fields["deleted"] == (True, False)}


@settings(suppress_health_check=list(HealthCheck), max_examples=settings().max_examples // 3)
@given(st.lists(STEP, max_size=9))
def test_undone_it_is_as_before_and_redone_as_after(cases: Cases, steps: Any) -> None:
    stores = people(cases)
    play(stores, steps)
    mine, theirs = stores
    before = state(mine)
    name = take(mine, theirs)
    after, brought = state(mine), set(bodies(mine))
    if not name:
        return
    try:
        report = mine.undo_merge()
    except Refused:  # what came left everything as it was
        assert same(before, {row: f for row, f in after.items() if row in before})
        assert after.keys() - before.keys() <= gone(after)
        return
    assert report.changed_since == ()
    now = state(mine)
    assert same({row: fields for row, fields in now.items() if row in before}, before)
    assert now.keys() - before.keys() <= gone(now)
    assert brought < set(bodies(mine))
    assert check(mine, full=True).findings == ()
    with pytest.raises(Refused, match="undone already"):
        mine.undo_merge(name)
    mine.redo()
    assert same(state(mine), after)
    rebuild_projections(mine)
    assert same(state(mine), after)
    mine.undo_merge(name)  # it stands again, so it can be undone again
    assert same({row: f for row, f in state(mine).items() if row in before}, before)
    cases.close()


def test_what_was_done_since_stays_and_is_named(cases: Cases) -> None:
    mine, theirs = people(cases)
    with mine.write("import") as w:
        w.put(Source, ROWS[0], title="x", status="later")
    take(theirs, mine)
    with theirs.write("edit") as w:
        w.put(Source, ROWS[0], title="theirs", status="no")
        w.put(Source, ROWS[1], title="new")
        w.put(Source, ROWS[2], title="new, too")
    take(mine, theirs)
    with mine.write("edit") as w:
        w.put(Source, ROWS[0], title="mine since")
        w.put(SourceFile, new_id(), source=ROWS[1])
    report = mine.undo_merge()
    found = state(mine)
    assert found[ROWS[0]]["title"] == ("mine since", False)
    assert found[ROWS[0]]["status"] == ("later", False)
    assert found[ROWS[1]]["deleted"] == (False, False)
    assert found[ROWS[2]]["deleted"] == (True, False)
    assert set(report.changed_since) == {
        ("source", ROWS[0], "title"),
        ("source", ROWS[1], "source_file"),
    }
    assert acts(mine)[0] == ("undo", False)
    take(theirs, mine)
    assert same(state(theirs), found)


def test_the_newest_that_stands_is_undone_first(cases: Cases) -> None:
    mine, theirs = people(cases)
    for title in ("one", "two"):
        with theirs.write("edit") as w:
            w.put(Source, ROWS[0], title=title)
        take(mine, theirs)
    with mine.read() as r:
        newest, oldest = unmerging.merges(r)
    assert newest.first == oldest.last + 1
    mine.undo_merge()
    assert state(mine)[ROWS[0]]["title"] == ("one", False)
    mine.undo_merge()
    assert state(mine)[ROWS[0]]["deleted"] == (True, False)
    with pytest.raises(Refused, match="no merge to undo"):
        mine.undo_merge()
    with pytest.raises(Refused, match="No merge"):
        mine.undo_merge("ffffffff")


def test_ones_own_act_from_before_is_still_the_last_to_undo(cases: Cases) -> None:
    mine, theirs = people(cases)
    with mine.write("import") as w:
        w.put(Source, ROWS[0], title="x")
    with mine.write("edit") as w:
        w.put(Source, ROWS[0], status="later")
    take(theirs, mine)
    with theirs.write("edit") as w:
        w.put(Source, ROWS[0], title="theirs")
    take(mine, theirs)
    mine.undo_merge()
    mine.undo()
    assert state(mine)[ROWS[0]]["status"] == (None, False)
    assert state(mine)[ROWS[0]]["title"] == ("x", False)
