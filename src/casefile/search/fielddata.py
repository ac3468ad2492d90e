"""One field of a segment: its words, their posting lists, lengths and values."""

import itertools
from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property

from casefile.search.beginnings import Beginnings
from casefile.search.postings import HEAD, Posting, count_of
from casefile.search.segment import SegmentFile
from casefile.search.wordlist import WordList

NO_VALUE = 0xFFFF  # in a column: the document has no value
_OFFSET = 4
_KEPT = 20_000  # values that are remembered


class FieldData:
    """The inverted side of a field; any thread."""

    def __init__(self, file: SegmentFile, field: str) -> None:
        self._file = file
        self._field = field
        self._lists = file.sections[f"{field}.lists"].start
        self._postings = file.sections[f"{field}.postings"].start
        count = file.sections[f"{field}.lists"].size // _OFFSET - 1
        self.words = WordList(file, field, count)
        self._values: dict[int, bytes] = {}

    @cached_property
    def backwards(self) -> WordList:
        """The words written backwards, sorted; in fields of words only."""
        return WordList(self._file, backwards_of(self._field), self.words.count)

    def posting(self, word: bytes) -> Posting | None:
        """Give the posting list of a word; None when the segment does not know it."""
        number = self.words.find(word)
        return None if number < 0 else self.posting_at(number)

    def posting_at(self, number: int) -> Posting:
        """Give the posting list of the word with a number."""
        start, end = self._places(number, 2)
        return Posting(self._file.read(self._postings + start, end - start))

    def postings_of(self, numbers: range) -> Iterator[Posting]:
        """Give the posting lists of neighbouring words, read in one go."""
        if not numbers:
            return
        places = self._places(numbers.start, len(numbers) + 1)
        base = places[0]
        data = self._file.read(self._postings + base, places[-1] - base)
        for start, end in itertools.pairwise(places):
            yield Posting(data[start - base : end - base])

    def beginning(self, start: str, numbers: range) -> set[int]:
        """Give the documents in which any word that begins so stands; `numbers` are its words."""
        known = self._beginnings.get(start)
        if known is not None:
            return set(known)
        return set().union(*(posting.ids for posting in self.postings_of(numbers)))

    def frequency(self, number: int) -> int:
        """Give in how many documents the word with a number stands, deleted ones included."""
        start, _ = self._places(number, 2)
        return count_of(self._file.read(self._postings + start, HEAD))

    def weight_of(self, numbers: range) -> int:
        """Give how many bytes the posting lists of neighbouring words take."""
        if not numbers:
            return 0
        return self._places(numbers.stop, 1)[0] - self._places(numbers.start, 1)[0]

    def value(self, document: int) -> bytes:
        """Give the value of a document in a field of whole values; empty when it has none."""
        number = self.column[document] if self.column else NO_VALUE
        if number == NO_VALUE:
            return b""
        found = self._values.get(number)
        if found is None:
            if len(self._values) > _KEPT:
                self._values.clear()
            found = self._values[number] = self.words.word(number)
        return found

    @cached_property
    def _beginnings(self) -> "Beginnings":
        return Beginnings(self._file, self._field)

    @cached_property
    def column(self) -> Sequence[int]:
        """The number of each document's (first) value; empty where the field keeps none."""
        return unpacked(self._file, f"{self._field}.of", "H")

    def _places(self, number: int, count: int) -> "array[int]":
        found = array("I")
        found.frombytes(self._file.read(self._lists + number * _OFFSET, count * _OFFSET))
        return found


def backwards_of(field: str) -> str:
    """Give the name under which the words of a field stand written backwards."""
    return f"{field}~"


def unpacked(file: SegmentFile, section: str, kind: str) -> "array[int]":
    """Give a section of numbers."""
    found = array(kind)
    found.frombytes(file.section(section))
    return found
