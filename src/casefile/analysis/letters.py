"""A text as its letters and signs with their places, comparable across extractions.

White space does not count, nor compatibility forms (the ligature fi is f and i, an Arabic
presentation form its letter), nor the hyphen of a word that is broken over two lines.
"""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

# U+0002 is what one PDF library writes for a hyphen at the end of a line.
_BROKEN = re.compile(r"(?<=\w)(?:[\u00ad\u0002]\s*|[-\u2010]\s*\n\s*)(?=\w)")
_HYPHEN = re.compile(r"[-\u2010]")
_WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of one text in a row; `origins` has the place of each in the text."""

    text: str
    origins: list[int]

    def at(self, start: int, end: int) -> tuple[int, int]:
        """Give the half-open range of letters that a range of code points holds."""
        return bisect_left(self.origins, start), bisect_left(self.origins, end)

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Give the range of code points that letters stand in; `last` is behind the last one."""
        return self.origins[first], self.origins[last - 1] + 1


def letters(text: str) -> Letters:
    """Take the letters of a text."""
    gaps = bytearray(len(text))
    for found in _BROKEN.finditer(text):
        gaps[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    out: list[str] = []
    origins: list[int] = []
    for place, letter in enumerate(text):
        if gaps[place] or letter.isspace():
            continue
        if letter.isascii():
            out.append(letter)
            origins.append(place)
            continue
        plain_ = _WHITE.sub("", unicodedata.normalize("NFKD", letter))
        out.append(plain_)
        origins.extend([place] * len(plain_))
    return Letters("".join(out), origins)


def same(one: str, other: str) -> bool:
    """Say whether two passages have the same letters; a hyphen at the end of a line may be real."""
    here, there = letters(one).text, letters(other).text
    if here == there:
        return True
    broken = any(_BROKEN.search(words) for words in (one, other))
    return broken and _HYPHEN.sub("", here) == _HYPHEN.sub("", there)
