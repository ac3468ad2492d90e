"""Bundles between people: written, verified, previewed, merged. The door to the files behind it."""

import secrets
from math import ceil, log2
from pathlib import Path

from casefile.bundle import reading
from casefile.bundle.unsound import Unsound
from casefile.model.errors import UsageError
from casefile.model.exchange import Heads
from casefile.services import keys, known_heads
from casefile.services.desk import Desk
from casefile.services.receiving import merge, preview, verify
from casefile.services.sending import write
from casefile.services.spoken import WORDS
from casefile.strings import tr

__all__ = ["base_of", "merge", "passphrase", "preview", "verify", "write"]

BITS = 64  # of a passphrase that is offered
HOW_MANY = ceil(BITS / log2(len(WORDS)))


def passphrase() -> str:
    """Make a passphrase of as many words as have 64 bits, behind a slow function of age."""
    return " ".join(secrets.choice(WORDS) for _ in range(HOW_MANY))


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
