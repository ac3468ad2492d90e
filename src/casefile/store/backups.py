"""Backups inside a case: copies of the database, verified, described and rotated.

The originals are not copied: they never change, and are named by their hash.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from casefile.jobs.progress import Progress
from casefile.model.change import Finding
from casefile.model.errors import CaseUnusable
from casefile.model.ledger import canonical
from casefile.model.purge import read_remnant
from casefile.model.upkeep import CHANGED, DAMAGED_CASE, VERIFIED, Backup, BackupReport
from casefile.store import chains, folder, known, purging, sqlite, texts
from casefile.store.chains import Walk
from casefile.store.objects import sha256_of
from casefile.store.schema import content, op
from casefile.store.session import Reader, portions
from casefile.store.unit import finder
from casefile.strings import tr

DAILY = "daily"
REASONS = (DAILY, "upgrade", "merge", "purge", "repair", "manual")
DAYS, WEEKS, OTHERS = 7, 4, 2
ROOM = 64 * 1024 * 1024  # bytes that are left free on the disk
DAY = 86_400_000  # milliseconds
WEEK = 7 * DAY
SMALL = 32 * 1024 * 1024  # bytes of a database: copied and verified in half a second
MOST_WORDS = 65_536  # bytes of a description
BEGUN = "backup-"  # a copy that has no name yet
SUFFIX, WORDS = ".db", ".json"
_KEYS = {"v", "case", "made", "reason", "size", "sha256", "ops", "state", "detail"}


def make(case: Path, reason: str, made: int, progress: Progress | None = None) -> BackupReport:
    """Copy the database, verify the copy, describe it, and rotate older ones away.

    A copy of a damaged case is kept and called so, and nothing good is rotated away for it.
    CaseUnusable when there is no room or the copy cannot be written.
    """
    with _told():
        _check_room(case)
        fresh = case / folder.TMP / f"{BEGUN}{made}{SUFFIX}"
        fresh.parent.mkdir(exist_ok=True)
        fresh.unlink(missing_ok=True)
        sqlite.copy(case / folder.DATABASE, fresh)
        findings, seen, case_id = examine(fresh, progress)
        words = _describe(fresh, case_id, (made, reason), findings, seen)
        place = _settle(case, fresh, words, made, reason)
    removed = rotate(case)
    return BackupReport(
        path=place, size=words["size"], ops=seen.ops, objects=len(seen.objects),
        findings=tuple(findings), removed=removed,
    )  # fmt: skip


@contextmanager
def _told() -> Iterator[None]:
    try:
        with sqlite.explained():
            yield
    except OSError as error:
        raise CaseUnusable(
            tr("The backup could not be written: {why}.").format(why=error.strerror),
            tr("Look at the free space and the permissions of the case folder."),
        ) from error


def _check_room(case: Path) -> None:
    if shutil.disk_usage(case).free < _size(case) + ROOM:
        raise CaseUnusable(
            tr("There is not enough free space for a backup."),
            tr("Free some space; a backup needs as much as case.db."),
        )


def examine(file: Path, progress: Progress | None = None) -> tuple[list[Finding], Walk, str]:
    """Look over a database file by itself: its pages, its ledger and its texts; give its case, too."""
    seen = Walk()
    findings: list[Finding] = []
    engine = sqlite.reading(file)
    try:
        with engine.connect() as connection:
            reader = Reader(connection)
            findings += [
                Finding(level="damage", kind="database", detail=words)
                for words in sqlite.faults(connection, full=False)
            ]
            findings += chains.walk(reader, seen, progress)
            findings += purging.check(reader, seen)
            findings += texts.check(reader, seen, progress)
            case_id = known.recall(connection).get("case", "")
    except (DBAPIError, ValueError, TypeError) as error:
        words = tr("the file could not be read to its end: {why}").format(why=error)
        findings.append(Finding(level="damage", kind="database", detail=words))
        case_id = ""
    finally:
        engine.dispose()
    return findings, seen, case_id


def _describe(
    file: Path, case_id: str, about: tuple[int, str], findings: list[Finding], seen: Walk
) -> dict[str, Any]:
    damage = [one.detail for one in findings if one.level == "damage"]
    return {
        "v": 1,
        "case": case_id,
        "made": about[0],
        "reason": about[1],
        "size": file.stat().st_size,
        "sha256": sha256_of(file),
        "ops": seen.ops,
        "state": DAMAGED_CASE if damage else VERIFIED,
        "detail": "; ".join(damage)[:1000].encode("utf-8", "replace").decode(),
    }


def _settle(case: Path, fresh: Path, words: dict[str, Any], made: int, reason: str) -> Path:
    """Give the copy its name; the description is there first, so that no copy is without one."""
    stamp = f"{datetime.fromtimestamp(made // 1000, UTC):%Y%m%dT%H%M%S}Z-{reason}"
    home, number = case / folder.BACKUPS, 1
    home.mkdir(exist_ok=True)
    place = home / f"{stamp}{SUFFIX}"
    while place.exists() or place.with_suffix(WORDS).exists():
        number += 1
        place = home / f"{stamp}-{number}{SUFFIX}"
    told = place.with_suffix(WORDS)
    try:
        with told.open("xb") as file:
            file.write(canonical({**words, "check": hashlib.sha256(canonical(words)).hexdigest()}))
            file.flush()
            os.fsync(file.fileno())
        folder.sync(home)  # a file that is safe may still lose its name, after the copy has its own
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        fresh.chmod(0o444)
        fresh.rename(place)
        folder.sync(home)
    except OSError:
        if not place.exists():  # a description of nothing says nothing
            with suppress(OSError):
                told.unlink(missing_ok=True)
        raise
    return place


def drop_begun(case: Path) -> None:
    """Remove the description of a copy that a crash kept from getting its name."""
    if not any((case / folder.TMP).glob(f"{BEGUN}*{SUFFIX}")):
        return
    for told in (case / folder.BACKUPS).glob(f"*{WORDS}"):
        if not told.with_suffix(SUFFIX).exists():
            with suppress(OSError):
                told.unlink()


def read_words(file: Path) -> dict[str, Any] | None:
    """Read what is said of a backup; None when it is not what was written."""
    try:
        if file.stat().st_size > MOST_WORDS:
            return None
        body = file.read_bytes()
        data = json.loads(body.decode("utf-8"))
        check = data.pop("check")
        whole = canonical({**data, "check": check}) == body
        same = check == hashlib.sha256(canonical(data)).hexdigest()
    except (OSError, ValueError, AttributeError, KeyError, TypeError, RecursionError):
        return None
    sound = whole and same and data.keys() == _KEYS and data["v"] == 1
    return data if sound else None


def listed(case: Path) -> list[Backup]:
    """Give the backups of a case, the newest first; their bytes are not hashed here."""
    found: list[Backup] = []
    for file in sorted((case / folder.BACKUPS).glob(f"*{SUFFIX}")):
        with suppress(OSError):
            found.append(_backup(file))
    return sorted(found, key=lambda one: (one.made, one.name), reverse=True)


def _backup(file: Path) -> Backup:
    about = file.lstat()
    words = read_words(file.with_suffix(WORDS))
    if words is None:
        made, reason, ops = about.st_mtime_ns // 1_000_000, "", 0
        state, detail = CHANGED, tr("its description is missing or has changed")
    else:
        made, reason, ops = words["made"], words["reason"], words["ops"]
        state, detail = words["state"], words["detail"]
        if about.st_size != words["size"]:
            state, detail = CHANGED, tr("its size has changed")
    return Backup(
        name=file.name, path=file, made=made, size=about.st_size, reason=reason, ops=ops,
        state=state, detail=detail,
    )  # fmt: skip


def due(case: Path, now: int, span: int = DAY) -> bool:
    """Say whether the last backup is of another day (UTC); a clock that went back makes one, too.

    Of another `span`, where one is given: milliseconds since then.
    """
    newest = max((one.made for one in listed(case) if one.reason in REASONS), default=None)
    if newest is None or span == DAY:
        return newest is None or newest // DAY != now // DAY
    return abs(now - newest) > span


def is_quick(case: Path) -> bool:
    """Say whether the database is so small that nobody minds waiting for a backup."""
    return _size(case) <= SMALL


def _size(case: Path) -> int:
    return sum(one.stat().st_size for one in case.glob(folder.DATABASE + "*"))


def rotate(case: Path) -> tuple[str, ...]:
    """Remove what is too many; give the names.

    Kept are the newest of each of seven days and of four weeks, the two newest of every other reason,
    all that a person made, and while the newest copy is of a damaged case every good one.
    """
    everything = listed(case)
    bad = [one for one in everything if one.state == DAMAGED_CASE]
    gone = bad[OTHERS:]
    if everything and everything[0].state == VERIFIED:
        good = [one for one in everything if one.state == VERIFIED]
        daily = [one for one in good if one.reason == DAILY]
        kept = {one.name for one in _newest(daily, DAYS, _day)}
        kept |= {one.name for one in _newest(daily, WEEKS, _week)}
        for reason in REASONS[1:-1]:
            kept |= {one.name for one in [o for o in good if o.reason == reason][:OTHERS]}
        gone += [one for one in good if one.name not in kept and one.reason in REASONS[:-1]]
    remove(gone)
    return tuple(one.name for one in gone)


def remove(gone: Iterable[Backup]) -> None:
    """Remove backups with their descriptions."""
    places = [one.path for one in gone]
    for place in places:
        place.unlink(missing_ok=True)
        place.with_suffix(WORDS).unlink(missing_ok=True)
    for home in {place.parent for place in places}:
        folder.sync(home)  # a power cut must not bring back what was removed for good


def _day(one: Backup) -> object:
    return one.made // DAY


def _week(one: Backup) -> object:
    return (one.made // DAY + 3) // 7  # 1970 began on a Thursday


def _newest(found: list[Backup], many: int, unit: Callable[[Backup], object]) -> list[Backup]:
    groups: dict[object, Backup] = {}
    for one in found:  # the newest come first
        groups.setdefault(unit(one), one)
    return list(groups.values())[:many]


def check(case: Path, progress: Progress | None = None) -> Iterator[Finding]:
    """Hash every backup and say which are no longer what was written."""
    everything = listed(case)
    for n, one in enumerate(everything):
        if progress is not None:
            progress.at(n, len(everything), tr("Checking the backups"))
        why = one.detail if one.state == CHANGED else fault(one.path)
        if why:
            detail = tr("the backup {name} is no longer what was written: {why}")
            yield _damage(detail.format(name=one.name, why=why))
        elif one.state == DAMAGED_CASE:
            detail = tr("the backup {name} was made when the case was damaged already")
            yield Finding(level="note", kind="backup", detail=detail.format(name=one.name))
    names = {one.path.stem for one in everything}
    for file in sorted((case / folder.BACKUPS).glob(f"*{WORDS}")):
        if file.stem not in names:
            detail = tr("the backup that {name} describes is not here").format(name=file.name)
            yield Finding(level="note", kind="backup", detail=detail)


def fault(file: Path) -> str:
    """Hash a backup and say what is wrong with it; empty when it is what was written."""
    words = read_words(file.with_suffix(WORDS))
    if words is None:
        return tr("its description is missing or has changed")
    try:
        return "" if sha256_of(file) == words["sha256"] else tr("its bytes have changed")
    except OSError as error:
        return tr("it cannot be read: {why}").format(why=error.strerror)


def holding(case: Path, operations: Iterable[str], contents: Iterable[str]) -> list[Backup]:
    """Give the backups that still hold these operations whole, or these texts."""
    digests = [bytes.fromhex(name) for name in operations]
    names = list(contents)
    return [one for one in listed(case) if _holds(one.path, digests, names)]


def _holds(file: Path, digests: list[bytes], contents: list[str]) -> bool:
    engine = sqlite.reading(file)
    try:
        with engine.connect() as connection:
            for part in portions(contents):
                asked = select(content.c.hash).where(content.c.hash.in_(part)).limit(1)
                if connection.scalar(asked):
                    return True
            for few in portions(digests):
                bodies = select(op.c.body).where(op.c.h8.in_([finder(one) for one in few]))
                if any(read_remnant(body) is None for body in connection.execute(bodies).scalars()):
                    return True
    except DBAPIError:
        return True  # what cannot be read may hold anything
    finally:
        engine.dispose()
    return False


def _damage(detail: str) -> Finding:
    return Finding(level="damage", kind="backup", detail=detail)
