"""Where the words of a quote stand in a text."""

import re
from bisect import bisect_right

from casefile.model.values import Span

_WHITE = re.compile(r"\s+")
_WIDE = re.compile(r"\s{2,}")


def find_quote(text: str, quote: str) -> list[Span]:
    """Give every place of a quote, in order, not overlapping; code points of `text`.

    Runs of white space (any kind, line and page breaks included) are equal; case and letters
    count. White space around the quote is passed over; an empty quote stands nowhere. Linear in
    the length of the text.
    """
    sought = _single(quote).strip(" ")
    if not sought:
        return []
    flat = _single(text)
    starts, lost = _shrinkage(text)
    found: list[Span] = []
    at = flat.find(sought)
    while at >= 0:
        end = at + len(sought)
        found.append(Span(_original(at, starts, lost), _original(end, starts, lost)))
        at = flat.find(sought, end)
    return found


def _single(text: str) -> str:
    return _WHITE.sub(" ", text)


def _shrinkage(text: str) -> tuple[list[int], list[int]]:
    """Tell which position of the flat text is the first after a shortened run, and the sum lost."""
    starts, lost = [0], [0]
    for run in _WIDE.finditer(text):
        starts.append(run.end() - lost[-1] - (run.end() - run.start() - 1))
        lost.append(lost[-1] + run.end() - run.start() - 1)
    return starts, lost


def _original(position: int, starts: list[int], lost: list[int]) -> int:
    return position + lost[bisect_right(starts, position) - 1]
