"""What two people exchange: bundles, what is in them, and what a merge would do or did."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from casefile.model.change import Changes, Finding
from casefile.model.ledger import is_hash, is_uuid

FULL, DELTA, SELECTION, DISCLOSURE = "full", "delta", "selection", "disclosure"
BUNDLE_KINDS = (FULL, DELTA, SELECTION, DISCLOSURE)
MERGE_KEY = "merge"
TRUSTED, UNKNOWN_KEY, UNSIGNED, INVALID = "trusted", "unknown key", "unsigned", "invalid"
MAX_HEADS = 100_000


class Head(NamedTuple):
    """Where the chain of one replica stands: its last number and chain value."""

    replica: str
    seq: int
    chain: str

    def to_json(self) -> dict[str, Any]:
        """Write it as it travels."""
        return {"replica": self.replica, "seq": self.seq, "chain": self.chain}


Heads = tuple[Head, ...]


def read_heads(data: Any) -> Heads:
    """Read heads as they travel; raises ValueError on anything unsound."""
    if type(data) is not list or len(data) > MAX_HEADS:
        msg = "heads are no list"
        raise ValueError(msg)
    found = tuple(map(_read_head, data))
    if list(found) != sorted(found) or len({one.replica for one in found}) != len(found):
        msg = "heads are not sorted"
        raise ValueError(msg)
    return found


def _read_head(data: Any) -> Head:
    if type(data) is not dict or data.keys() != {"replica", "seq", "chain"}:
        msg = "a head is not written as heads are"
        raise ValueError(msg)
    one = Head(data["replica"], data["seq"], data["chain"])
    if not (is_uuid(one.replica) and type(one.seq) is int and one.seq > 0 and is_hash(one.chain)):
        msg = "a head is out of range"
        raise ValueError(msg)
    return one


def heads_of(found: Iterable[tuple[str, tuple[int, str]]]) -> Heads:
    """Make heads of (replica, (seq, chain)), sorted."""
    return tuple(sorted(Head(replica, seq, chain) for replica, (seq, chain) in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A bundle that was written; `missing` are originals of the case that are not on this disk.

    `unlogged` says why the log of exchanges lacks it; empty when it stands there.
    """

    path: str
    kind: str
    size: int
    sha256: str
    counts: dict[str, int]
    signed: bool
    encrypted: bool
    missing: tuple[str, ...] = ()
    unlogged: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a bundle says of itself, and whether that holds.

    `signature` is trusted, unknown key, unsigned or invalid; `words` are those of the signer's key,
    `warnings` sentences about the signer; findings of level damage name why it is not `ok`.
    """

    ok: bool
    signature: str
    kind: str = ""
    case: str = ""
    title: str = ""
    made: str = ""
    key: str = ""
    person: str = ""
    name: str = ""
    words: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    encrypted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One value of a field on which people disagree; `when` is milliseconds since 1970."""

    value: Any
    person: str
    who: str
    when: int
    operation: str
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A field on which people disagree; `base` are the values that the sides were looking at."""

    table: str
    record: str
    field: str
    base: tuple[Any, ...]
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What merging a bundle would do; ids of records by table.

    `who` holds (person, handle, operations that are new here); `already` counts operations that are
    here; `dangling` names (table, record, field) of links to what is neither here nor in the bundle;
    `forks` are replicas that wrote two histories: a copy of a case that went on as the same.
    """

    verified: Verified
    other_case: bool
    adopts: bool
    operations: int
    already: int
    who: tuple[tuple[str, str, int], ...]
    new: dict[str, tuple[str, ...]]
    changed: dict[str, tuple[str, ...]]
    deleted: dict[str, tuple[str, ...]]
    conflicts: tuple[Clash, ...]
    dangling: tuple[tuple[str, str, str], ...]
    forks: tuple[str, ...] = ()
    purged: int = 0

    @property
    def new_records(self) -> int:
        """How many records would be new."""
        return sum(map(len, self.new.values()))

    @property
    def changed_records(self) -> int:
        """How many records would change."""
        return sum(map(len, self.changed.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a merge did; `backup` is the name of the backup made before, empty when none was needed.

    `unlogged` says why the log of exchanges lacks it; empty when it stands there.
    """

    preview: Preview
    changes: Changes
    objects: int
    backup: str
    merge: str
    unlogged: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a bundle is to hold, and for whom.

    `base` are the heads that the receiver has (a delta), `recipients` age public keys (`age1…`); a
    `passphrase` excludes recipients.
    """

    kind: str = FULL
    base: Heads | None = None
    recipients: tuple[str, ...] = ()
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """With what an encrypted bundle is opened: the lines of an age identity file, or a passphrase."""

    identities: tuple[str, ...] = field(default=(), repr=False)
    passphrase: str = field(default="", repr=False)
