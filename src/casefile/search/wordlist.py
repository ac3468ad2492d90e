"""The sorted words of one field of a segment, read where they lie in the file.

They stand one a line. The first word of each group is kept in memory, so that a word is found by
one bisection and one short read.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from casefile.search.segment import SegmentFile

GROUP = 32
LAST = "\U0010ffff".encode()  # after every word that begins so


def sections(field: str, words: Sequence[bytes]) -> dict[str, list[bytes]]:
    """Give the sections that hold the sorted words of a field."""
    starts, at = array("I"), 0
    for first in range(0, len(words), GROUP):
        starts.append(at)
        at += sum(map(len, words[first : first + GROUP])) + len(words[first : first + GROUP])
    starts.append(at)
    return {
        f"{field}.words": [b"\n".join(words), b"\n"],
        f"{field}.heads": [b"\n".join(words[::GROUP])],
        f"{field}.groups": [starts.tobytes()],
    }


class WordList:
    """The words of one field of a segment, each with its number; bytes are UTF-8."""

    def __init__(self, file: SegmentFile, field: str, count: int) -> None:
        self._file = file
        self._field = field
        self.count = count
        self._begin = file.sections[f"{field}.words"].start

    def find(self, word: bytes) -> int:
        """Give the number of a word, -1 when it is not there."""
        number = bisect_right(self._heads, word) - 1
        if number < 0 or b"\n" in word or not word:
            return -1
        lines = self._group(number)
        if lines.startswith(word + b"\n"):
            return number * GROUP
        at = lines.find(b"\n" + word + b"\n")
        return -1 if at < 0 else number * GROUP + lines.count(b"\n", 0, at + 1)

    def place(self, word: bytes) -> int:
        """Give the number of the first word that is not smaller."""
        number = max(0, bisect_right(self._heads, word) - 1)
        if number * GROUP >= self.count:
            return self.count
        return number * GROUP + bisect_left(self._lines(number), word)

    def word(self, number: int) -> bytes:
        """Give the word with a number."""
        return self._lines(number // GROUP)[number % GROUP]

    def beginning(self, start: bytes) -> range:
        """Give the numbers of the words that begin so."""
        return range(self.place(start), self.place(start + LAST)) if start else range(self.count)

    def between(self, low: int, high: int) -> list[bytes]:
        """Give the words with numbers from `low` up to but not `high`."""
        if low >= high:
            return []
        first, last = low // GROUP, (high - 1) // GROUP
        text = self._read(self._starts[first], self._starts[last + 1])
        lines = text.split(b"\n")
        return lines[low - first * GROUP : high - first * GROUP]

    def text(self) -> bytes:
        """Give all words, one a line."""
        return self._read(0, self._starts[-1])

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.text().split(b"\n")[:-1])

    @cached_property
    def _heads(self) -> list[bytes]:
        return self._file.section(f"{self._field}.heads").split(b"\n")

    @cached_property
    def _starts(self) -> "array[int]":
        found = array("I")
        found.frombytes(self._file.section(f"{self._field}.groups"))
        return found

    def _group(self, number: int) -> bytes:
        return self._read(self._starts[number], self._starts[number + 1])

    def _lines(self, number: int) -> list[bytes]:
        return self._group(number)[:-1].split(b"\n")

    def _read(self, start: int, end: int) -> bytes:
        return self._file.read(self._begin + start, end - start)
