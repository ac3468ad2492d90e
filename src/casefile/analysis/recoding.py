"""A text as it reads in another encoding: the same bytes, letter by letter."""

import codecs
import re
from dataclasses import dataclass

# What texts are read in when nobody chose; the first that explains the new text best is taken.
_READ_IN = (
    *("cp1252", "utf-8", "cp1251", "koi8-r", "cp1256", "iso8859-5", "iso8859-6", "cp866", "cp1250"),
    *(
        "cp1254",
        "cp1253",
        "cp1255",
        "gb18030",
        "big5hkscs",
        "cp932",
        "euc_jp",
        "cp949",
        "utf-16-le",
    ),
)
_WORD = re.compile(r"\w+")
_SAMPLE = 20_000  # code points that are compared
_ENOUGH = 0.6  # of the words of the sample


@dataclass(frozen=True, slots=True)
class Recoded:
    """A text in another encoding; `places[i]` is where letter i of the old one begins in it."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give where a range of code points of the old text stands."""
        return self.places[start], self.places[end]


def recoded(old: str, new: str, encoding: str) -> Recoded | None:
    """Give a text as its bytes read in an encoding; None where that does not explain the new text.

    The encoding that it was read in first is found by trying: the words must be those of `new`.
    """
    words = set(_WORD.findall(new))
    shares = {was: _share(old[:_SAMPLE], was, encoding, words) for was in _READ_IN}
    best = max(shares, key=lambda was: shares[was])
    if shares[best] < _ENOUGH or shares[best] <= _common(old[:_SAMPLE], words):
        return None
    return _letters(old, best, encoding)


def _share(text: str, was: str, encoding: str, words: set[str]) -> float:
    data = b"".join(_bytes(letter, was) or b"?" for letter in text)
    return _common(data.decode(encoding, "replace"), words)


def _common(text: str, words: set[str]) -> float:
    found = _WORD.findall(text)
    return sum(word in words for word in found) / len(found) if found else 0.0


def _letters(old: str, was: str, encoding: str) -> Recoded:
    """Read a text letter by letter; one that the old encoding does not have stays as it is."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for letter in old:
        places.append(at)
        data = _bytes(letter, was)
        part = decoder.decode(b"", final=True) + letter if data is None else decoder.decode(data)
        parts.append(part)
        at += len(part)
    parts.append(decoder.decode(b"", final=True))
    text = "".join(parts)
    return Recoded(text, (*places, len(text)))


def _bytes(letter: str, name: str) -> bytes | None:
    """Give the bytes of a letter; what an encoding of one byte leaves undefined stands for itself."""
    try:
        return letter.encode(name)
    except UnicodeError:
        return bytes([ord(letter)]) if "\x80" <= letter <= "\x9f" else None
