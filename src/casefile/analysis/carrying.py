"""Marks carried over from one text of a source to another, by the difference of the two.

A mark is never moved on a guess. `moved` needs the same letters in the same surroundings, in a
place that the difference leaves no choice about; whatever is only likely is `unsure` and asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import fast_diff_match_patch

from casefile.analysis.letters import Letters, letters, same

EXACT, MOVED, UNSURE, ORPHAN = "exact", "moved", "unsure", "orphan"
NEAR = 12  # letters that must be the same on each side of a mark
AROUND = 32  # letters that must be the same on both sides together
REACH = 80  # letters on each side that are looked at
KEPT = 0.6  # of a mark's letters, from which a changed passage is still offered
LONG = 24  # letters from which a passage found elsewhere is offered
ROOM = 30  # letters that may have come into a passage beside thrice its own
SECONDS = 10  # for one difference; a worse one is taken after that
NOWHERE = -1

Steps = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a mark: its state, its place in the new text, and how much of it is kept."""

    state: str
    span: tuple[int, int] | None
    kept: float


def carry(old: str, new: str, spans: Sequence[tuple[int, int]]) -> list[Carried]:
    """Say for each range of code points of `old` where it stands in `new`."""
    if old == new:
        return [Carried(EXACT, span, 1.0) for span in spans]
    if not spans:
        return []
    between = _Between(old, new)
    return [between.carry(span) for span in spans]


class _Between:
    """Two texts and the way from one to the other, a letter at a time."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new
        self._a: Letters = letters(old)
        self._b: Letters = letters(new)
        steps = _difference(self._a.text, self._b.text)
        self._to = _mapping(len(self._a.text), steps)
        self._open = _open(self._a.text, self._b.text, steps)

    def carry(self, span: tuple[int, int]) -> Carried:
        """Carry one range."""
        first, last = self._a.at(*span)
        if first >= last:
            return Carried(ORPHAN, None, 0.0)
        if self._in_a_row(first, last) and self._settled(first, last):
            begin = self._to[first]
            place = self._b.place(begin, begin + last - first)
            if same(self._old[span[0] : span[1]], self._new[place[0] : place[1]]):
                return Carried(MOVED, place, 1.0)
        return self._likely(first, last, span)

    def _in_a_row(self, first: int, last: int) -> bool:
        begin = self._to[first]
        return begin != NOWHERE and self._to[first:last] == list(range(begin, begin + last - first))

    def _settled(self, first: int, last: int) -> bool:
        """Whether surroundings and difference leave no choice about the place."""
        if any(self._open[first:last]):
            return False
        low, high = self._run(first, last)
        left, right = first - low, high - last
        shift = self._to[first] - first
        at_start = low == 0 and shift == 0
        at_end = high == len(self._a.text) and high + shift == len(self._b.text)
        if not (at_start or left >= NEAR) or not (at_end or right >= NEAR):
            return False
        if left + right < AROUND and not (at_start and at_end):
            return False
        close = (max(low, first - NEAR), min(high, last + NEAR))
        return self._alone(low, high, shift) and self._alone(*close, shift)

    def _run(self, first: int, last: int) -> tuple[int, int]:
        """Give the letters around a mark that stand around it in the new text, too."""
        low, high, to = first, last, self._to
        while low > 0 and first - low < REACH and to[low - 1] == to[low] - 1 >= 0:
            low -= 1
        while high < len(to) and high - last < REACH and to[high] == to[high - 1] + 1:
            high += 1
        return low, high

    def _alone(self, low: int, high: int, shift: int) -> bool:
        """Whether a passage stands as often in each text, and this one in the same order."""
        key = self._a.text[low:high]
        here, there = _places(self._a.text, key), _places(self._b.text, key)
        if len(here) != len(there) or low + shift not in there:
            return False
        return here.index(low) == there.index(low + shift)

    def _likely(self, first: int, last: int, span: tuple[int, int]) -> Carried:
        """Offer the passage between the same surroundings, or the same words elsewhere."""
        words = self._a.text[first:last]
        for found in (self._between(first, last), self._elsewhere(words)):
            if found is not None:
                kept = _alike(words, self._b.text[found[0] : found[1]])
                if kept >= KEPT:
                    return Carried(UNSURE, self._whole(found, span), kept)
        return Carried(ORPHAN, None, 0.0)

    def _between(self, first: int, last: int) -> tuple[int, int] | None:
        """Give the letters between the nearest neighbours of a mark that are known."""
        to, most = self._to, 3 * (last - first) + ROOM
        known = [to[n] for n in range(first, last) if to[n] != NOWHERE]
        before = (n for n in range(first - 1, max(-1, first - 1 - REACH), -1) if to[n] != NOWHERE)
        behind = (n for n in range(last, min(len(to), last + REACH)) if to[n] != NOWHERE)
        left, right = next(before, None), next(behind, None)
        low = to[left] + first - left if left is not None else (known[0] if known else None)
        high = (
            to[right] - (right - last) if right is not None else (known[-1] + 1 if known else None)
        )
        if low is not None and high is not None and 0 < high - low <= most:
            return max(0, low), min(high, len(self._b.text))
        if known and known[-1] + 1 - known[0] <= most:
            return known[0], known[-1] + 1
        return None

    def _elsewhere(self, words: str) -> tuple[int, int] | None:
        """Give the one other place of the same words, where they are long enough to be told."""
        if len(words) < LONG or len(_places(self._a.text, words)) != 1:
            return None
        there = _places(self._b.text, words)
        return (there[0], there[0] + len(words)) if len(there) == 1 else None

    def _whole(self, found: tuple[int, int], span: tuple[int, int]) -> tuple[int, int]:
        """Give the place of letters; words are offered whole where the mark had whole words."""
        start, end = self._b.place(*found)
        if not _inside_word(self._old, span[0]):
            while _inside_word(self._new, start):
                start -= 1
        if not _inside_word(self._old, span[1]):
            while _inside_word(self._new, end):
                end += 1
        return start, end


def _difference(one: str, other: str) -> Steps:
    found: Steps = fast_diff_match_patch.diff(
        one, other, timelimit=SECONDS, checklines=False, cleanup="No", counts_only=True
    )
    return found


def _mapping(size: int, steps: Steps) -> list[int]:
    """Give for each letter where it went."""
    to, at, there = [NOWHERE] * size, 0, 0
    for sign, count in steps:
        if sign == "=":
            to[at : at + count] = range(there, there + count)
        at += count if sign != "+" else 0
        there += count if sign != "-" else 0
    return to


def _open(one: str, other: str, steps: Steps) -> bytearray:
    """Mark the letters beside each change that the change could slide over.

    Of "abab", losing "ab" may be losing either, so that nothing is certain about the other.
    """
    marked, at, there = bytearray(len(one)), 0, 0
    for sign, count in steps:
        if sign != "=":
            text, start = (one, at) if sign == "-" else (other, there)
            left, right = _slides(text, start, start + count)
            after = at + (count if sign == "-" else 0)
            for n in (*range(max(0, at - left), at), *range(after, min(len(one), after + right))):
                marked[n] = 1
        at += count if sign != "+" else 0
        there += count if sign != "-" else 0
    return marked


def _slides(text: str, start: int, end: int) -> tuple[int, int]:
    """Say how far a passage could begin earlier or later and still be the same letters."""
    left = right = 0
    while start - left > 0 and text[start - 1 - left] == text[end - 1 - left]:
        left += 1
    while end + right < len(text) and text[start + right] == text[end + right]:
        right += 1
    return left, right


def _inside_word(text: str, place: int) -> bool:
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


def _places(text: str, key: str) -> list[int]:
    found, at = [], text.find(key)
    while at >= 0:
        found.append(at)
        at = text.find(key, at + 1)
    return found


def _alike(one: str, other: str) -> float:
    """Give the share of letters that two passages have in common."""
    if not one or not other:
        return 0.0
    kept = sum(count for sign, count in _difference(one, other) if sign == "=")
    return 2 * kept / (len(one) + len(other))
