"""Which files hold other files, and how these come out of them within limits.

Modules are named here and loaded in the child only. A module gives SAMPLES, tiny containers that
are walked once before the child is locked, and `members(file, context)`.
"""

import importlib
import io
from collections.abc import Iterator
from typing import BinaryIO, Protocol, cast

from casefile.extract import budget, registry, sniff
from casefile.extract.context import Context
from casefile.extract.limits import MIB, Limits
from casefile.extract.members import Broken, Member
from casefile.extract.sniff import Kind

MODULES = {
    "application/zip": "casefile.extract.zipped",
    "application/x-tar": "casefile.extract.tarred",
    "application/warc": "casefile.extract.warc",
    "application/x-arc": "casefile.extract.warc",
    "application/wacz": "casefile.extract.wacz",
    "application/mbox": "casefile.extract.mbox",
}
# Sources themselves, with other files inside.
ALSO = {
    "message/rfc822": "casefile.extract.mail",
    "application/pdf": "casefile.extract.pdf_attached",
}
SMALL = 64 * 1024  # bytes; the ratio of a smaller archive says nothing
_TOO_LARGE = "it is larger than what is read from an archive"
_TOO_MANY = "the archive has more than {count} files; the rest was left out"
_TOO_MUCH = "the archive holds more than is unpacked; the rest was left out"


class _Format(Protocol):
    SAMPLES: tuple[bytes, ...]

    def members(self, file: BinaryIO, context: Context) -> Iterator[Member]:
        """Give what is inside in its order; raises Broken where it is cut off or damaged."""
        ...


def is_container(kind: Kind) -> bool:
    """Say whether a file of this kind only holds other files."""
    return kind.media_type in MODULES


def has_members(kind: Kind) -> bool:
    """Say whether other files come out of a file of this kind."""
    return kind.media_type in MODULES or kind.media_type in ALSO


def warm() -> None:
    """Load every module and walk its samples."""
    for name in sorted({*MODULES.values(), *ALSO.values()}):
        module = _load(name)
        for sample in module.SAMPLES:
            for _ in module.members(io.BytesIO(sample), Context("sample")):
                pass


def walk(file: BinaryIO, size: int, context: Context) -> Iterator[Member]:
    """Give the members of a container of `size` bytes, as many as the limits allow.

    Raises Broken with the reason where it ends before its end.
    """
    kind = registry.kind_of(file.read(sniff.HEAD))
    file.seek(0)
    name = MODULES.get(kind.media_type) or ALSO.get(kind.media_type)
    if name is None:
        msg = "it holds no other files"
        raise Broken(msg)
    try:
        yield from _counted(_load(name).members(file, context), size, context.limits)
    except (Broken, MemoryError):
        raise
    except Exception as error:
        msg = f"the archive is damaged or unusual ({type(error).__name__})"
        raise Broken(msg) from error


def _counted(members: Iterator[Member], size: int, limits: Limits) -> Iterator[Member]:
    most = min(limits.archive_bytes, max(size, SMALL) * limits.unpacked_ratio)
    given = 0
    for count, member in enumerate(members, 1):
        if count > limits.members:
            raise Broken(_TOO_MANY.format(count=limits.members))
        given += len(member.data)
        if given > most:
            raise Broken(_TOO_MUCH)
        # As much time as pages get: one for a file, and one for each mebibyte on the way.
        budget.ask_for_pages(count + (size + given) // MIB)
        yield _bounded(member, limits.answer_bytes)


def _bounded(member: Member, most: int) -> Member:
    if len(member.data) <= most:
        return member
    return Member(path=member.path, url=member.url, reason=_TOO_LARGE)


def _load(name: str) -> _Format:
    return cast("_Format", importlib.import_module(name))
