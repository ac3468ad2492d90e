"""What this copy of the case is, and how a copy notices that it is one."""

import json
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from casefile.model.ids import new_id
from casefile.store import known, sqlite
from casefile.strings import tr

CASE, REPLICA, MINE = "case", "replica", "mine"
INSTALL, DEVICE, INODE = "install", "device", "inode"


@dataclass(frozen=True, slots=True)
class Identity:
    """The case's id, this copy's replica id, and all replica ids that this installation used."""

    case: str
    replica: str
    mine: tuple[str, ...]


def first(connection: Connection, database: Path, install: str) -> None:
    """Give a new case its ids."""
    replica = new_id()
    ids = {CASE: new_id(), REPLICA: replica, MINE: json.dumps([replica])}
    known.remember(connection, ids | _place(database, install))


def read(connection: Connection) -> Identity:
    """Read who this copy says it is."""
    meta = known.recall(connection)
    try:
        return Identity(meta[CASE], meta[REPLICA], tuple(json.loads(meta[MINE])))
    except (KeyError, ValueError) as error:
        raise sqlite.unusable(tr("the case has lost its name")) from error


def settle(connection: Connection, database: Path, install: str) -> Identity:
    """Take a new replica id when this is a copy: two writers of one chain would fork it."""
    meta = known.recall(connection)
    place = _place(database, install)
    if any(meta.get(key) != value for key, value in place.items()):
        replica = new_id()
        mine = read(connection).mine if meta.get(INSTALL) == install else ()
        known.remember(connection, place | {REPLICA: replica, MINE: json.dumps([*mine, replica])})
    return read(connection)


def _place(database: Path, install: str) -> dict[str, str]:
    found = database.stat()
    return {INSTALL: install, DEVICE: str(found.st_dev), INODE: str(found.st_ino)}
