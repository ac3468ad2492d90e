"""Bit rot: one bit of the database, of an original or of a backup is turned over; is it found?

A bit that carries nothing (free pages, the rest of a page) is told apart by reading the database
with plain SQLite before and after: the same rows in all tables, and sound indexes.
"""

import contextlib
import random
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from harness.acts import with_sources
from harness.ground import Ground

from casefile.model.change import Finding
from casefile.model.errors import CasefileError
from casefile.services import claims, ingest, upkeep
from casefile.services.claims import ClaimDraft
from casefile.store import backups
from casefile.store import sqlite as sqlite_of_the_store

# Made by this machine for itself; a change there shows nothing wrong and is made again.
LOCAL = {"index_state", "text_key", "picture_look", "likeness", "checked"}
PARTS = ("database",) * 4 + ("original", "backup")
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Rows = dict[str, dict[Any, tuple[Any, ...]]]


@dataclass
class Flips:
    """The figures; `idle` bits carried nothing, `local` ones only what this machine made itself."""

    flips: int = 0
    found: int = 0
    idle: int = 0
    local: int = 0
    records: int = 0
    named: int = 0
    unopened: int = 0
    parts: dict[str, int] = field(default_factory=dict)
    tables: dict[str, int] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)


@dataclass
class Sound:
    """The case before: its files, its rows, the records behind local numbers and hashes."""

    files: dict[str, list[Path]]
    rows: Rows
    record_of: dict[int, str]


def flips(
    ground: Ground, count: int, seed: int, acts: list[str] | None = None, fault: str = ""
) -> dict[str, object]:
    """Turn over `count` bits that carry something, one at a time, in some parts or all."""
    rnd, result = random.Random(seed), Flips()
    look = pages_only if fault == "no hashes" else findings
    sound = _prepare(ground)
    while result.flips < count:
        part = rnd.choice(acts or PARTS)
        file = rnd.choice(sound.files[part])
        data = file.read_bytes()
        at, bit = rnd.randrange(len(data)), rnd.randrange(8)
        turned = bytearray(data)
        turned[at] ^= 1 << bit
        mode = file.stat().st_mode
        file.chmod(0o600)
        file.write_bytes(turned)
        try:
            where = f"{file.name} byte {at} bit {bit}"
            _judge(sound, (part, file, where), lambda: look(ground), result)
        finally:
            file.write_bytes(data)
            file.chmod(mode)
    return asdict(result) | {"complaints": result.missed + result.unnamed}


def _prepare(ground: Ground) -> Sound:
    known = with_sources(ground, 3)
    with ground.desk() as desk:
        ingest.add(desk, ground.files(10))
        for n in range(5):
            key, _ = claims.add(desk, ClaimDraft(statement=f"Claim {n}: the pumps stopped."))
            claims.link(desk, key, source=known["sources"][n % 3], stance="supports")
    case = ground.case
    backups.make(case, "manual", time.time_ns() // 1_000_000)
    database = case / "case.db"
    rows = rows_of(database)
    return Sound(
        files={
            "database": [database],
            "original": [p for p in (case / "objects").rglob("*") if p.is_file()],
            "backup": [p for p in (case / "backups").rglob("*") if p.is_file()],
        },
        rows=rows,
        record_of={key: row[1] for key, row in rows["record"].items()},
    )


def rows_of(file: Path) -> Rows:
    """Read every row of every table with plain SQLite, by its number or key."""
    with contextlib.closing(sqlite3.connect(f"file:{file}?immutable=1", uri=True)) as raw:
        raw.text_factory = bytes
        names = [name.decode() for (name,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )]  # fmt: skip
        found: Rows = {
            "schema": {row[0]: row for row in raw.execute("SELECT * FROM sqlite_master")}
        }
        for name in names:
            found[name] = {
                (row[0] if name != "text_key" else row): tuple(
                    value.decode("utf-8", "replace") if isinstance(value, bytes) else value
                    for value in row
                )
                for row in raw.execute(f'SELECT * FROM "{name}"')
            }
        if raw.execute("PRAGMA integrity_check").fetchone() != (b"ok",):
            found["pages"] = {0: ("not sound",)}
        found["header"] = {n: raw.execute(f"PRAGMA {name}").fetchone() for n, name in enumerate(
            ("application_id", "user_version")
        )}  # fmt: skip
        return found


def changed(before: Rows, file: Path) -> set[tuple[str, Any]]:
    """Give the tables and keys whose rows differ now; all of it when it cannot be read."""
    try:
        now = rows_of(file)
    except (sqlite3.Error, ValueError, UnicodeError):
        return {("pages", 0)}
    return {
        (table, key)
        for table in before.keys() | now.keys()
        for key in before.get(table, {}).keys() | now.get(table, {}).keys()
        if before.get(table, {}).get(key) != now.get(table, {}).get(key)
    }


def _judge(
    sound: Sound, flip: tuple[str, Path, str], look: Callable[[], list[Finding]], result: Flips
) -> None:
    part, file, where = flip
    touched = changed(sound.rows, file) if part == "database" else {(part, file.name)}
    tables = {table for table, _ in touched}
    if not touched:
        result.idle += 1
        return
    if tables <= LOCAL:
        result.local += 1
        return
    found = look()
    result.flips += 1
    result.parts[part] = result.parts.get(part, 0) + 1
    for table in tables:
        result.tables[table] = result.tables.get(table, 0) + 1
    where = f"{where} ({', '.join(sorted(tables))})"
    if not found:
        result.missed.append(where)
        return
    result.found += 1
    result.unopened += found[0].kind == "unopened"
    wanted = set(_records(sound, touched))
    if wanted and found[0].kind != "unopened":
        result.records += 1
        if wanted & {one.record for one in found}:
            result.named += 1
        else:
            result.unnamed.append(f"{where}: {[one.detail for one in found][:2]}")


def findings(ground: Ground) -> list[Finding]:
    """Give the damage that a check finds; a case that cannot even be opened is damage, too."""
    try:
        with ground.desk(write=False) as desk:
            report = upkeep.check(desk, full=True)
    except CasefileError as error:
        return [Finding(level="damage", kind="unopened", detail=error.message)]
    return [one for one in report.findings if one.level != "note"]


def pages_only(ground: Ground) -> list[Finding]:
    """Look as SQLite alone does: the negative control, which must miss changed words."""
    with ground.desk(write=False) as desk, desk.store.read() as r:
        words = sqlite_of_the_store.faults(r.connection, full=True)
    return [Finding(level="damage", kind="database", detail=one) for one in words]


def _records(sound: Sound, touched: set[tuple[str, Any]]) -> Iterator[str]:
    """Name the records that the changed bytes belong to, as far as they belong to any."""
    for table, key in touched:
        row = sound.rows.get(table, {}).get(key)
        if row is None and table != "original":
            continue
        if table == "op":
            yield sound.record_of[row[2]]
        elif table in {"content", "original"}:
            sought = str(key.decode() if isinstance(key, bytes) else key)
            for one in sound.rows["op"].values():
                if sought in str(one[-1]):
                    yield sound.record_of[one[2]]
        elif table == "record" or (
            table in sound.rows
            and key in sound.record_of
            and table not in {"replica", "txn", "meta", "wait", "checkpoint"}
        ):
            yield sound.record_of[key]
