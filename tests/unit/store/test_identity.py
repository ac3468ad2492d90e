import json
from pathlib import Path

from sqlalchemy import update

from casefile.store import known
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
