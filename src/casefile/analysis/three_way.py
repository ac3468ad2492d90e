"""Three-way merging of texts: both people's changes to one text, where they leave each other alone."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

_WORD = re.compile(r"\s+|\w+|[^\w\s]")


class Change(NamedTuple):
    """Words start..end of the base became others."""

    start: int
    end: int
    words: tuple[str, ...]


def merge(base: str, mine: str, theirs: str) -> str | None:
    """Give the text with the changes of both; None where they touch the same words.

    The same change made by both counts once.
    """
    old = _WORD.findall(base)
    both = sorted({*_changes(old, mine), *_changes(old, theirs)})
    for before, after in pairwise(both):
        if after.start < before.end or after.start == before.start:
            return None
        if after.start == before.end and before.start == before.end:
            return None
    found: list[str] = []
    at = 0
    for change in both:
        found += [*old[at : change.start], *change.words]
        at = change.end
    return "".join([*found, *old[at:]])


def _changes(old: Sequence[str], text: str) -> list[Change]:
    new = _WORD.findall(text)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        Change(a, b, tuple(new[c:d]))
        for word, a, b, c, d in matcher.get_opcodes()
        if word != "equal"
    ]
