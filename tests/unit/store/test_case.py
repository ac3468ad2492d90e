import os
import shutil
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import text

from casefile.model.case import APPLICATION_ID, FORMAT, Case
from casefile.model.errors import CaseUnusable, Refused
from casefile.model.ids import case_record_id, new_id
from casefile.model.ledger import is_uuid
from casefile.model.note import Note
from casefile.model.source import Acquisition, Source, SourceFile
from casefile.store import folder, history, records
from casefile.store.case import CaseStore

from .conftest import INSTALL, PERSON, Cases


def names(path: Path) -> set[str]:
    return {str(one.relative_to(path)) for one in path.rglob("*")}


CLOSED = {"README.txt", "backups", "case.db", "objects", "tmp"}


def titles(store: CaseStore) -> list[str | None]:
    with store.read() as r:
        return [one.title for one in records.where(r, Source)]


def test_a_new_case_is_a_folder_with_one_database(cases: Cases) -> None:
    store = cases.new()
    assert store.writable
    assert is_uuid(store.case_id)
    assert is_uuid(store.replica)
    assert store.person == PERSON
    assert names(store.path) == CLOSED | {"case.lock", "tmp/open"} | {"case.db-shm", "case.db-wal"}
    store.close()
    assert names(store.path) == CLOSED
    with closing(sqlite3.connect(store.path / "case.db")) as db:
        assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert db.execute("PRAGMA user_version").fetchone() == (FORMAT,)
        assert db.execute("SELECT count(*) FROM op").fetchone() == (0,)
        strict = db.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%STRICT%'"
        )
        assert strict.fetchone() == (0,)


def test_a_title_is_the_first_operation(cases: Cases) -> None:
    store = cases.new(title="Deir ez-Zor")
    with store.read() as r:
        case = records.get(r, Case, case_record_id())
        assert case
        assert case.title == "Deir ez-Zor"
        assert [(a.key, a.args) for a in history.acts(r)] == [("new", {"title": "Deir ez-Zor"})]


def test_what_was_written_is_there_after_opening_again(cases: Cases, id_: str) -> None:
    store = cases.new()
    with store.write("import") as w:
        w.put(Source, id_, title="x")
    store.close()
    store.close()
    again = cases.open(store.path)
    assert (again.case_id, again.replica) == (store.case_id, store.replica)
    assert titles(again) == ["x"]


def test_changes_are_there_when_the_block_has_ended(store: CaseStore, id_: str) -> None:
    other = new_id()
    with store.write("import", count=2) as w:
        w.put(Source, id_, title="x")
        assert w.changes is None
        w.put(Source, other, title="y")
        w.put(Note, new_id(), target=id_)
    assert w.changes
    assert (w.changes.act, w.changes.label, w.changes.upto) == (w.act, "import", 3)
    assert w.changes.records["source"] == (id_, other)
    assert w.changes.touches("note")
    with store.write("nothing") as idle:
        pass
    assert idle.changes
    assert (idle.changes.records, idle.changes.upto) == ({}, 3)


def test_one_act_may_span_transactions(store: CaseStore) -> None:
    act = new_id()
    for title in "xyz":
        with store.write("import", act=act, count=3) as w:
            w.put(Source, new_id(), title=title)
    with store.read() as r:
        found = history.acts(r)
    assert [(a.id, a.operations, a.args) for a in found] == [(act, 3, {"count": 3})]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_any_exception_takes_the_whole_transaction_back(
    store: CaseStore, id_: str, error: type[BaseException]
) -> None:
    def fail() -> None:
        with store.write("edit") as w:
            w.put(Source, id_, title="after")
            seen.append(records.get(w, Source, id_).title)  # type: ignore[union-attr]  # it is there
            w.content("text", b"lost")
            raise error

    seen: list[str | None] = []
    with store.write("import") as w:
        w.put(Source, id_, title="before")
    with pytest.raises(error):
        fail()
    assert seen == ["after"]
    assert titles(store) == ["before"]
    with store.write("edit") as w:
        w.put(Source, new_id(), title="next")
    with store.read() as r:
        assert [(c["seq"]) for c in history.chains(r)] == [2]
        assert r.connection.scalar(text("SELECT count(*) FROM content")) == 0


def test_trouble_with_the_database_is_told_in_a_sentence(store: CaseStore, id_: str) -> None:
    def fail() -> None:
        with store.write("edit") as w:
            w.put(Source, id_, title="after")
            w.connection.execute(text("INSERT INTO nowhere VALUES (1)"))

    with store.write("import") as w:
        w.put(Source, id_, title="before")
    with pytest.raises(CaseUnusable):
        fail()
    assert titles(store) == ["before"]


def test_transactions_do_not_nest(store: CaseStore) -> None:
    with (
        store.write("one"),
        pytest.raises(RuntimeError, match="inside"),
        store.write("two"),
    ):
        pass
    with store.write("three"):
        pass


def test_a_case_is_not_closed_inside_a_transaction(store: CaseStore) -> None:
    with store.write("one"), pytest.raises(RuntimeError, match="inside"):
        store.close()
    store.close()


def test_writers_in_several_threads_take_turns(store: CaseStore) -> None:
    def write(n: int) -> None:
        with store.write("import") as w:
            w.put(Source, new_id(), title=str(n))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(40)))
    assert sorted(titles(store), key=int) == [str(n) for n in range(40)]  # type: ignore[arg-type]  # none is None
    with store.read() as r:
        assert [c["seq"] for c in history.chains(r)] == [40]


def test_readers_in_other_threads_see_one_moment(store: CaseStore) -> None:
    started, written = threading.Event(), threading.Event()

    def look() -> tuple[int, int]:
        with store.read() as r:
            first = records.count(r, Source)
            started.set()
            written.wait(5)
            return first, records.count(r, Source)

    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(look)
        assert started.wait(5)
        with store.write("import") as w:
            w.put(Source, new_id())
        written.set()
        assert found.result() == (0, 0)
    assert len(titles(store)) == 1


def test_a_reader_cannot_write(store: CaseStore) -> None:
    with pytest.raises(CaseUnusable), store.read() as r:
        r.connection.execute(text("DELETE FROM op"))


def test_many_readers_at_once(store: CaseStore) -> None:
    barrier = threading.Barrier(12)

    def look(_: int) -> int:
        with store.read() as r:
            barrier.wait(10)
            return records.count(r, Source)

    with ThreadPoolExecutor(12) as pool:
        assert list(pool.map(look, range(12))) == [0] * 12


def test_a_second_writer_is_told_who_has_the_case(cases: Cases) -> None:
    store = cases.new()
    with pytest.raises(CaseUnusable, match=f"process {os.getpid()} on") as caught:
        cases.open(store.path, wait=0.1)
    assert caught.value.hint
    store.close()
    assert cases.open(store.path, wait=0.1).writable


def test_reading_needs_no_lock_and_sees_what_is_committed(cases: Cases, id_: str) -> None:
    store = cases.new()
    reader = cases.open(store.path, write=False)
    assert not reader.writable
    with store.write("import") as w:
        w.put(Source, id_, title="x")
    assert titles(reader) == ["x"]
    assert (reader.case_id, reader.replica) == (store.case_id, store.replica)
    with pytest.raises(CaseUnusable, match="reading only"), reader.write("edit"):
        pass
    reader.close()
    store.close()
    assert names(store.path) == CLOSED


def test_reading_a_closed_case_leaves_the_folder_as_it_is(cases: Cases) -> None:
    path = cases.new(title="x").path
    cases.close()
    before = {one: one.stat().st_mtime_ns for one in path.rglob("*")}
    reader = cases.open(path, write=False)
    with reader.read() as r:
        assert records.get(r, Case, case_record_id())
    reader.close()
    assert {one: one.stat().st_mtime_ns for one in path.rglob("*")} == before


def test_a_closed_case_says_so(cases: Cases) -> None:
    store = cases.new()
    store.close()
    with pytest.raises(CaseUnusable, match="closed"), store.read():
        pass
    with pytest.raises(CaseUnusable, match="closed"), store.write("edit"):
        pass


def test_leaving_the_block_closes(tmp_path: Path) -> None:
    with CaseStore.create(tmp_path / "a", person=PERSON, install=INSTALL) as store:
        pass
    with pytest.raises(CaseUnusable, match="closed"), store.read():
        pass


@pytest.mark.parametrize("which", ["person", "install"])
def test_people_and_installations_have_ids(tmp_path: Path, which: str) -> None:
    how = {"person": PERSON, "install": INSTALL} | {which: "somebody"}
    with pytest.raises(ValueError, match="somebody"):
        CaseStore.create(tmp_path / "a", **how)


def test_a_copy_takes_a_new_replica_id_and_keeps_what_was_mine(cases: Cases, id_: str) -> None:
    store = cases.new()
    with store.write("import") as w:
        w.put(Source, id_, title="x")
    store.close()
    copied = store.path.with_name("copy.casefile")
    shutil.copytree(store.path, copied)
    copy = cases.open(copied)
    assert copy.case_id == store.case_id
    assert copy.replica != store.replica
    assert copy.replicas == (store.replica, copy.replica)
    assert copy.undo().restored == 1  # the same person on the same machine
    replica = copy.replica
    copy.close()
    assert cases.open(copied).replica == replica


def test_another_installation_takes_a_new_replica_id(cases: Cases, id_: str) -> None:
    store = cases.new()
    with store.write("import") as w:
        w.put(Source, id_, title="x")
    store.close()
    other = cases.open(store.path, install=new_id())
    assert other.replicas == (other.replica,)
    assert other.replica != store.replica
    with pytest.raises(Refused, match="nothing to undo"):
        other.undo()


def test_reading_a_copy_changes_nothing(cases: Cases) -> None:
    store = cases.new()
    store.close()
    copied = store.path.with_name("copy.casefile")
    shutil.copytree(store.path, copied)
    assert cases.open(copied, write=False).replica == store.replica


def test_changes_after_a_position(store: CaseStore, id_: str) -> None:
    other = new_id()
    with store.write("import") as w:
        w.put(Source, id_, title="x")
        w.put(Source, other, title="y")
    assert w.changes
    upto = w.changes.upto
    assert store.changes_after(0).records == {"source": (id_, other)}
    assert store.changes_after(upto).records == {}
    assert store.changes_after(upto).upto == upto
    with store.write("note") as w:
        w.put(Note, case_record_id(), target=id_)
        w.delete(Source, other)
    found = store.changes_after(upto)
    assert found.records == {"source": (other,), "note": (case_record_id(),)}
    assert found.upto == upto + 2


def test_after_a_crash_leftovers_go_and_named_objects_stay(cases: Cases, id_: str) -> None:

    store = cases.new()
    kept = store.objects.put(BytesIO(b"kept"), limit=10)
    deleted = store.objects.put(BytesIO(b"deleted"), limit=10)
    with store.write("import") as w:
        w.put(SourceFile, id_, object=deleted.sha256)
    with store.write("edit") as w:
        w.put(SourceFile, id_, object=kept.sha256)
    lost = store.objects.put(BytesIO(b"lost"), limit=10)
    crashed = store.path.with_name("crashed.casefile")
    shutil.copytree(store.path, crashed)
    (crashed / "tmp" / "object-half").write_bytes(b"half")
    again = cases.open(crashed)
    assert again.objects.has(kept.sha256)
    assert again.objects.has(deleted.sha256)
    assert not again.objects.has(lost.sha256)
    assert names(crashed / folder.TMP) == {folder.OPEN_MARK}
    with again.read() as r:
        assert records.get(r, SourceFile, id_)


def test_after_a_clean_close_nothing_is_looked_for(cases: Cases) -> None:
    store = cases.new()
    store.close()
    stray = store.objects.path("ab" * 32)
    stray.parent.mkdir()
    stray.write_bytes(b"stray")
    cases.open(store.path)
    assert stray.exists()


def test_originals_of_an_import_that_was_stopped_go_with_the_close(cases: Cases) -> None:
    store = cases.new()
    stray = store.objects.put(BytesIO(b"stray"), limit=10)
    kept = store.objects.put(BytesIO(b"kept"), limit=10)
    deep = store.objects.put(BytesIO(b"deep"), limit=10)
    with store.write("import") as w:
        w.put(SourceFile, new_id(), object=kept.sha256)
        w.put(Acquisition, new_id(), object=deep.sha256)
    store.close()
    has = [store.objects.has(one.sha256) for one in (stray, kept, deep)]
    assert has == [False, True, True]


def test_the_clock_of_the_ledger_never_goes_back(store: CaseStore) -> None:
    store.clock = lambda: 2_000_000_000_000
    with store.write("import") as w:
        w.put(Source, new_id(), title="x")
    store.clock = lambda: 5
    with store.write("import") as w:
        w.put(Source, new_id(), title="y")
    assert titles(store) == ["x", "y"]
    with store.read() as r:
        assert {a.when for a in history.acts(r)} == {2_000_000_000_000}
