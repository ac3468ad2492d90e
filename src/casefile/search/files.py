"""The files of the index: one folder a generation, and what is safely on the disk.

A generation is never changed once its state was given out. The next one begins as hard links to
its files (Whoosh never writes into a finished segment), so that a crash at any moment leaves the
generation that the case remembers.
"""

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

# Goes up with every change of what is written; an index of another version is built anew.
VERSION = f"casefile-index-2-{sys.byteorder}"
_PREFIX = "gen-"


class DamagedIndex(Exception):
    """The files of the index are not what was written; it is built anew."""


def generation_folder(root: Path, generation: int) -> Path:
    """Give the folder of one generation."""
    return root / f"{_PREFIX}{generation}"


def next_generation(root: Path, current: int) -> int:
    """Give a number that no folder has, above the current one."""
    taken = [int(p.name[len(_PREFIX) :]) for p in _generations(root)]
    return max([current, *taken]) + 1


def drop_generations(root: Path, keep: Iterable[int]) -> None:
    """Remove every generation but some, without opening anything in it."""
    kept = {generation_folder(root, number) for number in keep}
    for folder in _generations(root):
        if folder not in kept:
            drop_folder(folder)


def drop_folder(folder: Path) -> None:
    """Remove one generation as far as the system lets it go."""
    shutil.rmtree(folder, ignore_errors=True)


def _generations(root: Path) -> list[Path]:
    return [p for p in root.glob(f"{_PREFIX}*") if p.name[len(_PREFIX) :].isdecimal()]


def link_all(source: Path, target: Path) -> None:
    """Begin a generation with the files of another; copies where the disk has no hard links."""
    target.mkdir(parents=True)
    for file in source.iterdir():
        if counts(file.name):
            try:
                os.link(file, target / file.name)
            except OSError:
                shutil.copy2(file, target / file.name)


def counts(name: str) -> bool:
    """Say whether a file of this name is part of the index; Whoosh's lock is not."""
    return not name.endswith("LOCK")


def settle(folder: Path, names: Iterable[str]) -> None:
    """Force files, their folder and the folder above to the disk; OSError means not saved."""
    for name in names:
        _sync(folder / name)
    _sync(folder)
    _sync(folder.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
