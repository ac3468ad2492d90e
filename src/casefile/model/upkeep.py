"""What is told about the upkeep of a case: backups, repairs, purges, checkpoints, keys."""

from dataclasses import dataclass
from pathlib import Path

from casefile.model.change import Finding

VERIFIED, DAMAGED_CASE, CHANGED = "verified", "damaged case", "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to do about a finding; `act` names the deed: repair, restore, reindex, backup, or none."""

    sentence: str
    act: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup inside a case; `made` is milliseconds since 1970, `size` bytes.

    `reason` is daily, upgrade, merge, purge, repair or manual; `state` says whether it was verified
    after writing, holds a case that was damaged already, or is no longer what was written; `detail`
    says more in words.
    """

    name: str
    path: Path
    made: int
    size: int
    reason: str
    ops: int
    state: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupReport:
    """What became of one backup; `removed` names the older ones that were rotated away."""

    path: Path
    size: int
    ops: int
    objects: int
    findings: tuple[Finding, ...]
    removed: tuple[str, ...] = ()
    sentence: str = ""

    @property
    def ok(self) -> bool:
        """True when what was backed up is sound."""
        return not any(f.level == "damage" for f in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreReport:
    """What a restored case holds, and what is wrong with it."""

    path: Path
    ops: int
    objects: int
    findings: tuple[Finding, ...]
    sentence: str = ""

    @property
    def ok(self) -> bool:
        """True when everything came back."""
        return not any(f.level == "damage" for f in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairReport:
    """What a repair did, what is lost, and where the damaged state is kept."""

    repaired: bool
    done: tuple[str, ...]
    lost: tuple[Finding, ...]
    kept: Path | None
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How far the background check is; moments are milliseconds since 1970.

    `total` originals and texts, `never` of them not looked at yet; `looked` in this slice.
    """

    total: int
    never: int
    oldest: int | None
    newest: int | None
    damaged: tuple[Finding, ...] = ()
    looked: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgePlan:
    """What a purge would remove; `stays` says in sentences what would not go, and why."""

    title: str
    records: tuple[str, ...]
    operations: int
    objects: tuple[str, ...]
    bytes: int
    stays: tuple[str, ...]
    backups: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeReport:
    """What a purge removed; `backups` still hold it; `words` say what it cannot reach."""

    act: str
    records: tuple[str, ...]
    operations: int
    objects: tuple[str, ...]
    bytes: int
    stays: tuple[str, ...]
    backups: tuple[Backup, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointView:
    """One signed checkpoint: who vouched for how many operations, and whether it holds.

    `known` says that the case names the key as one of its people's.
    """

    made: int
    key: str
    fingerprint: str
    person: str
    who: str
    operations: int
    ok: bool
    known: bool
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyState:
    """The key of the person on this machine: none, locked, unlocked, or plain (no passphrase).

    `fingerprint` is for the eye, `words` to read aloud, `minisign` is the key as that program takes it.
    """

    state: str
    public: str = ""
    minisign: str = ""
    fingerprint: str = ""
    words: tuple[str, ...] = ()
    made: int = 0
