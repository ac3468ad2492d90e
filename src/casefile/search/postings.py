"""Posting lists as flat arrays: document numbers, how often, and where; no pickle, no compression.

A list begins with one byte that tells its widths and two that tell how many documents it has. Numbers are as this machine writes them: the
index is a cache of one machine. Document numbers are below 65,536, as no segment has more.
"""

from array import array
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, pairwise

MAX_DOCUMENTS = 0xFFFF
HEAD = 3
_GAPS = 1  # document numbers as gaps of one byte each
_SEVERAL = 2  # some document has the word more than once: frequencies follow
_WIDE = 4  # frequencies of four bytes, else of one
_FAR = 8  # positions of four bytes, else of two
_NONE = 16  # no positions are kept
_SHORT = 0xFF
_NEAR = 0xFFFF

Numbers = Sequence[int]


def encode(ids: Sequence[int], times: Sequence[int], places: "array[int] | None") -> bytes:
    """Write a list: documents in rising order, times in each, all positions one after another.

    `places` is None in a field that keeps none; `times` then does not count.
    """
    kind = 0
    parts = [b""]
    gaps = _gaps(ids)
    if gaps is None:
        parts.append(array("H", ids).tobytes())
    else:
        kind |= _GAPS
        parts.append(gaps)
    if places is None:
        kind |= _NONE
        parts[0] = _head(kind, ids)
        return b"".join(parts)
    if len(places) != len(ids):
        most = max(times)
        kind |= _SEVERAL | (_WIDE if most > _SHORT else 0)
        parts.append(bytes(list(times)) if most <= _SHORT else array("I", times).tobytes())
    if max(places) <= _NEAR:
        parts.append(array("H", places).tobytes())
    else:
        kind |= _FAR
        parts.append(array("I", places).tobytes())
    parts[0] = _head(kind, ids)
    return b"".join(parts)


def count_of(head: bytes) -> int:
    """Give the number of documents from the first `HEAD` bytes of a list."""
    return head[1] | head[2] << 8


def _head(kind: int, ids: Sequence[int]) -> bytes:
    count = len(ids)
    return bytes((kind, count & 0xFF, count >> 8))


def _gaps(ids: Sequence[int]) -> bytes | None:
    """Give the way from each document to the next where each fits in one byte."""
    count = len(ids)
    if count < 2 or (ids[-1] - ids[0]) > count * 64 or ids[0] > _SHORT:
        return None
    gaps = [ids[0], *(b - a for a, b in pairwise(ids))]
    return bytes(gaps) if max(gaps) <= _SHORT else None


class Posting:
    """One posting list, unpacked piece by piece as it is needed."""

    __slots__ = ("__dict__", "_at", "_data", "_kind", "count")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._kind = data[0]
        self.count = count = data[1] | data[2] << 8
        self._at = HEAD + count * (1 if self._kind & _GAPS else 2)  # where frequencies begin

    @cached_property
    def ids(self) -> Numbers:
        """The documents, rising."""
        if self._kind & _GAPS:
            return list(accumulate(self._data[HEAD : self._at]))
        return memoryview(self._data)[HEAD : self._at].cast("H").tolist()

    @cached_property
    def times(self) -> Numbers | None:
        """How often the word stands in each document; None when once in every one."""
        if not self._kind & _SEVERAL:
            return None
        if self._kind & _WIDE:
            return memoryview(self._data)[self._at : self._at + 4 * self.count].cast("I").tolist()
        return self._data[self._at : self._at + self.count]

    @cached_property
    def places(self) -> "array[int]":
        """All positions, those of the first document first; none where the field keeps none."""
        found = array("I" if self._kind & _FAR else "H")
        if not self._kind & _NONE:
            width = 4 if self._kind & _WIDE else 1
            found.frombytes(
                self._data[self._at + (width * self.count if self._kind & _SEVERAL else 0) :]
            )
        return found

    @property
    def has_places(self) -> bool:
        """True when positions are kept."""
        return not self._kind & _NONE

    @cached_property
    def starts(self) -> Numbers:
        """Where in `places` each document begins, and the end."""
        times = self.times
        return range(self.count + 1) if times is None else [0, *accumulate(times)]

    def places_in(self, number: int) -> "array[int]":
        """Give the positions in the document with this number in the list."""
        starts = self.starts
        return self.places[starts[number] : starts[number + 1]]
