"""The shipped gazetteer: places under their names in many scripts, in one small SQLite file.

`block` holds places in compressed blocks, one line a place; `bucket` says which places a name's
hash may mean. A name is looked up there, and believed only when the place does bear it.
"""

import sqlite3
import threading
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from casefile.model.gazetteer import KnownPlace, name_key
from casefile.resources import path

BLOCK = 64  # places in a block
ENTRY = 5  # bytes: two of the hash, three of the place's number
_BUCKET_BITS = 14
_CACHED = 64  # blocks and answers that are kept unpacked


def address(key: str) -> tuple[int, bytes]:
    """Give the bucket of a name's key and its mark in there."""
    number = zlib.crc32(key.encode("utf-8", "replace"))
    return number >> (32 - _BUCKET_BITS), (number & 0xFFFF).to_bytes(2, "big")


class ShippedGazetteer:
    """Reads the shipped file when it is first asked; without the file it knows no place."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or path("gazetteer.sqlite")
        self._base: sqlite3.Connection | None = None
        self._lock = threading.Lock()
        self._block = lru_cache(_CACHED)(self._read_block)
        self._known = lru_cache(_CACHED)(self._look_up)

    def places(self, name: str) -> tuple[KnownPlace, ...]:
        """Give the places that bear this name, the most populous first."""
        key = name_key(name)
        if not key or not self._file.is_file():
            return ()
        with self._lock:
            return self._known(key)

    def close(self) -> None:
        """Let the file go; it is opened again when it is needed."""
        with self._lock:
            if self._base is not None:
                self._base.close()
                self._base = None

    def _look_up(self, key: str) -> tuple[KnownPlace, ...]:
        bucket, mark = address(key)
        found = [
            place
            for number in _numbers(self._body("bucket", bucket), mark)
            if (place := self._place(number)) and key in map(name_key, place.names)
        ]
        return tuple(sorted(found, key=lambda place: -place.population))

    def _place(self, number: int) -> KnownPlace | None:
        lines = self._block(number // BLOCK)
        return _parsed(lines[number % BLOCK]) if number % BLOCK < len(lines) else None

    def _read_block(self, number: int) -> tuple[str, ...]:
        body = self._body("block", number)
        return tuple(zlib.decompress(body).decode().split("\n")) if body else ()

    def _body(self, table: str, number: int) -> bytes:
        if self._base is None:
            name = f"file:{quote(str(self._file))}?mode=ro&immutable=1"
            self._base = sqlite3.connect(name, uri=True, check_same_thread=False)
        asked = {"block": "select body from block where n = ?"}.get(
            table, "select body from bucket where n = ?"
        )
        row = self._base.execute(asked, (number,)).fetchone()
        return row[0] if row else b""


def _numbers(entries: bytes, mark: bytes) -> Iterator[int]:
    for at in range(0, len(entries), ENTRY):
        if entries[at : at + 2] == mark:
            yield int.from_bytes(entries[at + 2 : at + ENTRY], "big")


def _parsed(line: str) -> KnownPlace:
    number, country, latitude, longitude, population, *names = line.split("\t")
    return KnownPlace(int(number), country, latitude, longitude, int(population), tuple(names))
