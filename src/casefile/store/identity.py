"""What this copy of the case is, and how a copy notices that it is one."""

import json
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, bindparam, select

from casefile.model.ids import new_id
from casefile.model.ledger import is_uuid
from casefile.store import known, seal, sqlite
from casefile.store.prepared import Prepared
from casefile.store.recorded import Recorded
from casefile.store.schema import replica
from casefile.strings import tr

CASE, REPLICA, MINE = "case", "replica", "mine"
INSTALL, DEVICE, INODE = "install", "device", "inode"
_SEQ = Prepared(select(replica.c.seq).where(replica.c.id == bindparam("replica")))


@dataclass(frozen=True, slots=True)
class Identity:
    """The case's id, this copy's replica id, and all replica ids that this installation used."""

    case: str
    replica: str
    mine: tuple[str, ...]


def first(connection: Connection, database: Path, install: str) -> None:
    """Give a new case its ids."""
    fresh = new_id()
    ids = {CASE: new_id(), REPLICA: fresh, MINE: json.dumps([fresh])}
    seal.renew(connection, ids | place(database, install))


def read(connection: Connection) -> Identity:
    """Read who this copy says it is."""
    return _said(known.recall(connection))


def _said(meta: dict[str, str]) -> Identity:
    try:
        mine = tuple(one for one in json.loads(meta[MINE]) if is_uuid(one))
        return Identity(meta[CASE], meta[REPLICA], mine)
    except (KeyError, ValueError, TypeError, RecursionError) as error:
        raise sqlite.unusable(tr("the case has lost its name")) from error


def settle(
    connection: Connection, database: Path, install: str, recorded: Recorded | None
) -> Identity:
    """Take a new replica id when this is a copy: two writers of one chain would fork it."""
    meta = known.recall(connection)
    if not (is_uuid(meta.get(CASE)) and is_uuid(meta.get(REPLICA))):  # written by, it would stay
        raise sqlite.unusable(tr("the case has lost its name"))
    here = place(database, install)
    moved = any(meta.get(key) != value for key, value in here.items())
    me = _said(meta)
    if moved or _behind(connection, me.replica, recorded):
        fresh = new_id()
        mine = me.mine if meta.get(INSTALL) == install else ()
        seal.renew(connection, here | {REPLICA: fresh, MINE: json.dumps([*mine, fresh])})
        return read(connection)
    return me


def _behind(connection: Connection, replica_id: str, recorded: Recorded | None) -> bool:
    """Whether this installation has written more than is here: an older state was put back."""
    if recorded is None:
        return False
    rows = _SEQ.ask(connection, {"replica": replica_id})
    return max((seq for (seq,) in rows), default=0) < recorded.seen(replica_id)


def place(database: Path, install: str) -> dict[str, str]:
    """Say where a database lies, and in whose installation."""
    found = database.stat()
    return {INSTALL: install, DEVICE: str(found.st_dev), INODE: str(found.st_ino)}


def adopt(connection: Connection, case: str) -> None:
    """Take the id of another case: for one in which nothing was done yet."""
    seal.renew(connection, {CASE: case})
