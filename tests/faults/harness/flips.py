"""Bit rot: one bit of the database, of an original or of a backup is turned over; is it found?

A bit that carries nothing (free pages, the rest of a page) is told apart by reading the database
with plain SQLite before and after: the same rows in all tables, and sound indexes.
"""

import contextlib
import io
import random
import re
import sqlite3
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from harness.acts import with_sources
from harness.ground import Ground

from casefile.cli.main import main as command_line
from casefile.model.change import Finding
from casefile.model.errors import CasefileError
from casefile.services import annotate, claims, history, ingest, upkeep
from casefile.services.claims import ClaimDraft
from casefile.store import backups
from casefile.store import sqlite as sqlite_of_the_store

# Made by this machine for itself; a change there shows nothing wrong and is made again.
LOCAL = {"index_state", "text_key", "picture_look", "likeness", "checked"}
SMALL = ("meta", "index_state", "replica", "txn")  # tables of few bytes, rarely met by chance
PARTS = ("database",) * 4 + ("small", "original", "backup")
DATABASE = ("database", "small")
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
    used: int = 0
    defects: list[str] = field(default_factory=list)


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
    sound, kept = _prepare(ground), ground.root / "template-flips"
    ground.keep(kept)
    while result.flips < count:
        part = rnd.choice(acts or PARTS)
        file = rnd.choice(sound.files[part])
        data = file.read_bytes()
        at, bit = _byte(sound, part, data, rnd), rnd.randrange(8)
        turned = bytearray(data)
        turned[at] ^= 1 << bit
        mode = file.stat().st_mode
        file.chmod(0o600)
        file.write_bytes(turned)
        try:
            where = f"{file.name} byte {at} bit {bit}"
            told = _judge(sound, (part, file, where), lambda: look(ground), result)
            if told and (part == "small" or not result.flips % 5):  # using takes its time
                result.used += 1
                result.defects += [f"{where}: {one}" for one in defects_in_use(ground)]
                ground.lay(kept)
        finally:
            file.chmod(0o600)
            file.write_bytes(data)
            file.chmod(mode)
    return asdict(result) | {"complaints": result.missed + result.unnamed + result.defects}


def _byte(sound: Sound, part: str, data: bytes, rnd: random.Random) -> int:
    """Choose a byte of a file: any, or one of a value in a small table."""
    if part == "small":
        rows = rnd.choice([sound.rows[name] for name in SMALL])
        words = [str(v).encode() for row in rows.values() for v in row if len(str(v)) > 3]
        value = rnd.choice(words or [b""])
        if (start := data.find(value)) >= 0 and value:
            return start + rnd.randrange(len(value))
    return rnd.randrange(len(data))


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
            "small": [database],
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
) -> bool:
    """Count a turned bit and what was found of it; True where the case is to be used with it."""
    part, file, where = flip
    touched = changed(sound.rows, file) if part in DATABASE else {(part, file.name)}
    tables = {table for table, _ in touched}
    if not touched:
        result.idle += 1
        return False
    if tables <= LOCAL:
        result.local += 1
        return True
    found = look()
    result.flips += 1
    result.parts[part] = result.parts.get(part, 0) + 1
    for table in tables:
        result.tables[table] = result.tables.get(table, 0) + 1
    where = f"{where} ({', '.join(sorted(tables))})"
    if not found:
        result.missed.append(where)
        return part in DATABASE
    result.found += 1
    result.unopened += found[0].kind == "unopened"
    wanted = set(_records(sound, touched))
    if wanted and found[0].kind != "unopened":
        result.records += 1
        if wanted & {one.record for one in found}:
            result.named += 1
        else:
            result.unnamed.append(f"{where}: {[one.detail for one in found][:2]}")
    return part in DATABASE


def findings(ground: Ground) -> list[Finding]:
    """Give the damage that a check finds; a case that cannot even be opened is damage, too."""
    try:
        with ground.desk(write=False) as desk:
            report = upkeep.check(desk, full=True)
    except CasefileError as error:
        return [Finding(level="damage", kind="unopened", detail=error.message)]
    return [one for one in report.findings if one.level != "note"]


def defects_in_use(ground: Ground) -> list[str]:
    """Use the damaged case as people do: known trouble is a sentence, anything else is a defect."""
    case, found = str(ground.case), []
    for words in (["list"], ["history"], ["check"], ["search"], ["list", "--as-of", "2040-01-01"]):
        call = [words[0], case, *(["pumps"] if words == ["search"] else words[1:]), "--json"]
        with redirect_stdout(io.StringIO()) as said, redirect_stderr(io.StringIO()) as noted:
            status = command_line(call, _no_window, ground.places)
        if status not in (0, 1, 3) or "defect of Casefile" in said.getvalue() + noted.getvalue():
            found.append(
                f"{' '.join(words)} ended with {status}: {noted.getvalue()}{_kept(ground)}"
            )
    try:
        with ground.desk() as desk:
            (source, *_) = (
                entry.source for entry in ingest.add(desk, ground.files(11)[10:]).entries
            )
            if source:
                annotate.mark(desk, source, (0, 30), annotate.MarkAs(1, "later"))
            history.undo(desk)
    except CasefileError:
        pass
    except Exception as error:  # noqa: BLE001 - any other error is what we look for
        found.append(f"adding: {''.join(traceback.format_exception(error)[-4:])}")
    return found


def _kept(ground: Ground) -> str:
    """Give the end of what the program kept about its defect."""
    logs = sorted((ground.places.cache / "log").glob("defect-*.txt"))
    return logs[-1].read_text("utf-8")[-1500:] if logs else ""


def _no_window(*_: Any, **__: Any) -> int:
    raise AssertionError


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
        if table == "record" and row and row[2] is None:  # stands for an id that others name
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
