"""What the one writer keeps in memory between transactions; thrown away when one fails."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from casefile.model.ledger import ZERO
from casefile.store.prepared import Prepared
from casefile.store.schema import meta, op, record, replica, txn, wait

CLOCK = "hlc"
_MOST_DIGITS = 20
_TIPS = Prepared(
    update(replica)
    .where(replica.c.id == bindparam("id_"))
    .values(seq=bindparam("seq_"), chain=bindparam("chain_"))
)
_META = Prepared(select(meta.c.key, meta.c.value))
_CLOCK = Prepared(
    update(meta).where(meta.c.key == bindparam("clock")).values(value=bindparam("now"))
)


@dataclass(slots=True)
class Known:
    """Next numbers, the newest clock, the tips of the chains, and what waits for its operation.

    `hlc` is milliseconds since 1970 shifted left 16 bits plus a counter; `tips` holds (seq, chain)
    by replica id.
    """

    next_op: int
    next_rec: int
    next_txn: int
    hlc: int
    waiting: set[tuple[str, int, str]]
    replicas: dict[str, int]
    tips: dict[str, tuple[int, str]]
    people: dict[str, int] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)

    @classmethod
    def load(cls, connection: Connection) -> "Known":
        """Read it from the case."""
        nexts = [
            (connection.scalar(select(func.max(table.c.n))) or 0) + 1 for table in (op, record, txn)
        ]
        clock = connection.scalar(select(meta.c.value).where(meta.c.key == CLOCK))
        rows = connection.execute(select(replica.c.n, replica.c.id, replica.c.seq, replica.c.chain))
        tips = {id_: (n, seq, chain) for n, id_, seq, chain in rows}
        return cls(
            next_op=nexts[0],
            next_rec=nexts[1],
            next_txn=nexts[2],
            hlc=_reading(connection, "0" if clock is None else clock),
            waiting={(a, b, c) for a, b, c in connection.execute(select(wait))},
            replicas={id_: n for id_, (n, _, _) in tips.items()},
            tips={id_: (seq, chain) for id_, (_, seq, chain) in tips.items()},
        )

    def tick(self, milliseconds: int) -> int:
        """Give the next reading of the clock; it never goes back."""
        self.hlc = max(self.hlc + 1, milliseconds << 16)
        return self.hlc

    def replica_number(self, connection: Connection, id_: str) -> int:
        """Give the local number of a replica, a new one where it was never seen."""
        if id_ not in self.replicas:
            number = max(self.replicas.values(), default=0) + 1
            connection.execute(insert(replica).values(n=number, id=id_, seq=0, chain=ZERO))
            self.replicas[id_] = number
            self.tips[id_] = (0, ZERO)
        return self.replicas[id_]

    def move(self, id_: str, seq: int, chain: str) -> None:
        """Note that a replica's chain has a new tip."""
        self.tips[id_] = (seq, chain)
        self.moved.add(id_)

    def save(self, connection: Connection) -> None:
        """Write the clock and the tips that moved."""
        if not self.moved:
            return
        tips = [
            {"id_": id_, "seq_": self.tips[id_][0], "chain_": self.tips[id_][1]}
            for id_ in sorted(self.moved)
        ]
        _TIPS.put(connection, tips)
        if not _CLOCK.put(connection, [{"clock": CLOCK, "now": str(self.hlc)}]):
            remember(connection, {CLOCK: str(self.hlc)})
        self.moved.clear()


def _reading(connection: Connection, said: str) -> int:
    """Read the clock; where it is damaged, it goes on from the newest operation."""
    if said.isascii() and said.isdecimal() and len(said) < _MOST_DIGITS:
        return int(said)
    return connection.scalar(select(func.max(op.c.hlc))) or 0


def remember(connection: Connection, values: dict[str, str]) -> None:
    """Write entries of `meta`."""
    connection.execute(delete(meta).where(meta.c.key.in_(list(values))))
    connection.execute(
        insert(meta), [{"key": key, "value": value} for key, value in values.items()]
    )


def forget(connection: Connection, key: str) -> None:
    """Remove an entry of `meta`."""
    connection.execute(delete(meta).where(meta.c.key == key))


def recall(connection: Connection) -> dict[str, str]:
    """Read all entries of `meta`."""
    return dict(_META.ask(connection))
