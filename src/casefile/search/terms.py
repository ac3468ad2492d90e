"""The words of an index as the makers of variants need them: over all fields, by several keys."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from casefile.search.spelling_rules import Sounding

_FEW = 30_000


class WordList(Protocol):
    """The sorted words of one field."""

    def __contains__(self, word: object) -> bool: ...

    def beginning(self, start: str, limit: int) -> tuple[list[str], bool]:
        """Give words that begin so, and whether there are more."""
        ...

    def near(self, word: str, distance: int, limit: int) -> tuple[list[str], bool]:
        """Give words within an edit distance, and whether there are more."""
        ...

    def __iter__(self) -> Iterator[str]: ...


class Terms:
    """All words of an index; answers are kept, so that a second letter costs less than the first."""

    def __init__(self, lists: Iterable[WordList], languages: Iterable[str] = ()) -> None:
        self._lists = list(lists)
        self.languages = frozenset(languages)
        self._sounding: Sounding | None = None
        self.kept: dict[tuple[str, str], list[str]] = {}  # of the makers of variants

    def __contains__(self, word: object) -> bool:
        return any(word in words for words in self._lists)

    def beginning(self, start: str, limit: int = 400) -> list[str]:
        """Give words that begin so, from every field."""
        found: dict[str, None] = {}
        for words in self._lists:
            found |= dict.fromkeys(words.beginning(start, limit)[0])
        return list(found)

    def near(self, word: str, distance: int, limit: int) -> list[str]:
        """Give words within an edit distance, from every field, the nearest first in each."""
        found: dict[str, None] = {}
        for words in self._lists:
            found |= dict.fromkeys(words.near(word, distance, limit)[0])
        return list(found)

    @property
    def sounding(self) -> Sounding:
        """The same words by what sounds alike; compared one by one only while they are few."""
        if self._sounding is None:
            words: dict[str, None] = {}
            for each in self._lists:
                words |= dict.fromkeys(each)
            self._sounding = Sounding(words, compared=len(words) <= _FEW)
        return self._sounding
