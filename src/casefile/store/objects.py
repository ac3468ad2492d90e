"""Evidence bytes: plain files named by their SHA-256, written once, never changed."""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, BinaryIO

from casefile.jobs.progress import Progress
from casefile.model.errors import CaseUnusable, Refused
from casefile.model.ledger import is_hash
from casefile.store import folder
from casefile.strings import tr

PIECE = 1024 * 1024  # bytes read at once
READ_ONLY = 0o444
_PLACE = re.compile(r"[0-9a-f]{2}")


@dataclass(frozen=True, slots=True)
class StoredObject:
    """Bytes that are safely kept: their name and their number."""

    sha256: str
    size: int


class Objects:
    """The folder `objects/` of a case."""

    def __init__(self, case: Path) -> None:
        self._root = case / folder.OBJECTS
        self._tmp = case / folder.TMP
        self.fresh: set[str] = set()  # kept since opening; not all of them need have been named

    def path(self, sha256: str) -> Path:
        """Give the place of an object, whether it is there or not."""
        if not is_hash(sha256):
            msg = f"not the name of an object: {sha256!r}"
            raise ValueError(msg)
        return Path(f"{self._root}/{sha256[:2]}/{sha256}")

    def has(self, sha256: str) -> bool:
        """Say whether the bytes are here."""
        return self.path(sha256).is_file()

    def open(self, sha256: str) -> BinaryIO:
        """Open an object for reading; CaseUnusable when it is not there."""
        try:
            return self.path(sha256).open("rb")
        except OSError as error:
            raise CaseUnusable(
                tr("The original {name} is missing.").format(name=sha256),
                tr("Run check on the case, or restore a backup."),
            ) from error

    def put(
        self,
        file: BinaryIO | Path,
        *,
        limit: int,
        progress: Progress | None = None,
        settle: bool = True,
    ) -> StoredObject:
        """Keep the bytes of a file; safely on the disk when this returns.

        Without `settle` the bytes are on the disk and their name is not yet: `settle` is called
        with it before an operation names them.

        Refused when it is not a regular file, not readable, empty or longer than `limit` bytes;
        CaseUnusable when it cannot be written.
        """
        if isinstance(file, Path):
            with _regular(file) as opened:
                stored = self._put(opened, limit, progress)
        else:
            stored = self._put(file, limit, progress)
        if settle:
            self.settle((stored.sha256,))
        return stored

    def settle(self, names: Iterable[str]) -> None:
        """Bring the names of some objects safely to the disk, each folder once."""
        try:
            for place in {self.path(name).parent for name in names}:
                folder.sync(place)
        except OSError as error:
            raise folder.trouble(error) from error

    def _put(self, file: BinaryIO, limit: int, progress: Progress | None) -> StoredObject:
        fresh: Path | None = None
        try:
            self._tmp.mkdir(exist_ok=True)
            with NamedTemporaryFile(dir=self._tmp, prefix="object-", delete=False) as copy:
                fresh = Path(copy.name)
                stored = _copy(file, copy, limit, progress)
                copy.flush()
                with suppress(PermissionError):  # a courtesy that not every disk knows
                    os.fchmod(copy.fileno(), READ_ONLY)
                os.fsync(copy.fileno())
            self.fresh.add(stored.sha256)
            self._settle(fresh, stored)
        except OSError as error:
            raise folder.trouble(error) from error
        finally:
            if fresh is not None:
                with suppress(OSError):  # it goes with the next opening
                    fresh.unlink(missing_ok=True)
        return stored

    def _settle(self, fresh: Path, stored: StoredObject) -> None:
        place = self.path(stored.sha256)
        if place.is_file() and sha256_of(place) == stored.sha256:
            return
        if not place.parent.is_dir():
            place.parent.mkdir()
            folder.sync(self._root)
        fresh.replace(place)

    def remove(self, names: Iterable[str]) -> None:
        """Remove some objects for good: a power cut does not bring them back."""
        places = [self.path(name) for name in names]
        try:
            for place in places:
                place.unlink(missing_ok=True)
            for above in {place.parent for place in places if place.parent.is_dir()}:
                folder.sync(above)
        except OSError as error:
            raise folder.trouble(error) from error

    def names(self) -> Iterator[tuple[str, Path]]:
        """Walk over everything below `objects/`: the object's name, or "" for what is none."""
        for place in sorted(self._root.iterdir()) if self._root.is_dir() else ():
            inside = sorted(place.iterdir()) if _PLACE.fullmatch(place.name) else None
            for one in inside if inside is not None else (place,):
                sound = is_hash(one.name) and one.name.startswith(place.name)
                yield (one.name if sound else ""), one

    def drop_leftovers(self, named: Callable[[set[str]], set[str]]) -> int:
        """Remove what a crash left: temporary files, and objects that no operation names.

        `named` says which of some objects are named; give the number of objects removed.
        """
        folder.empty(self._tmp)
        here = {name for name, _ in self.names() if name}
        return self._drop(here - named(here) if here else set())

    def drop_unnamed(self, named: Callable[[set[str]], set[str]]) -> int:
        """Remove what was kept since opening and that no operation names, after all."""
        loose = {name for name in self.fresh if self.has(name)}
        return self._drop(loose - named(loose) if loose else set())

    def _drop(self, gone: set[str]) -> int:
        for name in gone:
            with suppress(OSError):
                self.path(name).unlink()
        return len(gone)


def sha256_of(path: Path) -> str:
    """Hash a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _regular(path: Path) -> BinaryIO:
    """Open a regular file; Refused for anything else (O_NONBLOCK: a pipe must not hold us up)."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise Refused(tr("The file cannot be read: {why}.").format(why=error.strerror)) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Refused(tr("This is not a regular file."))
    return os.fdopen(handle, "rb")


def _copy(file: BinaryIO, copy: IO[bytes], limit: int, progress: Progress | None) -> StoredObject:
    digest, size = hashlib.sha256(), 0
    for piece in _pieces(file):
        size += len(piece)
        if size > limit:
            raise Refused(tr("The file is larger than {limit} bytes.").format(limit=limit))
        digest.update(piece)
        copy.write(piece)
        if progress is not None:
            progress.at(size)
    if not size:
        raise Refused(tr("The file is empty."))
    return StoredObject(digest.hexdigest(), size)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """Read to the end; trouble with reading is the file's, not the case's."""
    while True:
        try:
            piece = file.read(PIECE)
        except OSError as error:
            raise Refused(
                tr("The file cannot be read: {why}.").format(why=error.strerror)
            ) from error
        if not piece:
            return
        yield piece
