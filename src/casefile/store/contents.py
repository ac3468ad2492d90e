"""Reading texts, maps and other bytes that are kept by their SHA-256."""

from collections.abc import Iterable

from casefile.model.errors import CaseUnusable
from casefile.store import packing
from casefile.store.session import Reader
from casefile.strings import tr


def get(r: Reader, sha256: str) -> bytes:
    """Give the bytes of this name; CaseUnusable when they are missing or have changed."""
    found = many(r, (sha256,))
    if sha256 not in found:
        raise CaseUnusable(
            tr("A stored text is missing: {name}.").format(name=sha256),
            tr("Run check on the case, or restore a backup."),
        )
    return found[sha256]


def many(r: Reader, hashes: Iterable[str]) -> dict[str, bytes]:
    """Give the bytes of the names that are held; CaseUnusable when one has changed."""
    return packing.fetch(r.connection, hashes)
