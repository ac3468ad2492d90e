"""What two texts do not have in common, word by word, for showing them side by side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import fast_diff_match_patch

from casefile.model.values import Span

SECONDS = 1.5  # after this the rest is given as one difference
_WORD = re.compile(r"\w+|[^\w\s]")
_FIRST, _SURROGATES = 0x100, range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Differences:
    """Spans (code points) that only the one or only the other text has; `same` is 0 to 1."""

    left: tuple[Span, ...]
    right: tuple[Span, ...]
    same: float


def differences(one: str, other: str) -> Differences:
    """Compare two texts; white space does not count, words are different as wholes."""
    here, there = list(_WORD.finditer(one)), list(_WORD.finditer(other))
    signs: dict[str, str] = {}
    steps: Sequence[tuple[str, int]] = fast_diff_match_patch.diff(
        _written([m[0] for m in here], signs),
        _written([m[0] for m in there], signs),
        timelimit=SECONDS,
        checklines=False,
        cleanup="Semantic",
        counts_only=True,
    )
    left: list[Span] = []
    right: list[Span] = []
    at = to = same = 0
    for sign, count in steps:
        if sign == "=":
            at, to, same = at + count, to + count, same + count
        elif sign == "-":
            left.append(Span(here[at].start(), here[at + count - 1].end()))
            at += count
        else:
            right.append(Span(there[to].start(), there[to + count - 1].end()))
            to += count
    most = max(len(here), len(there))
    return Differences(_joined(left), _joined(right), same / most if most else 1.0)


def _written(words: Sequence[str], signs: dict[str, str]) -> str:
    """Write each word as one sign of its own."""
    for word in words:
        if word not in signs:
            number = _FIRST + len(signs)
            if number >= _SURROGATES.start:
                number += len(_SURROGATES)
            signs[word] = chr(number)
    return "".join(signs[word] for word in words)


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Draw spans together that touch."""
    if not spans:
        return ()
    found = [spans[0]]
    for before, span in pairwise(spans):
        if span.start <= before.end:
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return tuple(found)
