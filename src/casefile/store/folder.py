"""The folder of a case: what lies where, and how far its making got."""

import errno
import os
import shutil
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path

from casefile.model.errors import CaseUnusable
from casefile.strings import tr

DATABASE = "case.db"
LOCK = "case.lock"
README = "README.txt"
OBJECTS = "objects"
BACKUPS = "backups"
TMP = "tmp"
FOLDERS = (OBJECTS, BACKUPS, TMP)
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
NO_SYNC = (errno.EINVAL, errno.ENOTSUP)
OPEN_MARK = "open"  # lies in TMP while the case is open for writing

README_WORDS = """\
This folder is a Casefile case: the evidence and the notes of an investigation.

  case.db     the ledger of everything that was done, and the case as it stands (SQLite 3)
  objects/    the original files, byte for byte, each named by its SHA-256
  backups/    earlier states of case.db, each with a description; what a repair kept
  tmp/        work in progress; may be emptied
  case.lock   is there while the case is open, with who has it open

Open it with:              casefile open FOLDER
Verify everything with:    casefile check FOLDER --full

Without Casefile, with Python 3 alone:   python3 verify.py FOLDER
  It hashes the originals, the texts and the log, verifies signed checkpoints, and says what it could
  not check. verify.py comes with every report; "casefile verifier verify.py" writes it. Take it from
  somebody you trust, not from beside a case that you doubt.

Without anything, in a shell, inside this folder:

Every original still has the bytes that it came with (prints only what differs):
  find objects -type f | while read -r f; do echo "$(basename "$f")  $f"; done | sha256sum --check --quiet

Every operation of the ledger is named by the SHA-256 of its bytes, and names in "prev" the chain
value before it: chain(n) = SHA-256(bytes of chain(n-1) + bytes of the name of n), first 64 zeros.
The names, in order:
  sqlite3 -readonly case.db "SELECT hex(body) FROM op ORDER BY replica, seq" |
    while read -r h; do printf %s "$h" | xxd -r -p | sha256sum; done
The chain values that they must lead to:
  sqlite3 -readonly case.db "SELECT id, seq, chain FROM replica"

Extracted texts are rows of the table "content", named by the SHA-256 of their bytes; where
"packing" is 1 the bytes are compressed with zlib. Operations whose content was removed for good
have the key "purged" with the name that they had; a row of "purge" gives the reason.
"""


class State(Enum):
    """What a path is."""

    ABSENT = auto()  # nothing there, or an empty folder
    UNFINISHED = auto()  # the making of a case was cut short; nothing is lost by making it again
    CASE = auto()
    OTHER = auto()


def state(path: Path) -> State:
    """Say what a path is, from the names in it."""
    if not path.exists():
        return State.ABSENT
    if not path.is_dir():
        return State.OTHER
    names = {one.name for one in path.iterdir()}
    if DATABASE in names:
        return State.CASE
    if not names:
        return State.ABSENT
    return State.UNFINISHED if _only_begun(path, names) else State.OTHER


def _only_begun(path: Path, names: set[str]) -> bool:
    if not names <= {README, LOCK, *FOLDERS} or not names & set(FOLDERS):
        return False
    kept = [path / OBJECTS, path / BACKUPS]
    return not any(one.exists() and any(one.iterdir()) for one in kept)


def make(path: Path) -> None:
    """Make the folders and the README; CaseUnusable where that is not possible."""
    try:
        make_folders(path)
        for name in FOLDERS:
            (path / name).mkdir(exist_ok=True)
        (path / README).write_text(README_WORDS, "utf-8")
        sync(path)
    except OSError as error:
        if error.errno in FULL:
            raise trouble(error) from error
        raise CaseUnusable(
            tr("The case cannot be made at {path}: {why}.").format(path=path, why=error.strerror),
            tr("Choose another folder."),
        ) from error


def trouble(error: OSError) -> CaseUnusable:
    """Say in one sentence what a disk refused, and what to do."""
    if error.errno in FULL:
        return CaseUnusable(
            tr("The disk is full; the change was not saved."), tr("Free some space and try again.")
        )
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return CaseUnusable(
            tr("The case folder cannot be written: {why}.").format(why=error.strerror),
            tr("Look at the permissions of the folder, or copy it to a disk of this computer."),
        )
    return CaseUnusable(
        tr("The disk reports an error ({why}); the change was not saved.").format(
            why=error.strerror
        ),
        tr("Look at the disk and its connection; copy the case to another disk before you go on."),
    )


def make_folders(path: Path) -> None:
    """Make a folder and those above it, safely on the disk: a name lives in the folder above."""
    absent = [one for one in (path, *path.parents) if not one.exists()]
    path.mkdir(parents=True, exist_ok=True)
    for one in absent:
        sync(one.parent)


def replace(file: Path, data: bytes) -> None:
    """Write a file so that after a crash it is whole: as it was or as it is to be.

    OSError when it could not be written; it is then as it was.
    """
    make_folders(file.parent)
    fresh = file.with_name(f"{file.name}.new")
    try:
        with fresh.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
        sync(file.parent)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def copy(file: Path, target: Path) -> None:
    """Copy a file and bring its bytes, though not yet its name, safely to the disk."""
    shutil.copyfile(file, target)
    with target.open("rb") as copied:
        os.fsync(copied.fileno())


def sync(folder: Path) -> None:
    """Bring the names in a folder safely to the disk; OSError means that they are not.

    Some file systems cannot sync a folder at all; there nothing more can be done.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in NO_SYNC:
            raise
    finally:
        os.close(handle)


def empty(folder: Path) -> None:
    """Remove the files of a folder; what cannot be removed stays."""
    for one in folder.iterdir() if folder.is_dir() else ():
        with suppress(OSError):
            one.unlink()


def check_absent(path: Path) -> None:
    """Raise CaseUnusable where a case cannot be made because there is something already."""
    if state(path) not in (State.ABSENT, State.UNFINISHED):
        raise CaseUnusable(
            tr("There is something at {path} already.").format(path=path),
            tr("Choose a new folder or an empty one."),
        )


def check_state(path: Path) -> None:
    """Raise CaseUnusable, in one sentence, unless there is a case."""
    found = state(path)
    if found is State.CASE:
        return
    if found is State.UNFINISHED:
        raise CaseUnusable(
            tr("The making of this case was not finished: {path}.").format(path=path),
            tr("It can be made again in the same place; nothing was in it."),
        )
    if found is State.ABSENT:
        raise CaseUnusable(
            tr("There is no case at {path}.").format(path=path),
            tr("Make one with: casefile new CASE"),
        )
    raise CaseUnusable(
        tr("This is not a case: {path}.").format(path=path),
        tr("A case is a folder with case.db in it."),
    )
