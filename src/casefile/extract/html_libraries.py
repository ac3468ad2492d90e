"""trafilatura and htmldate, imported without the socket that a library of theirs opens to try IPv6."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["date_extractors", "htmldate", "trafilatura"]


@contextmanager
def _without_a_trial() -> Iterator[None]:
    """Say that there is no IPv6 while urllib3 is imported: it then opens no socket to find out."""
    known = socket.has_ipv6
    socket.has_ipv6 = False
    try:
        yield
    finally:
        socket.has_ipv6 = known


with _without_a_trial():
    import htmldate
    import trafilatura
    from htmldate import extractors as date_extractors

# Libraries log what is odd in a page; a log of ours never tells what a page holds.
for _library in ("trafilatura", "htmldate", "justext", "courlan"):
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)
