"""The work of one transaction on the ledger: loads in sets, changes in memory, writes in sets.

Operations made here and operations that come from elsewhere take the same way in: `add`.
"""

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, select

from casefile.model import ledger, purge
from casefile.model.errors import CaseUnusable, Refused
from casefile.model.ledger import DELETED, Operation
from casefile.store.heads import Rec
from casefile.store.known import Known
from casefile.store.prepared import Prepared
from casefile.store.schema import op, record, txn
from casefile.store.session import portions
from casefile.store.sqlite import GIVEN, given
from casefile.strings import tr

_RECORDS = Prepared(
    select(
        record.c.n, record.c.id, record.c.kind, record.c.base, record.c.heads, record.c.made,
        record.c.changed, record.c.conflicts, record.c.made_by, record.c.changed_by,
    ).where(record.c.id.in_(given()))
)  # fmt: skip
_NAMES = Prepared(select(record.c.n, record.c.id).where(record.c.n.in_(given())))
_OPS = Prepared(select(op.c.n, op.c.h8, op.c.body).where(op.c.n.in_(given())))
_FOUND = Prepared(select(op.c.n, op.c.h8, op.c.body).where(op.c.h8.in_(given())))
_ACT_COLUMNS = tuple(column.name for column in txn.columns)
_ACT = Prepared(select(txn).where(txn.c.id == bindparam(GIVEN)))


def finder(digest: bytes) -> int:
    """Give the number that `op.h8` finds an operation by."""
    return int.from_bytes(digest[:8], "big", signed=True)


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, on which replica, by which clock (milliseconds since 1970)."""

    replica: str
    person: str
    clock: Callable[[], int]


@dataclass(slots=True)
class ActRow:
    """An act as its row in `txn` has it; `first` is the operation that names the act."""

    n: int
    id: str
    first: int | None = None
    hlc: int | None = None
    replica: int | None = None
    person: int | None = None
    key: str | None = None
    args: str | None = None
    undoes: str | None = None
    stored: bool = False
    touched: bool = True


@dataclass(slots=True)
class Unit:
    """Records, operations and acts in work; `ledger` is where operations are read from.

    `begun` is the id of an act that begins here, so that nothing of it can be stored yet.
    """

    connection: Connection
    known: Known
    ledger: Connection
    begun: str = ""
    recs: dict[str, Rec] = field(default_factory=dict)
    ops: dict[int, Operation] = field(default_factory=dict)
    numbers: dict[bytes, int] = field(default_factory=dict)
    acts: dict[str, ActRow] = field(default_factory=dict)
    fresh: list[dict[str, Any]] = field(default_factory=list)
    waits: set[tuple[str, int, str]] = field(default_factory=set)
    contents: dict[str, dict[str, Any]] = field(default_factory=dict)

    # Loading

    def load(self, ids: Iterable[str]) -> None:
        """Bring in the records of these ids, and the operations that head their fields."""
        wanted = [one for one in dict.fromkeys(ids) if one not in self.recs]
        rows = [
            row for part in portions(wanted) for row in _RECORDS.ask(self.connection, {GIVEN: part})
        ]
        names = self._people({number for row in rows for number in row[-2:] if number is not None})
        for n, id_, kind, base, heads, made, changed, conflicts, by, last in rows:
            rec = Rec(n, id_, kind, base, json.loads(heads) if heads else {})
            rec.conflicts, rec.stored, rec.viewed = conflicts, True, base is not None
            if base is not None:
                rec.made, rec.changed = (made, names[by]), (changed, names[last])
            self.recs[id_] = rec
        self.load_ops(n for one in wanted if one in self.recs for n in self.recs[one].numbers())

    def _people(self, numbers: set[int]) -> dict[int, str]:
        found = {n: id_ for id_, n in self.known.people.items()}
        for part in portions(numbers - found.keys()):
            found |= dict(_NAMES.ask(self.connection, {GIVEN: part}))
        self.known.people |= {id_: n for n, id_ in found.items()}
        return found

    def load_ops(self, numbers: Iterable[int]) -> None:
        """Bring in operations by number; CaseUnusable when one has changed on the disk."""
        for part in portions({n for n in numbers if n not in self.ops}):
            for n, h8, body in _OPS.ask(self.ledger, {GIVEN: part}):
                self.hold(n, read_op(h8, body))

    def hold(self, number: int, one: Operation) -> None:
        """Keep an operation at hand."""
        self.ops[number] = one
        self.numbers[one.digest] = number

    def find(self, digests: Iterable[bytes], upto: int | None = None) -> set[bytes]:
        """Learn the numbers of the operations of these hashes that are here; say which are."""
        found: set[bytes] = set()
        wanted = set(digests)
        for part in portions({finder(digest) for digest in wanted}):
            for n, h8, body in _FOUND.ask(self.ledger, {GIVEN: part}):
                one = read_op(h8, body)
                if one.digest in wanted and (upto is None or n <= upto):
                    self.numbers[one.digest] = n
                    found.add(one.digest)
        return found

    def rec(self, id_: str) -> Rec:
        """Give a loaded record, or a new one."""
        found = self.recs.get(id_)
        if found is None:
            found = self.recs[id_] = Rec(self.known.next_rec, id_)
            self.known.next_rec += 1
        return found

    def number_of(self, id_: str) -> int:
        """Give the number of a record, a new one where it was never seen."""
        return self.rec(id_).n

    def shown(self, rec: Rec, name: str) -> tuple[Any, bool]:
        """Give the value on display, and whether other heads disagree with it."""
        return rec.shown(name, self.ops)

    def person(self, id_: str) -> int:
        """Give the number of a person: that of the record with their id."""
        if id_ not in self.known.people:
            self.load([id_])
            self.known.people[id_] = self.rec(id_).n
        return self.known.people[id_]

    def act(self, id_: str) -> ActRow:
        """Give the row of an act, or a new one."""
        if id_ not in self.acts:
            rows = _ACT.ask(self.connection, {GIVEN: id_}) if id_ != self.begun else ()
            for row in rows:
                self.acts[id_] = ActRow(**dict(zip(_ACT_COLUMNS, row, strict=True)), stored=True)
                self.acts[id_].touched = False
            if not rows:
                self.acts[id_] = ActRow(self.known.next_txn, id_)
                self.known.next_txn += 1
        return self.acts[id_]

    # Changing

    def author(
        self,
        author: Author,
        target: tuple[str, str],
        values: dict[str, Any],
        act: tuple[str, dict[str, Any] | None],
        sup: Mapping[str, list[str]] | None = None,
    ) -> Operation:
        """Make an operation on the record `target` (table, id), and add it.

        `values` is what the operation sets, as the ledger writes it; `act` the act's id and, when
        this operation is to name it, its key and arguments; `sup` what it supersedes: without it,
        all that heads the fields now.
        """
        table, id_ = target
        rec = self.rec(id_)
        self.known.replica_number(self.connection, author.replica)
        seq, prev = self.known.tips[author.replica]
        data: dict[str, Any] = {
            "v": ledger.VERSION,
            "replica": author.replica,
            "seq": seq + 1,
            "prev": prev,
            "hlc": self.known.tick(author.clock()),
            "txn": act[0],
            "person": author.person,
            "tbl": table,
            "row": id_,
            "set": values,
            "nonce": os.urandom(8).hex(),
        }
        sup = self.superseded(rec, values) if sup is None else sup
        if sup:
            data["sup"] = sup
        if act[1] is not None:
            data["act"] = act[1]
        made = ledger.compose(data)
        self.add(self.known.next_op, made)
        return made

    def superseded(self, rec: Rec, values: Iterable[str]) -> dict[str, list[str]]:
        """Name the operations that head these fields now, and those that say whether it lives."""
        if rec.base is None:
            return {}
        heads = {name: rec.of(name, self.ops) for name in {*values, DELETED}}
        return {
            name: sorted(self.ops[n].id for n in numbers)
            for name, numbers in heads.items()
            if numbers
        }

    def add(self, number: int, one: Operation, *, stored: bool = False) -> None:
        """Apply an operation; what it supersedes has been loaded or found, so far as it is here.

        Refused when the record is of another kind.
        """
        data, rec = one.data, self.rec(one.data["row"])
        if rec.kind is not None and rec.kind != data["tbl"]:
            raise Refused(
                tr("{id} is a {kind}, not a {other}.").format(
                    id=rec.id, kind=rec.kind, other=data["tbl"]
                )
            )
        self.known.next_op = max(self.known.next_op, number + 1)
        self.known.hlc = max(self.known.hlc, data["hlc"])
        self.hold(number, one)
        act, replica = self._name_act(number, one), data["replica"]
        by = self.known.replica_number(self.connection, replica)
        if not stored:
            row = {"n": number, "h8": finder(one.digest), "rec": rec.n, "txn": act.n, "replica": by}
            self.fresh.append({**row, "seq": data["seq"], "hlc": data["hlc"], "body": one.body})
        if data["seq"] > self.known.tips[replica][0]:
            self.known.move(replica, data["seq"], ledger.chain(data["prev"], one.id))
        self._head(number, one, rec)

    def _head(self, number: int, one: Operation, rec: Rec) -> None:
        gone: dict[str, set[int]] = defaultdict(set)
        for name in one.data.get("sup", ()):
            for digest in one.superseded(name):
                if digest in self.numbers:
                    gone[name].add(self.numbers[digest])
                else:
                    self.waits.add((digest.hex(), rec.n, name))
        late: Collection[str] = ()
        if self.known.waiting or self.waits:
            late = {name for name in one.values if self._awaited((one.id, rec.n, name))}
        rec.apply(number, self.ops, gone, late)
        stamp = (one.data["hlc"], one.data["person"])
        self.person(one.data["person"])
        rec.kind = one.data["tbl"]
        rec.made = min(rec.made or stamp, stamp)
        rec.changed = max(rec.changed or stamp, stamp)
        rec.touched |= one.values.keys()

    def _awaited(self, key: tuple[str, int, str]) -> bool:
        return key in self.known.waiting or key in self.waits

    def _name_act(self, number: int, one: Operation) -> ActRow:
        act = self.act(one.data["txn"])
        words = one.data.get("act")
        if words is None or (act.first is not None and not self._older(one, act.first)):
            return act
        undoes = words["args"].get("undoes")
        act.first, act.hlc, act.touched = number, one.data["hlc"], True
        act.replica = self.known.replica_number(self.connection, one.data["replica"])
        act.person = self.person(one.data["person"])
        act.key, act.args = words["key"], ledger.canonical(words["args"]).decode()
        act.undoes = undoes if ledger.is_uuid(undoes) else None
        return act

    def _older(self, one: Operation, first: int) -> bool:
        """Of several operations that name an act, the oldest counts, whichever came first."""
        self.load_ops([first])
        return one.rank < self.ops[first].rank


def read_op(h8: int, body: bytes) -> Operation:
    """Read a stored operation; CaseUnusable when it is not what was stored.

    It was checked when it came in, so the hash is enough. Of a purged one remains what it set, not
    to which values; a check tells whether a purge vouches for that.
    """
    digest = hashlib.sha256(body).digest()
    if finder(digest) != h8:
        left = purge.read_remnant(body)
        if left is not None and finder(left.digest) == h8:
            return left
        raise CaseUnusable(
            tr("The ledger of the case has changed on the disk."),
            tr("Run check on a copy of the case, or restore a backup."),
        )
    return Operation(body, json.loads(body), digest)
