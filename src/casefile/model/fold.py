"""Folding: what the search takes as the same letters, with the way back to the original."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# Letters that no Unicode decomposition brings together but that people write for one another.
_SPECIAL = {
    **dict.fromkeys("أإآٱٲٳ", "ا"),
    **dict.fromkeys("ىیئ", "ي"),  # alef maqsura, Persian ya, ya with hamza
    **dict.fromkeys("ةہۀ", "ه"),  # ta marbuta, Urdu ha
    **dict(zip("ؤکڪ", "وكك", strict=True)),
    **dict(zip("ёѐѝ", "ееи", strict=True)),
    **dict(zip("øđðłħı", "oddlhi", strict=True)),
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    **dict.fromkeys("ʻʼ", "'"),  # an apostrophe in Ukrainian and Uzbek: parts words like one
    **dict.fromkeys("ʹʺʽʾʿˈˊˋˌ", ""),  # transliteration signs (ʿAbd)
    **dict.fromkeys("\u0640\u00ad\u200c\u200d\u2060\ufeff", ""),  # tatweel, hyphenation, joiners
    **dict.fromkeys("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e", ""),  # direction marks
    **dict.fromkeys("\u2066\u2067\u2068\u2069", ""),
    **dict.fromkeys("¹²³⁰⁴⁵⁶⁷⁸⁹", " "),  # the number of a footnote is no part of the word
}
# Points and accents that are not letters: Latin, Greek and Cyrillic accents, Hebrew points, Arabic
# tashkeel, Syriac points, variation selectors. Vowel signs of other scripts are letters and stay.
_POINTS = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F),
    (0x0670, 0x0670), (0x06D6, 0x06ED), (0x0711, 0x0711), (0x0730, 0x074A), (0x08CA, 0x08FF),
    (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F),
    (0xE0100, 0xE01EF),
)  # fmt: skip
# A base letter and the accents that may make another letter of it (й, が), or Korean letters apart.
_CLUSTER = re.compile("[^\u0300-\u036f\u3099\u309a][\u0300-\u036f\u3099\u309a]+|[\u1100-\u11ff]+")
_COMPOSED = re.compile("[\u0300-\u036f\u3099\u309a\u1100-\u11ff]")
_FILLER = "\u0301"
# Scripts that put no space between words: each of their letters is a word, so that a word of
# several letters is sought as a phrase.
_UNSPACED = "\u0e00-\u0edf\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_PLAIN_WORD = re.compile(r"[^\W_]+")
# Blocks in which most letters become nothing but small: Latin to Cyrillic, Hebrew to Arabic, signs.
_BLOCKS = ((0x00, 0x530), (0x5D0, 0x700), (0x2000, 0x2070), (0x20A0, 0x20C0), (0x2190, 0x2300))
_KEPT = 50_000  # runs whose folding is remembered


class _Letters:
    """A growing set of letters with an expression that finds any of them."""

    def __init__(self) -> None:
        self._found: set[str] = set()
        self._made = ("", re.compile("(?!)"))  # changed in one piece, for other threads

    def add(self, letter: str) -> None:
        """Take one more."""
        self._found.add(letter)

    def _current(self) -> tuple[str, re.Pattern[str]]:
        made = self._made
        if len(made[0]) != len(self._found):
            written = "".join(sorted(self._found))
            self._made = made = (written, re.compile(f"[{re.escape(written)}]"))
        return made

    @property
    def written(self) -> str:
        """All of them, sorted."""
        return self._current()[0]

    @property
    def pattern(self) -> re.Pattern[str]:
        """An expression that finds any of them."""
        return self._current()[1]


class _Folds(dict[int, str]):
    """What each code point folds to, worked out when it is first met.

    Collects on the way which code points make none or several (`uneven`), and which signs of
    those that are written onto others stay (`signs`).
    """

    def __init__(self) -> None:
        super().__init__()
        self.uneven = _Letters()
        self.signs = _Letters()

    def __missing__(self, code: int) -> str:
        folded = _fold_letter(chr(code))
        if len(folded) != 1:
            self.uneven.add(chr(code))
        for sign in folded:
            if unicodedata.category(sign)[0] == "M":
                self.signs.add(sign)
        self[code] = folded
        return folded


_folds = _Folds()


class _Runs(dict[str, str]):
    """What each run of letters that do not just become small folds to."""

    def __missing__(self, run: str) -> str:
        if len(self) > _KEPT:
            self.clear()
        folded = self[run] = run.translate(_folds)
        return folded


_runs = _Runs()


@lru_cache(maxsize=1)
def _odd() -> re.Pattern[str]:
    """Give the expression that parts a text at whatever does more than become small.

    Most letters of most texts are plain: `str.lower` is many times faster than a table.
    """
    plain = "".join(chr(c) for first, end in _BLOCKS for c in range(first, end) if _is_plain(c))
    return re.compile(f"([^{re.escape(plain)}]+)")


def _is_plain(code: int) -> bool:
    letter = chr(code)
    # Behind another letter: a capital sigma at the end of a word becomes another small one.
    return ("a" + letter).lower() == "a" + _folds[code] and unicodedata.category(letter)[0] != "M"


class Word(NamedTuple):
    """One word of a text: folded, and the half-open range of its original code points."""

    folded: str
    start: int
    end: int


class Folded:
    """A folded text that knows where each of its code points came from."""

    __slots__ = ("_composed", "_odd", "_uneven", "original", "text")

    def __init__(self, text: str, original: str, composed: str | None, odd: str = "") -> None:
        """Take `composed` (as long as the original) where folding did not keep every place.

        `odd` is what became of the letters that did not just become small.
        """
        self.text = text
        self.original = original
        self._composed = composed
        self._odd = odd
        self._uneven: tuple[list[int], list[int]] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression that finds the words of the folded text."""
        return word_pattern(self._odd)

    def origin(self, position: int) -> int:
        """Give the original code point that made a folded one."""
        if self._composed is None:
            return position
        if self._uneven is None:
            self._uneven = self._unevenness(self._composed)
        ends, places = self._uneven
        passed = bisect_right(ends, position)
        back = position - (ends[passed - 1] - places[passed - 1] - 1 if passed else 0)
        return min(back, places[passed]) if passed < len(places) else back

    @staticmethod
    def _unevenness(composed: str) -> tuple[list[int], list[int]]:
        """Give for each letter that made none or several where those end, and where it stands."""
        ends, places, shift = [], [], 0
        for match in _folds.uneven.pattern.finditer(composed):
            shift += len(_folds[ord(match.group())]) - 1
            places.append(match.start())
            ends.append(match.end() + shift)
        return ends, places

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the original range of a folded one, with the accents that hang on its end."""
        if self._composed is None:
            return start, max(start, end)
        if end <= start:
            return self.origin(start), self.origin(start)
        last = self.origin(end - 1) + 1
        while last < len(self.original) and hangs_on(self.original[last]):
            last += 1
        return self.origin(start), last


def hangs_on(letter: str) -> bool:
    """Say whether a code point is written onto the one before it (accent, vowel sign, tatweel)."""
    return letter == "\u0640" or unicodedata.category(letter) in ("Mn", "Mc", "Me")


def fold(text: str) -> Folded:
    """Fold a text: case, compatibility forms, accents, Arabic and Cyrillic spellings, digits.

    Letters of one script never become letters of another; positions are code points.
    """
    if text.isascii():
        return Folded(text.lower(), text, None)
    parted = _odd().split(text)
    if len(parted) == 1:
        return Folded(text.lower(), text, None)
    composed, odd = text, "".join(parted[1::2])
    if _COMPOSED.search(odd):
        composed = _CLUSTER.sub(_compose, text)
        parted = _odd().split(composed)
        odd = "".join(parted[1::2])
    parted[::2] = map(str.lower, parted[::2])
    parted[1::2] = map(_runs.__getitem__, parted[1::2])
    folded = "".join(parted)
    even = len(folded) == len(text) and not _folds.uneven.pattern.search(odd)
    return Folded(folded, text, None if even else composed, "".join(parted[1::2]))


def folded_words(text: str) -> list[str]:
    """Give the folded words of a text in order; see `words` for what a word is."""
    if text.isascii():
        return _PLAIN_WORD.findall(text.lower())
    folded = fold(text)
    return folded.pattern.findall(folded.text)


def words(text: str) -> Iterator[Word]:
    """Give each run of letters and digits, folded, with its original range.

    Folding comes first, since Arabic vowel signs would split words. Everything else parts words:
    `al-Mayadeen` is two, `Iran's` is two (`iran`, `s`), so that `Iran` finds it and `Iran's`,
    sought as a phrase of two, finds exactly it. Han, Kana, Thai, Lao, Khmer and Burmese letters
    are one word each.
    """
    folded = fold(text)
    for match in folded.pattern.finditer(folded.text):
        yield Word(match.group(), *folded.span(*match.span()))


def word_pattern(folded: str) -> re.Pattern[str]:
    """Give the expression that finds the words of a folded text."""
    if folded.isascii():
        return _PLAIN_WORD
    if not _HAS_UNSPACED.search(folded) and not _folds.signs.pattern.search(folded):
        return _PLAIN_WORD
    return _pattern_with(_folds.signs.written)


@lru_cache(maxsize=64)
def _pattern_with(signs: str) -> re.Pattern[str]:
    hanging = f"[{re.escape(signs)}]*" if signs else ""
    letter = rf"(?:(?![{_UNSPACED}])[^\W_]" + (f"|[{re.escape(signs)}])+" if signs else ")+")
    return re.compile(f"[{_UNSPACED}]{hanging}|{letter}")


def _compose(cluster: re.Match[str]) -> str:
    """Put a letter and its accents together, in as many code points as before."""
    apart = cluster.group()
    together = unicodedata.normalize("NFC", apart)
    return together.ljust(len(apart), _FILLER) if len(together) <= len(apart) else apart


def _fold_letter(letter: str) -> str:
    code = ord(letter)
    if letter in _SPECIAL:
        return _SPECIAL[letter]
    if any(first <= code <= last for first, last in _POINTS):
        return "" if unicodedata.category(letter) in ("Mn", "Me") else letter
    digit = unicodedata.decimal(letter, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", letter).casefold()
    if 0xFB50 <= code <= 0xFEFF:
        plain = plain.strip()  # an Arabic vowel sign apart, as PDFs hold it, stands on a space
    if _drops_accents(plain):
        plain = "".join(
            c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c)
        )
    if plain == letter:
        return letter
    return "".join(_fold_letter(c) for c in plain)


def _drops_accents(plain: str) -> bool:
    """Latin and Greek letters lose their accents; й, ї, が and the like are other letters."""
    return all(c < "\u0400" or "\u1e00" <= c < "\u2000" for c in plain)
