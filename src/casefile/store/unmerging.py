"""Undo of a whole merge: every record that came or changed stands again as it stood before.

Nothing that came is removed. For each record new operations bring back what the operations from
before the merge say of it, in conflict or not; where somebody has gone on with what came, that
field, or the whole record, is left as it is and named.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, select

from casefile.model.change import UndoReport
from casefile.model.errors import Refused
from casefile.model.exchange import MERGE_KEY
from casefile.model.ledger import DELETED, Operation, canonical
from casefile.model.purge import PURGED, is_remnant
from casefile.model.record import FieldType
from casefile.store import history, known, records
from casefile.store.heads import settle
from casefile.store.keeping import Kept, complete
from casefile.store.merging import MERGE
from casefile.store.schema import SPECS, VIEWS, op, record, txn
from casefile.store.session import Reader, portions
from casefile.store.undoing import UNDO, steps
from casefile.store.unit import read_op
from casefile.store.writer import Writer
from casefile.strings import tr


@dataclass(frozen=True, slots=True)
class Came:
    """A merge: its name, and the local numbers of the first and the last operation that it brought."""

    id: str
    first: int
    last: int


def merges(r: Reader) -> list[Came]:
    """Give the merges into this copy of the case, the newest first."""
    found = []
    for key, value in known.recall(r.connection).items():
        if key.startswith(MERGE):
            first, _, last = value.partition(" ")
            found.append(Came(key.removeprefix(MERGE), int(first), int(last)))
    return sorted(found, key=lambda one: -one.first)


def undo(writer: Writer, prefix: str | None) -> UndoReport:
    """Take back a merge, by default the newest that still stands.

    Refused when there is none, when it was taken back already, or when all of it was changed since.
    """
    came = _find(writer, prefix)
    writer.label.key = UNDO
    words = {"undoes": came.id, "act": came.id, "key": MERGE_KEY, "args": {}}
    writer.label.args = words
    changed: list[tuple[str, str, str]] = []
    restored = 0
    kept = _kept(writer, came)
    for part in portions(_touched(writer, came)):
        unit = writer.unit()
        everything = dict(_operations(writer, part))
        undoing = _undoing(writer, came, everything)
        for id_, ops in everything.items():
            values, since = _restoration(came, ops, undoing, kept.get(id_))
            table = next(iter(ops.values())).data["tbl"]
            changed += [(table, id_, name) for name in sorted(since)]
            restored += bool(values)
            unit.load([id_])
            sup = unit.superseded(unit.rec(id_), values)
            for step in steps(values):
                used = {name: sup[name] for name in {*step, DELETED} if sup.get(name)}
                writer.operate(table, id_, step, used)
    if not restored:
        raise Refused(
            tr("Everything that came was changed since; nothing was undone."), details=changed
        )
    return UndoReport(
        act=writer.act, undone=came.id, key=MERGE_KEY, args={}, restored=restored,
        changed_since=tuple(changed),
    )  # fmt: skip


def _find(r: Reader, prefix: str | None) -> Came:
    found = merges(r)
    gone = history.undone(r, [one.id for one in found])
    if prefix is None:
        standing = [one for one in found if one.id not in gone]
        if not standing:
            raise Refused(tr("There is no merge to undo."))
        return standing[0]
    named = [one for one in found if one.id.startswith(prefix.strip().lower())]
    if len(named) != 1:
        raise Refused(
            tr("No merge, or more than one, is named “{merge}”.").format(merge=prefix),
            tr("The log of exchanges lists the merges with their ids."),
            [one.id for one in named],
        )
    if named[0].id in gone:
        raise Refused(tr("This was undone already."))
    return named[0]


def _in(came: Came) -> ColumnElement[bool]:
    return op.c.n.between(came.first, came.last)


def _touched(r: Reader, came: Came) -> list[int]:
    asked = select(op.c.rec).where(_in(came)).distinct().order_by(op.c.rec)
    return list(r.connection.execute(asked).scalars())


def _operations(r: Reader, numbers: list[int]) -> Iterator[tuple[str, dict[int, Operation]]]:
    """Give every operation on these records, by local number."""
    asked = (
        select(record.c.id, op.c.n, op.c.h8, op.c.body)
        .join(op, op.c.rec == record.c.n)
        .where(record.c.n.in_(numbers))
        .order_by(op.c.n)
    )
    found: dict[str, dict[int, Operation]] = {}
    for id_, n, h8, body in r.connection.execute(asked):
        found.setdefault(id_, {})[n] = read_op(h8, body)
    yield from found.items()


def _undoing(r: Reader, came: Came, everything: dict[str, dict[int, Operation]]) -> set[str]:
    """Name the acts since the merge that took something back."""
    later = {
        one.data["txn"] for ops in everything.values() for n, one in ops.items() if n > came.last
    }
    found: set[str] = set()
    for part in portions(later):
        asked = select(txn.c.id).where(txn.c.id.in_(part), txn.c.undoes.is_not(None))
        found.update(r.connection.execute(asked).scalars())
    return found


def _heads(ops: dict[int, Operation]) -> dict[str, list[int]]:
    """Say by field which of some operations nobody among them has superseded."""
    gone = {
        (name, digest)
        for one in ops.values()
        for name in one.data.get("sup", ())
        for digest in one.superseded(name)
    }
    found: dict[str, list[int]] = {}
    for n, one in ops.items():
        for name in one.values:
            if (name, one.digest) not in gone:
                found.setdefault(name, []).append(n)
    return found


def _restoration(
    came: Came, ops: dict[int, Operation], undoing: set[str], kept: set[str] | None
) -> tuple[dict[str, list[Any]], set[str]]:
    """Give the values that bring a record back, by field, and what was changed since."""
    if any(is_remnant(one) for one in ops.values()):
        return {}, {PURGED}
    then = {n: one for n, one in ops.items() if n < came.first}
    now, before = _heads(ops), _heads(then)
    since = _since(came, ops, undoing)
    if not then:  # it came with the merge, and goes with it unless somebody needs it
        gone, _ = settle(DELETED, [ops[n] for n in now[DELETED]])
        if gone or kept is not None:
            return {}, set() if gone else since | (kept or set())
        return {DELETED: [True]}, set()
    olds: dict[str, list[Any]] = {}
    for name, numbers in now.items():
        if name in since or numbers == before.get(name):
            continue
        olds[name] = _values(name, [ops[n] for n in before.get(name, ())])
        if _values(name, [ops[n] for n in numbers]) == olds[name]:
            del olds[name]
    if olds and DELETED not in olds:  # left out, it would mean that the record lives
        olds[DELETED] = [settle(DELETED, [ops[n] for n in now[DELETED]])[0]]
    return olds, since & {name for n, one in ops.items() if came.first <= n <= came.last
                          for name in one.data["set"]}  # fmt: skip


def _since(came: Came, ops: dict[int, Operation], undoing: set[str]) -> set[str]:
    """Name the fields that are not as the merge left them: an undo may have brought that back."""
    left = {n: one for n, one in ops.items() if n <= came.last}
    now, then = _heads(ops), _heads(left)
    found: set[str] = set()
    for name, numbers in now.items():
        later = [ops[n] for n in numbers if n > came.last]
        same = _values(name, [ops[n] for n in numbers]) == _values(
            name, [left[n] for n in then.get(name, ())]
        )
        if later and not (same and all(one.data["txn"] in undoing for one in later)):
            found.add(name)
    return found


def _values(name: str, heads: list[Operation]) -> list[Any]:
    """Give each value once, the one that is shown last; [None] for a field that nobody had set."""
    if name == DELETED:
        heads = sorted(heads, key=lambda one: (one.values[name] is False, one.rank))
    else:
        heads = sorted(heads, key=lambda one: one.rank)
    found: dict[bytes, Any] = {}
    for one in heads:
        found.pop(canonical(one.values[name]), None)
        found[canonical(one.values[name])] = one.values[name]
    return list(found.values()) or [None]


def _gone_on(r: Reader, came: Came, numbers: list[int]) -> Iterator[int]:
    """Give those of some records, written to since, that do not stand as the merge left them."""
    for part in portions(numbers):
        everything = dict(_operations(r, part))
        undoing = _undoing(r, came, everything)
        ids = records.ids_of(r, part)
        for n in part:
            if _since(came, everything[ids[n]], undoing):
                yield n


def _kept(writer: Writer, came: Came) -> dict[str, set[str]]:
    """Give the records that came and that stay, with the reasons: fields, or tables that refer.

    Somebody has gone on with them, or a living record that was written since refers to them; with
    a record stays what it refers to, and its parts.
    """
    later = exists().where(op.c.rec == record.c.n, op.c.n > came.last)
    brought = record.c.base.between(came.first, came.last)
    asked = select(record.c.n, record.c.kind, record.c.id).where(brought)
    made = {n: Kept(kind, id_) for n, kind, id_ in writer.connection.execute(asked)}
    since = list(writer.connection.execute(select(record.c.n).where(brought, later)).scalars())
    found = {n: made[n] for n in _gone_on(writer, came, since)}
    target = record.alias()
    for table, spec in SPECS.items():
        for name, kind in spec.items():
            if kind is FieldType.REF:
                view = VIEWS[table]
                referring = (
                    select(target.c.n)
                    .join(view, view.c[name] == target.c.n)
                    .join(record, record.c.n == view.c.n)
                    .where(target.c.base.between(came.first, came.last), view.c.deleted == 0, later)
                )
                for n in writer.connection.execute(referring.distinct()).scalars():
                    found.setdefault(n, made[n]).why.add(table)
    complete(writer, found, made)
    return {one.id: one.why for one in found.values()}
