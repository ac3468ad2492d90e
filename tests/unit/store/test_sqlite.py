import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import literal, select, text
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import IntegrityError

from casefile.model.errors import CaseUnusable
from casefile.store import sqlite

from .conftest import Cases


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("database is locked", "in use by another"),
        ("database or disk is full", "disk is full"),
        ("attempt to write a readonly database", "cannot be opened or written"),
        ("unable to open database file", "cannot be opened or written"),
        ("database disk image is malformed", "damaged"),
        ("disk I/O error", "The disk reports an error"),
    ],
)
def test_complaints_become_one_sentence_with_a_hint(words: str, message: str) -> None:
    with pytest.raises(CaseUnusable, match=message) as caught, sqlite.explained():
        raise sqlite3.OperationalError(words)
    assert caught.value.hint


def test_defects_stay_defects() -> None:
    with pytest.raises(sqlite3.ProgrammingError), sqlite.explained():
        raise sqlite3.ProgrammingError
    with sqlite.in_memory() as connection:
        connection.execute(text("CREATE TABLE t (x NOT NULL)"))
        with pytest.raises(IntegrityError), sqlite.explained():
            connection.execute(text("INSERT INTO t VALUES (NULL)"))


def test_what_the_writer_and_the_readers_insist_on(cases: Cases) -> None:
    store = cases.new()
    with store.write("x") as w:
        for name, value in (
            ("journal_mode", "wal"),
            ("synchronous", 2),
            ("trusted_schema", 0),
            ("cell_size_check", 1),
            ("foreign_keys", 1),
        ):
            assert sqlite.pragma(w.connection, name) == value
    with store.read() as r:
        for name, value in (("query_only", 1), ("trusted_schema", 0), ("cell_size_check", 1)):
            assert sqlite.pragma(r.connection, name) == value


def test_every_transaction_is_one(cases: Cases) -> None:
    """Left to itself the driver would commit each statement, or begin late."""
    store = cases.new()
    other = sqlite3.connect(store.path / "case.db", timeout=0)
    with store.write("x"), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.close()


def test_a_reader_elsewhere_does_not_lose_the_log(cases: Cases) -> None:
    store = cases.new(title="x")
    other = sqlite3.connect(store.path / "case.db")
    other.execute("BEGIN")
    other.execute("SELECT * FROM op").fetchall()
    store.close()
    assert other.execute("SELECT count(*) FROM op").fetchone() == (1,)
    other.close()
    assert cases.open(store.path).changes_after(0).upto == 1


def test_where_nothing_can_be_written_nothing_is_looked_for(
    cases: Cases, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = cases.new(title="x")
    store.close()
    monkeypatch.setattr(sqlite, "can_write", lambda _: False)
    assert sqlite._reading_mode(store.path / "case.db") == "ro&immutable=1"
    reader = cases.open(store.path, write=False)
    assert reader.changes_after(0).upto == 1
    (store.path / "case.db-wal").write_bytes(b"x")
    assert sqlite._reading_mode(store.path / "case.db") == "ro"


def test_folders_that_can_be_written_are_known(tmp_path: Path) -> None:
    assert sqlite.can_write(tmp_path)
    assert not sqlite.can_write(tmp_path / "none")


def test_a_question_is_put_into_words_once_a_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    first = SQLiteCompiler.visit_select

    def counted(self: SQLiteCompiler, select: object, *more: object, **how: object) -> str:
        made.append(select)
        return first(self, select, *more, **how)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(SQLiteCompiler, "visit_select", counted)
    for number in (1, 2, 3):
        engine = sqlite.writing(tmp_path / "one.db")
        with engine.connect() as connection:
            asked = select(literal(number).label("a_question_asked_nowhere_else"))
            assert connection.scalar(asked) == number
        engine.dispose()
    assert len(made) == 1
