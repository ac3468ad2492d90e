"""Which of very many count most, found without sorting them: documents of a word, words of a start.

Weights are taken as one byte each: whole lists of bytes are counted, translated and picked from
within the interpreter's own loops. Rounding keeps the order, so that the best are among those with
the highest bytes.
"""

from collections.abc import Sequence
from itertools import compress, repeat
from operator import getitem, itemgetter

from casefile.search.postings import Posting

MANY = 200  # documents from which on it is worth while
_MOST = 255
# For each least byte what tells it and all above it from those below.
_ABOVE = [bytes(byte >= least for byte in range(256)) for least in range(256)]


class Ranks(dict[int, bytes]):
    """For each frequency the byte that stands for the weight in a field of each length code.

    `dampers` are what is added to a frequency in the saturation, by length code.
    """

    def __init__(self, dampers: list[float]) -> None:
        super().__init__()
        self._dampers = dampers

    def __missing__(self, often: int) -> bytes:
        made = bytes(int(_MOST * often / (often + damper)) for damper in self._dampers)
        self[often] = made
        return made


def topmost(posting: Posting, lengths: bytes, ranks: Ranks, wanted: int) -> list[int]:
    """Give at least so many documents of a list of two or more: none of the others weighs more."""
    ids = posting.ids
    codes = bytes(itemgetter(*ids)(lengths))
    if posting.times is None:
        weights = codes.translate(ranks[1])
    else:
        weights = bytes(map(getitem, map(ranks.__getitem__, posting.times), codes))
    least = max(weights)
    count = weights.count(least)
    while count < wanted and least:
        least -= 1
        count += weights.count(least)
    return list(compress(ids, weights.translate(_ABOVE[least])))


def shortest(words: Sequence[bytes], wanted: int) -> list[int]:
    """Give the numbers of so many of the shortest words, those first; of one length in their order.

    Words have at most 255 bytes, or count as if they had.
    """
    sizes = bytes(map(min, map(len, words), repeat(_MOST)))
    found: list[int] = []
    for size in range(min(sizes, default=_MOST), _MOST + 1):
        at = sizes.find(size)
        while at >= 0:
            found.append(at)
            if len(found) == wanted:
                return found
            at = sizes.find(size, at + 1)
    return found
