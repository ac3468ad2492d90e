"""How much a word weighs in each field (BM25F), and how lengths are kept in one byte."""

from bisect import bisect_right

from casefile.search.groups import FURNITURE

K1 = 2.5
# How much a word weighs in each field, and how far the length of the field counts.
BOOSTS = {
    "title": (3.0, 0.4), "tag": (2.0, 0.3), "speaker": (1.5, 0.3), "caption": (1.2, 0.6),
    "body": (1.0, 0.75), "place": (1.0, 0.3), "author": (1.0, 0.3), "front": (0.8, 0.5),
    "credit": (0.7, 0.5), "publisher": (0.7, 0.3), FURNITURE: (0.3, 0.75),
}  # fmt: skip

_EXACT = 40  # lengths up to this are kept exactly, longer ones within 4.5 per cent
LENGTHS = (*range(_EXACT), *(round(_EXACT * 1.045**n) for n in range(256 - _EXACT)))


def code_of(length: int) -> int:
    """Give the byte that stands for a length in words: the greatest that is not above it."""
    return bisect_right(LENGTHS, length) - 1


def dampers(field: str, mean: float) -> list[float]:
    """Give, by length code, what is added to a frequency in the saturation f / (f + damper).

    It is K1 over the weight of one word in a field of that length; `mean` is the mean length.
    """
    boost, share = BOOSTS[field]
    return [K1 * (1 - share + share * size / max(1.0, mean)) / boost for size in LENGTHS]
