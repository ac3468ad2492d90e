"""The documents of very common beginnings, kept beforehand: one letter stands for half the words.

Of each beginning of one or two letters with many words the documents are a row of bits.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import compress, groupby
from operator import itemgetter

from casefile.search.segment import SegmentFile

MANY = 1000  # words of one beginning; of fewer the lists are read
_LETTERS = (1, 2)
_BITS = [bytes(byte >> bit & 1 for bit in range(8)) for byte in range(256)]


class Beginnings:
    """The beginnings of a field that are kept."""

    def __init__(self, file: SegmentFile, field: str) -> None:
        self._file = file
        self._documents = file.facts["all"]["documents"]
        self._field = field

    def get(self, start: str) -> Iterator[int] | None:
        """Give the documents in which a word begins so, rising; None when that is not kept."""
        number = self._known.get(start)
        if number is None:
            return None
        size = -(-self._documents // 8)
        begin = self._file.sections[f"{self._field}.begun"].start
        bits = self._file.read(begin + number * size, size)
        return compress(range(self._documents), b"".join(map(_BITS.__getitem__, bits)))

    @cached_property
    def _known(self) -> dict[str, int]:
        text = self._file.section(f"{self._field}.begin").decode()
        return {start: n for n, start in enumerate(text.split("\n"))} if text else {}


class Collector:
    """Collects the documents of the common beginnings while the sorted words of a field go by."""

    def __init__(self, words: Sequence[str], documents: int) -> None:
        self._documents = documents
        self._found: dict[str, set[int]] = {}
        self._changes: dict[int, list[set[int]]] = {}  # from which word on which sets grow
        for letters in _LETTERS:
            at = 0
            for start, same in groupby(words, key=itemgetter(slice(letters))):
                end = at + sum(1 for _ in same)
                if end - at >= MANY and len(start) == letters:
                    found = self._found[start] = set()
                    self._changes.setdefault(at, []).append(found)
                    self._changes.setdefault(end, []).append(found)
                at = end
        self._growing: list[set[int]] = []

    def take(self, number: int, documents: Iterable[int]) -> None:
        """Take the documents of the word with a number; each number comes once, in order."""
        for found in self._changes.pop(number, ()):
            if any(found is each for each in self._growing):
                self._growing = [each for each in self._growing if each is not found]
            else:
                self._growing = [*self._growing, found]
        for found in self._growing:
            found.update(documents)

    def sections(self, field: str) -> Iterator[tuple[str, list[bytes]]]:
        """Give what is kept of a field."""
        yield f"{field}.begin", ["\n".join(self._found).encode()]
        yield f"{field}.begun", [_row(found, self._documents) for found in self._found.values()]


def _row(documents: Iterable[int], count: int) -> bytes:
    row = bytearray(-(-count // 8))
    for document in documents:
        row[document >> 3] |= 1 << (document & 7)
    return bytes(row)
