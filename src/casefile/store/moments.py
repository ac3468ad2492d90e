"""The case as it stood at a moment, by the clocks of those who wrote it.

The operations up to a moment are a set like any other, and a case is a function of such a set.
Where nothing was written since, the tables answer; only the other records are worked out.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from casefile.store import long_values
from casefile.store.schema import VIEWS, op, record
from casefile.store.session import Reader, portions
from casefile.store.standing import Standing, standing
from casefile.store.unit import read_op

if TYPE_CHECKING:
    from casefile.model.ledger import Operation


def after(moment: int) -> int:
    """Give the first clock (hlc) behind a moment in milliseconds since 1970."""
    return (moment + 1) << 16


def at(r: Reader, ids: Iterable[str], moment: int) -> dict[str, Standing]:
    """Say how some records stood; those that were not there yet are left out."""
    found: dict[str, Standing] = {}
    for part in portions(dict.fromkeys(ids)):
        asked = select(record.c.id, op.c.h8, op.c.body).join(op, op.c.rec == record.c.n)
        ops: dict[str, list[Operation]] = {}
        for id_, h8, body in r.connection.execute(
            asked.where(record.c.id.in_(part), op.c.hlc < after(moment))
        ):
            ops.setdefault(id_, []).append(read_op(h8, body))
        found |= {id_: standing(group) for id_, group in ops.items()}
    names = {n for one in found.values() for n in long_values.names_in(one.values.values())}
    held = long_values.fetch(r.connection, names) if names else {}
    for one in found.values() if held else ():
        one.values.update(long_values.expand(one.values, held))
    return found


def living(r: Reader, table: str, moment: int) -> list[str]:
    """Give the ids of the records of a kind that lived then, by clock of making."""
    end, view = after(moment), VIEWS[table]
    asked = (
        select(record.c.id, record.c.changed, view.c.deleted)
        .join(view, view.c.n == record.c.n)
        .where(record.c.kind == table, record.c.made < end)
        .order_by(record.c.made, record.c.id)
    )
    rows = r.connection.execute(asked).all()
    dead = set(_dead(r, (id_ for id_, changed, _ in rows if changed >= end), moment))
    return [
        id_
        for id_, changed, deleted in rows
        if (id_ not in dead if changed >= end else not deleted)
    ]


def count(r: Reader, table: str, moment: int) -> int:
    """Count the records of a kind that lived then."""
    end, view = after(moment), VIEWS[table]
    there = (record.c.kind == table) & (record.c.made < end)
    number = r.connection.scalar(select(func.count()).select_from(record).where(there)) or 0
    gone = (
        select(func.count())
        .select_from(view)
        .join(record, record.c.n == view.c.n)
        .where(view.c.deleted == 1, record.c.made < end, record.c.changed < end)
    )
    number -= r.connection.scalar(gone) or 0
    later = r.connection.execute(select(record.c.id).where(there, record.c.changed >= end))
    return number - sum(1 for _ in _dead(r, later.scalars().all(), moment))


def _dead(r: Reader, ids: Iterable[str], moment: int) -> Iterator[str]:
    """Name those of some records, changed since, that were deleted then."""
    for part in portions(ids):
        yield from (id_ for id_, one in at(r, part, moment).items() if one.deleted)
