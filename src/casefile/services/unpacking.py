"""Archives on their way in: what comes out of them, one inside another within limits."""

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from casefile.extract import containers, registry, sniff
from casefile.extract.members import Broken, Member
from casefile.extract.sniff import PDF, Kind
from casefile.model.draft import Draft
from casefile.services.desk import Desk
from casefile.strings import tr

BETWEEN = "!"  # stands between an archive and what is in it
_ATTACHED_BYTES = 256 << 20  # of one mail or page that are held at once


def container_kind(file: Path) -> Kind | None:
    """Give the kind of a file that only holds other files; None for any other."""
    with file.open("rb") as opened:
        kind = registry.kind_of(opened.read(sniff.HEAD))
    return kind if containers.is_container(kind) else None


def sha256_of(file: Path) -> str:
    """Hash a file that is not kept as a whole."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def leaves(desk: Desk, file: Path | int, name: str, depth: int = 1) -> Iterator[Member]:
    """Give every file in an archive, those of archives in it as well.

    An archive that stops early inside another one is a member with a reason; raises Broken for the
    outermost one.
    """
    for member in desk.extractor.members(file, name=name):
        kind = registry.kind_of(member.data[: sniff.HEAD])
        if member.reason or not containers.is_container(kind):
            yield member
        elif depth >= desk.extractor.limits.depth:
            yield replace(
                member,
                data=b"",
                reason=tr("It is an archive inside too many others and was left closed."),
            )
        else:
            yield from _nested(desk, member, depth + 1)


def attached(desk: Desk, draft: Draft, file: Path, name: str) -> list[Member]:
    """Give the files that hang on a source of a kind that can have some, such as a mail."""
    if draft.media_type not in containers.ALSO:
        return []
    if draft.media_type == PDF.media_type and not (draft.document and draft.document.attached):
        return []  # most have none, and the draft knows
    found: list[Member] = []
    left = _ATTACHED_BYTES
    try:
        for member in desk.extractor.members(file, name=name):
            left -= len(member.data)
            too_much = replace(member, data=b"", reason=tr("There is too much attached."))
            found.append(too_much if left < 0 else member)
    except Broken as error:
        found.append(Member(path=name, reason=str(error)))
    return found


def _nested(desk: Desk, member: Member, depth: int) -> Iterator[Member]:
    # Without a name on the disk: nothing that a stranger wrote becomes a path.
    with tempfile.TemporaryFile(dir=desk.store.path / "tmp") as kept:
        kept.write(member.data)
        kept.flush()
        try:
            for inner in leaves(desk, kept.fileno(), member.path, depth):
                yield replace(inner, path=f"{member.path}{BETWEEN}{inner.path}")
        except Broken as error:
            yield Member(path=member.path, reason=str(error))
