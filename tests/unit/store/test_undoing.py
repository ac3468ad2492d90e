import shutil
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.model.change import UndoReport
from casefile.model.errors import Refused
from casefile.model.ids import new_id
from casefile.model.source import Source
from casefile.model.values import DateValue
from casefile.store import history, records
from casefile.store.case import CaseStore
from casefile.store.checking import check

from .conftest import Cases
from .work import A, B, acts, delete, edit, shown


def test_nothing_to_undo_or_redo(store: CaseStore) -> None:
    with pytest.raises(Refused, match="nothing to undo"):
        store.undo()
    with pytest.raises(Refused, match="nothing to redo"):
        store.redo()
    edit(store, title="x")
    with pytest.raises(Refused, match="nothing to redo"):
        store.redo()
    with pytest.raises(Refused, match="No act"):
        store.undo(new_id())
    assert acts(store) == [("edit", False)]


def test_undo_and_redo_walk_as_in_every_editor(store: CaseStore) -> None:
    first = edit(store, title="x")
    second = edit(store, title="y", status="later")
    delete(store)
    report = store.undo()
    assert (report.key, report.args, report.restored) == ("delete", {}, 1)
    assert shown(store) == ("y", "later", False)
    report = store.undo()
    assert report == UndoReport(
        act=report.act, undone=second, key="edit", args={"fields": ["status", "title"]}, restored=1
    )
    assert shown(store) == ("x", None, False)
    assert store.undo().undone == first
    assert shown(store) == ("x", None, True)
    with pytest.raises(Refused, match="nothing to undo"):
        store.undo()
    for wanted in [("x", None, False), ("y", "later", False), ("y", "later", True)]:
        store.redo()
        assert shown(store) == wanted
    with pytest.raises(Refused, match="nothing to redo"):
        store.redo()
    for wanted in [("y", "later", False), ("x", None, False), ("x", None, True)]:
        store.undo()
        assert shown(store) == wanted
    assert check(store, full=True).findings == ()


def test_history_tells_what_was_undone_by_what(store: CaseStore) -> None:
    edited = edit(store, title="x")
    undone = store.undo()
    redone = store.redo()
    assert redone.undone == edited
    with store.read() as r:
        redo, undo, act = history.acts(r)
    assert (act.key, act.undone, act.undoes) == ("edit", False, None)
    assert (undo.key, undo.undone, undo.undoes) == ("undo", True, edited)
    assert (redo.key, redo.undone, redo.undoes) == ("redo", False, undone.act)
    assert undo.args["key"] == "edit"
    assert undo.args["act"] == redo.args["act"] == edited
    assert undo.args["args"] == {"fields": ["title"]}


def test_an_undone_act_is_not_undone_twice_nor_a_standing_one_redone(store: CaseStore) -> None:
    act = edit(store, title="x")
    with pytest.raises(Refused, match="nothing to redo"):
        store.redo(act)
    store.undo(act)
    with pytest.raises(Refused, match="undone already"):
        store.undo(act)
    store.redo(act)
    with pytest.raises(Refused, match="nothing to redo"):
        store.redo(act)
    assert shown(store) == ("x", None, False)


def test_undoing_an_undo_is_a_redo(store: CaseStore) -> None:
    act = edit(store, title="x")
    undo = store.undo()
    report = store.undo(undo.act)
    assert report.undone == act
    assert shown(store) == ("x", None, False)
    assert acts(store)[0] == ("redo", False)
    with pytest.raises(Refused, match="undone already"):
        store.undo(undo.act)
    with pytest.raises(Refused, match="nothing to redo"):
        store.redo(undo.act)
    store.undo(report.act)  # taking the redo back is an undo
    assert acts(store)[0] == ("undo", False)
    assert shown(store) == ("x", None, True)


def test_redo_still_works_after_another_act(store: CaseStore) -> None:
    edit(store, A, title="x")
    store.undo()
    edit(store, B, title="y")
    store.redo()
    assert shown(store, A) == ("x", None, False)
    assert shown(store, B) == ("y", None, False)


def test_an_older_act_is_undone_and_what_changed_since_is_left(store: CaseStore) -> None:
    edit(store, title="x")
    older = edit(store, title="y", status="later")
    edit(store, title="z")
    report = store.undo(older)
    assert report.changed_since == (("source", A, "title"),)
    assert report.restored == 1
    assert shown(store) == ("z", None, False)


def test_when_everything_changed_since_nothing_is_stored(store: CaseStore) -> None:
    edit(store, title="x")
    older = edit(store, title="y")
    edit(store, title="z")
    with pytest.raises(Refused, match="changed since") as caught:
        store.undo(older)
    assert caught.value.details == [("source", A, "title")]
    assert acts(store)[0] == ("edit", False)


def test_changes_that_were_undone_since_do_not_count(store: CaseStore) -> None:
    edit(store, title="w")
    older = edit(store, title="x")
    edit(store, title="y", status="later")
    edit(store, title="z")
    store.undo()
    store.undo()
    assert shown(store) == ("x", None, False)
    report = store.undo(older)
    assert report.changed_since == ()
    assert shown(store) == ("w", None, False)


def test_undoing_an_edit_does_not_bring_a_deleted_record_back(store: CaseStore) -> None:
    edit(store, title="x")
    older = edit(store, title="y")
    delete(store)
    store.undo(older)
    assert shown(store) == ("x", None, True)


def test_undoing_a_restore_and_a_delete(store: CaseStore) -> None:
    edit(store, title="x")
    delete(store)
    with store.write("restore") as w:
        w.restore(Source, A)
    store.undo()
    assert shown(store) == ("x", None, True)
    store.undo()
    assert shown(store) == ("x", None, False)


def test_an_edit_that_restored_goes_back_whole(store: CaseStore) -> None:
    edit(store, title="x")
    delete(store)
    edit(store, title="y")
    store.undo()
    assert shown(store) == ("x", None, True)


def test_dates_and_lists_come_back_exactly(store: CaseStore) -> None:
    date = DateValue(text="May", edtf="2021-05")
    edit(store, title="x", byline=("A", "B"), published=date)
    edit(store, byline=None, published=DateValue(text="June"))
    store.undo()
    with store.read() as r:
        one = records.get(r, Source, A)
    assert one
    assert (one.byline, one.published) == (("A", "B"), date)


def test_undo_survives_closing_and_other_peoples_acts_are_not_mine(cases: Cases) -> None:
    store = cases.new()
    edit(store, title="x")
    store.undo()
    store.close()
    store = cases.open(store.path)
    store.redo()
    assert shown(store) == ("x", None, False)
    store.close()
    other = cases.open(store.path, person=new_id())
    with pytest.raises(Refused, match="nothing to undo"):
        other.undo()
    edit(other, title="y")
    assert other.undo().key == "edit"
    assert shown(other) == ("x", None, False)
    store.close()


def test_undo_looks_far_back(store: CaseStore) -> None:
    for n in range(60):
        edit(store, title=str(n))
    for n in range(58, -1, -1):
        store.undo()
        assert shown(store) == (str(n), None, False)
    store.undo()
    assert shown(store) == ("0", None, True)


def test_a_copy_may_undo_by_name_what_came_from_elsewhere(cases: Cases) -> None:
    store = cases.new()
    act = edit(store, title="x")
    store.close()
    copied = store.path.with_name("copy.casefile")
    shutil.copytree(store.path, copied)
    copy = cases.open(copied, person=new_id(), install=new_id())
    assert copy.undo(act[:8]).restored == 1
    assert shown(copy) == ("x", None, True)


STEPS = st.lists(
    st.tuples(
        st.sampled_from("eeedur"),
        st.sampled_from([A, B]),
        st.dictionaries(
            st.sampled_from(["title", "status", "url"]), st.sampled_from("abc"), min_size=1
        ),
    ),
    max_size=9,
)


@settings(max_examples=settings().max_examples // 2)
@given(STEPS)
def test_undo_and_redo_follow_the_model_of_a_stack(cases: Cases, steps: Any) -> None:
    """The acts of one person: undo goes back through the states, redo forward again."""
    store = cases.new()
    states = [look(store)]  # of the acts that stand, in their order
    gone: list[Any] = []
    for what, id_, values in steps:
        if what == "u":
            if len(states) == 1:
                with pytest.raises(Refused):
                    store.undo()
                continue
            store.undo()
            gone.append(states.pop())
        elif what == "r":
            if not gone:
                continue
            store.redo()
            states.append(gone.pop())
        else:
            before = len(acts(store))
            if what == "e":
                edit(store, id_, **values)
            elif shown(store, id_) is not None:
                delete(store, id_)
            if len(acts(store)) == before:
                continue
            states.append(look(store))
            gone.clear()  # the states that a redo would lead to are others now
        assert look(store) == states[-1]
    assert check(store, full=True).findings == ()
    store.close()


def look(store: CaseStore) -> dict[str, tuple[str | None, ...] | None]:
    """What a person sees: a deleted record is as good as none."""
    found: dict[str, tuple[str | None, ...] | None] = {}
    with store.read() as r:
        for id_ in (A, B):
            one = records.get(r, Source, id_)
            found[id_] = None if one is None or one.deleted else (one.title, one.status, one.url)
    return found
