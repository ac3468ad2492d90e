"""Seeded faults: protections switched off, so that a harness can show that it notices."""

import os
from collections.abc import Callable
from pathlib import Path

from casefile.store import case, folder, sqlite

TOLD = 198  # the descriptor that acknowledgements go to


def no_journal() -> None:
    """The database is written in place, without a log."""
    sqlite.WRITING = ("synchronous=OFF", "journal_mode=OFF")
    original = sqlite.writing

    def writing(file: Path, *, wal: bool = True) -> object:
        return original(file, wal=False)

    sqlite.writing = writing


def no_sweep() -> None:
    """What a crash leaves is never removed."""

    def nothing(self: case.CaseStore) -> None:
        pass

    case.CaseStore._sweep = nothing


def not_synchronous() -> None:
    """A commit does not wait for the disk."""
    sqlite.WRITING = tuple(
        "synchronous=NORMAL" if one.startswith("synchronous") else one for one in sqlite.WRITING
    )


def told_too_early() -> None:
    """A program acknowledges what it has not written."""
    first = case.CaseStore.write

    def write(self: case.CaseStore, key: str, **words: object) -> object:
        os.write(TOLD, b'{"record": ["annotation", "00000000-0000-4000-8000-000000000000"]}\n')
        return first(self, key, **words)  # type: ignore[arg-type]  # passed on as it came

    case.CaseStore.write = write


def raw_errors() -> None:
    """What a disk refuses reaches the person as it is."""
    folder.trouble = lambda error: error


# In the process that acts, or in the one that looks at the case afterwards, too.
SEEDS: dict[str, Callable[[], None]] = {
    "no journal": no_journal,
    "raw errors": raw_errors,
    "told too early": told_too_early,
    "synchronous=NORMAL": not_synchronous,
}
EVERYWHERE: dict[str, Callable[[], None]] = {"no sweep": no_sweep}
