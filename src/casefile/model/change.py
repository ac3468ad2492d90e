"""What an act changed: the only refresh signal."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The records that one transaction touched: table name to ids; `upto` is the ledger position."""

    act: str
    label: str
    records: dict[str, tuple[str, ...]]
    upto: int

    def touches(self, *tables: str) -> bool:
        """Say whether any record of these tables changed."""
        return any(table in self.records for table in tables)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that a person did, for the history.

    `key` names the label ("import", "annotate", …), `args` its arguments; `when` is milliseconds
    since 1970; `undone` says that a later act took it back.
    """

    id: str
    key: str
    args: dict[str, Any]
    person: str
    when: int
    operations: int
    undone: bool = False
    undoes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One operation on one record, for its history.

    `values` are what it set, `before` what its author was looking at in these fields; a field that
    nobody had set is absent from `before`. `made` says that the record came with it.
    """

    table: str
    record: str
    made: bool
    act: str
    key: str
    person: str
    when: int
    replica: str
    seq: int
    hash: str
    values: dict[str, Any]
    before: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """What one operation made of one field.

    `field` is its name in the ledger, `name` the same in the person's language; `before` and
    `after` are the exact JSON values (None: nothing), `was` and `now` the same in words.
    """

    field: str
    name: str
    before: Any
    after: Any
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One operation on one record, as a person reads it.

    `what` is the label of its act, `who` a handle or the beginning of the person's id, `when`
    milliseconds since 1970 by the author's clock, `title` what the record is called now; `undone`
    says that the act is taken back now, `made` that the record came with this operation.
    """

    act: str
    key: str
    what: str
    person: str
    who: str
    when: int
    undone: bool
    table: str
    record: str
    title: str
    made: bool
    changes: tuple[FieldChange, ...]
    replica: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActDetail:
    """One act with what it did to its records; `records` counts all of them."""

    act: Act
    what: str
    who: str
    records: int
    entries: tuple[HistoryEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoReport:
    """What an undo or redo did; `changed_since` lists (table, id, field) left as they are."""

    act: str
    undone: str
    key: str
    args: dict[str, Any]
    restored: int
    changed_since: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that a check found; `level` is damage or note."""

    level: str
    kind: str
    detail: str
    record: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check looked at and found."""

    findings: tuple[Finding, ...]
    ops: int
    objects: int
    bytes: int

    @property
    def ok(self) -> bool:
        """True when nothing is damaged."""
        return not any(f.level == "damage" for f in self.findings)
