"""Turning documents into posting lists in memory, in place of Whoosh's sorting pool."""

from array import array
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import Any

from casefile.search.beginnings import Collector
from casefile.search.fielddata import FieldData, backwards_of
from casefile.search.postings import encode, encode_one
from casefile.search.wordlist import sections

Posting = tuple[str, bytes, int, float, bytes | None]


class _Stream:
    """The words of a field as they come, numbered through; and of each word its numbers."""

    def __init__(self) -> None:
        self.numbers: dict[bytes, array[int]] = defaultdict(partial(array, "I"))
        self.documents = array("H")  # of each number
        self.places = array("I")  # of each number, in its document

    def take(self, words: Sequence[bytes], document: int, place: int) -> None:
        """Take words that stand in a row, from a place of a document on."""
        first, count = len(self.documents), len(words)
        self.documents.extend(array("H", (document,)) * count)
        self.places.extend(array("I", range(place, place + count)))
        lists = map(self.numbers.__getitem__, words)
        # Runs the whole of it within the interpreter's own loops.
        deque(map(array.append, lists, range(first, first + count)), maxlen=0)

    def encoded(self, numbers: "array[int]", *, places: bool) -> tuple[Iterable[int], bytes]:
        """Give the documents and the posting list of a word."""
        if len(numbers) == 1:
            number = numbers[0]
            document = self.documents[number]
            return (document,), encode_one(document, self.places[number] if places else None)
        chosen: Any = itemgetter(*numbers)  # one call for all of them
        standing = chosen(self.documents)
        documents = dict.fromkeys(standing, 1)
        if len(documents) < len(standing):
            documents = Counter(standing)
        data = encode(
            list(documents), list(documents.values()), chosen(self.places) if places else None
        )
        return documents, data

    def listed(self, numbers: "array[int]") -> dict[int, list[int]]:
        """Give the positions of a word by document."""
        found: dict[int, list[int]] = {}
        for number in numbers:
            found.setdefault(self.documents[number], []).append(self.places[number])
        return found


class Inversion:
    """What a segment will hold: for each field and word the documents and positions.

    It stands where Whoosh has its pool of postings, and takes Whoosh's own postings, too: (field,
    word, document, weight, positions as four bytes each).
    """

    def __init__(self) -> None:
        self._streams: dict[str, _Stream] = defaultdict(_Stream)
        # Postings that came word by word: documents, how often, positions.
        self._lists: dict[str, dict[bytes, list[Mapping[int, Sequence[int]]]]] = defaultdict(dict)

    def take(self, field: str, document: int, words: Sequence[bytes], place: int = 0) -> None:
        """Take words that stand in a row in a field, from a place of a document on.

        Documents come in rising order, places as well.
        """
        self._streams[field].take(words, document, place)

    def add(self, posting: Posting) -> None:
        """Take one posting as Whoosh gives it."""
        field, word, document, _, value = posting
        places = array("I")
        places.frombytes(value or b"")  # a merge brings None where the field keeps no positions
        self.add_list(field, word, {document: places})

    def add_list(self, field: str, word: bytes, places: Mapping[int, Sequence[int]]) -> None:
        """Take the positions of a word by document, none where they are not kept."""
        self._lists[field].setdefault(word, []).append(places)

    def iter_postings(self) -> "Inversion":
        """Give itself: our field writer takes the lists whole."""
        return self

    def cleanup(self) -> None:
        """Forget everything."""
        self._streams.clear()
        self._lists.clear()

    def fields(self) -> list[str]:
        """Give the fields that hold anything."""
        return sorted({*self._streams, *self._lists})

    def words(self, field: str) -> list[bytes]:
        """Give the words of a field, sorted."""
        numbers = self._streams[field].numbers if field in self._streams else {}
        return sorted({*numbers, *self._lists.get(field, {})})

    def sections(
        self, field: str, documents: int, *, places: bool
    ) -> Iterator[tuple[str, list[bytes]]]:
        """Give the sections of a field of a segment of so many documents, and forget the field."""
        words = self.words(field)
        plain = [word.decode() for word in words] if places else []
        collector = Collector(plain, documents)
        stream, more = self._streams.pop(field, _Stream()), self._lists.pop(field, {})
        lists: list[bytes] = []
        starts, at = array("I"), 0
        for n, word in enumerate(words):
            numbers = stream.numbers.pop(word, None)
            if numbers is not None and word not in more:
                found, data = stream.encoded(numbers, places=places)
            else:
                found, data = _joined(
                    more.pop(word), stream.listed(numbers or array("I")), places=places
                )
            collector.take(n, found)
            lists.append(data)
            starts.append(at)
            at += len(data)
        starts.append(at)
        yield from sections(field, words).items()
        if places:
            yield from collector.sections(field)
            backwards = sorted(word[::-1] for word in plain)
            yield from sections(backwards_of(field), [word.encode() for word in backwards]).items()
        yield f"{field}.lists", [starts.tobytes()]
        yield f"{field}.postings", lists

    @classmethod
    def of(cls, postings: Iterable[Posting]) -> "Inversion":
        """Take postings from a pool of Whoosh's own."""
        made = cls()
        for posting in postings:
            made.add(posting)
        return made


def _joined(
    parts: Iterable[Mapping[int, Sequence[int]]],
    more: Mapping[int, Sequence[int]],
    *,
    places: bool,
) -> tuple[Iterable[int], bytes]:
    whole: dict[int, Sequence[int]] = dict(more)
    for part in parts:
        whole.update(part)
    ids = sorted(whole)
    every = [place for n in ids for place in whole[n]] if places else None
    return ids, encode(ids, [len(whole[n]) for n in ids], every)


def merged(inversion: Inversion, field: str, data: FieldData, numbers: Mapping[int, int]) -> None:
    """Take a field of a finished segment; `numbers` are the new ones of documents that are kept."""
    count = data.words.count
    for word, posting in zip(data.words, data.postings_of(range(count)), strict=True):
        kept = {
            numbers[document]: posting.places_in(n)
            for n, document in enumerate(posting.ids)
            if document in numbers
        }
        if kept:  # a word whose last document is gone is gone itself
            inversion.add_list(field, word, kept)
