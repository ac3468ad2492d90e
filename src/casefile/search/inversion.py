"""Turning documents into posting lists in memory, in place of Whoosh's sorting pool."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from casefile.search.fielddata import FieldData, backwards_of
from casefile.search.postings import encode
from casefile.search.wordlist import sections

Posting = tuple[str, bytes, int, float, bytes | None]
NO_PLACES: Sequence[int] = ()


class _Entry:
    """The posting list of one word, growing."""

    __slots__ = ("ids", "places", "times")

    def __init__(self) -> None:
        self.ids = array("H")
        self.times = array("I")
        self.places = array("I")


# Most words stand in one document only: until a second one comes, a pair will do.
_Single = tuple[int, Sequence[int]]


class Inversion:
    """What a segment will hold: for each field and word the documents and positions.

    Documents come in rising order. It stands where Whoosh has its pool of postings, and takes
    Whoosh's own postings, too: (field, word, document, weight, positions as four bytes each).
    """

    def __init__(self) -> None:
        self._fields: dict[str, dict[str, _Single | _Entry]] = defaultdict(dict)

    def add_words(self, field: str, document: int, places: Mapping[str, Sequence[int]]) -> None:
        """Take the words of a document with their positions."""
        entries = self._fields[field]
        get = entries.get
        for word, found in places.items():
            entry = get(word)
            if entry is None:
                entries[word] = (document, found)
                continue
            if entry.__class__ is tuple:
                entry = entries[word] = _grown(entry)
            entry.ids.append(document)  # type: ignore[union-attr]  # no tuple any more, and faster than asking
            entry.times.append(len(found))  # type: ignore[union-attr]  # as above
            entry.places.extend(found)  # type: ignore[union-attr]  # as above

    def add(self, posting: Posting) -> None:
        """Take one posting as Whoosh gives it."""
        field, word, document, _, value = posting
        places = array("I")
        places.frombytes(value or b"")  # a merge brings None where the field keeps no positions
        self.add_words(field, document, {word.decode(): places})

    def add_list(
        self, field: str, word: str, ids: Sequence[int], rest: Iterable[Sequence[int]]
    ) -> None:
        """Take a posting list of a merge: documents, then how often and positions where kept."""
        times, places = rest
        entries = self._fields[field]
        entry = entries.get(word)
        if entry is None and len(ids) == 1:
            entries[word] = (ids[0], places)
            return
        if entry is None:
            entry = entries[word] = _Entry()
        elif isinstance(entry, tuple):
            entry = entries[word] = _grown(entry)
        entry.ids.extend(ids)
        entry.times.extend(times)
        entry.places.extend(places)

    def iter_postings(self) -> "Inversion":
        """Give itself: our field writer takes the lists whole."""
        return self

    def cleanup(self) -> None:
        """Forget everything."""
        self._fields.clear()

    def fields(self) -> list[str]:
        """Give the fields that hold anything."""
        return sorted(self._fields)

    def words(self, field: str) -> list[str]:
        """Give the words of a field, sorted."""
        return sorted(self._fields[field])

    def sections(self, field: str, *, places: bool) -> Iterator[tuple[str, list[bytes]]]:
        """Give the sections of a field of a segment, and forget the field."""
        entries = self._fields.pop(field)
        words = sorted(entries)
        lists: list[bytes] = []
        starts, at = array("I"), 0
        for word in words:
            data = _encoded(entries.pop(word), places=places)
            lists.append(data)
            starts.append(at)
            at += len(data)
        starts.append(at)
        yield from sections(field, [word.encode() for word in words]).items()
        if places:
            backwards = sorted(word[::-1] for word in words)
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


def _grown(single: _Single) -> _Entry:
    document, places = single
    entry = _Entry()
    entry.ids.append(document)
    entry.times.append(len(places))
    entry.places.extend(places)
    return entry


def _encoded(entry: "_Single | _Entry", *, places: bool) -> bytes:
    if isinstance(entry, tuple):
        document, found = entry
        return encode((document,), (len(found),), array("I", found) if places else None)
    return encode(entry.ids, entry.times, entry.places if places else None)


def merged(
    inversion: Inversion, field: str, data: FieldData, numbers: Mapping[int, int] | int
) -> None:
    """Take a field of a finished segment; `numbers` says what its documents become.

    Either how much each number grows by, or the new number of those that are kept.
    """
    count = data.words.count
    for word, posting in zip(data.words, data.postings_of(range(count)), strict=True):
        ids, times = posting.ids, posting.times
        if isinstance(numbers, int):
            inversion.add_list(
                field,
                word.decode(),
                [n + numbers for n in ids],
                (times or (1,) * posting.count, posting.places.tolist()),
            )
            continue
        kept = [n for n, document in enumerate(ids) if document in numbers]
        if not kept:  # a word whose last document is gone is gone itself
            continue
        places = array("I")
        for number in kept:
            if posting.has_places:
                places.fromlist(posting.places_in(number).tolist())
        inversion.add_list(
            field,
            word.decode(),
            [numbers[ids[n]] for n in kept],
            ([times[n] if times else 1 for n in kept], places.tolist()),
        )
