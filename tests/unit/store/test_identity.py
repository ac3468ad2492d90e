import json
from pathlib import Path

import pytest
from sqlalchemy import select, update

from casefile.model.errors import CaseUnusable
from casefile.model.ids import new_id
from casefile.model.source import Source
from casefile.store import known
from casefile.store.recorded import Recorded
from casefile.store.schema import meta, op

from .conftest import Cases


def test_a_case_remembers_where_it_is_and_a_move_is_a_copy(cases: Cases) -> None:
    store = cases.new()
    path, replica = store.path, store.replica
    with store.read() as r:
        found = known.recall(r.connection)
    database = Path(path / "case.db").stat()
    assert (found["device"], found["inode"]) == (str(database.st_dev), str(database.st_ino))
    assert json.loads(found["mine"]) == [replica]
    store.close()
    for key in ("device", "inode"):
        store = cases.open(path)
        with store.write("move") as w:
            w.connection.execute(update(meta).where(meta.c.key == key).values(value="0"))
        store.close()
        moved = cases.open(path)
        assert moved.replica not in (replica, store.replica)
        assert moved.replicas[:-1] == store.replicas
        moved.close()


def test_an_older_state_put_back_in_place_goes_on_as_a_new_replica(
    cases: Cases, tmp_path: Path
) -> None:
    recorded = Recorded(tmp_path / "replicas")
    store = cases.new(title="x", recorded=recorded)
    replica, database = store.replica, store.path / "case.db"
    store.close()
    older = database.read_bytes()
    again = cases.open(store.path, recorded=recorded)
    assert again.replica == replica
    with again.write("edit") as w:
        w.put(Source, new_id(), title="y")
    again.close()
    assert recorded.seen(replica) == 2
    with database.open("r+b") as file:  # the same inode, as a restore in place leaves it
        file.write(older)
        file.truncate()
    elsewhere = cases.open(store.path)  # without the record nothing is noticed
    assert elsewhere.replica == replica
    elsewhere.close()
    restored = cases.open(store.path, recorded=recorded)
    assert restored.replicas == (replica, restored.replica)
    assert restored.undo().key == "new"
    assert recorded.seen(restored.replica) == 1
    restored.close()
    assert cases.open(store.path, recorded=recorded).replica == restored.replica


def test_a_record_that_cannot_be_read_or_written_hinders_nothing(
    cases: Cases, tmp_path: Path
) -> None:
    (tmp_path / "replicas").write_text("a file where the folder should be", "utf-8")
    recorded = Recorded(tmp_path / "replicas")
    store = cases.new(title="x", recorded=recorded)
    assert recorded.seen(store.replica) == 0
    assert recorded.seen("../person.json") == 0


@pytest.mark.parametrize(
    ("key", "value"), [("mine", "7"), ("mine", "["), ("case", "lost"), ("replica", "lost")]
)
def test_a_damaged_name_is_said_in_a_sentence(cases: Cases, key: str, value: str) -> None:
    path = _with_meta(cases, key, value)
    with pytest.raises(CaseUnusable, match="lost its name"):
        cases.open(path)


@pytest.mark.parametrize("value", ["", "x", "-1", "٣", "9" * 5000])
def test_a_damaged_clock_goes_on_from_the_newest_operation(cases: Cases, value: str) -> None:
    store = cases.open(_with_meta(cases, "hlc", value))
    store.clock = lambda: 0
    with store.write("edit") as w:
        w.put(Source, new_id(), title="y")
    with store.read() as r:
        first, second = r.connection.execute(select(op.c.hlc).order_by(op.c.n)).scalars()
    assert second > first


def _with_meta(cases: Cases, key: str, value: str) -> Path:
    store = cases.new(title="x")
    with store.write("damage") as w:
        w.connection.execute(update(meta).where(meta.c.key == key).values(value=value))
    store.close()
    return store.path
