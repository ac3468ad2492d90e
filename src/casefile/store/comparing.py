"""Whether the tables say what the ledger says."""

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select
from sqlalchemy.exc import DBAPIError

from casefile.jobs.progress import Progress
from casefile.model.change import Finding
from casefile.model.errors import CaseUnusable
from casefile.model.kinds import KINDS
from casefile.model.ledger import ZERO, Operation
from casefile.model.record import Record
from casefile.store import long_values, records, salvage, sqlite
from casefile.store.known import Known
from casefile.store.projecting import columns, value_of
from casefile.store.rebuilding import replay
from casefile.store.schema import VIEWS, make_tables, op, record, replica, txn, wait
from casefile.store.session import Reader, pairs
from casefile.store.standing import standing
from casefile.store.unit import read_op
from casefile.strings import tr

SAMPLE = 200  # records
MOST = 20  # findings a table
Rows = Iterator[tuple[Any, ...]]
_ROW = re.compile(r"row (\d+) missing from index (\w+)")
_TABLES_BY_INDEX = {
    str(index.name): table for table in (op, record, *VIEWS.values()) for index in table.indexes
} | {"sqlite_autoindex_record_1": record}


def schema(reader: Reader) -> Iterator[Finding]:
    """Compare the tables and indexes themselves with those of this format."""
    here = _own(sqlite.objects(reader.connection))
    wanted = _of_this_format()
    for name in sorted(here.keys() | wanted.keys()):
        if here.get(name) != wanted.get(name):
            yield _differs(tr("{name} is not as this format has it").format(name=name))


@cache
def _of_this_format() -> dict[str, str]:
    with sqlite.in_memory() as fresh:
        make_tables(fresh)
        return _own(sqlite.objects(fresh))


def _own(objects: dict[str, str]) -> dict[str, str]:
    return {name: words for name, words in objects.items() if not name.startswith("sqlite_stat")}


def everything(reader: Reader, progress: Progress | None) -> Iterator[Finding]:
    """Apply the whole ledger to an empty database in memory and compare every row."""
    with sqlite.in_memory() as fresh, salvage.tolerant(reader.connection):
        make_tables(fresh)
        _seed(reader.connection, fresh)
        replay_into(fresh, reader.connection, progress)
        for table in (record, wait, txn, replica, *VIEWS.values()):
            try:
                yield from list(islice(_table(reader, fresh, table), MOST))
            except DBAPIError:
                yield from _unreadable(reader, table)


def _unreadable(reader: Reader, table: Table) -> Iterator[Finding]:
    """Name the rows of a table that cannot be read any more."""
    read = salvage.Salvage(reader.connection, table.name, ())
    for _ in read.rows():
        pass
    about = read.lost[:MOST] if "n" in table.c and table not in (txn, replica) else []
    ids = records.ids_of(reader, about)
    words = tr("{table}: a row cannot be read from the file").format(table=table.name)
    yield from (_differs(words, ids.get(n)) for n in about or [0])


def row_named_in(reader: Reader, words: str) -> str | None:
    """Give the record that a complaint of SQLite's is about, where it names the row of one.

    By the id that the ledger has: the one beside the number may be what changed.
    """
    found = _ROW.search(words)
    table = _TABLES_BY_INDEX.get(found[2]) if found else None
    if found is None or table is None:
        return None
    number = int(found[1])
    with suppress(DBAPIError):
        if table is op:
            number = reader.connection.scalar(select(op.c.rec).where(op.c.n == number)) or 0
        asked = select(op.c.h8, op.c.body).where(op.c.rec == number).limit(1)
        if (first := reader.connection.execute(asked).first()) is not None:
            with suppress(CaseUnusable):
                return str(read_op(*first).data["row"])
        return records.ids_of(reader, (number,)).get(number)
    return None


def replay_into(fresh: Connection, source: Connection, progress: Progress | None) -> None:
    """Apply the ledger of `source`, and write the tips that it leads to."""
    known = Known.load(fresh)
    replay(fresh, source, known, progress)
    known.save(fresh)


def _seed(here: Connection, fresh: Connection) -> None:
    """Take over the local numbers: they stand for nothing but the ids beside them."""
    for table, empty in (
        (record, {"conflicts": 0}),
        (txn, {}),
        (replica, {"seq": 0, "chain": ZERO}),
    ):
        asked = here.execute(select(table.c.n, table.c.id))
        rows: list[dict[str, Any]] = [{"n": n, "id": id_, **empty} for n, id_ in asked]
        if rows:
            fresh.execute(insert(table), rows)


def _table(reader: Reader, fresh: Connection, table: Table) -> Iterator[Finding]:
    key = [column.name for column in table.primary_key.columns]
    size = len(key)
    asked = select(*(table.c[name] for name in key), table).order_by(*table.primary_key.columns)
    here = map(tuple, reader.connection.execute(asked))
    there = map(tuple, fresh.execute(asked))
    names = [column.name for column in table.columns]
    for left, right in _paired(here, there, size):
        if left == right:
            continue
        key_values = (left or right or ())[:size]
        id_ = records.ids_of(reader, key_values[:1]).get(key_values[0]) if "n" in key else None
        fields = [
            name
            for name, a, b in zip(names, (left or ())[size:], (right or ())[size:], strict=False)
            if a != b
        ]
        if table in (txn, replica):  # no records: the words name them
            fields.append(str((left or right or ())[size + names.index("id")]))
        words = ", ".join(fields) or tr("the whole row")
        detail = tr("{table}: {fields} differs from the ledger").format(
            table=table.name, fields=words
        )
        yield _differs(detail, id_ if table not in (txn, replica) else None)


def _paired(
    left: Rows, right: Rows, size: int
) -> Iterator[tuple[tuple[Any, ...] | None, tuple[Any, ...] | None]]:
    """Walk over two sorted tables together; None where one of them lacks the row."""
    a, b = next(left, None), next(right, None)
    while a is not None or b is not None:
        if b is None or (a is not None and a[:size] < b[:size]):
            yield a, None
            a = next(left, None)
        elif a is None or b[:size] < a[:size]:
            yield None, b
            b = next(right, None)
        else:
            yield a, b
            a, b = next(left, None), next(right, None)


def some(reader: Reader) -> Iterator[Finding]:
    """Compare the numbers of rows, and some records spread over the whole case."""
    yield from _counts(reader)
    asked = select(record.c.n).where(record.c.base.is_not(None)).order_by(record.c.n)
    numbers = list(reader.connection.execute(asked).scalars())
    for number in numbers[:: max(1, len(numbers) // SAMPLE)]:
        yield from _one(reader, number)


def _counts(reader: Reader) -> Iterator[Finding]:
    def number(asked: Any) -> int:
        return int(reader.connection.scalar(asked) or 0)

    by_kind = select(record.c.kind, func.count()).group_by(record.c.kind)
    wanted = pairs(reader.connection.execute(by_kind))
    for kind, view in VIEWS.items():
        if wanted.get(kind, 0) != number(select(func.count()).select_from(view)):
            yield _differs(tr("{table} has more or fewer rows than the ledger").format(table=kind))
    named = number(select(func.count(func.distinct(op.c.rec))))
    if named != number(select(func.count()).select_from(record).where(record.c.base.is_not(None))):
        yield _differs(tr("record has more or fewer rows than the ledger"))


def _one(reader: Reader, number: int) -> Iterator[Finding]:
    rows = reader.connection.execute(select(op.c.h8, op.c.body).where(op.c.rec == number))
    ops = [read_op(h8, body) for h8, body in rows]
    kind = KINDS.get(ops[0].data["tbl"]) if ops else None
    if kind is None:
        return
    wanted = expected(reader, kind, ops)
    found = records.get(reader, kind, wanted.id)
    if found != wanted:
        detail = tr("{table}: the record differs from the ledger").format(table=kind.TABLE)
        yield _differs(detail, wanted.id)


def expected(reader: Reader, kind: type[Record], ops: list[Operation]) -> Record:
    """Say how a record stands after these operations, straight from the definition."""
    found = standing(ops)
    held = long_values.fetch(reader.connection, long_values.names_in(found.values.values()))
    return kind.from_values(
        found.id,
        _as_projected(kind, long_values.expand(found.values, held)),
        deleted=found.deleted,
        made=found.made[0] >> 16,
        made_by=found.made[1],
        changed=found.changed[0] >> 16,
        changed_by=found.changed[1],
        conflicts=len(found.conflicts),
    )


def _as_projected(kind: type[Record], values: dict[str, Any]) -> dict[str, Any]:
    """Send the values through the columns of a table and back."""
    ids: dict[int, str] = {}

    def number_of(id_: str) -> int:
        ids[len(ids)] = id_
        return len(ids) - 1

    return {
        name: value_of(name, type_, columns(name, type_, values.get(name), number_of), ids)
        for name, type_ in kind.spec().items()
    }


def _differs(detail: str, id_: str | None = None) -> Finding:
    return Finding(level="damage", kind="projection", detail=detail, record=id_)
