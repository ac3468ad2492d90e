"""Which sources say the same."""

import hashlib
import re
import unicodedata

from casefile.model.ids import id_fold

FEWEST_WORDS = 20  # shorter texts (a caption, an error page) agree by chance
NEAR_BITS = 6  # of the 64 of a picture's difference hash
_WORD = re.compile(r"[^\W_]+")


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


def picture_distance(one: str, other: str) -> int:
    """Count the bits that differ between two picture hashes of 16 hex digits."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def same_picture(one: str | None, other: str | None) -> bool:
    """Say whether two picture hashes are near enough to be one picture, re-saved or scaled."""
    return bool(one and other) and picture_distance(one or "0", other or "0") <= NEAR_BITS
