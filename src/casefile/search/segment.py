"""A segment's one file: named sections, and a digest of each block that is checked when it is read.

The file is data and a tail: the digests of the data's blocks, then a directory as JSON. The stamp
(sizes, and the digest of the tail) is kept in the case, so that opening reads the tail alone, and
no byte is used before its block was found to be what was written.
"""

import hashlib
import json
import os
import struct
import threading
from collections.abc import Iterable, Mapping
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO, NamedTuple

from casefile.search.files import DamagedIndex

BLOCK = 1 << 14
_DIGEST = 16
_ENDING = ".seg"
_TAIL = struct.Struct("<II")  # how many bytes the digests take, and the directory


class Section(NamedTuple):
    """Where a section lies in the data; bytes."""

    start: int
    size: int


class Stamp(NamedTuple):
    """What the case remembers of a segment's file: sizes in bytes, SHA-256 of the tail."""

    data: int
    tail: int
    digest: str

    def written(self) -> str:
        """Give it as one word."""
        return f"{self.data}:{self.tail}:{self.digest}"

    @classmethod
    def read(cls, word: str) -> "Stamp":
        """Read such a word; DamagedIndex when it is none."""
        try:
            data, tail, digest = word.split(":")
            return cls(int(data), int(tail), digest)
        except ValueError as error:
            msg = "a segment has no stamp"
            raise DamagedIndex(msg) from error


def is_segment(name: str) -> bool:
    """Say whether a file of this name is a segment."""
    return name.endswith(_ENDING)


def file_name(segment: str) -> str:
    """Give the name of a segment's file."""
    return segment + _ENDING


def write(
    path: Path, facts: Mapping[str, dict[str, int]], sections: Mapping[str, Iterable[bytes]]
) -> Stamp:
    """Write a segment and force it to the disk; OSError means not saved."""
    directory: dict[str, list[int]] = {}
    with path.open("xb") as stream:
        blocks = _Blocks(stream)
        for name, parts in sections.items():
            start = blocks.size
            for part in parts:
                blocks.take(part)
            directory[name] = [start, blocks.size - start]
        listed = json.dumps({"facts": facts, "sections": directory}).encode()
        digests = blocks.finish()
        tail = digests + listed + _TAIL.pack(len(digests), len(listed))
        stream.write(tail)
        stream.flush()
        os.fsync(stream.fileno())
    return Stamp(blocks.size, len(tail), hashlib.sha256(tail).hexdigest())


class _Blocks:
    """Bytes on their way to the disk, and the digest of each full block."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._rest = bytearray()
        self._digests = bytearray()
        self.size = 0

    def take(self, part: bytes) -> None:
        self.size += len(part)
        self._rest += part
        full = len(self._rest) // BLOCK * BLOCK
        if full:
            self._write(bytes(self._rest[:full]))
            del self._rest[:full]

    def finish(self) -> bytes:
        if self._rest:
            self._write(bytes(self._rest))
        return bytes(self._digests)

    def _write(self, data: bytes) -> None:
        for start in range(0, len(data), BLOCK):
            self._digests += _digest(data[start : start + BLOCK])
        self._stream.write(data)


def _digest(block: bytes) -> bytes:
    return hashlib.blake2b(block, digest_size=_DIGEST).digest()


class SegmentFile:
    """An opened segment; any thread. Whatever is not as it was written raises DamagedIndex."""

    def __init__(self, path: Path, stamp: Stamp) -> None:
        self._source = _Source(path)
        if self._source.size != stamp.data + stamp.tail:
            self._source.close()
            msg = "a segment has another size"
            raise DamagedIndex(msg)
        tail = self._source.read(stamp.data, stamp.tail)
        if hashlib.sha256(tail).hexdigest() != stamp.digest:
            self._source.close()
            msg = "a segment's tail is not the one that was written"
            raise DamagedIndex(msg)
        digests, listed = _TAIL.unpack_from(tail, len(tail) - _TAIL.size)
        self._digests = tail[:digests]
        directory = json.loads(tail[digests : digests + listed])
        self.facts: dict[str, dict[str, int]] = directory["facts"]
        self.sections = {name: Section(*place) for name, place in directory["sections"].items()}
        self._size = stamp.data
        self._sound = bytearray(digests // _DIGEST)

    def section(self, name: str) -> bytes:
        """Give a whole section; empty when there is none of this name."""
        start, size = self.sections.get(name, (0, 0))
        return self.read(start, size)

    def read(self, start: int, size: int) -> bytes:
        """Give bytes of the data."""
        if not size:
            return b""
        first, last = start // BLOCK, (start + size - 1) // BLOCK
        if self._sound.find(0, first, last + 1) >= 0:
            return self._checked(first, last, start, size)
        found = self._source.read(start, size)
        if len(found) != size:
            raise _cut_off()
        return found

    def examine(self) -> None:
        """Check every block."""
        self._sound[:] = bytes(len(self._sound))
        for start in range(0, self._size, 64 * BLOCK):
            self.read(start, min(64 * BLOCK, self._size - start))

    def close(self) -> None:
        """Let the file go."""
        self._source.close()

    def _checked(self, first: int, last: int, start: int, size: int) -> bytes:
        begin = first * BLOCK
        data = self._source.read(begin, min((last + 1) * BLOCK, self._size) - begin)
        for number in range(first, last + 1):
            at = number * BLOCK - begin
            wanted = self._digests[number * _DIGEST : (number + 1) * _DIGEST]
            if _digest(data[at : at + BLOCK]) != wanted:
                msg = f"block {number} of a segment is not what was written"
                raise DamagedIndex(msg)
            self._sound[number] = 1
        return data[start - begin : start - begin + size]


class _Source:
    """A file read at any place by any thread.

    Read and not mapped into memory where the system can: of a file that is cut off, or that lies
    on a stick somebody pulls out, a map ends the program, while reading gives an error.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self.size = os.fstat(self._handle).st_size
        self._map: mmap | None = None
        if not hasattr(os, "pread") and self.size:
            self._map = mmap(self._handle, 0, access=ACCESS_READ)

    def read(self, start: int, size: int) -> bytes:
        if self._map is not None:
            return self._map[start : start + size]
        return os.pread(self._handle, size, start)

    def close(self) -> None:
        with self._lock:
            handle, self._handle = self._handle, -1
        if handle >= 0:
            if self._map is not None:
                self._map.close()
            os.close(handle)

    def __del__(self) -> None:
        # A snapshot in use by another thread is let go by the last who holds it.
        self.close()


def _cut_off() -> DamagedIndex:
    return DamagedIndex("a segment is cut off")
