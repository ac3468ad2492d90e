"""Making everything that derives from the ledger again, from the operations alone."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, func, select, update

from casefile.jobs.progress import Progress
from casefile.model import ledger
from casefile.store.flushing import flush
from casefile.store.known import Known
from casefile.store.schema import VIEWS, op, record, txn, wait
from casefile.store.unit import Unit, read_op
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.store.case import CaseStore

BATCH = 1000  # operations
_KEPT = {"n", "id"}  # local numbers stay, so that op.rec and op.txn stay true


def rebuild_projections(store: "CaseStore", progress: Progress | None = None) -> None:
    """Make the tables of a case again from its ledger, in one transaction.

    CaseUnusable when an operation has changed on the disk.
    """
    with store.write("rebuild") as writer:
        connection = writer.connection
        for view in (*VIEWS.values(), wait):
            connection.execute(delete(view))
        for table in (record, txn):
            empty: dict[str, Any] = {c.name: None for c in table.columns if c.name not in _KEPT}
            if table is record:
                empty["conflicts"] = 0
            connection.execute(update(table).values(empty))
        replay(connection, connection, writer.known, progress)


def replay(
    connection: Connection, source: Connection, known: Known, progress: Progress | None = None
) -> None:
    """Apply all operations of `source`, in the order they arrived there, to empty projections."""
    known.waiting.clear()
    known.tips = dict.fromkeys(known.tips, (0, ledger.ZERO))
    known.moved = set(known.tips)
    last = source.scalar(select(func.max(op.c.n))) or 0
    start = 0
    for rows in _batches(source):
        unit = Unit(connection, known, source)
        ops = {n: read_op(h8, body) for n, h8, body in rows}
        unit.load(one.data["row"] for one in ops.values())
        named = {
            d for one in ops.values() for f in one.data.get("sup", ()) for d in one.superseded(f)
        }
        unit.find(named - unit.numbers.keys(), upto=start)
        for number, one in ops.items():
            unit.add(number, one, stored=True)
        flush(unit)
        start = rows[-1][0]
        if progress is not None:
            progress.at(start, last, tr("Applying the ledger"))


def _batches(source: Connection) -> Iterator[list[tuple[int, int, bytes]]]:
    start = 0
    asked = select(op.c.n, op.c.h8, op.c.body).order_by(op.c.n).limit(BATCH)
    while rows := source.execute(asked.where(op.c.n > start)).all():
        yield [(n, h8, body) for n, h8, body in rows]
        start = rows[-1][0]
