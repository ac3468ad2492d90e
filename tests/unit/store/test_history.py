import pytest
from sqlalchemy import text

from casefile.model.errors import CaseUnusable, Refused
from casefile.model.ids import new_id
from casefile.model.ledger import ZERO, chain
from casefile.model.note import Note
from casefile.model.source import Source
from casefile.store import history
from casefile.store.case import CaseStore

from .conftest import PERSON


def test_acts_come_newest_first_and_page(store: CaseStore) -> None:
    for n in range(5):
        with store.write("note", number=n) as w:
            w.put(Note, new_id(), body="x")
            w.put(Note, new_id(), body="y")
    with store.read() as r:
        first = history.acts(r, limit=2)
        assert [(a.key, a.args, a.operations) for a in first] == [
            ("note", {"number": 4}, 2),
            ("note", {"number": 3}, 2),
        ]
        assert {a.person for a in first} == {PERSON}
        rest = history.acts(r, before=first[-1].id)
        assert [a.args["number"] for a in rest] == [2, 1, 0]
        assert history.acts(r, before=new_id()) == []
        assert history.acts(r, before=rest[-1].id) == []


def test_acts_of_one_moment_keep_an_order(store: CaseStore) -> None:
    with store.write("x") as w:
        for _ in range(3):
            w.put(Note, new_id())
    with store.write("set") as w:
        w.connection.execute(text("UPDATE txn SET hlc = 5"))
    with store.write("y") as w:
        w.put(Note, new_id())
        w.connection.execute(text("UPDATE txn SET hlc = 5"))
    with store.read() as r:
        both = [a.id for a in history.acts(r)]
        assert both == sorted(both, reverse=True)
        assert [a.id for a in history.acts(r, before=both[0])] == both[1:]


def test_an_act_is_found_by_its_beginning(store: CaseStore) -> None:
    with store.write("note") as w:
        w.put(Note, new_id())
    with store.read() as r:
        assert history.find(r, w.act[:8]).id == w.act
        assert history.find(r, w.act.upper()).key == "note"
        for words in (w.act[:7], new_id(), ""):
            with pytest.raises(Refused, match="No act"):
                history.find(r, words)


def test_revisions_say_what_each_changed_from_what(store: CaseStore, id_: str) -> None:
    with store.write("import") as w:
        w.put(Source, id_, title="x", kind="pdf")
    with store.write("edit") as w:
        w.put(Source, id_, title="y", url="u")
    with store.write("delete") as w:
        w.delete(Source, id_)
    with store.write("edit") as w:
        w.put(Source, id_, title="z")
    with store.read() as r:
        found = history.of(r, id_)
        assert history.of(r, new_id()) == []
    assert [(one.key, one.values, one.before) for one in found] == [
        ("import", {"title": "x", "kind": "pdf"}, {}),
        ("edit", {"title": "y", "url": "u"}, {"title": "x"}),
        ("delete", {"deleted": True}, {"deleted": False}),
        ("edit", {"title": "z", "deleted": False}, {"title": "y", "deleted": True}),
    ]
    assert [one.seq for one in found] == [1, 2, 3, 4]
    assert {one.replica for one in found} == {store.replica}
    assert {one.person for one in found} == {PERSON}
    assert len({one.hash for one in found}) == 4
    assert all(one.when > 1_600_000_000_000 for one in found)


def test_chains_end_where_the_operations_lead(store: CaseStore, id_: str) -> None:
    with store.read() as r:
        assert history.chains(r) == []
    for title in "xyz":
        with store.write("edit") as w:
            w.put(Source, id_, title=title)
    with store.read() as r:
        end = ZERO
        for one in history.of(r, id_):
            end = chain(end, one.hash)
        assert history.chains(r) == [{"replica": store.replica, "seq": 3, "chain": end}]


def test_a_changed_operation_is_not_shown_as_if_it_were_sound(store: CaseStore, id_: str) -> None:
    with store.write("import") as w:
        w.put(Source, id_, title="x")
        w.connection.execute(text("UPDATE op SET body = CAST(replace(body, 'x', 'y') AS BLOB)"))
    with store.read() as r, pytest.raises(CaseUnusable, match="ledger"):
        history.of(r, id_)
