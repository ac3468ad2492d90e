"""Which of the records that an act made are kept when it is undone: those worked on since."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import func, select

from casefile.model.record import FieldType
from casefile.store.past import load
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


@dataclass(slots=True)
class Kept:
    """A record that stays, and why: fields that were changed, or tables that refer to it."""

    table: str
    id: str
    why: set[str] = field(default_factory=set)


def kept(writer: Writer, act: int) -> dict[int, Kept]:
    """Give the records, by number, that the act made and that stay when it is undone.

    They were changed since, or a living record of another act refers to them; with a record stays
    what it refers to, and its parts.
    """
    first = writer.connection.scalar(select(func.min(op.c.n)).where(op.c.txn == act))
    # DISTINCT would make SQLite walk over the whole ledger
    since = select(op.c.rec).where(op.c.n > first, op.c.txn != act)
    later = set(writer.connection.execute(since).scalars())
    if not later:
        return {}
    mine = set(writer.connection.execute(select(op.c.rec).where(op.c.txn == act)).scalars())
    made = _made(writer, act)
    found = _changed(writer, act, later & made.keys())
    for table, _, target in _references(writer, later - mine):
        if target in made:
            found.setdefault(target, made[target]).why.add(table)
    _complete(writer, found, made)
    return found


def _made(writer: Writer, act: int) -> dict[int, Kept]:
    begun = (op.c.txn == act) & (op.c.rec == record.c.n) & (op.c.n == record.c.base)
    asked = select(record.c.n, record.c.kind, record.c.id).join(op, begun)
    return {n: Kept(kind, id_) for n, kind, id_ in writer.connection.execute(asked)}


def _changed(writer: Writer, act: int, numbers: set[int]) -> dict[int, Kept]:
    found: dict[int, Kept] = {}
    for part in portions(sorted(numbers)):
        for past in load(writer.unit(), act, part):
            fields = past.foreign()
            if fields and not past.shown("deleted"):
                found[past.rec.n] = Kept(past.table, past.rec.id, fields)
    return found


def _complete(writer: Writer, found: dict[int, Kept], made: dict[int, Kept]) -> None:
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
