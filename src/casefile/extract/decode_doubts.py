"""Signs that a text was read in the wrong encoding, by its writer or by what it says of itself."""

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import islice

_SAMPLE = 200_000  # code points
_RUN = re.compile(r"[^\x00-\x7f]{2,}")
_LOST = 0.2  # share of a run's letters that may have been lost when it was garbled
_BEYOND = re.compile(r"[^\W\d_]", re.UNICODE)
# What UTF-8 is taken for by programs that do not know it.
_TAKEN_FOR = ("cp1252", "latin-1", "cp1251", "cp1256", "cp1250", "cp1254")
_FEWEST_RUNS, _MOST_RUNS = 3, 500
_SHARE = 0.3  # of the letters beyond ASCII
_LONGEST_SHOWN = 12
# Encodings of one alphabet, and the languages that are written in it.
_CYRILLIC = frozenset({"ru", "uk", "bg", "sr", "mk", "be", "kk", "tt", "tg"})
_ALPHABETS = {
    **dict.fromkeys(
        ("cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic"), _CYRILLIC
    ),
    **dict.fromkeys(("cp1256", "iso8859-6"), frozenset({"ar", "fa", "ur", "ckb", "ps"})),
    **dict.fromkeys(("cp1253", "iso8859-7"), frozenset({"el"})),
    **dict.fromkeys(("cp1255", "iso8859-8"), frozenset({"he", "yi"})),
}
_TRIED = ("cp1251", "koi8-r", "cp1256", "cp866", "cp1253", "cp1255", "iso8859-5")
_GREEK = ("cp1253", "iso8859-7")
_LATIN = frozenset(
    {"cp1252", "cp1250", "cp1254", "cp1257", "cp1258", "iso8859-2", "iso8859-15", "latin-1"}
)
_MOST_MARKED = 0.35  # share of letters beyond ASCII that no language in Latin letters reaches
_LEAST = 0.2
_SURE, _BETTER = 0.7, 0.15
_ODD = 0.03
_MARKS = "«»“”„‘’–—…№،؛؟ـًٌٍَُِّْ\u200c\u200f·\u00a0"


def garbled(text: str) -> str | None:
    """Say that a text holds UTF-8 that was once read as something else; None when it does not."""
    places = list(islice(_RUN.finditer(text), _MOST_RUNS))
    if len(places) < _FEWEST_RUNS:
        return None
    runs = [run[0] for run in places]
    beyond = sum(letter > "\x7f" for letter in text[: places[-1].end()])
    for name in _TAKEN_FOR:
        found = list(_mended(runs, name))
        letters = sum(sum(c > "\x7f" for c in was) for was, _ in found)
        if len({was for was, _ in found}) >= _FEWEST_RUNS and letters >= _SHARE * beyond:
            was, should = max(found, key=lambda pair: min(len(pair[1]), _LONGEST_SHOWN))
            return (
                f"some letters were garbled before the file was saved: {_cut(was, 2 * _LONGEST_SHOWN)}"
                f" stands for {_cut(should, _LONGEST_SHOWN)}"
            )
    return None


def _mended(runs: Iterable[str], name: str) -> Iterator[tuple[str, str]]:
    """Give runs of letters that are UTF-8 when they are written in an encoding, and as what."""
    for run in runs:
        try:
            data = b"".join(_byte(letter, name) for letter in run)
        except (UnicodeError, LookupError):
            continue
        should = data.decode("utf-8", "replace")
        if len(should) >= len(run) or should.count("\ufffd") > _LOST * len(should):
            continue
        if _BEYOND.search(should) or "\u2010" <= should[0] <= "\u203a":
            yield run, should


def _byte(letter: str, name: str) -> bytes:
    """Write a letter as programs do: what an encoding does not define stands for itself."""
    if "\x80" <= letter <= "\x9f":
        return bytes([ord(letter)])
    return letter.encode(name)


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def misdeclared(data: bytes, text: str, label: str) -> str | None:
    """Say that bytes read better in another encoding than the declared one; None when not."""
    name = codecs.lookup(label).name
    letters = _BEYOND.findall(text[:_SAMPLE])
    beyond = sum(letter > "\x7f" for letter in letters)
    if not letters or beyond < _LEAST * len(letters):
        return None
    if name in _LATIN and beyond < _MOST_MARKED * len(letters):
        return None
    chances = {other: _chance(data[:_SAMPLE].decode(other, "replace"), other) for other in _TRIED}
    best = max(chances, key=lambda other: chances[other])
    mine = _chance(text[:_SAMPLE], name) if name in _ALPHABETS else 0.0
    if (
        chances[best] < _SURE
        or chances[best] <= mine + _BETTER
        or name not in (*_LATIN, *_ALPHABETS)
    ):
        return None
    return f"it says that its encoding is {label}, but it reads well as {best}"


def _chance(text: str, name: str) -> float:
    """Tell how likely a text is in a language of the encoding's alphabet, in its usual letters."""
    words = " ".join(word for word in text.split() if not word.isascii())
    odd = sum(not (c.isalpha() or c in _MARKS) for c in words if c > "\x7f")
    if _is_turned(words) or odd > _ODD * max(1, len(words)):
        return 0.0
    if name in _GREEK and not _is_accented(words):
        return 0.0
    # Its library is loaded where texts are read, in the child, not with this module.
    from casefile.extract import language

    code, chance = language.likely(words)
    return chance if code in _ALPHABETS[name] else 0.0


def _is_accented(words: str) -> bool:
    """Tell Greek from other bytes taken for it: most of its words have just one accent."""
    longer = [word for word in words.lower().split() if len(word) > 3]
    once = sum(sum(c in "άέήίόύώΐΰ" for c in word) == 1 for word in longer)
    return once > 0.6 * max(1, len(longer))


def _is_turned(words: str) -> bool:
    """Tell whether capitals and small letters have changed places, as between two encodings."""
    inner = [c for word in words.split() for c in word[1:] if c.isalpha()]
    return sum(c.isupper() for c in inner) > 0.7 * max(1, len(inner)) and not words.isupper()
