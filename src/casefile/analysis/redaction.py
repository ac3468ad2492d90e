"""Words taken out of texts: where they stand however they are written, and the text without them."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from casefile.model.fold import folded_words, words

LEAST: Final = 4  # letters that are found inside a longer word, too
_CLOSE: Final = 0.7  # how like another word must be to be worth a look
_MOST: Final = 50


@dataclass(frozen=True, slots=True, order=True)
class Removal:
    """A half-open range of code points and what stands there instead."""

    start: int
    end: int
    instead: str


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text after removals; positions of the old text find their place in the new one."""

    text: str
    removals: tuple[Removal, ...]
    starts: tuple[int, ...]  # where each removal begins in the new text

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Give where a range of the old text stands now; a removed place counts as a whole."""
        return self._at(start, after=False), self._at(end, after=True)

    def _at(self, position: int, *, after: bool) -> int:
        n = bisect_right(self.removals, position, key=lambda one: one.start) - 1
        if n < 0:
            return position
        one, start = self.removals[n], self.starts[n]
        if position < one.end and not (after and position == one.start):
            return start + (len(one.instead) if after else 0)
        if after and position == one.start:
            return start
        return position - one.end + start + len(one.instead)


def find(text: str, phrases: Iterable[tuple[str, str]]) -> list[Removal]:
    """Give where phrases stand, as ranges of whole words; `phrases` are words and what replaces them.

    Case, accents, Arabic spellings, line breaks, hyphens and other separators make no difference;
    four letters and more are also found inside a longer word.
    """
    listed = list(words(text))
    joined = "".join(word.folded for word in listed)
    begins, at = [], 0
    for word in listed:
        begins.append(at)
        at += len(word.folded)
    found = []
    for phrase, instead in phrases:
        parts = folded_words(phrase)
        sought = "".join(parts)
        for first, last in _places(joined, begins, sought, parts):
            found.append(Removal(listed[first].start, listed[last].end, instead))
    return found


def _places(
    joined: str, begins: Sequence[int], sought: str, parts: Sequence[str]
) -> Iterable[tuple[int, int]]:
    """Give first and last word of each place where letters stand that a reader would know."""
    at = joined.find(sought) if sought else -1
    while at >= 0:
        end = at + len(sought)
        first, last = bisect_right(begins, at) - 1, bisect_right(begins, end - 1) - 1
        ends = begins[last + 1] if last + 1 < len(begins) else len(joined)
        whole = begins[first] == at and ends == end
        inside = first == last and len(sought) >= LEAST
        inner = [begins[n] - at for n in range(first + 1, last + 1)]
        if whole or inside or (len(sought) >= LEAST and inner == _cuts(parts)):
            yield first, last
        at = joined.find(sought, at + 1)


def _cuts(parts: Sequence[str]) -> list[int]:
    found, at = [], 0
    for part in parts[:-1]:
        at += len(part)
        found.append(at)
    return found


def remove(text: str, removals: Iterable[Removal]) -> Redacted:
    """Take ranges out; those that touch or overlap become one, with the words of the longest."""
    merged: list[Removal] = []
    for one in sorted(set(removals), key=lambda r: (r.start, -r.end)):
        last = merged[-1] if merged else None
        if one.start >= one.end:
            continue
        if last is None or one.start >= last.end:
            merged.append(one)
            continue
        longest = max(last, one, key=lambda r: r.end - r.start)
        merged[-1] = Removal(last.start, max(last.end, one.end), longest.instead)
    kept, starts, at, length = [], [], 0, 0
    for one in merged:
        kept += [text[at : one.start], one.instead]
        length += one.start - at
        starts.append(length)
        length += len(one.instead)
        at = one.end
    return Redacted("".join([*kept, text[at:]]), tuple(merged), tuple(starts))


def leftovers(texts: Iterable[str], phrases: Iterable[str]) -> list[str]:
    """Give words that are left and look much like those taken out: perhaps other spellings."""
    left = sorted({word for text in texts for word in folded_words(text) if len(word) >= LEAST})
    sought = {word for phrase in phrases for word in folded_words(phrase) if len(word) >= LEAST}
    found: dict[str, None] = {}
    for word in sorted(sought):
        found |= dict.fromkeys(get_close_matches(word, left, n=5, cutoff=_CLOSE))
    return list(found)[:_MOST]
