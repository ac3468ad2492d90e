"""Making the tables of some records again from their operations."""

from collections.abc import Iterable

from sqlalchemy import delete, select, update

from casefile.store.flushing import flush
from casefile.store.known import Known
from casefile.store.schema import VIEWS, op, record
from casefile.store.session import Reader, portions
from casefile.store.unit import Unit, read_op

AT_ONCE = 200  # records


def reproject(reader: Reader, known: Known, ids: Iterable[str]) -> None:
    """Forget what these records look like and apply their operations again, oldest arrival first."""
    for part in portions(ids, AT_ONCE):
        _forget(reader, part)
        _apply(reader, known, part)


def _forget(reader: Reader, ids: list[str]) -> None:
    connection = reader.connection
    found = connection.execute(select(record.c.n, record.c.kind).where(record.c.id.in_(ids))).all()
    numbers = [n for n, _ in found]
    for kind in {kind for _, kind in found if kind in VIEWS}:
        view = VIEWS[kind]
        connection.execute(delete(view).where(view.c.n.in_(numbers)))
    empty = {"base": None, "heads": None, "made": None, "made_by": None, "conflicts": 0}
    empty |= {"changed": None, "changed_by": None}
    connection.execute(update(record).where(record.c.n.in_(numbers)).values(**empty))


def _apply(reader: Reader, known: Known, ids: list[str]) -> None:
    connection = reader.connection
    unit = Unit(connection, known, connection)
    unit.load(ids)
    asked = (
        select(op.c.n, op.c.h8, op.c.body)
        .where(op.c.rec.in_([rec.n for rec in unit.recs.values()]))
        .order_by(op.c.n)
    )
    # What an operation supersedes and comes later waits for it: `wait` still knows.
    for n, h8, body in connection.execute(asked).all():
        unit.add(n, read_op(h8, body), stored=True)
    flush(unit)
