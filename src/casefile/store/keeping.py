"""Which of the records that an act made are kept when it is undone: those worked on since."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import CompoundSelect, Select, bindparam, literal_column, select, union_all

from casefile.model.record import FieldType
from casefile.store.past import load
from casefile.store.prepared import Prepared
from casefile.store.schema import SPECS, VIEWS, op, record
from casefile.store.session import portions
from casefile.store.writer import Writer

# Records that are nothing without the one they belong to, and the field that names it.
PARTS = {
    "source_file": "source",
    "acquisition": "source",
    "extraction": "source",
    "entity_name": "entity",
}


_MINE = select(op.c.rec).where(op.c.txn == bindparam("act")).distinct()
_MADE = Prepared(
    select(record.c.n, record.c.kind, record.c.id).join(
        op, (op.c.txn == bindparam("act")) & (op.c.rec == record.c.n) & (op.c.n == record.c.base)
    )
)


def _since() -> Select[Any]:
    """Ask which records of an act are those of another act, too."""
    mine, other = _MINE.subquery(), op.alias()
    same = (other.c.rec == mine.c.rec) & (other.c.txn != bindparam("act"))
    return select(other.c.rec).select_from(mine).join(other, same).distinct()


def _referring() -> CompoundSelect[Any]:
    """Ask for living records of any kind that refer to a record of an act: one look an index.

    Only those that were written since (`hlc`): what referred to a record before it was made is as
    it was when it is gone again.
    """
    mine = _MINE.subquery()
    return union_all(
        *(
            select(literal_column(f"'{table}'"), VIEWS[table].c.n, VIEWS[table].c[name])
            .select_from(mine)
            .join(VIEWS[table], VIEWS[table].c[name] == mine.c.rec)
            .join(record, record.c.n == VIEWS[table].c.n)
            .where(VIEWS[table].c.deleted == 0, record.c.changed > bindparam("hlc"))
            for table, spec in SPECS.items()
            for name, kind in spec.items()
            if kind is FieldType.REF
        )
    )


_SINCE, _REFERRING = _since(), _referring()


@dataclass(slots=True)
class Kept:
    """A record that stays, and why: fields that were changed, or tables that refer to it."""

    table: str
    id: str
    why: set[str] = field(default_factory=set)


def kept(writer: Writer, act: int, hlc: int) -> dict[int, Kept]:
    """Give the records, by number, that the act (of this clock) made and that stay when undone.

    They were changed since, or a living record of another act refers to them; with a record stays
    what it refers to, and its parts. How much else the ledger holds makes no difference.
    """
    words = {"act": act}
    made = {n: Kept(kind, id_) for n, kind, id_ in _MADE.ask(writer.connection, words)}
    if not made:
        return {}
    mine = set(writer.connection.execute(_MINE, words).scalars())
    since = set(writer.connection.execute(_SINCE, words).scalars())
    found = _changed(writer, act, since & made.keys())
    for table, n, target in writer.connection.execute(_REFERRING, words | {"hlc": hlc}):
        if n not in mine and target in made:
            found.setdefault(target, made[target]).why.add(table)
    complete(writer, found, made)
    return found


def _changed(writer: Writer, act: int, numbers: set[int]) -> dict[int, Kept]:
    found: dict[int, Kept] = {}
    for part in portions(sorted(numbers)):
        for past in load(writer.unit(), act, part):
            fields = past.foreign()
            if fields and not past.shown("deleted"):
                found[past.rec.n] = Kept(past.table, past.rec.id, fields)
    return found


def complete(writer: Writer, found: dict[int, Kept], made: dict[int, Kept]) -> None:
    """Add what the kept records refer to, and their parts, until nothing is missing."""
    fresh = set(found)
    while fresh:
        near = {target for _, _, target in _references(writer, fresh)} | _parts(writer, fresh)
        fresh = (near & made.keys()) - found.keys()
        found.update({n: made[n] for n in fresh})


def _references(writer: Writer, numbers: Iterable[int]) -> list[tuple[str, int, int]]:
    """Give what living records refer to: their table, their number, the number referred to."""
    found: list[tuple[str, int, int]] = []
    for part in portions(numbers):
        kinds = select(record.c.kind).where(record.c.n.in_(part)).distinct()
        for table in writer.connection.execute(kinds).scalars():
            view = VIEWS.get(table)
            for name, kind in SPECS.get(table, {}).items():
                if view is not None and kind is FieldType.REF:
                    asked = select(view.c.n, view.c[name]).where(
                        view.c.n.in_(part), view.c.deleted == 0, view.c[name].is_not(None)
                    )
                    found += [(table, n, to) for n, to in writer.connection.execute(asked)]
    return found


def _parts(writer: Writer, numbers: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for part in portions(numbers):
        for table, name in PARTS.items():
            asked = select(VIEWS[table].c.n).where(VIEWS[table].c[name].in_(part))
            found.update(writer.connection.execute(asked).scalars())
    return found
