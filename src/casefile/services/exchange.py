"""Bundles between people: written, verified, previewed, merged. The door to the files behind it."""

import secrets
from math import ceil, log2
from pathlib import Path

from casefile.bundle import reading
from casefile.bundle.unsound import Unsound
from casefile.model.change import Changes, UndoReport
from casefile.model.errors import UsageError
from casefile.model.exchange import Heads
from casefile.services import exchange_log, keys, known_heads
from casefile.services.desk import Desk
from casefile.services.receiving import merge, preview, verify
from casefile.services.sending import write
from casefile.services.spoken import WORDS
from casefile.store import history, unmerging
from casefile.strings import tr

__all__ = [
    "base_of",
    "merge",
    "passphrase",
    "preview",
    "standing_merges",
    "undo_merge",
    "verify",
    "write",
]

BITS = 64  # of a passphrase that is offered
HOW_MANY = ceil(BITS / log2(len(WORDS)))


def passphrase() -> str:
    """Make a passphrase of as many words as have 64 bits, behind a slow function of age."""
    return " ".join(secrets.choice(WORDS) for _ in range(HOW_MANY))


def undo_merge(desk: Desk, name: str | None = None) -> tuple[UndoReport, Changes]:
    """Take back all that a merge brought, by default the newest that still stands.

    Nothing that came is lost: it stays in the history, and redo brings it back. Refused when there
    is none, or when all of it was changed since.
    """
    before = desk.upto
    report = desk.store.undo_merge(name)
    exchange_log.note(
        desk, exchange_log.UNDONE, "", "", merge=report.undone, result=tr("undone"),
        counts={"changed": report.restored, "since": len(report.changed_since)},
    )  # fmt: skip
    return report, desk.store.changes_after(before)


def standing_merges(desk: Desk) -> list[str]:
    """Give the ids of the merges into this copy that are not undone, the newest first."""
    with desk.store.read() as r:
        found = [one.id for one in unmerging.merges(r)]
        gone = history.undone(r, found)
    return [one for one in found if one not in gone]


def base_of(desk: Desk, words: str | None) -> Heads:
    """Say what a receiver has: by a bundle that came from them, else by the last one merged here.

    UsageError when neither is there.
    """
    if words is None:
        found = known_heads.last(desk)
        if found is not None:
            return found
        raise UsageError(
            tr("Nothing is known of what the receiver has."),
            tr("Give a bundle of theirs with --base FILE, or write a full one."),
        )
    try:
        with Path(words).open("rb") as file:
            return reading.open_bundle(file, keys.verify).about.heads
    except (OSError, Unsound) as error:
        raise UsageError(
            tr("The base is no bundle that can be read: {file}.").format(file=words),
            tr("Give a bundle that came from the receiver."),
        ) from error
