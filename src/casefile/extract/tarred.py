"""Tar archives, plain or packed with gzip: read from front to end in one go."""

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from casefile.extract.context import Context
from casefile.extract.members import Broken, Member

_ROOM = 1 << 20  # bytes that headers and filling may take


def _sample(mode: str) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]  # any mode
        entry = tarfile.TarInfo("sample.txt")
        entry.size = 5
        archive.addfile(entry, io.BytesIO(b"words"))
    return made.getvalue()


SAMPLES = (_sample("w"), _sample("w:gz"))


class _Bounded:
    """A stream that gives no more than so many bytes, headers and left-out files included."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream = stream
        self._left = most

    def read(self, size: int = -1) -> bytes:
        """Read on, as a file does."""
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            msg = "the archive unpacks to more than is read"
            raise Broken(msg)
        return data


def members(file: BinaryIO, context: Context) -> Iterator[Member]:
    """Give the regular files of an archive; links, devices and folders are none."""
    packed = file.read(2) == b"\x1f\x8b"
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    limits = context.limits
    most = min(limits.archive_bytes, max(size, _ROOM) * limits.unpacked_ratio)
    stream = cast("BinaryIO", gzip.GzipFile(fileobj=file)) if packed else file
    bounded = cast("BinaryIO", _Bounded(stream, most + _ROOM))
    try:
        with tarfile.open(fileobj=bounded, mode="r|") as archive:
            for entry in archive:
                # The archive remembers every entry; nobody comes back to them.
                archive.members = []  # type: ignore[attr-defined]
                if entry.isreg():
                    yield _member(archive, entry, limits.answer_bytes)
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        msg = "the archive is cut off or damaged"
        raise Broken(msg) from error


def _member(archive: tarfile.TarFile, entry: tarfile.TarInfo, most: int) -> Member:
    opened = archive.extractfile(entry)
    if opened is None:
        return Member(path=entry.name, reason="it cannot be unpacked")
    data = opened.read(most + 1)
    if len(data) < min(entry.size, most + 1):
        msg = "the archive is cut off"
        raise Broken(msg)
    return Member(path=entry.name, data=data)
