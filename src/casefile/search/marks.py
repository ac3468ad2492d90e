"""Finding in a stored text what a query sought, the way the index found it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from casefile.model.hit import Sought
from casefile.model.text import Folded, fold, word_pattern
from casefile.model.zone import Zone
from casefile.search.groups import FURNITURE, MAX_WORD, WORD_FIELDS, group
from casefile.search.vocabulary import edits

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """One place: code points of the text, which of the sought, and its zone."""

    start: int
    end: int
    sought: int
    zone: int


def find(
    text: str,
    sought: Sequence[Sought],
    zones: Sequence[Zone],
    *,
    boilerplate: bool,
    most: int | None = None,
) -> list[Mark]:
    """Give every place in order, `most` of each sought in each zone; without zones all is body.

    Each zone is read by itself, since no phrase runs from one into the next.
    """
    fields = (*WORD_FIELDS, FURNITURE) if boilerplate else WORD_FIELDS
    found = []
    for number, zone in enumerate(zones or (Zone("body", 0, len(text)),)):
        field = group(zone.kind)
        wanted = [(n, s) for n, s in enumerate(sought) if field in (s.fields or fields)]
        if wanted:
            part = _Part(fold(text[zone.start : zone.end]))
            for n, one in wanted:
                for start, end in islice(part.places(one), most):
                    found.append(Mark(zone.start + start, zone.start + end, n, number))
    found.sort(key=lambda mark: (mark.start, mark.end))
    return found


class _Part:
    """One zone, folded."""

    def __init__(self, folded: Folded) -> None:
        self._folded = folded
        self._text = folded.text
        self._pattern = word_pattern(folded.text)
        self._plain = self._pattern is word_pattern("")
        self._starts: frozenset[int] | None = None
        self._distinct: frozenset[str] | None = None

    def places(self, sought: Sought) -> Iterator[Span]:
        """Give the original ranges of one thing that is sought."""
        if not all(word in self._text for word in self._exact(sought)):
            return
        if sought.slop:
            spans = self._near(sought)
        elif len(sought.words) > 1:
            spans = self._in_a_row(sought)
        else:
            spans = self._last(sought)
        for span in spans:
            yield self._folded.span(*span)

    @staticmethod
    def _exact(sought: Sought) -> Sequence[str]:
        """Give what must occur letter by letter: a cheap look before the long one."""
        return sought.words[:-1] if sought.fuzzy else sought.words

    def _last(self, sought: Sought) -> Iterator[Span]:
        word = sought.words[-1]
        if not sought.fuzzy:
            yield from self._occurrences(word, prefix=sought.prefix)
            return
        for near in self._near_words(word, sought.fuzzy):
            yield from self._occurrences(near, prefix=False)

    def _near_words(self, word: str, distance: int) -> frozenset[str]:
        if self._distinct is None:
            self._distinct = frozenset(w[:MAX_WORD] for w in self._pattern.findall(self._text))
        # Each edit, a swap too, touches at most two of so many pieces.
        count = 2 * distance + 1
        size = len(word) // count
        pieces = [word[k * size : (k + 1) * size] for k in range(count)] if size else [""]
        letters = frozenset(word)
        return frozenset(
            candidate
            for candidate in self._distinct
            if abs(len(candidate) - len(word)) <= distance
            and len(letters.difference(candidate)) <= distance
            and any(piece in candidate for piece in pieces)
            and edits(word, candidate, distance) is not None
        )

    def _occurrences(self, word: str, *, prefix: bool) -> Iterator[Span]:
        text, size = self._text, len(word)
        at = text.find(word)
        while at >= 0:
            if self._begins(at):
                match = self._pattern.match(text, at)
                end = match.end() if match else at
                if prefix or end - at == size or (size == MAX_WORD and end > at):
                    yield at, end
            at = text.find(word, at + 1)

    def _begins(self, at: int) -> bool:
        """Say whether a word begins at a place."""
        if self._plain:
            return at == 0 or not self._text[at - 1].isalnum()
        if self._starts is None:
            self._starts = frozenset(m.start() for m in self._pattern.finditer(self._text))
        return at in self._starts

    def _in_a_row(self, sought: Sought) -> Iterator[Span]:
        near = self._near_words(sought.words[-1], sought.fuzzy) if sought.fuzzy else None
        last = len(sought.words) - 1
        for start, first_end in self._occurrences(sought.words[0], prefix=False):
            end = first_end
            for n, word in enumerate(sought.words[1:], 1):
                match = self._pattern.search(self._text, end)
                if match is None or not _fits(match, word, sought, near if n == last else None):
                    break
                end = match.end()
            else:
                yield start, end

    def _near(self, sought: Sought) -> Iterator[Span]:
        """Give the words of every window that holds all of them close enough."""
        wanted = set(sought.words)
        held = [
            (n, m)
            for n, m in enumerate(self._pattern.finditer(self._text))
            if m.group()[:MAX_WORD] in wanted
        ]
        reach = len(sought.words) - 1 + sought.slop
        kept: set[int] = set()
        start = 0
        for end, (place, _) in enumerate(held):
            while held[start][0] < place - reach:
                start += 1
            window = [m.group()[:MAX_WORD] for _, m in held[start : end + 1]]
            if all(window.count(word) >= sought.words.count(word) for word in wanted):
                kept.update(range(start, end + 1))
        for n in sorted(kept):
            yield held[n][1].span()


def _fits(match: re.Match[str], word: str, sought: Sought, near: frozenset[str] | None) -> bool:
    found = match.group()[:MAX_WORD]
    if near is not None:
        return found in near
    return found == word or (sought.prefix and word is sought.words[-1] and found.startswith(word))


def merged(marks: Sequence[Mark]) -> list[Span]:
    """Give the ranges of marks with overlapping ones joined."""
    found: list[Span] = []
    for mark in marks:
        if found and mark.start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], mark.end))
        else:
            found.append((mark.start, mark.end))
    return found
