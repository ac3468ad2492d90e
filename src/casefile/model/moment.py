"""The case as it was known at a moment."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordThen:
    """One record as it stood at a moment.

    `values` are plain JSON by field, exactly as then; `made` and `changed` milliseconds since 1970
    by their authors' clocks, `who` the handle of the one who changed it last until then;
    `conflicts` the fields on which people disagreed then. `changed_since` and `deleted_now` say
    what became of it.
    """

    table: str
    id: str
    title: str
    values: dict[str, Any]
    deleted: bool
    made: int
    made_by: str
    changed: int
    changed_by: str
    who: str
    conflicts: tuple[str, ...]
    changed_since: bool
    deleted_now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseThen:
    """The whole case at a moment (milliseconds since 1970): its title, living records a table."""

    moment: int
    title: str
    counts: dict[str, int]
