"""Finding in a stored text what a query sought, the way the index found it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from casefile.model.hit import Sought
from casefile.model.text import Folded, fold, word_pattern
from casefile.model.zone import Zone
from casefile.search.groups import FURNITURE, MAX_WORD, WORD_FIELDS, group
from casefile.search.vocabulary import edits

Span = tuple[int, int]
_KEPT = 2_000_000  # code points of texts whose folding is remembered
_LONG = 100_000  # code points: longer texts are folded each time


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
            part = _Part(_folded(text[zone.start : zone.end]))
            for n, one in wanted:
                for start, end in islice(part.places(one), most):
                    found.append(Mark(zone.start + start, zone.start + end, n, number))
    found.sort(key=lambda mark: (mark.start, mark.end))
    return found


class _Kept:
    """Texts that were folded lately: each letter that is typed shows most of them again."""

    def __init__(self) -> None:
        self._found: dict[str, Folded] = {}
        self._size = 0

    def __call__(self, text: str) -> Folded:
        """Give a text folded."""
        found = self._found.get(text)
        if found is None:
            found = fold(text)
            if len(text) <= _LONG:
                self._size += len(text)
                if self._size > _KEPT:
                    self._found, self._size = {}, len(text)
                self._found[text] = found
        return found


_folded = _Kept()


class _Part:
    """One zone, folded."""

    def __init__(self, folded: Folded) -> None:
        self._folded = folded
        self._text = folded.text
        self._pattern = folded.pattern
        self._plain = self._pattern is word_pattern("")

    def places(self, sought: Sought) -> Iterator[Span]:
        """Give the original ranges of one thing that is sought."""
        wanted = self._wanted(sought)
        if not all(wanted):
            return
        if sought.slop:
            spans = self._near(wanted, sought.slop)
        elif len(wanted) > 1:
            spans = self._in_a_row(wanted, prefix=sought.prefix)
        else:
            spans = (
                span for word in wanted[0] for span in self._occurrences(word, prefix=sought.prefix)
            )
        for span in spans:
            yield self._folded.span(*span)

    def _wanted(self, sought: Sought) -> list[frozenset[str]]:
        """Give for each place the words that may stand there and do occur, whole or as a part."""
        wanted = [
            frozenset(word for word in place if word in self._text)
            for place in sought.places or [(word,) for word in sought.words]
        ]
        if sought.fuzzy and all(wanted[:-1]):
            wanted[-1] = self._near_words(sought.words[-1], sought.fuzzy)
        return wanted

    def _near_words(self, word: str, distance: int) -> frozenset[str]:
        # Each edit, a swap too, touches at most two of so many pieces.
        count = 2 * distance + 1
        size = len(word) // count
        pieces = [word[k * size : (k + 1) * size] for k in range(count)] if size > 1 else []
        letters = frozenset(word)
        return frozenset(
            candidate
            for candidate in self._words_with(pieces)
            if abs(len(candidate) - len(word)) <= distance
            and len(letters.difference(candidate)) <= distance
            and edits(word, candidate, distance) is not None
        )

    def _words_with(self, pieces: Sequence[str]) -> set[str]:
        """Give the words that hold any of some pieces; all words when there are none."""
        text = self._text
        if not pieces or not self._plain:
            return {word[:MAX_WORD] for word in self._pattern.findall(text)}
        found = set()
        for piece in pieces:
            at = text.find(piece)
            while at >= 0:
                start, end = at, at + len(piece)
                while start and text[start - 1].isalnum():
                    start -= 1
                match = self._pattern.match(text, start)
                if match:
                    end = match.end()
                    found.add(match.group()[:MAX_WORD])
                at = text.find(piece, end)
        return found

    def _occurrences(self, word: str, *, prefix: bool) -> Iterator[Span]:
        text, size, match = self._text, len(word), self._pattern.match
        at = text.find(word)
        while at >= 0:
            if self._begins(at):
                found = match(text, at)
                end = found.end() if found else at
                if prefix or end - at == size or (size == MAX_WORD and end > at):
                    yield at, end
            at = text.find(word, at + size)

    def _begins(self, at: int) -> bool:
        """Say whether a word begins at a place."""
        text = self._text
        if at == 0 or text[at - 1] == " ":
            return True
        if self._plain:
            return not text[at - 1].isalnum()
        # White space parts words in every script: it is enough to look from there on.
        near = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1
        return any(m.start() == at for m in self._pattern.finditer(text, near, at + 1))

    def _in_a_row(self, wanted: Sequence[frozenset[str]], *, prefix: bool) -> Iterator[Span]:
        for word in sorted(wanted[0]):
            for start, first_end in self._occurrences(word, prefix=False):
                end = first_end
                for n, place in enumerate(wanted[1:], 2):
                    match = self._pattern.search(self._text, end)
                    if match is None or not _fits(match, place, prefix=prefix and n == len(wanted)):
                        break
                    end = match.end()
                else:
                    yield start, end

    def _near(self, wanted: Sequence[frozenset[str]], slop: int) -> Iterator[Span]:
        """Give the words of every window that holds all of them close enough."""
        first = {word: n for n, place in reversed(list(enumerate(wanted))) for word in place}
        needed = Counter(first[next(iter(sorted(place)))] for place in wanted)
        held = [
            (n, first[m.group()[:MAX_WORD]], m.span())
            for n, m in enumerate(self._pattern.finditer(self._text))
            if m.group()[:MAX_WORD] in first
        ]
        reach = len(wanted) - 1 + slop
        kept: set[int] = set()
        start = 0
        for end, (place, _, _) in enumerate(held):
            while held[start][0] < place - reach:
                start += 1
            window = Counter(which for _, which, _ in held[start : end + 1])
            if all(window[which] >= count for which, count in needed.items()):
                kept.update(range(start, end + 1))
        for n in sorted(kept):
            yield held[n][2]


def _fits(match: re.Match[str], place: frozenset[str], *, prefix: bool) -> bool:
    found = match.group()[:MAX_WORD]
    return found in place or (prefix and any(found.startswith(word) for word in place))


def merged(marks: Sequence[Mark]) -> list[Span]:
    """Give the ranges of marks with overlapping ones joined."""
    found: list[Span] = []
    for mark in marks:
        if found and mark.start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], mark.end))
        else:
            found.append((mark.start, mark.end))
    return found
