"""The words of the index: which there are, beginnings and near spellings."""

import heapq
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from casefile.search.fielddata import FieldData
from casefile.search.wordlist import LAST, WordList

_HALVED = 4  # letters from which on half of a word tells enough


class Vocabulary:
    """The folded words of one field over all segments; some may no longer be in any document.

    Nothing is held but what Python keeps of the last answers: each question reads the files.
    """

    def __init__(self, fields: Sequence[FieldData]) -> None:
        self._fields = fields

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str):
            return False
        data = _bytes(word)
        return any(field.words.find(data) >= 0 for field in self._fields)

    def __iter__(self) -> Iterator[str]:
        """Give every word once, sorted."""
        yield from _once([list(field.words) for field in self._fields])

    def frequency(self, word: str) -> int:
        """Give in how many documents of the field a word stands, deleted ones included."""
        data = _bytes(word)
        found = ((field, field.words.find(data)) for field in self._fields)
        return sum(field.frequency(number) for field, number in found if number >= 0)

    def between(self, low: str, high: str) -> Iterator[str]:
        """Give the words from `low` up to but not `high`, sorted."""
        parts = []
        for field in self._fields:
            first, last = (field.words.place(_bytes(word)) for word in (low, high))
            parts.append(field.words.between(first, last))
        yield from _once(parts)

    def beginning(self, start: str, limit: int) -> tuple[list[str], bool]:
        """Give the words that begin so, the shortest first, at most `limit`; True if there are more."""
        found = self._starting([field.words for field in self._fields], start)
        if len(found) > limit:
            return heapq.nsmallest(limit, found, key=len), True
        return found, False

    def near(self, word: str, distance: int, limit: int) -> tuple[list[str], bool]:
        """Give the words within an edit distance (1 or 2), nearest first; True if there are more.

        An edit changes, adds or leaves out a letter, or swaps two neighbours.
        """
        shortest, longest = len(word) - distance, len(word) + distance
        candidates = {w for w in self._candidates(word, distance) if shortest <= len(w) <= longest}
        found = extract(word, candidates, scorer=OSA.distance, score_cutoff=distance, limit=None)
        ranked = sorted((edits, near) for near, edits, _ in found)
        return [near for _, near in ranked[:limit]], len(ranked) > limit

    def _candidates(self, word: str, distance: int) -> Iterable[str]:
        """Of the two halves of a word one stands unchanged in every word one edit away.

        A swap of two letters counts once but may touch both, so each swapped form is looked up.
        """
        if distance > 1 or len(word) < _HALVED:
            yield from self
            return
        half = len(word) // 2
        yield from self._starting([field.words for field in self._fields], word[:half])
        backwards = [field.backwards for field in self._fields]
        yield from (w[::-1] for w in self._starting(backwards, word[half:][::-1]))
        yield from (swapped for swapped in _swapped(word) if swapped in self)

    @staticmethod
    def _starting(lists: Iterable[WordList], start: str) -> list[str]:
        parts = []
        for words in lists:
            first, last = words.place(_bytes(start)), words.place(_bytes(start) + LAST)
            parts.append(words.between(first, last if start else words.count))
        return list(_once(parts))


def _once(parts: Sequence[Iterable[bytes]]) -> Iterator[str]:
    """Give the words of sorted lists, each once."""
    whole = parts[0] if len(parts) == 1 else sorted(set().union(*parts))
    return iter(b"\n".join(whole).decode().split("\n") if whole else ())


def edits(one: str, other: str, limit: int) -> int | None:
    """Give the number of letters to change, add, leave out or swap with a neighbour; None above the limit."""
    distance = OSA.distance(one, other, score_cutoff=limit)
    return distance if distance <= limit else None


def _bytes(word: str) -> bytes:
    return word.encode("utf-8", "replace")


def _swapped(word: str) -> Iterator[str]:
    for k in range(len(word) - 1):
        if word[k] != word[k + 1]:
            yield word[:k] + word[k + 1] + word[k] + word[k + 2 :]
