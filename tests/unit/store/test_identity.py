import json
from pathlib import Path

from sqlalchemy import update

from casefile.model.ids import new_id
from casefile.store import history, known
from casefile.store.schema import meta

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


def test_an_older_state_put_back_in_place_goes_on_as_a_new_replica(cases: Cases) -> None:
    store = cases.new(title="x")
    replica = store.replica
    with store.read() as r:
        recorded = {one["replica"]: one["seq"] for one in history.chains(r)}
    store.close()
    again = cases.open(store.path, recorded=recorded | {new_id(): 99})
    assert again.replica == replica
    again.close()
    restored = cases.open(store.path, recorded={replica: 2})
    assert restored.replicas == (replica, restored.replica)
    assert restored.undo().key == "new"
