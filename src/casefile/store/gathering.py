"""Collecting what is sound from several states of one case: the damaged one, backups, other copies."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError

from casefile.model import ledger
from casefile.model.ledger import Operation
from casefile.model.signing import Checkpoint
from casefile.store import checkpoints, known, salvage, seal, sqlite, texts
from casefile.store.chains import read_body
from casefile.store.schema import content, op
from casefile.store.session import Reader, portions
from casefile.store.unit import finder

Place = tuple[str, int]  # replica and seq


@dataclass(slots=True)
class State:
    """One database to take from; `name` is what people are told, empty for the case itself."""

    name: str
    engine: Engine
    connection: Connection

    @classmethod
    def open(cls, name: str, file: Path) -> "State | None":
        """Open a database; None when there is nothing that can be read in it at all."""
        engine = sqlite.reading(file)
        try:
            connection = engine.connect()
            connection.execute(select(op.c.n).limit(1)).first()
        except DBAPIError:
            engine.dispose()
            return None
        return cls(name, engine, connection)

    def close(self) -> None:
        """Let the file go."""
        self.connection.close()
        self.engine.dispose()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An operation that can be read somewhere: its name, what it follows, and where it is."""

    digest: bytes
    prev: str
    hlc: int
    state: int
    row: int
    filed: bool  # under its own name

    @property
    def chain(self) -> str:
        """The value of its chain after it."""
        return ledger.chain(self.prev, self.digest.hex())


@dataclass(slots=True)
class Gathered:
    """What was chosen: operations in an order in which they can be applied, and what is missing."""

    chosen: list[tuple[Place, Candidate]] = field(default_factory=list)
    missing: list[Place] = field(default_factory=list)


def operations(states: list[State]) -> Gathered:
    """Choose for every place in every chain the operation that fits what follows it.

    An operation that has changed fits nothing: what comes after it names another.
    """
    found: dict[str, dict[int, list[Candidate]]] = defaultdict(lambda: defaultdict(list))
    for number, state in enumerate(states):
        for place, candidate in _readable(state, number):
            here = found[place[0]][place[1]]
            if all(candidate.digest != one.digest for one in here):
                here.append(candidate)
    gathered = Gathered()
    for replica, by_seq in found.items():
        _along(replica, by_seq, gathered)
    gathered.chosen.sort(key=lambda one: (one[1].hlc, one[0]))
    return gathered


def _readable(state: State, number: int) -> Iterator[tuple[Place, Candidate]]:
    rows = salvage.Salvage(state.connection, "op", ("h8", "body")).rows()
    for row, h8, body in rows:
        with suppress(ValueError):
            one = read_body(body)
            data = one.data
            filed = finder(one.digest) == h8
            candidate = Candidate(one.digest, data["prev"], data["hlc"], number, row, filed)
            yield (data["replica"], data["seq"]), candidate


def _along(replica: str, by_seq: dict[int, list[Candidate]], gathered: Gathered) -> None:
    chain: str | None = ledger.ZERO
    for seq in range(1, max(by_seq) + 1):
        best = _best(by_seq.get(seq, []), chain, by_seq.get(seq + 1))
        if best is None:
            gathered.missing.append((replica, seq))
        else:
            gathered.chosen.append(((replica, seq), best))
        chain = best.chain if best else None


def _best(
    here: list[Candidate], chain: str | None, after: list[Candidate] | None
) -> Candidate | None:
    """Choose the one that follows the one before it, and that what comes after it follows."""
    named = {one.prev for one in after or ()}
    fitting = [one for one in here if chain is None or one.prev == chain]
    followed = [one for one in fitting if one.chain in named]
    if followed:
        return followed[0]
    # nothing tells but the name that it was filed under: the last of a chain, or before a gap
    trusted = [one for one in fitting if one.filed]
    return trusted[0] if trusted and not _contradicted(trusted[0], after) else None


def _contradicted(one: Candidate, after: list[Candidate] | None) -> bool:
    return any(other.filed and other.prev != one.chain for other in after or ())


def bodies(states: list[State], chosen: Iterable[tuple[Place, Candidate]]) -> Iterator[Operation]:
    """Read the chosen operations again, in their order."""
    for part in portions(chosen):
        held: dict[tuple[int, int], bytes] = {}
        for number, state in enumerate(states):
            rows = [one.row for _, one in part if one.state == number]
            with suppress(DBAPIError):
                asked = select(op.c.n, op.c.body).where(op.c.n.in_(rows))
                held |= {(number, n): body for n, body in state.connection.execute(asked)}
            for row in rows:
                if (number, row) not in held:  # a neighbour on the same page cannot be read
                    asked = select(op.c.n, op.c.body).where(op.c.n == row)
                    held |= {(number, n): body for n, body in state.connection.execute(asked)}
        yield from (read_body(held[one.state, one.row]) for _, one in part)


def contents(states: list[State], wanted: set[str]) -> Iterator[tuple[dict[str, Any], int]]:
    """Give the rows of the wanted texts that are sound somewhere, and in which state."""
    left = set(wanted)
    for number, state in enumerate(states):
        if not left:
            return
        with salvage.tolerant(state.connection):
            rows = salvage.Salvage(state.connection, "content", texts.COLUMNS).rows()
            for _, *row in rows:
                name = row[0]
                if name in left and texts.holds(tuple(row[:4])):
                    left.discard(name)
                    named = dict(zip(texts.COLUMNS, row, strict=True))
                    if named["kind"] not in texts.CONTENT_KINDS:
                        named["kind"] = texts.UNKNOWN
                    yield {c.name: named[c.name] for c in content.columns}, number


def signed(states: list[State]) -> list[Checkpoint]:
    """Give every checkpoint that can be read somewhere."""
    found: dict[str, Checkpoint] = {}
    for state in states:
        with suppress(DBAPIError):
            found |= {one.id: one for one in checkpoints.sound(Reader(state.connection))}
    return list(found.values())


def said(states: list[State]) -> tuple[dict[str, str], str]:
    """Give what a state says of itself, the first whose seal is whole; else any, with the trouble."""
    first: dict[str, str] = {}
    for state in states:
        with suppress(DBAPIError), salvage.tolerant(state.connection):
            if not seal.fault(state.connection):
                return known.recall(state.connection), ""
            first = first or known.recall(state.connection)
    return first, "seal"
