"""Names that look alike though they are written with other letters, blanks or hidden signs."""

import unicodedata
from functools import lru_cache
from typing import Final

from casefile.model.fold import fold
from casefile.model.text import script
from casefile.resources import path
from casefile.strings import tr

_LATER: Final = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"))
_HIDDEN: Final = ("Cf", "Cc", "Cs", "Co", "Cn")
_JOINERS: Final = "\u200c\u200d"  # part of how Persian and Indic names are written


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    lines = path("confusables.txt").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    found = {ord(letter): stands for stands, letters in pairs for letter in letters}
    return found | {ord("I"): "l", ord("|"): "l"}


def skeleton(name: str) -> str:
    """Give what a name looks like: letters that look alike are one, nothing else counts."""
    shown = "".join(c for c in unicodedata.normalize("NFC", name) if c.isalnum() or c == "|")
    for _ in range(2):  # what a letter decomposes to may look like another one
        shown = unicodedata.normalize("NFKD", shown.translate(_table()))
    shown = "".join(c for c in shown.casefold() if c.isalnum())
    for two, one in _LATER:
        shown = shown.replace(two, one)
    return shown


def alike(first: str, second: str) -> bool:
    """Say whether a person could take one name for the other."""
    return skeleton(first) == skeleton(second) or _plain(first) == _plain(second)


def _plain(name: str) -> str:
    return skeleton(fold(name).text)


def oddities(name: str) -> list[str]:
    """Say what in a name could mislead its reader: hidden signs, blanks, mixed scripts."""
    found = []
    kept = "".join(c for c in name if c not in _JOINERS)
    if any(unicodedata.category(c) in _HIDDEN for c in kept):
        found.append(tr("It holds signs that cannot be seen."))
    blanks = any(c.isspace() and c != " " for c in name)
    if blanks or "  " in kept or kept != kept.strip():
        found.append(tr("It has blanks that cannot be seen."))
    if any(len({s for c in word if (s := script(c))}) > 1 for word in name.split()):
        found.append(tr("One of its words mixes scripts."))
    return found
