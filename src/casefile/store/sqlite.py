"""What only SQLite knows: how to open, stamp, close and look over a database file."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    Connection,
    Dialect,
    Engine,
    Select,
    Text,
    TypeDecorator,
    bindparam,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool
from sqlalchemy.util import LRUCache
from typing_extensions import override

from casefile.model.case import APPLICATION_ID, FORMAT
from casefile.model.errors import CaseUnusable
from casefile.strings import tr

BUSY_MS = 5000
STATEMENTS = 512  # that a connection keeps prepared
CLOSING_MS = 100
READERS = 4
MOST_VALUES = 30_000  # in one question
IN_MEMORY = 1 << 30  # bytes of a database that may be written anew in memory
EXTRA_READERS = 28
ALWAYS = ("trusted_schema=OFF", "cell_size_check=ON", "foreign_keys=ON", "temp_store=MEMORY")
WRITING = ("synchronous=FULL", "cache_size=-65536")
READING = ("query_only=ON", "cache_size=-8192")  # each of several; the system keeps more


GIVEN = "given"


class _Compiled(LRUCache[Any, Any]):
    """Questions in the words of SQLite, for all connections of this process.

    Each engine would keep its own, by its own dialect object, and so put every question into words
    again after every opening, which takes longer than asking it.
    """

    @override
    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(key[1:], default)

    @override
    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(key[1:], value)


_SHARED = {"compiled_cache": _Compiled(1000)}


class _Listed(TypeDecorator[Any]):
    """Several values handed over as one: a JSON array."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        return json.dumps(list(value))


def given() -> Select[Any]:
    """Stand for the values that a question, made once and asked again and again, is about.

    Used as `column.in_(given())`, and asked with `{GIVEN: values}`. However many values there are,
    the words stay the same, and SQLite keeps them prepared.
    """
    listed = func.json_each(bindparam(GIVEN, type_=_Listed)).table_valued("value")
    return select(listed.c.value)


def writing(file: Path, *, wal: bool = True) -> Engine:
    """Open for writing: one connection, every transaction BEGIN IMMEDIATE and fully synced."""
    pragmas = (*ALWAYS, *WRITING, *(("journal_mode=WAL",) if wal else ()))
    engine = create_engine(
        "sqlite://", creator=lambda: _connect(file, "rw" if file.exists() else "rwc", pragmas),
        poolclass=StaticPool, execution_options=_SHARED,
    )  # fmt: skip
    _begin_with(engine, "BEGIN IMMEDIATE")
    return engine


def reading(file: Path) -> Engine:
    """Open for reading from any thread: a small pool that can neither write nor checkpoint."""
    pragmas = (*ALWAYS, *READING)
    engine = create_engine(
        "sqlite://", creator=lambda: _connect(file, _reading_mode(file), pragmas),
        poolclass=QueuePool, pool_size=READERS, max_overflow=EXTRA_READERS,
        execution_options=_SHARED,
    )  # fmt: skip
    _begin_with(engine, "BEGIN")
    return engine


@contextmanager
def in_memory() -> Iterator[Connection]:
    """Open an empty database that never touches the disk."""
    engine = create_engine(
        "sqlite://", creator=lambda: _connect(None, "memory", ALWAYS), poolclass=StaticPool,
        execution_options=_SHARED,
    )  # fmt: skip
    _begin_with(engine, "BEGIN")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _reading_mode(file: Path) -> str:
    """Where nothing can be written beside the file, SQLite must not look for a log to share."""
    log = file.with_name(file.name + "-wal")
    alone = not log.exists() or not log.stat().st_size
    return "ro&immutable=1" if alone and not can_write(file.parent) else "ro"


def can_write(folder: Path) -> bool:
    """Say whether this person may make files in a folder."""
    return os.access(folder, os.W_OK)


def _connect(file: Path | None, mode: str, pragmas: tuple[str, ...]) -> sqlite3.Connection:
    name = quote(str(file)) if file else "none"
    # isolation_level=None: we begin transactions ourselves (see _begin_with); left to itself the
    # driver would begin them late and deferred.
    raw = sqlite3.connect(
        f"file:{name}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False, cached_statements=STATEMENTS,
        timeout=BUSY_MS / 1000,
    )  # fmt: skip
    try:
        for pragma in pragmas:
            raw.execute(f"PRAGMA {pragma}")
    except UnicodeDecodeError as error:  # what SQLite says of a damaged schema may be no text
        raw.close()
        msg = "malformed database schema"
        raise sqlite3.DatabaseError(msg) from error
    except BaseException:
        raw.close()
        raise
    return raw


def _begin_with(engine: Engine, words: str) -> None:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(words)

    event.listen(engine, "begin", begin)


def pragma(connection: Connection, name: str) -> Any:
    """Ask for the first value that a pragma answers."""
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def stamp(connection: Connection, version: int = FORMAT) -> None:
    """Write into the file's header what it is, and in which format."""
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={int(version)}")


def fold_up(engine: Engine) -> None:
    """Bring everything into the one file and leave nothing beside it, as far as readers allow."""
    # When another process is reading, the log stays beside the file and nothing is lost.
    with suppress(DBAPIError, sqlite3.Error), closing(engine.raw_connection()) as raw:
        for words in (
            f"busy_timeout={CLOSING_MS}",
            "wal_checkpoint(TRUNCATE)",
            "journal_mode=DELETE",
        ):
            raw.cursor().execute(f"PRAGMA {words}").fetchall()


def recover(file: Path) -> None:
    """Finish or take back what was cut short; opening for writing and one look are enough."""
    with closing(_connect(file, "rw", ALWAYS)) as raw:
        raw.execute("SELECT count(*) FROM sqlite_master").fetchall()


def overwrite_deleted(connection: Connection) -> None:
    """From here on let SQLite overwrite with zeros what is deleted or replaced."""
    connection.exec_driver_sql("PRAGMA secure_delete=ON")


def write_anew(engine: Engine, file: Path, tmp: Path) -> None:
    """Write the whole database anew, so that nothing of what was deleted remains in the file."""
    large = file.stat().st_size > IN_MEMORY
    with _temporary_files_in(tmp), closing(engine.raw_connection()) as raw:
        for words in (
            "secure_delete=ON",
            "wal_checkpoint(TRUNCATE)",
            f"temp_store={'FILE' if large else 'MEMORY'}",
        ):
            raw.cursor().execute(f"PRAGMA {words}").fetchall()
        raw.cursor().execute("VACUUM")
        for words in ("temp_store=MEMORY", "wal_checkpoint(TRUNCATE)"):
            raw.cursor().execute(f"PRAGMA {words}").fetchall()


@contextmanager
def _temporary_files_in(tmp: Path) -> Iterator[None]:
    """Nothing of a case may be written elsewhere, not even for a moment."""
    before = os.environ.get("SQLITE_TMPDIR")
    os.environ["SQLITE_TMPDIR"] = str(tmp)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SQLITE_TMPDIR"]
        else:
            os.environ["SQLITE_TMPDIR"] = before


def faults(connection: Connection, *, full: bool) -> list[str]:
    """Let SQLite look over its own pages; empty when it finds them sound."""
    name = "integrity_check" if full else "quick_check"
    found = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA {name}(20)")]
    return [] if found == ["ok"] else found


def copy(file: Path, target: Path) -> None:
    """Copy a database, as it is at this moment, into a new file: safe beside a writer."""
    with (
        closing(_connect(file, _reading_mode(file), READING)) as source,
        closing(_connect(target, "rwc", ("synchronous=FULL",))) as copied,
    ):
        source.backup(copied)
        copied.execute("PRAGMA journal_mode=DELETE").fetchall()


def operations_by_index(connection: Connection) -> list[tuple[int, int]]:
    """Give (op.n, op.rec) of every operation from an index alone, without the table's pages."""
    rows = connection.exec_driver_sql("SELECT n, rec FROM op INDEXED BY op_rec")
    return [(int(n), int(rec)) for n, rec in rows]


def objects(connection: Connection) -> dict[str, str]:
    """Give every table, index, view and trigger by name with the words that made it."""
    rows = connection.exec_driver_sql(
        "SELECT name, type || ':' || coalesce(sql, '') FROM sqlite_master"
    )
    return {str(name): str(words) for name, words in rows}


def drop_index(connection: Connection, name: str) -> None:
    """Take an index away; nothing but speed depends on it."""
    quoted = name.replace('"', '""')
    connection.exec_driver_sql(f'DROP INDEX "{quoted}"')


@contextmanager
def explained() -> Iterator[None]:
    """Turn what the disk or the file does to the database into one sentence for a person.

    Words that are no longer the JSON that was written are damage, too. Other complaints (a broken
    constraint, a wrong parameter) are defects and stay as they are.
    """
    try:
        yield
    except json.JSONDecodeError as error:
        raise unusable(tr("what was written there has changed")) from error
    except (DBAPIError, sqlite3.Error) as error:
        raw = error.orig if isinstance(error, DBAPIError) else error
        if type(raw) not in (sqlite3.OperationalError, sqlite3.DatabaseError):
            raise
        raise unusable(str(raw)) from error


def unusable(words: str) -> CaseUnusable:
    """Say in one sentence why the database cannot be used."""
    low = words.casefold()
    if "locked" in low or "busy" in low:
        return CaseUnusable(
            tr("The case is in use by another program."), tr("Try again when it has finished.")
        )
    if "full" in low:
        return CaseUnusable(
            tr("The disk is full; the change was not saved."), tr("Free some space and try again.")
        )
    if "i/o error" in low:
        return CaseUnusable(
            tr("The disk reports an error; what was being done is not saved."),
            tr(
                "Look at the disk and its connection; copy the case to another disk before you go "
                "on."
            ),
        )
    if "readonly" in low or "read-only" in low or "unable to open" in low:
        return CaseUnusable(
            tr("The case file cannot be opened or written."),
            tr("Look at the permissions of the folder and at the free space of the disk."),
        )
    return CaseUnusable(
        tr("The case file is damaged or cannot be read: {why}.").format(why=words),
        tr("Run check on a copy of the case, or restore a backup."),
    )
