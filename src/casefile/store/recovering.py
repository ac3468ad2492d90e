"""What a crash left beside the database: settled before anybody reads."""

from pathlib import Path

from casefile.model.errors import CaseUnusable
from casefile.store import folder, sqlite
from casefile.store.lock import CaseLock
from casefile.strings import tr

WAIT = 0.5  # seconds; whoever holds the lock for longer is settling it himself


def unsettled(database: Path) -> bool:
    """Say whether a reader alone cannot read: a change was cut short and waits to be taken back."""
    journal, log, shared = (
        database.with_name(database.name + end) for end in ("-journal", "-wal", "-shm")
    )
    return _size(journal) > 0 or (_size(log) > 0 and not shared.exists())


def settle(case: Path) -> None:
    """Let SQLite take back or finish what was cut short, so that the case can be read.

    CaseUnusable where nothing can be written: what is half written must not be shown as the case.
    """
    database = case / folder.DATABASE
    if not unsettled(database):
        return
    if not sqlite.can_write(case):
        raise CaseUnusable(
            tr("The case was not closed properly, and nothing can be written where it lies."),
            tr("Copy its folder to a disk of this computer and open the copy."),
        )
    lock = CaseLock(case / folder.LOCK)
    try:
        lock.take(WAIT)
    except CaseUnusable:
        return  # it is open for writing elsewhere, and what we saw is work in progress
    try:
        with sqlite.explained():
            sqlite.recover(database)
    finally:
        lock.drop()


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
