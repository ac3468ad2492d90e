"""The case as tables: one CSV file a kind of record, or one file of JSON Lines."""

import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from casefile.model.cells import safe_cell
from casefile.model.exported import ExportRow, Tally
from casefile.model.kinds import KINDS
from casefile.model.record import FieldType, Record, plain
from casefile.model.values import DateValue

EXTRAS: Final = {
    "source": ("sha256", "file", "tags"),
    "annotation": ("quote", "page", "tags"),
    "claim": ("tags",),
    "entity": ("tags",),
}
_DATE: Final = ("edtf", "earliest", "latest", "anchor")
_COMMON: Final = ("made", "made_by", "changed", "changed_by", "conflicts")
_MARK: Final = "\ufeff"  # tells a spreadsheet that the file is UTF-8


def write_csv(folder: Path, rows: Iterable[ExportRow], tally: Tally) -> None:
    """Write `TABLE.csv` for each kind of record that there is; rows of one kind stand together.

    A link has two columns, the id and what it is called; a date five, its words first.
    """
    with ExitStack() as files:
        writers: dict[str, Any] = {}
        for row in rows:
            table = row.record.TABLE
            if table not in writers:
                file = (folder / f"{table}.csv").open("x", encoding="utf-8", newline="")
                files.enter_context(file).write(_MARK)
                writers[table] = csv.writer(file, quoting=csv.QUOTE_ALL)
                writers[table].writerow(columns(table))
            raw = list(_cells(row))
            safe = [safe_cell(cell) for cell in raw]
            tally.quoted += sum(one != other for one, other in zip(raw, safe, strict=True))
            writers[table].writerow(safe)
            tally.add(table)


def columns(table: str) -> list[str]:
    """Name the columns of a kind of record."""
    found = ["id"]
    for name, kind in KINDS[table].spec().items():
        found.append(name)
        if kind is FieldType.DATE:
            found += [f"{name}_{part}" for part in _DATE]
        elif kind is FieldType.REF:
            found.append(f"{name}_called")
    return [*found, *EXTRAS.get(table, ()), *_COMMON]


def _cells(row: ExportRow) -> Iterator[str]:
    record = row.record
    yield record.id
    for name, kind in record.spec().items():
        value = getattr(record, name)
        if kind is FieldType.DATE:
            date = value if isinstance(value, DateValue) else DateValue()
            yield from (date.text or "", *(getattr(date, part) or "" for part in _DATE))
        else:
            yield _cell(value)
            if kind is FieldType.REF:
                yield row.names.get(name, "")
    yield from (row.extras.get(name, "") for name in EXTRAS.get(record.TABLE, ()))
    yield instant(record.made)
    yield row.names.get("made_by", "")
    yield instant(record.changed)
    yield row.names.get("changed_by", "")
    yield str(record.conflicts)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, tuple) and all(isinstance(one, str) for one in value):
        return "; ".join(value)
    return json.dumps(plain(value), ensure_ascii=False)


def write_jsonl(file: Path, rows: Iterable[ExportRow], tally: Tally) -> None:
    """Write one record a line: `type`, `id`, every field, who and when, and the text of a source.

    Links are ids; `called` says what they are called.
    """
    with file.open("x", encoding="utf-8", newline="\n") as out:
        for row in rows:
            out.write(json.dumps(_object(row), ensure_ascii=False, allow_nan=False) + "\n")
            tally.add(row.record.TABLE)


def _object(row: ExportRow) -> dict[str, Any]:
    record = row.record
    found: dict[str, Any] = {"type": record.TABLE, "id": record.id, **record.values()}
    for name in EXTRAS.get(record.TABLE, ()):
        found[name] = row.extras.get(name)
    if row.text is not None:
        found["text"] = row.text
    return {**found, **_about(record), "called": row.names}


def _about(record: Record) -> dict[str, Any]:
    return {
        "made": instant(record.made),
        "made_by": record.made_by,
        "changed": instant(record.changed),
        "changed_by": record.changed_by,
        "conflicts": record.conflicts,
    }


def instant(milliseconds: int) -> str:
    """Write milliseconds since 1970 as YYYY-MM-DDTHH:MM:SS.mmmZ."""
    moment = datetime.fromtimestamp(milliseconds // 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{milliseconds % 1000:03}Z"
