"""The values that people disagree on, with what each of them was looking at."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from casefile.model.ledger import DELETED, Operation, canonical
from casefile.store import long_values
from casefile.store.heads import settle
from casefile.store.schema import op, record, txn
from casefile.store.session import Reader, portions
from casefile.store.sqlite import GIVEN, given
from casefile.store.unit import finder, read_op

_HEADS = select(op.c.n, op.c.h8, op.c.body).where(op.c.n.in_(given()))
_BY_NAME = select(op.c.h8, op.c.body).where(op.c.h8.in_(given()))

_DEEP = 8  # undone resolutions of one field that are followed


@dataclass(frozen=True, slots=True)
class Value:
    """A value with who gave it, when (milliseconds since 1970), and by which operation."""

    value: Any
    person: str
    when: int
    operation: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field with several values, the newest first, and what was there before; None: nothing."""

    record: str
    table: str
    field: str
    heads: tuple[Value, ...]
    base: Value | None


def open_ones(r: Reader, record_id: str | None = None) -> list[Dispute]:
    """Give every field on which people disagree now, or those of one record."""
    asked = select(record.c.id, record.c.kind, record.c.heads).where(record.c.conflicts > 0)
    if record_id is not None:
        asked = asked.where(record.c.id == record_id)
    found: list[Dispute] = []
    rows = r.connection.execute(asked.order_by(record.c.changed.desc(), record.c.id)).all()
    for part in portions(rows):
        fields = {
            (id_, kind, name): numbers
            for id_, kind, heads in part
            for name, numbers in sorted(json.loads(heads or "{}").items())
            if len(numbers) > 1
        }
        ops = _operations(r, {n for numbers in fields.values() for n in numbers})
        found += _disputes(r, {key: [ops[n] for n in ns] for key, ns in fields.items()})
    return found


def _operations(r: Reader, numbers: Iterable[int]) -> dict[int, Operation]:
    found: dict[int, Operation] = {}
    for part in portions(numbers):
        rows = r.connection.execute(_HEADS, {GIVEN: part})
        found |= {n: read_op(h8, body) for n, h8, body in rows}
    return found


def _disputes(r: Reader, fields: dict[tuple[str, str, str], list[Operation]]) -> list[Dispute]:
    split = {
        key: [_first_said(r, one, key[2]) for one in heads]
        for key, heads in fields.items()
        if settle(key[2], heads)[1]
    }
    older = _older(r, split)
    values = [op_.values for heads in (*split.values(), *older.values()) for op_ in heads]
    names = long_values.names_in(v for each in values for v in each.values())
    held = long_values.fetch(r.connection, names) if names else {}
    found = []
    for key, heads in split.items():
        id_, table, name = key
        ranked = sorted(heads, key=lambda one: one.rank, reverse=True)
        before = max(older[key], key=lambda one: one.rank, default=None)
        found.append(
            Dispute(
                record=id_,
                table=table,
                field=name,
                heads=tuple(_value(one, name, held) for one in ranked),
                base=_value(before, name, held) if before is not None else None,
            )
        )
    return found


def _first_said(r: Reader, one: Operation, name: str) -> Operation:
    """Give the operation whose value an undo brought back: it tells who gave it, and over what."""
    for _ in range(_DEEP):
        undoes = select(txn.c.undoes).where(txn.c.id == one.data["txn"])
        if r.connection.scalar(undoes) is None:
            return one
        taken_back = _named(r, one.superseded(name)).values()
        before = _named(r, {d for each in taken_back for d in each.superseded(name)}).values()
        same = [
            each
            for each in before
            if name in each.values and canonical(each.values[name]) == canonical(one.values[name])
        ]
        if not same:
            return one
        one = max(same, key=lambda each: each.rank)
    return one


def _named(r: Reader, digests: Iterable[bytes]) -> dict[bytes, Operation]:
    found: dict[bytes, Operation] = {}
    for part in portions(digests):
        rows = r.connection.execute(_BY_NAME, {GIVEN: [finder(digest) for digest in part]})
        found |= {each.digest: each for each in (read_op(h8, body) for h8, body in rows)}
    return found


def _older(
    r: Reader, fields: dict[tuple[str, str, str], list[Operation]]
) -> dict[tuple[str, str, str], list[Operation]]:
    """Give the operations that the heads of each field took the place of."""
    wanted = {
        key: {digest for head in heads for digest in head.superseded(key[2])}
        for key, heads in fields.items()
    }
    there = _named(r, {digest for each in wanted.values() for digest in each})
    return {
        key: [there[d] for d in digests if d in there and key[2] in there[d].values]
        for key, digests in wanted.items()
    }


def _value(one: Operation, name: str, held: dict[str, Any]) -> Value:
    value = one.values[name]
    if name != DELETED:
        value = long_values.expand({name: value}, held)[name]
    return Value(value, one.data["person"], one.data["hlc"] >> 16, one.id)
