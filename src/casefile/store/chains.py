"""Whether every operation is what it was, and follows the one before it."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from casefile.jobs.progress import Progress
from casefile.model import ledger
from casefile.model.change import Finding
from casefile.model.ledger import Operation
from casefile.model.purge import PURGED, Purge, fingerprint, is_remnant, read_remnant
from casefile.model.record import FieldType
from casefile.store import long_values, salvage
from casefile.store.prepared import Prepared
from casefile.store.schema import SPECS, op, record, replica, txn
from casefile.store.session import Reader, portions
from casefile.store.unit import finder, read_op
from casefile.strings import tr

AT_ONCE = 500
_FIELDS = {"replica", "seq", "prev", "hlc", "txn", "tbl", "row", "set"}
CONTENT_FIELDS = {"extraction": ("text_hash", "pages", "zones", "facts")}
OBJECT = "object"
_FIRST = (0, ledger.ZERO)
_PLACE = ("row", "replica", "txn", "seq", "seq", "hlc", "prev")
_READ = json.JSONDecoder().raw_decode
_LONG_VALUE = f'{{"{long_values.NAME}":"'.encode()
OBJECT_TABLES = {name for name, spec in SPECS.items() if spec.get(OBJECT) is FieldType.TEXT}
_NAMING = {*CONTENT_FIELDS, *OBJECT_TABLES}
_JOINED = Prepared(
    select(
        op.c.n, op.c.h8, op.c.replica, op.c.seq, op.c.hlc, op.c.body,
        record.c.id, replica.c.id, txn.c.id,
    )
    .select_from(op)
    .outerjoin(record, record.c.n == op.c.rec)
    .outerjoin(replica, replica.c.n == op.c.replica)
    .outerjoin(txn, txn.c.n == op.c.txn)
    .order_by(op.c.replica, op.c.seq, op.c.n)
)  # fmt: skip


@dataclass(slots=True)
class Walk:
    """What was seen on the way along the chains; names are SHA-256, with the record that names.

    `wanted` are the (replica, seq) whose chain values are to be kept in `reached`; `emptied` holds, by
    the name of a purged operation, the fingerprint of what remains, its record and its number.
    """

    wanted: frozenset[tuple[str, int]] = frozenset()
    strict: bool = False  # whether the form of each operation is looked at, besides its hash
    ops: int = 0
    bytes: int = 0
    damaged: int = 0
    clock: int = 0  # the newest that an operation has
    contents: dict[str, str] = field(default_factory=dict)
    objects: dict[str, str] = field(default_factory=dict)
    tips: dict[str, tuple[int, str]] = field(default_factory=dict)
    reached: dict[tuple[str, int], str] = field(default_factory=dict)
    emptied: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    purges: list[Operation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Filed:
    """An operation as it is filed: its row, and the ids that the row's numbers stand for."""

    n: int
    h8: Any
    replica: int
    seq: Any
    hlc: Any
    body: Any
    row: str | None
    by: str | None
    act: str | None


def walk(reader: Reader, seen: Walk, progress: Progress | None = None) -> Iterator[Finding]:
    """Go along every replica's chain and say where something does not fit.

    Where pages of the file are damaged, every operation that can still be read is looked at, and
    those that cannot are named.
    """
    try:
        yield from list(_along(reader, seen, progress))
    except DBAPIError:
        afresh = Walk(wanted=seen.wanted, strict=True)
        with salvage.tolerant(reader.connection):
            yield from _around(reader, afresh, progress)
        for name in Walk.__slots__:
            setattr(seen, name, getattr(afresh, name))
    with salvage.tolerant(reader.connection):
        yield from _tips(reader, seen)


def _along(reader: Reader, seen: Walk, progress: Progress | None) -> Iterator[Finding]:
    for rows in _JOINED.stream(reader.connection):
        for row in rows:
            if seen.strict or not _fits(row, seen):
                yield from _told(Filed(*row), seen)
        seen.ops += len(rows)
        if progress is not None:
            progress.at(seen.ops, None, tr("Checking the ledger"))


def _around(reader: Reader, seen: Walk, progress: Progress | None) -> Iterator[Finding]:
    for row in _salvaged(reader):
        if isinstance(row, Finding):
            seen.damaged += 1
            yield row
            continue
        seen.ops += 1
        if progress is not None and not seen.ops % AT_ONCE:
            progress.at(seen.ops, None, tr("Checking the ledger"))
        yield from _told(row, seen)


def _told(row: Filed, seen: Walk) -> Iterator[Finding]:
    for detail, record_id in _faults(row, seen):
        seen.damaged += 1
        yield _damage("ledger", detail, record_id)


def _salvaged(reader: Reader) -> Iterator[Filed | Finding]:
    """Read around damaged pages, in the order of arrival: each replica's own order, too."""
    names = {
        table: dict(salvage.Salvage(reader.connection, table, ("id",)).rows())
        for table in ("record", "replica", "txn")
    }
    found = salvage.Salvage(
        reader.connection, "op", ("h8", "replica", "seq", "hlc", "body", "rec", "txn")
    )
    for n, h8, by, seq, hlc, body, rec, act in found.rows():
        ids = (names["record"].get(rec), names["replica"].get(by), names["txn"].get(act))
        yield Filed(n, h8, by, seq, hlc, body, *ids)
    owners = salvage.owners(reader.connection, found.lost)
    for n in found.lost:
        detail = tr("operation {n} cannot be read from the file").format(n=n)
        yield _damage("ledger", detail, owners.get(n))


def names(r: Reader) -> Iterator[tuple[str, int, str]]:
    """Give replica, seq and name of every operation, in the order of the chains."""
    asked = (
        select(replica.c.id, op.c.seq, op.c.h8, op.c.body)
        .join(replica, replica.c.n == op.c.replica)
        .order_by(replica.c.id, op.c.seq)
    )
    streamed = r.connection.execution_options(yield_per=AT_ONCE).execute(asked)
    for id_, seq, h8, body in streamed:
        digest = hashlib.sha256(body).digest()
        if finder(digest) != h8:  # of a purged one the name stands inside
            digest = read_op(h8, body).digest
        yield id_, seq, digest.hex()


def makers(r: Reader, ids: Iterable[str]) -> dict[str, str]:
    """Name the operation that made each of these records."""
    found: dict[str, str] = {}
    for part in portions(ids):
        asked = select(record.c.id, op.c.h8, op.c.body).join(op, op.c.n == record.c.base)
        for id_, h8, body in r.connection.execute(asked.where(record.c.id.in_(part))):
            found[id_] = read_op(h8, body).id
    return found


def read_body(body: Any) -> Operation:
    """Read an operation, whole or purged; raises ValueError, with the reason, on anything else."""
    if type(body) is not bytes:
        msg = "no bytes"
        raise ValueError(msg)
    left = read_remnant(body)
    return left if left is not None else ledger.read(body)


def read_again(body: bytes) -> Operation:
    """Read the body of an operation that `read_body` has accepted before."""
    return read_remnant(body) or ledger.read_again(body)


def _fits(row: tuple[Any, ...], seen: Walk) -> bool:
    """Take in an operation that has the hash that it was filed under and follows the one before it.

    Its form was looked at when it was filed. False for any other: that wants a closer look. Nearly
    all fit, and in a long ledger every microsecond here counts.
    """
    _, h8, _, seq, hlc, body, id_, by, act = row
    tip = seen.tips.get(by, _FIRST)
    try:
        digest = hashlib.sha256(body).digest()
        data, end = _READ(text := body.decode())
        filed = (id_, by, act, seq, tip[0] + 1, hlc, tip[1])
        said = tuple(map(data.__getitem__, _PLACE))
        if (
            finder(digest) != h8
            or said != filed
            or end != len(text)
            or PURGED in data
            or type(data["set"]) is not dict
        ):
            return False
        table, chained = data["tbl"], hashlib.sha256(bytes.fromhex(tip[1]) + digest).hexdigest()
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
        return False
    seen.bytes += len(body)
    seen.tips[by] = (seq, chained)
    if seen.wanted and (by, seq) in seen.wanted:
        seen.reached[by, seq] = chained
    seen.clock = max(seen.clock, hlc)
    if table == Purge.TABLE:
        seen.purges.append(Operation(body, data, digest))
    if table in _NAMING or _LONG_VALUE in body:
        _collect_names(data, seen)
    return True


def _faults(row: Filed, seen: Walk) -> Iterator[tuple[str, str | None]]:
    where = tr("operation {n}").format(n=row.n)
    seen.bytes += len(row.body) if row.body is not None else 0
    try:
        one = (None if seen.strict else _quickly(row)) or read_body(row.body)
    except ValueError as error:
        yield tr("{where} is damaged: {why}").format(where=where, why=error), row.row
        _step(row, None, seen)
        return
    data = one.data
    if finder(one.digest) != row.h8:
        yield tr("{where} has changed").format(where=where), row.row or data["row"]
    said = (data["row"], data["replica"], data["txn"], data["seq"], data["hlc"])
    if said != (row.row, row.by, row.act, row.seq, row.hlc):
        yield tr("{where} is filed in the wrong place").format(where=where), data["row"]
    seq, chain = seen.tips.get(data["replica"], (0, ledger.ZERO))
    if (data["seq"], data["prev"]) != (seq + 1, chain):
        words = tr("{where} does not follow operation {seq} of its replica")
        yield words.format(where=where, seq=seq), data["row"]
    _step(row, one, seen)
    _collect(row.n, one, seen)


def _quickly(row: Filed) -> Operation | None:
    """Take an operation that has the hash that it was filed under: its form was looked at then."""
    digest = hashlib.sha256(row.body).digest() if type(row.body) is bytes else b""
    if finder(digest) != row.h8:
        return None
    try:
        data = json.loads(row.body)
        return Operation(row.body, data, digest) if data.keys() >= _FIELDS else None
    except (ValueError, AttributeError, KeyError, TypeError):
        return None


def _step(row: Filed, one: Operation | None, seen: Walk) -> None:
    """Go on from here; after a damaged operation the chain is not known, so the next will say."""
    if one is None:
        if row.by is not None and type(row.seq) is int:
            seen.tips[row.by] = (row.seq, "")
        return
    place = (one.data["replica"], one.data["seq"])
    chain = ledger.chain(one.data["prev"], one.id)
    seen.tips[place[0]] = (place[1], chain)
    if place in seen.wanted:
        seen.reached[place] = chain


def _collect(n: int, one: Operation, seen: Walk) -> None:
    id_ = one.data["row"]
    seen.clock = max(seen.clock, one.data["hlc"])
    if is_remnant(one):
        seen.emptied[one.id] = (fingerprint(one.body), id_, n)
        return
    if one.data["tbl"] == Purge.TABLE:
        seen.purges.append(one)
    _collect_names(one.data, seen)


def _collect_names(data: dict[str, Any], seen: Walk) -> None:
    table, values, id_ = data["tbl"], data["set"], data["row"]
    for name in long_values.names_in(values.values()):
        seen.contents.setdefault(name, id_)
    for field_ in CONTENT_FIELDS.get(table, ()):
        if ledger.is_hash(values.get(field_)):
            seen.contents.setdefault(values[field_], id_)
    if table in OBJECT_TABLES and ledger.is_hash(values.get(OBJECT)):
        seen.objects.setdefault(values[OBJECT], id_)


def _tips(reader: Reader, seen: Walk) -> Iterator[Finding]:
    asked = select(replica.c.id, replica.c.seq, replica.c.chain)
    for id_, seq, chain in reader.connection.execute(asked):
        if seen.tips.get(id_, (0, ledger.ZERO)) != (seq, chain):
            seen.damaged += 1
            detail = tr("the chain of replica {id} does not end where it should").format(id=id_)
            yield _damage("ledger", detail)


def _damage(kind: str, detail: str, id_: str | None = None) -> Finding:
    return Finding(level="damage", kind=kind, detail=detail, record=id_)
