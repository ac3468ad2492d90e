"""The words of the index as one sorted list: beginnings and near spellings."""

from bisect import bisect_left
from collections.abc import Iterator

_LAST = "\U0010ffff"


class Vocabulary:
    """Sorted folded words; some may no longer be in any document."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._reversed: list[str] | None = None

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str):
            return False
        at = bisect_left(self._words, word)
        return at < len(self._words) and self._words[at] == word

    def beginning(self, start: str, limit: int) -> tuple[list[str], bool]:
        """Give the words that begin so, the shortest first, at most `limit`; True if there are more."""
        low, high = self._range(self._words, start)
        found = self._words[low:high]
        if len(found) > limit:
            return sorted(found, key=len)[:limit], True
        return found, False

    def near(self, word: str, distance: int, limit: int) -> tuple[list[str], bool]:
        """Give the words within an edit distance (1 or 2), nearest first; True if there are more."""
        found = {}
        for candidate in self._candidates(word, distance):
            if candidate not in found and abs(len(candidate) - len(word)) <= distance:
                found[candidate] = edits(word, candidate, distance)
        ranked = sorted((d, w) for w, d in found.items() if d is not None)
        return [w for _, w in ranked[:limit]], len(ranked) > limit

    def _candidates(self, word: str, distance: int) -> Iterator[str]:
        """Of distance + 1 pieces of a word one stands unchanged in every word that near.

        A swap of two letters counts once but may touch two pieces, so each swapped form is
        sought in the same way.
        """
        yield from self._sharing(word, distance + 1)
        for swapped in _swapped(word):
            if distance == 1:
                if swapped in self:
                    yield swapped
            else:
                yield from self._sharing(swapped, distance)
                yield from (again for again in _swapped(swapped) if again in self)

    def _sharing(self, word: str, pieces: int) -> Iterator[str]:
        size = len(word) // pieces
        if not size:  # too short to leave a piece: every short word is a candidate
            yield from (w for w in self._words if len(w) <= len(word) + pieces - 1)
            return
        low, high = self._range(self._words, word[:size])
        yield from self._words[low:high]
        if self._reversed is None:
            self._reversed = sorted(w[::-1] for w in self._words)
        start = word[::-1][: len(word) - size * (pieces - 1)]
        low, high = self._range(self._reversed, start)
        yield from (w[::-1] for w in self._reversed[low:high])
        if pieces == 3:
            middle = word[size : 2 * size]
            reach = len(word) + 2
            yield from (w for w in self._words if middle in w and len(w) <= reach)

    @staticmethod
    def _range(words: list[str], start: str) -> tuple[int, int]:
        return bisect_left(words, start), bisect_left(words, start + _LAST)


def _swapped(word: str) -> Iterator[str]:
    for k in range(len(word) - 1):
        if word[k] != word[k + 1]:
            yield word[:k] + word[k + 1] + word[k] + word[k + 2 :]


def edits(one: str, other: str, limit: int) -> int | None:
    """Give the number of letters to change, add, leave out or swap with a neighbour; None above the limit."""
    if abs(len(one) - len(other)) > limit:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        nearest = i
        following = [i]
        for j, b in enumerate(other, 1):
            cost = min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            following.append(cost)
            nearest = min(nearest, cost)
        if nearest > limit and min(row) > limit:
            return None
        before, row = row, following
    return row[-1] if row[-1] <= limit else None
