from typing import Any

import pytest
from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from casefile.store import sqlite
from casefile.store.prepared import Prepared
from casefile.store.schema import meta, metadata
from casefile.store.sqlite import GIVEN, given

PUT = Prepared(insert(meta))
SOME = Prepared(select(meta.c.key).where(meta.c.key.in_(given())).order_by(meta.c.key))
FIXED = Prepared(select(meta.c.value).where(meta.c.key == "a", meta.c.value != "z"))
SET = Prepared(update(meta).where(meta.c.key == bindparam("k")).values(value=bindparam("v")))


@pytest.fixture
def open_() -> Any:
    with sqlite.in_memory() as connection:
        metadata.create_all(connection)
        yield connection


def rows(*keys: str) -> list[dict[str, str]]:
    return [{"key": key, "value": f"of {key}"} for key in keys]


def test_written_and_asked(open_: Connection) -> None:
    assert PUT.put(open_, rows("a", "b", "c")) == 3
    assert PUT.put(open_, []) == 0
    assert SOME.ask(open_, {GIVEN: ["c", "a", "x"]}) == [("a",), ("c",)]
    assert FIXED.ask(open_) == [("of a",)]
    assert SET.put(open_, [{"k": "a", "v": "z", "other": 1}, {"k": "x", "v": "z"}]) == 1
    assert FIXED.ask(open_) == []


def test_streamed_in_parts(open_: Connection) -> None:
    keys = sorted(f"{n:04}" for n in range(1200))
    PUT.put(open_, rows(*keys))
    parts = list(SOME.stream(open_, {GIVEN: keys}))
    assert [key for part in parts for (key,) in part] == keys
    assert len(parts) == 3


def test_a_question_belongs_to_one_moment(open_: Connection) -> None:
    open_.rollback()
    assert not open_.in_transaction()
    with pytest.raises(DBAPIError):  # the tables went with the transaction
        FIXED.ask(open_)
    assert open_.in_transaction()


def test_complaints_are_those_of_sqlalchemy(open_: Connection) -> None:
    PUT.put(open_, rows("a"))
    with pytest.raises(IntegrityError):
        PUT.put(open_, rows("a"))
    with pytest.raises(KeyError):
        SOME.ask(open_)
