"""Which files an import is about: files as given, folders for what is below them."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path


def walk(paths: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Give every file of the paths once: its name as given, `/` below a folder, and its place.

    Links to folders are not followed, so that no folder is walked for ever. Nothing but the names
    of the folders on the way is held, however many files there are.
    """
    given: set[str] = set()
    for path in paths:
        name = str(path)
        for found, file in _below(name, path):
            if not _covered(found, given):
                yield found, file
        given.add(name.rstrip("/") or name)


def count(paths: Sequence[Path]) -> int:
    """Count the files that `walk` will give."""
    return sum(1 for _ in walk(paths))


def _covered(name: str, given: set[str]) -> bool:
    """Say whether an earlier path was this file or a folder above it."""
    if not given:
        return False
    at = len(name)
    while at > 0:
        if name[:at] in given:
            return True
        at = name.rfind("/", 0, at)
    return False


def _below(name: str, path: Path) -> Iterator[tuple[str, Path]]:
    if not path.is_dir():
        yield name, path
        return
    try:
        with os.scandir(path) as listed:
            inside = sorted(listed, key=lambda entry: entry.name)
    except OSError:
        yield name, path
        return
    for entry in inside:
        below = f"{name.rstrip('/')}/{entry.name}"
        if not entry.is_dir(follow_symlinks=False):
            if not (entry.is_symlink() and entry.is_dir()):
                yield below, path / entry.name
        else:
            yield from _below(below, path / entry.name)
