"""A field's value as columns, and back."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from casefile.model.ledger import canonical, is_uuid
from casefile.model.record import FieldType
from casefile.store.schema import DATE_PARTS, column_names

NumberOf = Callable[[str], int]


def columns(name: str, kind: FieldType, value: Any, number_of: NumberOf) -> dict[str, Any]:
    """Give the columns of one field; a value of another type (from elsewhere) is left out."""
    row: dict[str, Any] = {}
    put_columns(row, name, kind, value, number_of)
    return row


def put_columns(
    row: dict[str, Any], name: str, kind: FieldType, value: Any, number_of: NumberOf
) -> None:
    """Put the columns of one field into a row, as `columns` gives them."""
    if kind is FieldType.TEXT:
        row[name] = value if type(value) is str else None
    elif kind is FieldType.DATE:
        parts = value if type(value) is dict else {}
        for column, part in _date_columns(name):
            row[column] = parts[part] if type(parts.get(part)) is str else None
    else:
        row[name] = _column(kind, value, number_of)


@cache
def _date_columns(name: str) -> tuple[tuple[str, str], ...]:
    return tuple(zip(column_names(name, FieldType.DATE), DATE_PARTS, strict=True))


def _column(kind: FieldType, value: Any, number_of: NumberOf) -> Any:
    if value is None:
        return None
    if kind is FieldType.JSON:
        return canonical(value).decode()
    if kind is FieldType.REF:
        return number_of(value) if is_uuid(value) else None
    sound = type(value) is (bool if kind is FieldType.BOOL else int)
    return int(value) if sound else None


def value_of(name: str, kind: FieldType, row: Mapping[str, Any], ids: Mapping[int, str]) -> Any:
    """Read a field back as the ledger writes it; `ids` names the records that are referred to."""
    if kind is FieldType.DATE:
        parts = {part: row[f"{name}_{part}"] for part in DATE_PARTS}
        return parts if any(part is not None for part in parts.values()) else None
    value = row[column_names(name, kind)[0]]
    if value is None:
        return None
    if kind is FieldType.JSON:
        return json.loads(value)
    if kind is FieldType.BOOL:
        return bool(value)
    return ids[value] if kind is FieldType.REF else value


def fits(kind: FieldType, value: Any) -> bool:
    """Say whether a plain value may be given to a field of this type."""
    if value is None or kind is FieldType.JSON:
        return True
    if kind is FieldType.TEXT:
        return type(value) is str
    if kind is FieldType.DATE:
        return type(value) is dict and value.keys() <= set(DATE_PARTS)
    if kind is FieldType.REF:
        return is_uuid(value)
    return type(value) is (bool if kind is FieldType.BOOL else int)
