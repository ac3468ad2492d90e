"""What was done: acts, the revisions of a record, the chains."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select

from casefile.model.change import Act, Revision
from casefile.model.errors import Refused
from casefile.model.ledger import DELETED, Operation
from casefile.store import long_values, records
from casefile.store.heads import settle
from casefile.store.prepared import Prepared
from casefile.store.schema import op, record, replica, txn
from casefile.store.session import Reader, pairs, portions
from casefile.store.sqlite import GIVEN, given
from casefile.store.unit import read_op
from casefile.strings import tr

UNDO, REDO = "undo", "redo"
_REVISIONS = Prepared(
    select(record.c.id, op.c.h8, op.c.body, txn.c.key)
    .join(op, op.c.rec == record.c.n)
    .join(txn, txn.c.n == op.c.txn)
    .where(record.c.id.in_(given()))
)
_UNDOERS = Prepared(
    select(txn.c.undoes, txn.c.id)
    .where(txn.c.undoes.in_(given()))
    .order_by(txn.c.hlc.desc(), txn.c.id.desc())
)


def acts(r: Reader, limit: int = 100, before: str | None = None) -> list[Act]:
    """Give what was done, the newest first; `before` is the id of an act to go on after."""
    asked = select(txn).where(txn.c.hlc.is_not(None))
    if before is not None:
        at = r.connection.execute(
            select(txn.c.hlc, txn.c.id).where(txn.c.id == before)
        ).one_or_none()
        if at is None or at.hlc is None:
            return []
        asked = asked.where(_earlier(at.hlc, at.id))
    rows = r.connection.execute(
        asked.order_by(txn.c.hlc.desc(), txn.c.id.desc()).limit(limit)
    ).all()
    return _acts(r, rows)


def _acts(r: Reader, rows: Sequence[Row[Any]]) -> list[Act]:
    people = records.ids_of(r, (row.person for row in rows))
    counts = _operations(r, [row.n for row in rows])
    gone = undone(r, (row.id for row in rows))
    return [
        Act(
            id=row.id,
            key=row.key,
            args=json.loads(row.args),
            person=people[row.person],
            when=row.hlc >> 16,
            operations=counts[row.n],
            undone=row.id in gone,
            undoes=row.undoes,
        )
        for row in rows
    ]


def find(r: Reader, prefix: str) -> Row[Any]:
    """Give the row of the act whose id begins so; Refused when none or several do."""
    words = prefix.strip().lower()
    rows = r.connection.execute(
        select(txn).where(txn.c.hlc.is_not(None), txn.c.id >= words, txn.c.id < words + "g")
    ).all()
    if len(words) < records.SHORTEST or len(rows) != 1:
        raise Refused(
            tr("No act, or more than one, is named “{act}”.").format(act=prefix),
            tr("The history lists the acts with their ids."),
            [row.id for row in rows[: records.MOST_NAMED]],
        )
    return rows[0]


def _earlier(hlc: int, id_: str) -> ColumnElement[bool]:
    # not a row value comparison: SQLite does not use the index for it
    return or_(txn.c.hlc < hlc, (txn.c.hlc == hlc) & (txn.c.id < id_))


def _operations(r: Reader, numbers: list[int]) -> dict[int, int]:
    counted: dict[int, int] = {}
    for part in portions(numbers):
        asked = select(op.c.txn, func.count()).where(op.c.txn.in_(part)).group_by(op.c.txn)
        counted |= pairs(r.connection.execute(asked))
    return counted


def undoers(r: Reader, ids: Iterable[str]) -> dict[str, list[str]]:
    """Give the acts that took each of these back, and those that took these back, and so on.

    Each list has the newest first.
    """
    found: dict[str, list[str]] = {}
    todo = set(ids)
    while todo:
        found |= {one: [] for one in todo}
        for part in portions(todo):
            for target, id_ in _UNDOERS.ask(r.connection, {GIVEN: part}):
                found[target].append(id_)
        todo = {id_ for ids_ in found.values() for id_ in ids_} - found.keys()
    return found


def undone(r: Reader, ids: Iterable[str]) -> dict[str, str]:
    """Say which acts are taken back now, each with the newest act that does it.

    An undo that was itself taken back counts for nothing.
    """
    wanted = list(ids)
    by = undoers(r, wanted)
    settled: dict[str, str | None] = {}
    return {one: effect for one in wanted if (effect := _taken_back(one, by, settled))}


def _taken_back(id_: str, by: dict[str, list[str]], settled: dict[str, str | None]) -> str | None:
    if id_ not in settled:
        settled[id_] = None  # an act that takes back itself (from elsewhere) ends here
        settled[id_] = next((one for one in by[id_] if not _taken_back(one, by, settled)), None)
    return settled[id_]


def act(r: Reader, prefix: str) -> Act:
    """Give the act whose id begins so; Refused when none or several do."""
    return _acts(r, [find(r, prefix)])[0]


def named(r: Reader, ids: Iterable[str]) -> dict[str, tuple[dict[str, Any], bool]]:
    """Give the arguments of the acts of these ids that have a name, and whether each is undone.

    Without counting what they did: an import may have made most of the ledger.
    """
    found: dict[str, tuple[dict[str, Any], bool]] = {}
    for part in portions(set(ids)):
        asked = select(txn.c.id, txn.c.args).where(txn.c.id.in_(part), txn.c.hlc.is_not(None))
        rows = r.connection.execute(asked).all()
        gone = undone(r, (row.id for row in rows))
        found |= {row.id: (json.loads(row.args), row.id in gone) for row in rows}
    return found


def touched(r: Reader, act_id: str) -> list[str]:
    """Name the records that an act touched, in the order it first did."""
    asked = (
        select(record.c.id)
        .join(op, op.c.rec == record.c.n)
        .join(txn, txn.c.n == op.c.txn)
        .where(txn.c.id == act_id)
        .order_by(op.c.n)
    )
    return list(dict.fromkeys(r.connection.execute(asked).scalars()))


def of(r: Reader, record_id: str) -> list[Revision]:
    """Give every operation on a record, the oldest first, with what each changed from what."""
    return of_several(r, (record_id,))[record_id]


def of_several(
    r: Reader, record_ids: Iterable[str], act_id: str | None = None
) -> dict[str, list[Revision]]:
    """Give the operations on some records, or those of one act, each list the oldest first."""
    found: dict[str, list[tuple[Operation, str | None]]] = {id_: [] for id_ in record_ids}
    for part in portions(found):
        for id_, h8, body, key in _REVISIONS.ask(r.connection, {GIVEN: part}):
            found[id_].append((read_op(h8, body), key))
    wanted = [
        (one, key, ops)
        for pairs_ in found.values()
        for ops in ({one.digest: one for one, _ in pairs_},)
        for one, key in pairs_
        if act_id in (None, one.data["txn"])
    ]
    wanted.sort(key=lambda each: each[0].rank)
    names = {n for one, _, ops in wanted for each in _around(one, ops) for n in each}
    held = long_values.fetch(r.connection, names) if names else {}
    revisions: dict[str, list[Revision]] = {id_: [] for id_ in found}
    for one, key, ops in wanted:
        revisions[one.data["row"]].append(_revision(one, key, ops, held))
    return revisions


def _around(one: Operation, ops: dict[bytes, Operation]) -> Iterator[set[str]]:
    """Name the long values of an operation and of those that it superseded."""
    yield long_values.names_in(one.values.values())
    for name in one.data.get("sup", ()):
        for digest in one.superseded(name):
            if digest in ops:
                yield long_values.names_in(ops[digest].values.values())


def _revision(
    one: Operation, key: str | None, ops: dict[bytes, Operation], held: dict[str, Any]
) -> Revision:
    data = one.data
    before: dict[str, Any] = {}
    for name in one.values:
        older = [ops[d] for d in one.superseded(name) if d in ops and name in ops[d].values]
        if older:
            before[name] = settle(name, older)[0]
    values = dict(data["set"])
    if before.get(DELETED) and not one.values[DELETED]:
        values[DELETED] = False  # every operation brings its record back
    elif not values.get(DELETED) and not before.get(DELETED):
        values.pop(DELETED, None)
    return Revision(
        table=data["tbl"],
        record=data["row"],
        made=DELETED not in data.get("sup", ()),
        act=data["txn"],
        key=key or "",
        person=data["person"],
        when=data["hlc"] >> 16,
        replica=data["replica"],
        seq=data["seq"],
        hash=one.id,
        values=long_values.expand(values, held),
        before=long_values.expand({n: v for n, v in before.items() if n in values}, held),
    )


def chains(r: Reader) -> list[dict[str, Any]]:
    """Give the end of each replica's chain: replica, seq, chain."""
    asked = select(replica.c.id, replica.c.seq, replica.c.chain).order_by(replica.c.id)
    return [
        {"replica": id_, "seq": seq, "chain": chain}
        for id_, seq, chain in r.connection.execute(asked)
    ]
