"""Posting lists as flat arrays: document numbers, how often, and where; no pickle, no compression.

A list begins with one byte that tells its widths and two that tell how many documents it has. Numbers are as this machine writes them: the
index is a cache of one machine. Document numbers are below 65,536, as no segment has more.
"""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from operator import sub
from struct import Struct

MAX_DOCUMENTS = 0xFFFF
HEAD = 3
_GAPS = 1  # document numbers as gaps of one byte each
_SEVERAL = 2  # some document has the word more than once: frequencies follow
_WIDE = 4  # frequencies of four bytes, else of one
_FAR = 8  # positions of four bytes, else of two
_NONE = 16  # no positions are kept
_SHORT = 0xFF
_NEAR = 0xFFFF
_HEAD = Struct("=BH")
_ONE = Struct("=BHHH")  # widths, one document, which, and the position

Numbers = Sequence[int]


def encode(ids: Sequence[int], times: Sequence[int], places: Sequence[int] | None) -> bytes:
    """Write a list: documents in rising order, times in each, all positions one after another.

    `places` is None in a field that keeps none; `times` then does not count.
    """
    kind, listed = _listed(ids)
    often = where = b""
    if places is None:
        kind |= _NONE
    else:
        if len(places) != len(ids):
            most = max(times)
            kind |= _SEVERAL if most <= _SHORT else _SEVERAL | _WIDE
            often = bytes(times) if most <= _SHORT else array("I", times).tobytes()
        try:
            where = array("H", places).tobytes()
        except OverflowError:  # a position above 65,535, which is rare
            kind |= _FAR
            where = array("I", places).tobytes()
    return _HEAD.pack(kind, len(ids)) + listed + often + where


def encode_one(document: int, place: int | None) -> bytes:
    """Write the list of a word that stands once in one document, as most words do."""
    if place is None or place > _NEAR:
        return encode((document,), (1,), None if place is None else (place,))
    return _ONE.pack(0, 1, document, place)


def _listed(ids: Sequence[int]) -> tuple[int, bytes]:
    """Give the documents, as ways from each to the next where that is shorter."""
    if ids[-1] - ids[0] <= len(ids) * 64 and ids[0] <= _SHORT and len(ids) > 1:
        gaps = [ids[0], *map(sub, ids[1:], ids)]
        if max(gaps) <= _SHORT:
            return _GAPS, bytes(gaps)
    return 0, array("H", ids).tobytes()


def count_of(head: bytes) -> int:
    """Give the number of documents from the first `HEAD` bytes of a list."""
    count: int = _HEAD.unpack(head)[1]
    return count


class Posting:
    """One posting list, unpacked piece by piece as it is needed."""

    __slots__ = ("__dict__", "_at", "_data", "_kind", "count")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.count: int
        self._kind, self.count = _HEAD.unpack_from(data)
        self._at = HEAD + self.count * (1 if self._kind & _GAPS else 2)  # where frequencies begin

    @cached_property
    def ids(self) -> Numbers:
        """The documents, rising."""
        if self._kind & _GAPS:
            return list(accumulate(self._data[HEAD : self._at]))
        return memoryview(self._data)[HEAD : self._at].cast("H").tolist()

    def number(self, document: int) -> int | None:
        """Give the number of a document in the list; None when it is not there."""
        ids = self.ids
        at = bisect_left(ids, document)
        return at if at < self.count and ids[at] == document else None

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
