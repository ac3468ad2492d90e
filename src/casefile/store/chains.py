"""Whether every operation is what it was, and follows the one before it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, select

from casefile.jobs.progress import Progress
from casefile.model import ledger
from casefile.model.change import Finding
from casefile.model.ledger import Operation
from casefile.model.record import FieldType
from casefile.store import long_values
from casefile.store.schema import SPECS, op, record, replica, txn
from casefile.store.session import Reader
from casefile.store.unit import finder
from casefile.strings import tr

AT_ONCE = 500
CONTENT_FIELDS = {"extraction": ("text_hash", "pages", "zones", "facts")}
OBJECT = "object"
_OBJECT_TABLES = {name for name, spec in SPECS.items() if spec.get(OBJECT) is FieldType.TEXT}


@dataclass(slots=True)
class Walk:
    """What was seen on the way along the chains; names are SHA-256, with the record that names."""

    ops: int = 0
    bytes: int = 0
    damaged: int = 0
    contents: dict[str, str] = field(default_factory=dict)
    objects: dict[str, str] = field(default_factory=dict)
    tips: dict[str, tuple[int, str]] = field(default_factory=dict)


def walk(reader: Reader, seen: Walk, progress: Progress | None = None) -> Iterator[Finding]:
    """Go along every replica's chain and say where something does not fit."""
    asked = (
        select(op, record.c.id.label("row"), replica.c.id.label("by"), txn.c.id.label("act"))
        .outerjoin(record, record.c.n == op.c.rec)
        .outerjoin(replica, replica.c.n == op.c.replica)
        .outerjoin(txn, txn.c.n == op.c.txn)
        .order_by(op.c.replica, op.c.seq, op.c.n)
    )
    streamed = reader.connection.execution_options(yield_per=AT_ONCE).execute(asked)
    for row in streamed:
        seen.ops += 1
        seen.bytes += len(row.body)
        if progress is not None and not seen.ops % AT_ONCE:
            progress.at(seen.ops, None, tr("Checking the ledger"))
        for detail in _faults(row, seen):
            seen.damaged += 1
            yield _damage("ledger", detail, row.row)
    yield from _tips(reader, seen)


def _faults(row: Row[Any], seen: Walk) -> Iterator[str]:
    where = tr("operation {n}").format(n=row.n)
    try:
        one = ledger.read(row.body)
    except ValueError as error:
        yield tr("{where} is damaged: {why}").format(where=where, why=error)
        _step(row, None, seen)
        return
    if finder(one.digest) != row.h8:
        yield tr("{where} has changed").format(where=where)
    data = one.data
    said = (data["row"], data["replica"], data["txn"], data["seq"], data["hlc"])
    if said != (row.row, row.by, row.act, row.seq, row.hlc):
        yield tr("{where} is filed in the wrong place").format(where=where)
    seq, chain = seen.tips.get(row.by, (0, ledger.ZERO))
    if (data["seq"], data["prev"]) != (seq + 1, chain):
        yield tr("{where} does not follow operation {seq} of its replica").format(
            where=where, seq=seq
        )
    _step(row, one, seen)
    _collect(one, seen)


def _step(row: Row[Any], one: Operation | None, seen: Walk) -> None:
    """Go on from here; after a damaged operation the chain is not known, so the next will say."""
    chain = ledger.chain(one.data["prev"], one.id) if one else ""
    seen.tips[row.by] = (one.data["seq"] if one else row.seq, chain)


def _collect(one: Operation, seen: Walk) -> None:
    table, values, id_ = one.data["tbl"], one.data["set"], one.data["row"]
    for name in long_values.names_in(values.values()):
        seen.contents.setdefault(name, id_)
    for field_ in CONTENT_FIELDS.get(table, ()):
        if ledger.is_hash(values.get(field_)):
            seen.contents.setdefault(values[field_], id_)
    if table in _OBJECT_TABLES and ledger.is_hash(values.get(OBJECT)):
        seen.objects.setdefault(values[OBJECT], id_)


def _tips(reader: Reader, seen: Walk) -> Iterator[Finding]:
    for id_, seq, chain in reader.connection.execute(
        select(replica.c.id, replica.c.seq, replica.c.chain)
    ):
        if seen.tips.get(id_, (0, ledger.ZERO)) != (seq, chain):
            seen.damaged += 1
            detail = tr("the chain of replica {id} does not end where it should").format(id=id_)
            yield _damage("ledger", detail)


def _damage(kind: str, detail: str, id_: str | None = None) -> Finding:
    return Finding(level="damage", kind=kind, detail=detail, record=id_)
