"""Making a case so that a crash leaves either a whole one or one that can be made again."""

import os
import re
from pathlib import Path

from sqlalchemy import Connection, select

from casefile.model.case import APPLICATION_ID, FORMAT
from casefile.model.errors import CaseUnusable
from casefile.store import folder, identity, sqlite
from casefile.store.lock import CaseLock
from casefile.store.schema import VIEWS, make_tables, op
from casefile.store.session import Reader, portions
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
    except OSError as error:
        raise folder.trouble(error) from error
    finally:
        lock.drop()


def _make_database(path: Path, install: str) -> None:
    folder.empty(path / folder.TMP)
    fresh = path / folder.TMP / FRESH
    engine = sqlite.writing(fresh, wal=False)
    try:
        with engine.begin() as connection:
            make_tables(connection)
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


def named(reader: Reader, names: set[str]) -> set[str]:
    """Say which of these objects are named; the whole ledger is read only where a file has none."""
    files = VIEWS["source_file"].c.object
    found = {
        name
        for part in portions(names)
        for name in reader.connection.execute(select(files).where(files.in_(part))).scalars()
    }
    loose = names - found
    return found | (named_in_ledger(reader, loose) if loose else set())


def named_in_ledger(reader: Reader, names: set[str]) -> set[str]:
    """Say which of these objects any operation, old or new, names."""
    sought = {name.encode() for name in names}
    found: set[bytes] = set()
    for body in reader.connection.execute(select(op.c.body)).scalars():
        found |= sought.intersection(_HASHES.findall(body))
    return {name.decode() for name in found}
