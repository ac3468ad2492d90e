"""Bringing a case of an older format up to this one: numbered steps, after a verified backup.

A step takes the tables of its format to those of the next; it stays as it is once a version with it
was released. tests/data/cases holds a case of every released version.
"""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, inspect, select

from casefile.model.case import FORMAT
from casefile.model.errors import CaseUnusable
from casefile.store import backups, comparing, folder, seal, sqlite
from casefile.store.known import Known
from casefile.store.reprojecting import reproject
from casefile.store.schema import VIEWS, metadata, record
from casefile.store.session import Reader
from casefile.strings import tr

Step = Callable[[Connection], None]


def upgrade(case: Path, found: int, now: int) -> None:
    """Back the case up, then take all steps in one transaction; again is harmless.

    CaseUnusable, and nothing changed, when the case is damaged, the backup cannot be made or the
    tables are not those of this format afterwards.
    """
    report = backups.make(case, "upgrade", now)
    if not report.ok:
        raise CaseUnusable(
            tr("The case is damaged and of an older format ({n}); it was not changed.").format(
                n=found
            ),
            tr("Run casefile repair on it: it also brings the case to this format."),
        )
    engine = sqlite.writing(case / folder.DATABASE)
    try:
        with engine.begin() as connection:
            for number in range(found, FORMAT):
                STEPS[number](connection)
                sqlite.stamp(connection, number + 1)
            if wrong := [one.detail for one in comparing.schema(Reader(connection))]:
                raise CaseUnusable(
                    tr("The case could not be upgraded: {why}.").format(why=wrong[0]),
                    tr("It is as it was; a backup was made."),
                )
    finally:
        engine.dispose()


def _from_1(connection: Connection) -> None:
    """Format 2 adds tables (checkpoints, dates of checks, purges), indexes, and the seal."""
    add_missing(connection)
    seal.renew(connection, {})


STEPS: dict[int, Step] = {1: _from_1}


def _columns_of(connection: Connection, table: str) -> set[str]:
    return {column["name"] for column in inspect(connection).get_columns(table)}


def add_missing(connection: Connection) -> None:
    """Make the tables and indexes that are not there, and show in them what the ledger knows.

    Indexes of an older layout go. A table of records that lacks a column is made anew: all of it is
    derived from the ledger.
    """
    here = sqlite.objects(connection)
    wanted = {index.name for table in metadata.sorted_tables for index in table.indexes}
    for name, words in here.items():
        if words.startswith("index:CREATE") and name not in wanted:
            sqlite.drop_index(connection, name)
    for name, view in VIEWS.items():
        if name in here and not _columns_of(connection, name) >= set(view.c.keys()):
            view.drop(connection)
            here = {each: sql for each, sql in here.items() if each != name}
    for table in metadata.sorted_tables:
        if table.name not in here:
            table.create(connection)
            continue
        for index in table.indexes:
            if index.name not in here:
                index.create(connection)
    fresh = [kind for kind in VIEWS if kind not in here]
    ids = connection.execute(select(record.c.id).where(record.c.kind.in_(fresh))).scalars().all()
    if ids:
        known = Known.load(connection)
        reproject(Reader(connection), known, ids)
        known.save(connection)
