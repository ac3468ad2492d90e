"""Making a case of a backup: one file with everything, or a copy of a database inside a case.

A backup may come from anybody: nothing in it is a path, sizes have limits, every original is held
against its name, and the database may have no table, view or trigger but a case's own.
"""

import hashlib
import json
import os
import re
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from casefile.jobs.progress import Progress
from casefile.model.change import Finding
from casefile.model.errors import CaseUnusable, Refused
from casefile.model.ledger import is_hash
from casefile.store import backups, exporting, folder, identity, making, seal, sqlite
from casefile.store.objects import PIECE, Objects
from casefile.store.schema import metadata
from casefile.strings import tr

MAGIC = b"SQLite format 3\0"
MOST_WORDS = 65_536  # bytes of the description
MOST_MEMBERS = 10_000_000
MOST_DATABASE = 1 << 40  # bytes
_OBJECT = re.compile(r"objects/([0-9a-f]{2})/((\1)[0-9a-f]{62})")
_OWN = re.compile(r"(table|index):", re.IGNORECASE)


@dataclass(slots=True)
class Restored:
    """What came out of a backup; findings say what did not."""

    objects: int = 0
    findings: list[Finding] = field(default_factory=list)


def restore(backup: Path, case: Path, progress: Progress | None = None) -> Restored:
    """Make a new case at a path; it appears there whole, or not at all.

    At its first opening it takes a new replica id. CaseUnusable when there is something already, or
    the backup is none, is damaged, or holds what no case holds.
    """
    folder.check_absent(case)
    aside = case.absolute().with_name(f".{case.name}.restoring")
    try:
        with sqlite.explained():
            shutil.rmtree(aside, ignore_errors=True)
            folder.make(aside)
            found = _fill(backup, aside, progress)
            if case.exists():
                case.rmdir()
            aside.rename(case)
            folder.sync(case.absolute().parent)
    except OSError as error:
        raise CaseUnusable(
            tr("The case could not be restored: {why}.").format(why=error.strerror or error),
            tr("Look at the backup, the free space and the permissions of the folder."),
        ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return found


def _fill(backup: Path, aside: Path, progress: Progress | None) -> Restored:
    with backup.open("rb") as file:
        inside_a_case = file.read(len(MAGIC)) == MAGIC
    if inside_a_case:
        found = _from_copy(backup, aside, progress)
    else:
        found = _from_archive(backup, aside, progress)
    _settle(aside / folder.DATABASE)
    return found


# One file with everything


def _from_archive(backup: Path, aside: Path, progress: Progress | None) -> Restored:
    found = Restored()
    try:
        with tarfile.open(backup, mode="r:", errorlevel=2) as archive:
            members = _members(archive)
            words = _words(archive, members)
            _take_database(archive, members, words, aside)
            objects = Objects(aside)
            seen: list[str] = []
            for member in members:
                _take_object(archive, member, (objects, found, seen))
                if progress is not None:
                    progress.at(len(seen), words["objects"], tr("Unpacking the originals"))
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise _no_backup(str(error)) from error
    if len(seen) != words["objects"] or exporting.names_hash(seen) != words["names"]:
        raise _no_backup(tr("it is not whole"))
    return found


def _members(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Give the members one by one; anything but a plain file ends it."""
    for number, member in enumerate(archive):
        plain = member.type == tarfile.REGTYPE and not member.sparse and not member.pax_headers
        if not plain or number > MOST_MEMBERS or member.size < 0:
            raise _no_backup(tr("it holds something that is no plain file"))
        yield member


def _words(archive: tarfile.TarFile, members: Iterator[tarfile.TarInfo]) -> dict[str, Any]:
    first = next(members, None)
    if first is None or first.name != exporting.WORDS_NAME or first.size > MOST_WORDS:
        raise _no_backup(tr("it does not begin as a backup does"))
    try:
        data = json.loads(_opened(archive, first).read(MOST_WORDS))
    except RecursionError as error:
        raise _no_backup(tr("its description cannot be read")) from error
    sound = (
        type(data) is dict
        and data.get("kind") == exporting.KIND
        and all(type(data.get(name)) is int for name in ("v", "objects", "size", "ops"))
        and is_hash(data.get("sha256"))
        and is_hash(data.get("names"))
    )
    if not sound:
        raise _no_backup(tr("its description cannot be read"))
    if data["v"] > exporting.VERSION:
        raise CaseUnusable(
            tr("This backup was made by a newer Casefile."), tr("Restore it with a newer version.")
        )
    return dict(data)


def _take_database(
    archive: tarfile.TarFile,
    members: Iterator[tarfile.TarInfo],
    words: dict[str, Any],
    aside: Path,
) -> None:
    member = next(members, None)
    if member is None or member.name != folder.DATABASE or member.size != words["size"]:
        raise _no_backup(tr("the database is not where it should be"))
    if member.size > min(MOST_DATABASE, shutil.disk_usage(aside).free):
        raise CaseUnusable(
            tr("There is not enough free space to restore this backup."), tr("Free some space.")
        )
    digest = hashlib.sha256()
    with (aside / folder.DATABASE).open("xb") as out:
        for piece in _pieces(_opened(archive, member)):
            digest.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    if digest.hexdigest() != words["sha256"]:
        raise _no_backup(tr("the database in it has changed"))


def _take_object(
    archive: tarfile.TarFile,
    member: tarfile.TarInfo,
    into: tuple[Objects, Restored, list[str]],
) -> None:
    objects, found, seen = into
    named = _OBJECT.fullmatch(member.name)
    if named is None or (seen and named[2] <= seen[-1]):
        raise _no_backup(tr("it holds something that does not belong there"))
    seen.append(named[2])
    if member.size > shutil.disk_usage(objects.path(named[2]).parents[1]).free:
        raise CaseUnusable(
            tr("There is not enough free space to restore this backup."), tr("Free some space.")
        )
    with _opened(archive, member) as body:
        _keep(objects, found, named[2], body, member.size)


def _keep(objects: Objects, found: Restored, name: str, body: BinaryIO, size: int) -> None:
    """Keep an original under the name that its bytes give it; another one is a finding."""
    try:
        stored = objects.put(body, limit=max(1, size))
    except Refused as error:
        why = error.message
    else:
        if stored.sha256 == name:
            found.objects += 1
            return
        with suppress(OSError):
            objects.path(stored.sha256).unlink()
        why = tr("it has changed")
    detail = tr("the original {name} could not be restored: {why}").format(name=name, why=why)
    found.findings.append(Finding(level="damage", kind="object", detail=detail))


def _opened(archive: tarfile.TarFile, member: tarfile.TarInfo) -> BinaryIO:
    body = archive.extractfile(member)
    if body is None:
        raise _no_backup(tr("it holds something that is no plain file"))
    return cast("BinaryIO", body)


def _pieces(body: BinaryIO) -> Iterator[bytes]:
    while piece := body.read(PIECE):
        yield piece


# A copy of a database inside a case


def _from_copy(backup: Path, aside: Path, progress: Progress | None) -> Restored:
    found = Restored()
    if backup.with_suffix(backups.WORDS).exists() and (why := backups.fault(backup)):
        raise CaseUnusable(
            tr("The backup is no longer what was written: {why}.").format(why=why),
            tr("Choose another backup."),
        )
    shutil.copyfile(backup, aside / folder.DATABASE)
    (aside / folder.DATABASE).chmod(0o644)
    _check_tables(aside / folder.DATABASE)
    _, seen, _ = backups.examine(aside / folder.DATABASE)
    theirs, ours = Objects(backup.absolute().parent.parent), Objects(aside)
    for n, (name, record_id) in enumerate(sorted(seen.objects.items())):
        if progress is not None:
            progress.at(n, len(seen.objects), tr("Copying the originals"))
        if not theirs.has(name):
            detail = tr("the original {name} is not beside the backup").format(name=name)
            found.findings.append(
                Finding(level="damage", kind="object", detail=detail, record=record_id)
            )
            continue
        with theirs.open(name) as body:
            _keep(ours, found, name, body, theirs.path(name).stat().st_size)
    return found


# What may be in a database, and whose it is from now on


def _check_tables(database: Path) -> None:
    """Look at what is in a database before anything of it is used."""
    engine = sqlite.reading(database)
    try:
        with engine.connect() as connection:
            making.check_header(connection)
            for name, words in sqlite.objects(connection).items():
                ours = name in metadata.tables or not words.lower().startswith("table:")
                if not _OWN.match(words) or not (ours or name.startswith("sqlite_")):
                    raise _no_backup(tr("the database in it holds {name}").format(name=name))
    finally:
        engine.dispose()


def _settle(database: Path) -> None:
    """Make the copy know that it is one, so that it takes a new replica id."""
    _check_tables(database)
    engine = sqlite.writing(database, wal=False)
    try:
        with engine.begin() as connection:
            seal.renew(connection, {identity.INODE: ""})
    finally:
        engine.dispose()


def _no_backup(why: str) -> CaseUnusable:
    return CaseUnusable(
        tr("This is not a backup that can be used: {why}.").format(why=why),
        tr("Nothing was restored; choose another backup."),
    )
