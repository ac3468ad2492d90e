"""A whole case in one file: a plain tar archive with the database, the originals and what they are."""

import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from casefile.jobs.progress import Progress
from casefile.model.change import Finding
from casefile.model.errors import CaseUnusable
from casefile.model.ledger import canonical
from casefile.model.upkeep import BackupReport
from casefile.store import backups, folder, sqlite
from casefile.store.objects import PIECE, Objects, sha256_of
from casefile.strings import tr

WORDS_NAME = "casefile-backup.json"  # comes first in the archive
KIND, VERSION = "casefile backup", 1
READ_ONLY = 0o444


def write(case: Path, file: Path, made: int, progress: Progress | None = None) -> BackupReport:
    """Write database and originals into one new file; it appears whole and verified, or not at all.

    An original that is missing or has changed is a finding: the others are kept all the same.
    CaseUnusable when the file exists or cannot be written.
    """
    if file.exists():
        raise CaseUnusable(
            tr("There is something at {path} already.").format(path=file),
            tr("Choose a new name; a backup is never overwritten."),
        )
    with _told(), TemporaryDirectory(prefix=".backup-", dir=file.absolute().parent) as name:
        aside = Path(name)
        copied = aside / folder.DATABASE
        sqlite.copy(case / folder.DATABASE, copied)
        findings, seen, case_id = backups.examine(copied, progress)
        objects = Objects(case)
        here = [one for one in sorted(seen.objects) if _is_whole(objects, one)]
        findings += [
            _damage(one, seen.objects[one]) for one in sorted(seen.objects.keys() - set(here))
        ]
        words = _describe(copied, here, (case_id, made, seen.ops))
        fresh = aside / "fresh"
        _write(fresh, words, copied, [(one, objects.path(one)) for one in here], progress)
        _check_written(fresh, here)
        os.link(fresh, file)
        folder.sync(file.absolute().parent)
        size = file.stat().st_size
    return BackupReport(
        path=file, size=size, ops=seen.ops, objects=len(here), findings=tuple(findings)
    )


def _describe(database: Path, objects: list[str], about: tuple[str, int, int]) -> bytes:
    return canonical(
        {
            "kind": KIND,
            "v": VERSION,
            "case": about[0],
            "made": about[1],
            "ops": about[2],
            "size": database.stat().st_size,
            "sha256": sha256_of(database),
            "objects": len(objects),
            "names": names_hash(objects),
        }
    )


def names_hash(names: list[str]) -> str:
    """Name a sorted list of originals."""
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def member_name(sha256: str) -> str:
    """Give the place of an original in the archive."""
    return f"{folder.OBJECTS}/{sha256[:2]}/{sha256}"


@contextmanager
def _told() -> Iterator[None]:
    try:
        with sqlite.explained():
            yield
    except OSError as error:
        raise CaseUnusable(
            tr("The backup could not be written: {why}.").format(why=error.strerror or error),
            tr("Look at the free space and the permissions of the folder."),
        ) from error


def _is_whole(objects: Objects, name: str) -> bool:
    try:
        return sha256_of(objects.path(name)) == name
    except OSError:
        return False


def _damage(name: str, record_id: str) -> Finding:
    detail = tr("the original {name} is missing or has changed; it is not in the backup")
    return Finding(level="damage", kind="object", detail=detail.format(name=name), record=record_id)


def _write(
    fresh: Path,
    words: bytes,
    database: Path,
    objects: list[tuple[str, Path]],
    progress: Progress | None,
) -> None:
    with fresh.open("xb") as out:
        with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
            _add(archive, WORDS_NAME, io.BytesIO(words), len(words))
            with database.open("rb") as body:
                _add(archive, folder.DATABASE, body, database.stat().st_size)
            for n, (name, path) in enumerate(objects):
                if progress is not None:
                    progress.at(n, len(objects), tr("Packing the originals"))
                with path.open("rb") as body:
                    _add(archive, member_name(name), body, os.fstat(body.fileno()).st_size)
        out.flush()
        os.fsync(out.fileno())


def _add(archive: tarfile.TarFile, name: str, body: BinaryIO, size: int) -> None:
    """Add a member that says nothing of the machine: no owner, no time."""
    about = tarfile.TarInfo(name)
    about.size, about.mode = size, READ_ONLY
    archive.addfile(about, body)


def _check_written(fresh: Path, names: list[str]) -> None:
    """Read everything back: what cannot be read again is no backup."""
    wanted = [WORDS_NAME, folder.DATABASE, *map(member_name, names)]
    with tarfile.open(fresh, mode="r:") as archive:
        for name, member in zip(wanted, archive, strict=True):
            body = archive.extractfile(member)
            digest = hashlib.sha256()
            while body is not None and (piece := body.read(PIECE)):
                digest.update(piece)
            sound = member.name == name and (
                not name.startswith(folder.OBJECTS) or name.endswith(digest.hexdigest())
            )
            if not sound:
                raise CaseUnusable(
                    tr("The backup could not be read back as it was written."),
                    tr("Try another disk."),
                )
