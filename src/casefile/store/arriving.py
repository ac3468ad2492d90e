"""What a bundle brings: which of its operations are new here, and where they stand in it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import select

from casefile.jobs.progress import Progress
from casefile.model import ledger
from casefile.model.exchange import Head, Heads
from casefile.model.ledger import Operation
from casefile.model.purge import Purge, fingerprint, is_remnant
from casefile.store import checkpoints, purging
from casefile.store.chains import AT_ONCE, read_again
from casefile.store.schema import op, replica
from casefile.store.session import Reader
from casefile.store.unit import read_op
from casefile.strings import tr


class Parcel(Protocol):
    """Operations that came from elsewhere, checked: whole chains, or what follows a base."""

    def replicas(self) -> Sequence[str]:
        """Give the replicas of which there are operations."""
        ...

    def operations(self, replica: str) -> Iterator[tuple[int, bytes]]:
        """Give position and bytes of each operation of a replica, in order."""
        ...

    def operation(self, replica: str, at: int, length: int) -> bytes:
        """Read one operation again."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where an operation stands in a parcel."""

    replica: str
    at: int
    length: int


@dataclass(slots=True)
class Arrivals:
    """What of a parcel is new here: places by record, and how many by person.

    `start` is the number from which a replica's operations are new, `missing` names replicas whose
    operations before that are not here either, `forks` those that have two histories.
    """

    rows: dict[str, list[Place]] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    start: dict[str, int] = field(default_factory=dict)
    new: int = 0
    already: int = 0
    missing: list[Head] = field(default_factory=list)
    forks: list[str] = field(default_factory=list)
    emptied: dict[str, str] = field(default_factory=dict)
    purges: list[Operation] = field(default_factory=list)


def chain_at(r: Reader, replica_id: str, seq: int) -> str | None:
    """Give the chain value of a replica after so many operations; None when they are not here."""
    if seq == 0:
        return ledger.ZERO
    asked = (
        select(op.c.h8, op.c.body)
        .join(replica, replica.c.n == op.c.replica)
        .where(replica.c.id == replica_id, op.c.seq == seq)
    )
    row = r.connection.execute(asked).first()
    if row is None:
        return None
    one = read_op(*row)
    return ledger.chain(one.data["prev"], one.id)


def holds(r: Reader, heads: Heads) -> list[Head]:
    """Give those of some heads that are not here: what is missing before a delta can follow."""
    return [one for one in heads if chain_at(r, one.replica, one.seq) != one.chain]


def common(r: Reader, theirs: Heads) -> Heads:
    """Give how far what is here is known to be there: the chains that both have."""
    here = checkpoints.heads(r)
    found: list[Head] = []
    for one in theirs:
        if one.replica not in here:
            continue
        seq, chain = here[one.replica]
        if one.seq >= seq and one.seq > seq:
            found.append(Head(one.replica, seq, chain))
        elif chain_at(r, one.replica, one.seq) == one.chain:
            found.append(one)
    return tuple(found)


def sort(r: Reader, parcel: Parcel, progress: Progress | None = None) -> Arrivals:
    """Say which operations of a parcel are new here; nothing is written."""
    found, tips = Arrivals(), checkpoints.heads(r)
    for name in parcel.replicas():
        _sort_one(r, parcel, (name, *tips.get(name, (0, ledger.ZERO))), found, progress)
    return found


def _sort_one(
    r: Reader,
    parcel: Parcel,
    tip: tuple[str, int, str],
    found: Arrivals,
    progress: Progress | None,
) -> None:
    name, seq, chain = tip
    last: tuple[int, str] | None = None
    for at, body in parcel.operations(name):
        one = read_again(body)
        number, prev = one.data["seq"], one.data["prev"]
        if number == seq + 1 and prev != chain:
            found.forks.append(name)
            return
        last = (number, ledger.chain(prev, one.id))
        if number <= seq:
            found.already += 1
            continue
        found.start.setdefault(name, number)
        _note(found, one, Place(name, at, len(body)))
        if progress is not None and not found.new % AT_ONCE:
            progress.at(found.new, None, tr("Reading the operations"))
    if last is not None and last[0] <= seq and chain_at(r, name, last[0]) != last[1]:
        found.forks.append(name)


def _note(found: Arrivals, one: Operation, place: Place) -> None:
    data = one.data
    found.new += 1
    found.rows.setdefault(data["row"], []).append(place)
    found.people[data["person"]] = found.people.get(data["person"], 0) + 1
    if is_remnant(one):
        found.emptied[one.id] = fingerprint(one.body)
    elif data["tbl"] == Purge.TABLE:
        found.purges.append(one)


def unvouched(r: Reader, found: Arrivals, said: dict[str, str]) -> list[str]:
    """Name new operations that were emptied without a purge, here or there, that vouches for it."""
    if not found.emptied:
        return []
    here = dict(said)
    for body in _purges(r):
        here |= purging.vouched(r, [body])
    return [name for name, left in found.emptied.items() if here.get(name) != left]


def _purges(r: Reader) -> Iterator[Operation]:
    from casefile.store.schema import record

    asked = (
        select(op.c.h8, op.c.body)
        .join(record, record.c.n == op.c.rec)
        .where(record.c.kind == Purge.TABLE)
    )
    for row in r.connection.execute(asked):
        yield read_op(*row)


def bodies(parcel: Parcel, found: Arrivals) -> Iterator[bytes]:
    """Give the new operations, each replica's in its order."""
    for name in parcel.replicas():
        start = found.start.get(name)
        if start is None:
            continue
        for _, body in parcel.operations(name):
            if read_again(body).data["seq"] >= start:
                yield body


def read(parcel: Parcel, places: Iterable[Place]) -> list[Operation]:
    """Read some operations again."""
    return [read_again(parcel.operation(p.replica, p.at, p.length)) for p in places]
