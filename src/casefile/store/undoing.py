"""Undo and redo of whole acts: new operations that bring back exactly what was there before."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, bindparam, exists, select

from casefile.model import purge
from casefile.model.change import UndoReport
from casefile.model.errors import Refused
from casefile.model.ledger import DELETED
from casefile.store import history, keeping
from casefile.store.past import Past, load
from casefile.store.prepared import Prepared
from casefile.store.schema import op, record, replica, txn
from casefile.store.session import Reader, portions
from casefile.store.sqlite import GIVEN, given
from casefile.store.writer import Writer
from casefile.strings import tr

UNDO, REDO = history.UNDO, history.REDO
FIRST, AT_ONCE = 4, 50  # acts looked at: mostly one of the last is sought
_taker, _retaker = txn.alias(), txn.alias()
_surely_gone = exists().where(
    _taker.c.undoes == txn.c.id, ~exists().where(_retaker.c.undoes == _taker.c.id)
)
_ACTS = (
    select(txn)
    .join(replica, replica.c.n == txn.c.replica)
    .join(record, record.c.n == txn.c.person)
    .where(replica.c.id.in_(given()), record.c.id == bindparam("person"), ~_surely_gone)
    .order_by(txn.c.hlc.desc(), txn.c.id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("start"))
)
_DEEDS, _UNDONE = _ACTS.where(txn.c.key != UNDO, txn.c.key != REDO), _ACTS.where(txn.c.key == UNDO)
_RECORDS = Prepared(select(op.c.rec).where(op.c.txn == bindparam("act")).order_by(op.c.n))


@dataclass(frozen=True, slots=True)
class Mine:
    """Whose acts count when none is named: those of this person on these replicas."""

    person: str
    replicas: tuple[str, ...]


def undo(writer: Writer, mine: Mine, act: str | None) -> UndoReport:
    """Take back an act; without a name, the last of this person here that still stands.

    Refused when there is none, when it was taken back already, or when everything in it was
    changed since.
    """
    targets: Iterator[Row[Any]]
    if act is None:
        targets = _acts(writer, mine, _DEEDS)
    else:
        target = history.find(writer, act)
        if target.id in history.undone(writer, (target.id,)):
            raise Refused(tr("This was undone already."))
        targets = iter((target,))
    # an act of which nothing is left (all deleted since) does not stand in the way of older ones
    for target in targets:
        _check_not_purge(target)
        if report := _take_back(writer, target):
            return report
    raise Refused(tr("There is nothing to undo."))


def redo(writer: Writer, mine: Mine, act: str | None) -> UndoReport:
    """Bring back an act that was undone; without a name, the one that was undone last.

    Refused as `undo` is.
    """
    if act is None:
        target = next(_acts(writer, mine, _UNDONE), None)
    else:
        target = history.find(writer, act)
        if target.key != UNDO:
            by = history.undone(writer, (target.id,)).get(target.id)
            target = history.find(writer, by) if by else None
    if target is not None and target.id not in history.undone(writer, (target.id,)):
        report = _take_back(writer, target)
        if report:
            return report
    raise Refused(tr("There is nothing to redo."))


def _acts(reader: Reader, mine: Mine, asked: Select[Any]) -> Iterator[Row[Any]]:
    """Go through the acts that are mine and still stand, the newest first.

    Most of those that do not are passed over by the database: taken back, and that stands for sure.
    """
    start, most = 0, FIRST
    while rows := reader.connection.execute(
        asked,
        {GIVEN: mine.replicas, "person": mine.person, "start": start, "most": most},
    ).all():
        gone = history.undone(reader, (row.id for row in rows))
        yield from (row for row in rows if row.id not in gone)
        start, most = start + most, AT_ONCE


def _take_back(writer: Writer, target: Row[Any]) -> UndoReport | None:
    """Take back one act; None when there is nothing left of it."""
    origin = _origin(writer, target)
    writer.label.key = REDO if target.key == UNDO else UNDO
    args, key = json.loads(origin.args), origin.key
    if key in (UNDO, REDO):  # of what is no act here: a merge
        key, args = str(args.get("key", "")), dict(args.get("args") or {})
    words = {"undoes": target.id, "act": origin.id, "key": key, "args": args}
    writer.label.args = words
    kept = keeping.kept(writer, target.n, target.hlc)
    changed = [(one.table, one.id, why) for one in kept.values() for why in sorted(one.why)]
    restored = 0
    for numbers in portions(_records(writer, target.n)):
        unit = writer.unit()
        for past in load(unit, target.n, numbers):
            if past.rec.n in kept:
                continue
            steps, sup, since = restoration(past)
            changed += [(past.table, past.rec.id, name) for name in sorted(since)]
            restored += bool(steps)
            for values in steps:
                used = {name: sup[name] for name in {*values, DELETED} if sup.get(name)}
                writer.operate(past.table, past.rec.id, values, used)
    if not restored and not changed:
        return None
    if not restored:
        raise Refused(
            tr("Everything in this act was changed since; nothing was undone."), details=changed
        )
    return UndoReport(
        act=writer.act,
        undone=origin.id,
        key=key,
        args=args,
        restored=restored,
        changed_since=tuple(changed),
    )


def _check_not_purge(target: Row[Any]) -> None:
    if target.key == purge.ACT:
        raise Refused(
            tr("What was removed for good cannot be brought back: the bytes are gone."),
            tr("Older acts can be undone by their id from the history."),
        )


def _origin(reader: Reader, target: Row[Any]) -> Row[Any]:
    """Go back from an undo or redo to the act that it is about."""
    seen: set[str] = set()
    while target.undoes is not None and target.id not in seen:
        seen.add(target.id)
        older = reader.connection.execute(
            select(txn).where(txn.c.id == target.undoes, txn.c.hlc.is_not(None))
        ).one_or_none()
        if older is None:
            break
        target = older
    return target


def _records(reader: Reader, act: int) -> list[int]:
    return list(dict.fromkeys(n for (n,) in _RECORDS.ask(reader.connection, {"act": act})))


def restoration(past: Past) -> tuple[list[dict[str, Any]], dict[str, list[str]], set[str]]:
    """Say what brings one record back.

    Gives the values of one operation (or of several, where a conflict was settled), what these
    supersede, and the fields that were changed since.
    """
    olds: dict[str, list[Any]] = {}
    if past.emptied and not (past.made and past.shown(DELETED)):
        return [], {}, {purge.PURGED}
    if past.made:
        if past.shown(DELETED):
            return [], {}, set()
        since = past.foreign()
        olds = {} if since else {DELETED: [True]}
        return list(steps(olds)), past.superseded(olds), since
    since = {name for name in past.changed_fields() if not past.still(name)}
    olds = {name: past.before(name) for name in past.changed_fields() - since}
    if not olds or DELETED in olds:
        return list(steps(olds)), past.superseded(olds), since
    # left out, `deleted` would mean that the record lives; people who disagree about it go on to
    olds[DELETED] = [past.shown(DELETED)]
    return list(steps(olds)), past.superseded(olds) | past.agreeing(DELETED), since


def steps(olds: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """Order the values so that the one that was shown comes last, with the newest clock."""
    for back in range(max(map(len, olds.values()), default=0), 0, -1):
        step = {name: values[-back] for name, values in olds.items() if len(values) >= back}
        dead = olds[DELETED][-min(back, len(olds[DELETED]))]
        step.pop(DELETED, None)
        yield {**step, DELETED: dead} if dead or not step else step
