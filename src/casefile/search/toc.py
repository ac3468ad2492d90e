"""The index's table of contents, read without letting it run anything.

Whoosh keeps it as a pickle; here only the names that a table of ours holds can be loaded.
"""

import io
import pickle
from collections import defaultdict
from pathlib import Path
from typing import Any

from typing_extensions import override
from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex

from casefile.search.codec import Codec, schema
from casefile.search.files import DamagedIndex

NAME = "case"
_NUMBER_SIZES = (4, 8, 4)  # int, long, float: written by Whoosh to tell machines apart
_BYTE_ORDER = -12345
_ALLOWED: dict[tuple[str, str], type] = {
    ("whoosh.codec.whoosh3", "W3Segment"): W3Segment,
    ("casefile.search.codec", "Codec"): Codec,
    ("collections", "defaultdict"): defaultdict,
    ("builtins", "int"): int,
    ("builtins", "set"): set,
}


def is_segment_file(name: str) -> bool:
    """Say whether a file belongs to a finished segment, which Whoosh never writes to again."""
    return name.startswith(f"{NAME}_")


class _Unpickler(pickle.Unpickler):
    @override
    def find_class(self, module: str, name: str) -> Any:
        """Give one of the allowed classes."""
        try:
            return _ALLOWED[module, name]
        except KeyError:
            msg = f"the index names {module}.{name}"
            raise DamagedIndex(msg) from None


def loads(data: bytes) -> Any:
    """Read a pickle that may only hold plain values and segments; DamagedIndex otherwise."""
    try:
        return _Unpickler(io.BytesIO(data)).load()
    except DamagedIndex:
        raise
    except Exception as error:
        msg = f"the table of contents cannot be read: {error}"
        raise DamagedIndex(msg) from error


class Index(FileIndex):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's index over one folder, with our schema and our reader of the table of contents."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.storage = FileStorage(str(folder))
        self.indexname = NAME
        self._schema = schema()

    @classmethod
    def made(cls, folder: Path) -> "Index":
        """Make an empty index in a folder."""
        TOC.create(FileStorage(str(folder)), schema(), NAME)
        return cls(folder)

    def contents(self) -> TOC:
        """Read the table of contents; DamagedIndex if it is not one of ours."""
        return self._read_toc()

    def _read_toc(self) -> TOC:
        generation = TOC._latest_generation(self.storage, NAME)  # noqa: SLF001 - Whoosh has no public way
        try:
            data = (self.folder / f"_{NAME}_{generation}.toc").read_bytes()
        except OSError as error:
            msg = "the index has no table of contents"
            raise DamagedIndex(msg) from error
        return TOC(self._schema, _segments(data, generation), generation)


def _segments(data: bytes, generation: int) -> list[W3Segment]:
    """Read the segments; the layout is the one of Whoosh's `TOC.write`."""
    stream = _Stream(data)
    sizes = (stream.varint(), stream.varint(), stream.varint())
    if sizes != _NUMBER_SIZES or stream.integer() != _BYTE_ORDER:
        msg = "the index was written on another kind of machine"
        raise DamagedIndex(msg)
    stream.integer()  # version of the table
    for _ in range(3):
        stream.varint()  # release of Whoosh
    stream.take(stream.varint())  # the pickled schema, never loaded
    if stream.integer() != generation:
        msg = "the table of contents is of another generation"
        raise DamagedIndex(msg)
    stream.integer()
    found = loads(stream.rest())
    if not isinstance(found, list) or not all(isinstance(s, W3Segment) for s in found):
        msg = "the table of contents holds no list of segments"
        raise DamagedIndex(msg)
    return found


class _Stream:
    """Whoosh's variable and fixed numbers, read from bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        """Give the next bytes."""
        part = self._data[self._at : self._at + count]
        if len(part) != count:
            msg = "the table of contents is cut off"
            raise DamagedIndex(msg)
        self._at += count
        return part

    def varint(self) -> int:
        """Give a number of seven bits a byte, the low ones first."""
        number = shift = 0
        while True:
            byte = self.take(1)[0]
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                return number
            shift += 7

    def integer(self) -> int:
        """Give a signed number of four bytes."""
        return int.from_bytes(self.take(4), "big", signed=True)

    def rest(self) -> bytes:
        """Give what is left."""
        return self._data[self._at :]
