"""Which sources say the same."""

import hashlib
import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from heapq import nsmallest
from zlib import crc32

from casefile.model.ids import id_fold

FEWEST_WORDS = 20  # shorter texts (a caption, an error page) agree by chance
FEWEST_CONTAINED = 40  # pieces of a text that may count as cut out of a longer one
NEAR_WORDS = 0.3  # texts of different stories stay below 0.04
NEAR_CONTAINED = 0.7
KEYS = 16
SHARED_KEYS = 2
_POSITIVE = (1 << 63) - 1  # what a column of whole numbers holds
_WORD = re.compile(r"[^\W_]+")
# Chinese, Japanese and Thai have no spaces: each letter is a word.
_WORDS = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|"
    # Vowel signs and marks of direction stand inside words.
    r"(?:[^\W_]|[\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f])+"
)


def text_key(text: str) -> str | None:
    """Give the SHA-256 (64 hex digits) of the folded words in their order.

    Case, punctuation, white space, presentation forms and vowel signs do not count. None when the
    text has fewer than 20 words, which says too little.
    """
    plain = unicodedata.normalize("NFD", id_fold(text))
    found = _WORD.findall("".join(c for c in plain if unicodedata.category(c) not in _UNSEEN))
    if len(found) < FEWEST_WORDS:
        return None
    return hashlib.sha256(" ".join(found).encode("utf-8", "replace")).hexdigest()


_UNSEEN = frozenset({"Mn", "Cf"})  # accents and vowel signs; marks of direction, soft hyphens


def pieces(text: str) -> frozenset[int]:
    """Give the runs of three folded words of a text as numbers of 63 bits, each once.

    Empty when the text has fewer than 20 words. Scripts without spaces count letter by letter.
    """
    words = [_number(word) for word in _WORDS.findall(text)]
    if len(words) < FEWEST_WORDS:
        return frozenset()
    # The hash of a tuple of numbers is the same in every process, and quick.
    return frozenset(
        hash(run) & _POSITIVE for run in zip(words, words[1:], words[2:], strict=False)
    )


def keys(found: Collection[int]) -> tuple[int, ...]:
    """Give the smallest few of a text's pieces, by which its near copies are found.

    Two texts that share much of their pieces share several of these, whatever their lengths.
    """
    return tuple(nsmallest(KEYS, found))


def same_words(one: frozenset[int], other: frozenset[int]) -> float:
    """Give how much of two texts is the same (0 to 1): shared pieces of all, or of a cut copy.

    A text that is nearly all contained in another one counts by the share that is.
    """
    shared = len(one & other)
    smaller = min(len(one), len(other))
    if not shared:
        return 0.0
    contained = shared / smaller if smaller >= FEWEST_CONTAINED else 0.0
    together = shared / (len(one) + len(other) - shared)
    return max(together, contained * NEAR_WORDS / NEAR_CONTAINED)


@lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    """Give the number of a folded word."""
    if word.isascii():
        return crc32(word.lower().encode())
    plain = unicodedata.normalize("NFD", id_fold(word))
    folded = "".join(c for c in plain if unicodedata.category(c) not in _UNSEEN)
    return crc32(folded.encode("utf-8", "replace"))
