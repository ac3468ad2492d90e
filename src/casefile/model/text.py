"""Text in code points: folding and words, UTF-16 positions, direction, isolates, scripts, sentences."""

import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache

from casefile.model.fold import Folded, Word, fold, folded_words, hangs_on, word_pattern, words
from casefile.model.sentences import sentence_at, sentences

__all__ = [
    "Folded", "Utf16Map", "Word", "direction", "fold", "folded_words", "from_utf16", "hangs_on",
    "isolate", "script", "sentence_at", "sentences", "to_utf16", "word_pattern", "words",
]  # fmt: skip

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_ISOLATES = "\u2066\u2067\u2068"
_FIRST_STRONG, _POP = "\u2068", "\u2069"
_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


class Utf16Map:
    """The way between code points (Python) and UTF-16 units (Qt) in one text.

    A position outside the text is taken as its nearest end; a unit inside a pair is taken as the
    code point that it belongs to.
    """

    __slots__ = ("_astral", "_length", "_units")

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._astral = [] if text.isascii() else [m.start() for m in _ASTRAL.finditer(text)]
        self._units = [position + n for n, position in enumerate(self._astral)]

    @property
    def units(self) -> int:
        """The length of the text in UTF-16 units."""
        return self._length + len(self._astral)

    def to_utf16(self, position: int) -> int:
        """Give the unit where a code point begins."""
        position = min(max(position, 0), self._length)
        return position + bisect_left(self._astral, position) if self._astral else position

    def from_utf16(self, unit: int) -> int:
        """Give the code point that a unit belongs to."""
        unit = min(max(unit, 0), self.units)
        return unit - bisect_left(self._units, unit) if self._units else unit


@lru_cache(maxsize=8)
def _map(text: str) -> Utf16Map:
    return Utf16Map(text)


def to_utf16(text: str, position: int) -> int:
    """Give the UTF-16 unit where a code point of a text begins."""
    return _map(text).to_utf16(position)


def from_utf16(text: str, unit: int) -> int:
    """Give the code point of a text that a UTF-16 unit belongs to."""
    return _map(text).from_utf16(unit)


def isolate(text: str) -> str:
    """Wrap a string so that its direction cannot disturb the sentence around it.

    Isolates inside are balanced, so that the string cannot end its own wrapping.
    """
    if text.isascii():
        return f"{_FIRST_STRONG}{text}{_POP}"
    kept, depth = [], 0
    for letter in text:
        if letter == _POP:
            if not depth:
                continue
            depth -= 1
        elif letter in _ISOLATES:
            depth += 1
        kept.append(letter)
    return f"{_FIRST_STRONG}{''.join(kept)}{_POP * (depth + 1)}"


def direction(text: str) -> str | None:
    """Give "ltr" or "rtl" by the first strong letter outside isolates; None without one."""
    depth = 0
    for letter in text:
        if letter in _ISOLATES:
            depth += 1
        elif letter == _POP:
            depth = max(0, depth - 1)
        elif not depth:
            found = _STRONG.get(unicodedata.bidirectional(letter))
            if found:
                return found
    return None


def script(word: str) -> str | None:
    """Give the script of the first letter as Unicode names it ("latin", "arabic", "cjk"); else None."""
    letter = next((c for c in word if c.isalpha()), None)
    name = unicodedata.name(letter, "") if letter else ""
    return name.split()[0].lower() if name else None
