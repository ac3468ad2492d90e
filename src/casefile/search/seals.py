"""Whether the files of a generation are the ones that were written."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from casefile.search.contents import FILE, Contents
from casefile.search.files import DamagedIndex, counts
from casefile.search.segment import SegmentFile, Stamp, file_name, is_segment


def seals(folder: Path, contents: Contents) -> dict[str, str]:
    """Give what the case is to remember of each file: a SHA-256, or a segment's stamp."""
    found = {file_name(part.name): part.stamp.written() for part in contents.parts}
    found[FILE] = _digest((folder / FILE).read_bytes())
    return found


def verify(folder: Path, wanted: Mapping[str, str]) -> None:
    """Raise DamagedIndex unless the folder holds exactly these files, each with its seal.

    Of a segment its tail is read; the rest of it is checked block by block as it is read.
    """
    try:
        names = {entry.name for entry in os.scandir(folder) if counts(entry.name)}
        if names != set(wanted):
            msg = "the index does not hold the files that were written"
            raise DamagedIndex(msg)
        for name, seal in wanted.items():
            if is_segment(name):
                SegmentFile(folder / name, Stamp.read(seal)).close()
            elif _digest((folder / name).read_bytes()) != seal:
                msg = f"{name} is not what was written"
                raise DamagedIndex(msg)
    except OSError as error:
        msg = "the index is not there"
        raise DamagedIndex(msg) from error


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
