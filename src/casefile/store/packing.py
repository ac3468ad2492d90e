"""Rows of `content`: bytes named by their SHA-256, packed when they are long."""

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from casefile.model.errors import CaseUnusable
from casefile.store.schema import content
from casefile.store.session import portions
from casefile.strings import tr

PLAIN, ZLIB = 0, 1
PACK_ABOVE = 1024  # bytes
LEVEL = 6
LONGEST = 256 * 1024 * 1024  # bytes, unpacked


class Changed(ValueError):
    """Stored bytes are not what was stored."""


def pack(kind: str, body: bytes, name: str = "") -> dict[str, Any]:
    """Make the row for some bytes; `name` is their SHA-256, where it is known already."""
    packing, kept = PLAIN, body
    if len(body) > PACK_ABOVE:
        short = zlib.compress(body, LEVEL)
        if len(short) < len(body):
            packing, kept = ZLIB, short
    return {
        "hash": name or hashlib.sha256(body).hexdigest(),
        "kind": kind,
        "packing": packing,
        "crc": zlib.crc32(kept),
        "body": kept,
    }


def unpack(row: Sequence[Any]) -> bytes:
    """Give back the bytes of a row (hash, packing, crc, body); raises Changed on any difference."""
    name, packing, crc, kept = row
    if zlib.crc32(kept) != crc or packing not in (PLAIN, ZLIB):
        raise Changed(name)
    body = bytes(kept)
    if packing == ZLIB:
        unpacker = zlib.decompressobj()
        try:
            body = unpacker.decompress(kept, LONGEST)
        except zlib.error as error:
            raise Changed(name) from error
        if not unpacker.eof:
            raise Changed(name)
    if hashlib.sha256(body).hexdigest() != name:
        raise Changed(name)
    return body


COLUMNS = (content.c.hash, content.c.packing, content.c.crc, content.c.body)


def fetch(connection: Connection, hashes: Iterable[str]) -> dict[str, bytes]:
    """Give the bytes of the names that are held; CaseUnusable when one has changed."""
    found: dict[str, bytes] = {}
    for part in portions(dict.fromkeys(hashes)):
        for row in connection.execute(select(*COLUMNS).where(content.c.hash.in_(part))):
            try:
                found[row[0]] = unpack(row)
            except Changed as error:
                raise CaseUnusable(
                    tr("A stored text has changed on the disk: {name}.").format(name=row[0]),
                    tr("Run check on a copy of the case, or restore a backup."),
                ) from error
    return found


def store(connection: Connection, rows: dict[str, dict[str, Any]]) -> None:
    """Add the rows, by name, that are not held yet."""
    here: set[str] = set()
    for part in portions(rows):
        asked = select(content.c.hash).where(content.c.hash.in_(part))
        here.update(connection.execute(asked).scalars())
    fresh = [row for name, row in rows.items() if name not in here]
    if fresh:
        connection.execute(insert(content), fresh)
