"""Making a case so that a crash leaves either a whole one or one that can be made again."""

import os
import re
from pathlib import Path

from sqlalchemy import Connection, select

from casefile.model.case import APPLICATION_ID, FORMAT
from casefile.model.errors import CaseUnusable
from casefile.store import folder, identity, sqlite
from casefile.store.lock import CaseLock
from casefile.store.schema import metadata, op
from casefile.store.session import Reader
from casefile.strings import tr

FRESH = "fresh.db"
_HASHES = re.compile(rb"[0-9a-f]{64}")


def make(path: Path, install: str) -> None:
    """Make an empty case: the database is built aside and gets its name when it is whole."""
    folder.check_absent(path)
    folder.make(path)
    lock = CaseLock(path / folder.LOCK)
    lock.take(0)
    try:
        with sqlite.explained():
            folder.check_absent(path)
            _make_database(path, install)
    finally:
        lock.drop()


def _make_database(path: Path, install: str) -> None:
    folder.empty(path / folder.TMP)
    fresh = path / folder.TMP / FRESH
    engine = sqlite.writing(fresh, wal=False)
    try:
        with engine.begin() as connection:
            metadata.create_all(connection)
            identity.first(connection, fresh, install)
            sqlite.stamp(connection)
    finally:
        engine.dispose()
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    fresh.rename(path / folder.DATABASE)
    folder.sync(path)


def check_header(connection: Connection) -> int:
    """Give the format of the case; CaseUnusable unless it is one that is known here."""
    if sqlite.pragma(connection, "application_id") != APPLICATION_ID:
        raise CaseUnusable(
            tr("case.db is not the database of a case."), tr("Restore a backup of the case.")
        )
    found = sqlite.pragma(connection, "user_version")
    if found > FORMAT:
        raise CaseUnusable(
            tr("This case was made by a newer Casefile (format {n}).").format(n=found),
            tr("Open it with a newer version."),
        )
    if found < 1:
        raise CaseUnusable(tr("The case has no known format ({n}).").format(n=found))
    return int(found)


def named_in_ledger(reader: Reader, names: set[str]) -> set[str]:
    """Say which of these objects any operation, old or new, names."""
    sought = {name.encode() for name in names}
    found: set[bytes] = set()
    for body in reader.connection.execute(select(op.c.body)).scalars():
        found |= sought.intersection(_HASHES.findall(body))
    return {name.decode() for name in found}
