import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text

from casefile.jobs.progress import Progress
from casefile.model.errors import CaseUnusable
from casefile.model.ids import new_id
from casefile.model.note import Note, Tagging
from casefile.model.source import Source
from casefile.store import history, records
from casefile.store.case import CaseStore
from casefile.store.checking import check
from casefile.store.rebuilding import rebuild_projections

from .conftest import Cases


def dump(store: CaseStore) -> list[str]:
    store.close()
    with closing(sqlite3.connect(store.path / "case.db")) as db:
        return list(db.iterdump())


def test_tables_made_again_are_the_same(cases: Cases, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casefile.store.rebuilding.BATCH", 7)
    store = cases.new(title="x")
    ids = [new_id() for _ in range(20)]
    for one in ids:
        with store.write("import") as w:
            w.put(Source, one, title=one)
            w.put(Note, new_id(), target=one, body="long " * 5000)
            w.put(Tagging, new_id(), tag=new_id(), target=one)
    with store.write("edit") as w:
        for one in ids:
            w.put(Source, one, title="y")
    store.undo()
    before = dump(store)
    store = cases.open(store.path)
    with store.write("break") as w:
        w.connection.execute(text("DELETE FROM note"))
        w.connection.execute(text("UPDATE source SET title = 'forged'"))
        w.connection.execute(text("UPDATE record SET heads = NULL, conflicts = 3"))
        w.connection.execute(text("UPDATE txn SET undoes = NULL"))
        w.connection.execute(text("UPDATE replica SET seq = 1"))
    assert not check(store).ok
    progress = Progress()
    rebuild_projections(store, progress)
    assert progress.step.done == progress.step.total
    assert check(store, full=True).findings == ()
    assert dump(store) == before


def test_work_goes_on_after_a_rebuild(store: CaseStore, id_: str) -> None:
    with store.write("import") as w:
        w.put(Source, id_, title="x")
    rebuild_projections(store)
    with store.write("edit") as w:
        w.put(Source, id_, title="y")
    store.undo()
    with store.read() as r:
        assert records.get(r, Source, id_).title == "x"  # type: ignore[union-attr]  # it is there
        assert [c["seq"] for c in history.chains(r)] == [3]
    assert check(store, full=True).findings == ()


def test_an_empty_case_is_rebuilt_as_well(store: CaseStore) -> None:
    rebuild_projections(store)
    assert check(store, full=True).findings == ()


def test_nothing_is_made_of_a_damaged_ledger(store: CaseStore, id_: str) -> None:
    with store.write("import") as w:
        w.put(Source, id_, title="x")
    with store.write("break") as w:
        w.connection.execute(text("UPDATE op SET h8 = 1"))
    with pytest.raises(CaseUnusable, match="ledger"):
        rebuild_projections(store)
    with store.read() as r:
        assert records.get(r, Source, id_)
