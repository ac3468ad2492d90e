"""The zip around a bundle: members stored one after the other, written in exactly one way.

Every number of the container follows from names, sizes, check sums and order. So the reader writes
each header anew and compares: a bundle whose container says one thing here and another there, or
holds a byte that nothing accounts for, is none. Sizes are always written in 64 bits.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import BinaryIO, Final, NamedTuple

from casefile.bundle import layout
from casefile.bundle.unsound import Unsound
from casefile.strings import tr

PIECE: Final = 1 << 20
VERSION, UTF8 = 45, 0x0800
DAY: Final = 0x0021  # 1980-01-01, the first day that a zip knows
ALL32, ALL16 = 0xFFFFFFFF, 0xFFFF
LOCAL: Final = struct.Struct("<4s5H3I2H")
LOCAL_EXTRA: Final = struct.Struct("<2H2Q")
ENTRY: Final = struct.Struct("<4s6H3I5H2I")
ENTRY_EXTRA: Final = struct.Struct("<2H3Q")
END64: Final = struct.Struct("<4sQ2H2I4Q")
LOCATOR: Final = struct.Struct("<4sIQI")
END: Final = struct.Struct("<4s4H2IH")
ENDS: Final = END64.size + LOCATOR.size + END.size


class Member(NamedTuple):
    """One member: its name, size, check sum, and where its header stands."""

    name: str
    size: int
    crc: int
    offset: int

    @property
    def start(self) -> int:
        """Where its bytes begin."""
        return self.offset + LOCAL.size + len(self.name) + LOCAL_EXTRA.size

    @property
    def end(self) -> int:
        """Where the next member begins."""
        return self.start + self.size


def local(one: Member) -> bytes:
    """Write what stands before the bytes of a member."""
    name = one.name.encode("ascii")
    head = LOCAL.pack(
        b"PK\3\4", VERSION, UTF8, 0, 0, DAY, one.crc, ALL32, ALL32, len(name), LOCAL_EXTRA.size
    )
    return head + name + LOCAL_EXTRA.pack(1, LOCAL_EXTRA.size - 4, one.size, one.size)


def entry(one: Member) -> bytes:
    """Write the line of a member in the directory."""
    name = one.name.encode("ascii")
    head = ENTRY.pack(
        b"PK\1\2", VERSION, VERSION, UTF8, 0, 0, DAY, one.crc, ALL32, ALL32, len(name),
        ENTRY_EXTRA.size, 0, 0, 0, 0, ALL32,
    )  # fmt: skip
    extra = ENTRY_EXTRA.pack(1, ENTRY_EXTRA.size - 4, one.size, one.size, one.offset)
    return head + name + extra


def ends(count: int, size: int, offset: int) -> bytes:
    """Write what stands after a directory of so many lines and bytes."""
    whole = END64.pack(
        b"PK\6\6", END64.size - 12, VERSION, VERSION, 0, 0, count, count, size, offset
    )
    return (
        whole
        + LOCATOR.pack(b"PK\6\7", 0, offset + size, 1)
        + END.pack(b"PK\5\6", 0, 0, ALL16, ALL16, ALL32, ALL32, 0)
    )


class ZipWriter:
    """Writes members one after the other into a file that can be sought in."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._at = 0
        self.members: list[Member] = []

    def add(self, name: str, pieces: Iterable[bytes]) -> tuple[Member, str]:
        """Write a member; give it with the SHA-256 of its bytes."""
        offset, crc, size, digest = self._at, 0, 0, sha256()
        self._out.write(local(Member(name, 0, 0, offset)))
        for piece in pieces:
            self._out.write(piece)
            digest.update(piece)
            crc, size = zlib.crc32(piece, crc), size + len(piece)
        done = Member(name, size, crc, offset)
        self._out.seek(offset)
        self._out.write(local(done))
        self._at = done.end
        self._out.seek(self._at)
        self.members.append(done)
        return done, digest.hexdigest()

    def finish(self) -> None:
        """Write the directory."""
        offset = self._at
        for one in self.members:
            line = entry(one)
            self._out.write(line)
            self._at += len(line)
        self._out.write(ends(len(self.members), self._at - offset, offset))


def directory(file: BinaryIO, size: int) -> dict[str, Member]:
    """Read the directory of a bundle of so many bytes; every name is one that may stand there."""
    count, length, offset = _ends(file, size)
    found: dict[str, Member] = {}
    file.seek(offset)
    left, at = length, 0
    for _ in range(count):
        head = _exactly(file, ENTRY.size)
        fields = ENTRY.unpack(head)
        rest = _exactly(file, min(fields[10], layout.LONGEST_NAME) + ENTRY_EXTRA.size)
        one = _member(fields, rest)
        if one.offset != at or entry(one) != head + rest:
            raise _broken(tr("its directory is not written as bundles are"))
        if one.name in found:
            raise Unsound("layout", tr("a name stands in it twice: {name}").format(name=one.name))
        left -= len(head) + len(rest)
        at = one.end
        found[one.name] = one
        if at > offset or left < 0:
            raise _broken(tr("its members overlap"))
    if left or at != offset:
        raise _broken(tr("there is something between its members"))
    return found


def _ends(file: BinaryIO, size: int) -> tuple[int, int, int]:
    if size < ENDS or size > layout.MOST_BYTES:
        raise _broken(tr("it is no bundle, or it was cut off"))
    file.seek(size - ENDS)
    last = _exactly(file, ENDS)
    fields = END64.unpack_from(last)
    count, length, offset = fields[7:10]
    if offset + length + ENDS != size or ends(count, length, offset) != last:
        raise _broken(tr("it is no bundle, or it was cut off"))
    if count > layout.MOST_MEMBERS or length < count * ENTRY.size:
        raise Unsound("limit", tr("it says that it has {n} members").format(n=count))
    return count, length, offset


def _member(fields: tuple[int, ...], rest: bytes) -> Member:
    raw = rest[: -ENTRY_EXTRA.size]
    size, _, offset = ENTRY_EXTRA.unpack(rest[-ENTRY_EXTRA.size :])[2:]
    name = raw.decode("ascii", "replace")
    if not layout.known(name):
        shown = raw[:80].decode("utf-8", "backslashreplace")
        raise Unsound("layout", tr("no bundle has a member called {name!r}").format(name=shown))
    return Member(name, size, fields[7], offset)


def pieces(file: BinaryIO, one: Member) -> Iterator[bytes]:
    """Read a member from end to end; its header and its check sum must be what they should."""
    file.seek(one.offset)
    head = local(one)
    if _exactly(file, len(head)) != head:
        raise _broken(tr("the header of {name} differs from the directory").format(name=one.name))
    at, crc = one.start, 0
    while at < one.end:
        file.seek(at)  # somebody else may read from the same file in between
        piece = _exactly(file, min(PIECE, one.end - at))
        at, crc = at + len(piece), zlib.crc32(piece, crc)
        yield piece
    if crc != one.crc:
        raise _broken(tr("the bytes of {name} have changed").format(name=one.name))


def _exactly(file: BinaryIO, size: int) -> bytes:
    found = file.read(size)
    if len(found) != size:
        raise _broken(tr("it is no bundle, or it was cut off"))
    return found


def _broken(why: str) -> Unsound:
    return Unsound("zip", why)
