"""What every record has, and how a record type declares its fields.

A record type is declared once, as a frozen dataclass in the file of its noun; its table, its
ledger encoding, its JSON and its history view derive from the declaration.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, ClassVar, Self

from casefile.model.values import DateValue


class FieldType(StrEnum):
    """How a field is written: JSON in the ledger, one column (a date: five) in the projection."""

    TEXT = "text"
    INT = "int"
    BOOL = "bool"
    REF = "ref"  # the id of another record
    JSON = "json"
    DATE = "date"


def text() -> Any:
    """Declare a text field."""
    return field(default=None, metadata={"type": FieldType.TEXT})


def integer() -> Any:
    """Declare a whole number."""
    return field(default=None, metadata={"type": FieldType.INT})


def boolean() -> Any:
    """Declare a yes or no."""
    return field(default=None, metadata={"type": FieldType.BOOL})


def ref() -> Any:
    """Declare a link to another record by its id."""
    return field(default=None, metadata={"type": FieldType.REF})


def json() -> Any:
    """Declare a small JSON value (array or object)."""
    return field(default=None, metadata={"type": FieldType.JSON})


def date() -> Any:
    """Declare a date value."""
    return field(default=None, metadata={"type": FieldType.DATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record as it stands now.

    `made` and `changed` are milliseconds since 1970 by their author's clock, `made_by` and
    `changed_by` person ids, `conflicts` the number of fields with several different heads.
    """

    TABLE: ClassVar[str] = ""
    id: str
    deleted: bool = False
    made: int = 0
    made_by: str = ""
    changed: int = 0
    changed_by: str = ""
    conflicts: int = 0

    @classmethod
    def spec(cls) -> dict[str, FieldType]:
        """Give the declared fields in order, without the ones that every record has."""
        return {f.name: f.metadata["type"] for f in fields(cls) if "type" in f.metadata}

    def values(self) -> dict[str, Any]:
        """Give the declared fields as the ledger writes them (JSON values)."""
        return {name: plain(getattr(self, name)) for name in self.spec()}

    @classmethod
    def from_values(cls, id_: str, values: Mapping[str, Any], **common: Any) -> Self:
        """Make a record from ledger values; fields of a newer version are passed over."""
        spec = cls.spec()
        known = {
            name: typed(kind, values[name])
            for name, kind in spec.items()
            if values.get(name) is not None
        }
        return cls(id=id_, **known, **common)


def plain(value: Any) -> Any:
    """Turn a field's value into plain JSON."""
    if isinstance(value, DateValue):
        return value.to_json()
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def typed(kind: FieldType, value: Any) -> Any:
    """Turn plain JSON back into a field's value."""
    if kind is FieldType.DATE:
        return DateValue.from_json(value)
    if kind is FieldType.BOOL:
        return bool(value)
    if kind is FieldType.JSON and isinstance(value, list):
        return tuple(value)
    return value
