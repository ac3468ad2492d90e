"""Fields of a record on which people disagree."""

import json

from sqlalchemy import select

from casefile.store.heads import settle
from casefile.store.schema import op, record
from casefile.store.session import Reader
from casefile.store.unit import read_op


def conflicts(r: Reader, record_id: str) -> list[str]:
    """Name the fields of a record that have several heads with different values, sorted."""
    words = r.connection.scalar(select(record.c.heads).where(record.c.id == record_id))
    heads: dict[str, list[int]] = {
        name: numbers for name, numbers in json.loads(words or "{}").items() if len(numbers) > 1
    }
    wanted = {number for numbers in heads.values() for number in numbers}
    rows = r.connection.execute(select(op.c.n, op.c.h8, op.c.body).where(op.c.n.in_(wanted)))
    ops = {n: read_op(h8, body) for n, h8, body in rows}
    return sorted(
        name for name, numbers in heads.items() if settle(name, [ops[n] for n in numbers])[1]
    )
