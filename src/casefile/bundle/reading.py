"""Reading a stranger's bundle: container, manifests, every byte, signature, then what it says."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, BinaryIO

from casefile.bundle import about as abouts
from casefile.bundle import bag, layout, minisign, zipped
from casefile.bundle.about import About
from casefile.bundle.unsound import Unsound
from casefile.bundle.zipped import Member
from casefile.jobs.progress import Progress
from casefile.model.ledger import canonical, is_hash
from casefile.model.signing import Verify
from casefile.strings import tr

_CONTENT_KINDS = ("text", "pages", "zones", "facts", "value")
ORIGINAL = "original"


@dataclass(frozen=True, slots=True)
class Thing:
    """Bytes that travel: an original, or a text with its maps; `size` None for one that is missing."""

    sha256: str
    kind: str
    size: int | None


@dataclass(slots=True)
class Bundle:
    """A bundle whose bytes are what its maker wrote; it is read in place, by position."""

    file: BinaryIO
    members: dict[str, Member]
    about: About
    signed: bool
    things: dict[tuple[str, str], Thing] = field(default_factory=dict)

    def replicas(self) -> list[str]:
        """Give the replicas of which there are operations, sorted."""
        found = (layout.replica_of(name) for name in self.members)
        return sorted(one for one in found if one)

    def operations(self, replica: str) -> Iterator[tuple[int, bytes]]:
        """Give position and bytes of the operations of a replica, in order."""
        yield from self.lines(layout.ops_name(replica))

    def operation(self, replica: str, at: int, length: int) -> bytes:
        """Read one operation again."""
        self.file.seek(self.members[layout.ops_name(replica)].start + at)
        return self.file.read(length)

    def lines(self, name: str) -> Iterator[tuple[int, bytes]]:
        """Give position and bytes of the lines of a member; none when it is not there."""
        if name in self.members:
            yield from _lines(zipped.pieces(self.file, self.members[name]), name)

    def bytes_of(self, sha256_: str) -> Iterator[bytes]:
        """Read the bytes of an object."""
        return zipped.pieces(self.file, self.members[layout.object_name(sha256_)])

    def checkpoints(self) -> Iterator[str]:
        """Give the signed checkpoints, a line each."""
        for _, line in self.lines(layout.CHECKPOINTS):
            yield line.decode("utf-8")


def open_bundle(file: BinaryIO, verify: Verify, progress: Progress | None = None) -> Bundle:
    """Look at every byte of a bundle; Unsound, with the reason, when anything does not fit.

    What the operations say is looked at afterwards: `operations.check`.
    """
    size = file.seek(0, os.SEEK_END)
    members = zipped.directory(file, size)
    if missing := sorted(layout.NEEDED - members.keys()):
        raise Unsound("layout", tr("it has no {name}").format(name=missing[0]))
    tags = _whole(file, members, layout.TAGMANIFEST)
    _check_tags(file, members, tags)
    _check_payload(file, members, progress)
    about = abouts.read(_whole(file, members, layout.ABOUT))
    signed = layout.SIGNATURE in members
    if signed:
        words = _whole(file, members, layout.SIGNATURE, minisign.LONGEST)
        minisign.check(about.key, tags, words, verify)
    elif about.key:
        raise Unsound("signature", tr("it names who signed it, and has no signature"))
    found = Bundle(file, members, about, signed)
    _read_things(found)
    return found


def _whole(
    file: BinaryIO, members: dict[str, Member], name: str, most: int = layout.MOST_WORDS
) -> bytes:
    if members[name].size > most:
        raise Unsound("limit", tr("{name} is too long").format(name=name))
    return b"".join(zipped.pieces(file, members[name]))


def _check_tags(file: BinaryIO, members: dict[str, Member], tags: bytes) -> None:
    found = {name: _digest(file, members[name]) for name in layout.TAGS}
    if bag.manifest(found) != tags:
        raise Unsound("manifest", tr("its tag manifest does not fit"))
    if _whole(file, members, layout.BAGIT) != layout.BAGIT_WORDS:
        raise Unsound("layout", tr("it is no bag of version 1.0"))


def _digest(file: BinaryIO, member: Member) -> str:
    digest = sha256()
    for piece in zipped.pieces(file, member):
        digest.update(piece)
    return digest.hexdigest()


def _check_payload(file: BinaryIO, members: dict[str, Member], progress: Progress | None) -> None:
    """Hash every member against its line in the manifest: the same names, in order, none twice."""
    payload = sorted(name for name in members if layout.is_payload(name))
    if members[layout.MANIFEST].size > layout.LONGEST_MANIFEST:
        raise Unsound("limit", tr("{name} is too long").format(name=layout.MANIFEST))
    said = _lines(zipped.pieces(file, members[layout.MANIFEST]), layout.MANIFEST)
    done, total, count = 0, sum(members[name].size for name in payload), 0
    for (_, line), name in zip(said, payload, strict=False):
        digest = _digest(file, members[name])
        if line != f"{digest}  {name}".encode():
            raise Unsound("manifest", tr("{name} is not as its manifest says").format(name=name))
        if layout.object_of(name) not in (None, digest):
            raise Unsound("objects", tr("{name} has another name than its bytes").format(name=name))
        done, count = done + members[name].size, count + 1
        if progress is not None:
            progress.at(done, total, tr("Checking every byte"))
    if count != len(payload) or next(said, None) is not None:
        raise Unsound("manifest", tr("its manifest names other members than it has"))


def _lines(pieces: Iterator[bytes], name: str) -> Iterator[tuple[int, bytes]]:
    rest, at = b"", 0
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            yield at, line
            at += len(line) + 1
        if len(rest) > layout.LONGEST_LINE:
            raise Unsound("limit", tr("{name} has a line that is too long").format(name=name))
    if rest:
        raise Unsound("layout", tr("{name} ends in the middle of a line").format(name=name))


def json_line(line: bytes, keys: set[str], name: str) -> dict[str, Any]:
    """Read a line of JSON with exactly these keys; Unsound for anything else."""
    try:
        data = json.loads(line.decode("utf-8"))
        if type(data) is dict and data.keys() == keys and canonical(data) == line:
            return data
    except (ValueError, RecursionError):
        pass
    raise Unsound("layout", tr("a line of {name} is not written as it should be").format(name=name))


def _read_things(found: Bundle) -> None:
    """Hold the list of objects against the members: the same names and sizes."""
    for _, line in found.lines(layout.OBJECT_LIST):
        data = json_line(line, {"sha256", "kind", "size"}, layout.OBJECT_LIST)
        one = Thing(data["sha256"], data["kind"], data["size"])
        member = found.members.get(layout.object_name(one.sha256)) if is_hash(one.sha256) else None
        sound = one.kind == ORIGINAL or one.kind in _CONTENT_KINDS
        size = member.size if member else None
        if not sound or (one.sha256, one.kind) in found.things or size != one.size:
            raise Unsound("objects", tr("its list of objects does not fit"))
        found.things[one.sha256, one.kind] = one
    here = sum(1 for name in found.members if layout.object_of(name))
    if here != len({one.sha256 for one in found.things.values() if one.size is not None}):
        raise Unsound("objects", tr("it holds objects that its list does not name"))
