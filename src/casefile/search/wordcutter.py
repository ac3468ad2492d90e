"""Cutting texts into folded words, as `folded_words` does, fast enough for a whole case."""

from casefile.model.text import folded_words
from casefile.search.groups import MAX_WORD

_KEPT = 200_000  # words in other letters whose folding is remembered


class Cutter:
    """Gives the words of texts; remembers how what it met was folded.

    Nothing that white space parts touches in folding, so each piece can be folded by itself.
    """

    def __init__(self) -> None:
        self._known: dict[str, list[str]] = {}

    def words(self, text: str) -> list[str]:
        """Give the folded words of a text in order, each cut at its greatest length."""
        if text.isascii():
            return _cut(folded_words(text))
        if len(self._known) > _KEPT:
            self._known.clear()
        known = self._known
        found: list[str] = []
        for piece in text.split():
            words = known.get(piece)
            if words is None:
                words = known[piece] = _cut(folded_words(piece))
            found += words
        return found


def _cut(words: list[str]) -> list[str]:
    if max(map(len, words), default=0) > MAX_WORD:
        return [word[:MAX_WORD] for word in words]
    return words
