"""What one act did to its records, and what became of them since."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, select

from casefile.model.ledger import DELETED, Operation, canonical
from casefile.model.purge import is_remnant
from casefile.store.heads import Rec
from casefile.store.prepared import Prepared
from casefile.store.schema import op, record, txn
from casefile.store.session import portions
from casefile.store.sqlite import GIVEN, given
from casefile.store.unit import Unit, read_op

Group = dict[bytes, Operation]  # operations by their hash
_EVERYTHING = Prepared(select(op.c.rec, op.c.h8, op.c.body).where(op.c.rec.in_(given())))
_UNDOING = Prepared(
    select(txn.c.id, txn.c.undoes).where(txn.c.id.in_(given()), txn.c.undoes.is_not(None))
)
_MINE = Prepared(
    select(op.c.n, op.c.h8, op.c.body, record.c.id)
    .join(record, record.c.n == op.c.rec)
    .where(op.c.txn == bindparam("act"), op.c.rec.in_(given()))
    .order_by(op.c.n)
)


@dataclass(slots=True)
class Around:
    """What surrounds the operations of an act on some records.

    `older` are the operations that the act superseded; `everything` all operations on the records,
    by the record's number, read when first needed; `undoes` tells which act takes back which.
    """

    unit: Unit
    numbers: Sequence[int]
    older: Group
    everything: dict[int, Group] = field(default_factory=dict)
    undoes: dict[str, str] = field(default_factory=dict)

    def look(self) -> None:
        """Read all operations on the records."""
        if self.everything:
            return
        connection = self.unit.connection
        acts: set[str] = set()
        for rec, h8, body in _EVERYTHING.ask(connection, {GIVEN: self.numbers}):
            one = read_op(h8, body)
            self.everything.setdefault(rec, {})[one.digest] = one
            acts.add(one.data["txn"])
        for part in portions(acts):
            self.undoes |= dict(_UNDOING.ask(connection, {GIVEN: part}))


@dataclass(slots=True)
class Past:
    """A record that an act changed; `mine` are the act's operations on it."""

    around: Around
    rec: Rec
    table: str
    mine: Group

    @property
    def made(self) -> bool:
        """True when the act made the record."""
        return any(DELETED not in one.data.get("sup", {}) for one in self.mine.values())

    @property
    def emptied(self) -> bool:
        """True when the record was removed for good: there is nothing to bring back."""
        if self.rec.base is None:
            return False
        self.around.unit.load_ops([self.rec.base])
        return is_remnant(self.around.unit.ops[self.rec.base])

    def shown(self, name: str) -> Any:
        """Give the value on display."""
        return self.around.unit.shown(self.rec, name)[0]

    def changed_fields(self) -> set[str]:
        """Name the fields that the act gave another value."""
        found = {name for one in self.mine.values() for name in one.data["set"]} - {DELETED}
        values = {one.values[DELETED] for one in self.mine.values()}
        return found if values == set(self.before(DELETED)) else found | {DELETED}

    def before(self, name: str) -> list[Any]:
        """Give the values that the act superseded, each once, the one that was shown last.

        [None] for a field that nobody had set.
        """
        older = _outside(name, self.mine, self.around.older)
        if name == DELETED:  # an edit against a delete keeps the record
            older.sort(key=lambda one: (one.values[name] is False, one.rank))
        else:
            older.sort(key=lambda one: one.rank)
        values: dict[bytes, Any] = {}
        for one in older:
            values.pop(canonical(one.values[name]), None)
            values[canonical(one.values[name])] = one.values[name]
        return list(values.values()) or [None]

    def still(self, name: str) -> bool:
        """Say whether a field stands as the act left it; undone changes of others count as none."""
        ops = self.around.unit.ops
        heads = [ops[n] for n in self.rec.of(name, ops)]
        if all(one.digest in self.mine for one in heads):
            return True
        self.around.look()
        return all(self._stems(one, name, set()) for one in heads)

    def foreign(self) -> set[str]:
        """Name the fields of the record that do not stand as the act left them."""
        found = {name for name in self.rec.fields(self.around.unit.ops) if not self.still(name)}
        return found - {DELETED} or found

    def superseded(self, names: Iterable[str]) -> dict[str, list[str]]:
        """Name the operations that head these fields now."""
        return self.around.unit.superseded(self.rec, names)

    def agreeing(self, name: str) -> dict[str, list[str]]:
        """Name the operations that head a field and say what is shown."""
        ops, shown = self.around.unit.ops, self.shown(name)
        heads = (ops[n] for n in self.rec.of(name, ops))
        return {name: sorted(one.id for one in heads if one.values[name] == shown)}

    def _stems(self, head: Operation, name: str, seen: set[bytes]) -> bool:
        """Whether a head is the act's, or an undo's that brought back what the act had left."""
        if head.digest in self.mine or head.digest in seen:
            return True
        target = self.around.undoes.get(head.data["txn"])
        if target is None:
            return False
        everything = self.around.everything[self.rec.n]
        undone = {digest: one for digest, one in everything.items() if one.data["txn"] == target}
        older = _outside(name, undone, everything)
        if not undone:  # it took back a merge, or what is not here: nobody knows
            return False
        return all(self._stems(one, name, {*seen, head.digest}) for one in older)


def _outside(name: str, group: Group, known: Group) -> list[Operation]:
    """Give what a group of operations superseded in a field, outside of the group."""
    found = {digest for one in group.values() for digest in one.superseded(name)}
    return [known[digest] for digest in found - group.keys() if digest in known]


def load(unit: Unit, act: int, numbers: Sequence[int]) -> Iterator[Past]:
    """Bring in what an act did to these records."""
    groups: dict[str, Group] = {}
    rows = _MINE.ask(unit.connection, {"act": act, GIVEN: numbers})
    for n, h8, body, id_ in rows:
        one = read_op(h8, body)
        unit.hold(n, one)
        groups.setdefault(id_, {})[one.digest] = one
    unit.load(groups)
    ops = [one for group in groups.values() for one in group.values()]
    wanted = {d for one in ops for name in one.data.get("sup", ()) for d in one.superseded(name)}
    here = unit.find(wanted)
    unit.load_ops(unit.numbers[digest] for digest in here)
    around = Around(unit, numbers, {digest: unit.ops[unit.numbers[digest]] for digest in here})
    for id_, group in groups.items():
        table = str(next(iter(group.values())).data["tbl"])
        yield Past(around, unit.recs[id_], table, group)
