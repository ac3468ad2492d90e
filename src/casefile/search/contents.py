"""The table of contents of a generation as it stands on the disk; read without Whoosh."""

import json
from pathlib import Path
from typing import NamedTuple

from casefile.search.files import DamagedIndex
from casefile.search.segment import Stamp

NAME = "case"
FILE = f"{NAME}.toc"


class Part(NamedTuple):
    """One segment: its name, its documents, the stamp of its file, the documents that are gone."""

    name: str
    documents: int
    stamp: Stamp
    gone: tuple[int, ...]


class Contents(NamedTuple):
    """The segments of a generation, in the order of their documents."""

    parts: tuple[Part, ...]

    def written(self) -> bytes:
        """Give it as bytes."""
        listed = [[p.name, p.documents, p.stamp.written(), list(p.gone)] for p in self.parts]
        return json.dumps({"segments": listed}).encode()


def write(folder: Path, table: Contents) -> None:
    """Write the table of a folder anew."""
    file = folder / FILE
    file.unlink(missing_ok=True)  # it may be another generation's file, too
    file.write_bytes(table.written())


def read(folder: Path) -> Contents:
    """Read the table of a folder; DamagedIndex when it is not one of ours."""
    try:
        return loads((folder / FILE).read_bytes())
    except OSError as error:
        msg = "the index has no table of contents"
        raise DamagedIndex(msg) from error


def loads(data: bytes) -> Contents:
    """Read a table from bytes; DamagedIndex when it is not one of ours."""
    try:
        listed = json.loads(data)["segments"]
        return Contents(tuple(_part(*entry) for entry in listed))
    except DamagedIndex:
        raise
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        msg = "the table of contents cannot be read"
        raise DamagedIndex(msg) from error


def _part(name: object, documents: object, stamp: object, gone: object) -> Part:
    if (
        not isinstance(name, str)
        or not name.startswith(f"{NAME}_")
        or not name.isidentifier()
        or not isinstance(documents, int)
        or not isinstance(stamp, str)
        or not isinstance(gone, list)
        or not all(isinstance(n, int) and 0 <= n < documents for n in gone)
    ):
        msg = "the table of contents does not list segments"
        raise DamagedIndex(msg)
    return Part(name, documents, Stamp.read(stamp), tuple(gone))
