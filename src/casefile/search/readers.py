"""Whoosh's readers over an opened segment, so that each of its queries and collectors works."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any

from typing_extensions import override
from whoosh import columns
from whoosh.codec import base
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.query.spans import Span
from whoosh.reading import TermInfo, TermNotFound

from casefile.search.fielddata import FieldData
from casefile.search.leaf import NUMBERS, Leaf
from casefile.search.postings import Posting
from casefile.search.weights import LENGTHS

_MOST = 1 << 30  # more than any length, weight or document number


class TermsReader(base.TermsReader):  # type: ignore[misc]  # Whoosh has no types
    """The words of a segment and their posting lists."""

    def __init__(self, leaf: Leaf) -> None:
        self._leaf = leaf

    @override
    def __contains__(self, term: tuple[str, bytes]) -> bool:
        data = self._leaf.field(term[0])
        return data is not None and data.words.find(term[1]) >= 0

    @override
    def cursor(self, fieldname: str, fieldobj: Any) -> "Cursor":
        return Cursor(self._data(fieldname))

    @override
    def terms(self) -> Iterator[tuple[str, bytes]]:
        for field in self.indexed_field_names():
            yield from self.terms_from(field, b"")

    @override
    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        words = self._data(fieldname).words
        yield from ((fieldname, w) for w in words.between(words.place(prefix), words.count))

    @override
    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        yield from ((term, self.term_info(*term)) for term in self.terms())

    @override
    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        yield from ((t, self.term_info(*t)) for t in self.terms_from(fieldname, prefix))

    @override
    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        posting = self._posting(fieldname, text)
        weight = float(sum(posting.times) if posting.times else posting.count)
        return TermInfo(
            weight=weight,
            df=posting.count,
            minlength=1,
            maxlength=_MOST,
            maxweight=weight,
            minid=posting.ids[0],
            maxid=posting.ids[-1],
        )

    @override
    def frequency(self, fieldname: str, text: bytes) -> float:
        try:
            return self.term_info(fieldname, text).weight()  # type: ignore[no-any-return]  # no types there
        except TermNotFound:
            return 0

    @override
    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        try:
            return self._posting(fieldname, text).count
        except TermNotFound:
            return 0

    @override
    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> "Matcher":
        return Matcher(self._posting(fieldname, text), format_, scorer, (fieldname, text))

    @override
    def indexed_field_names(self) -> list[str]:
        return self._leaf.fields()

    @override
    def close(self) -> None:
        """Do nothing: the file goes with the last who reads it."""

    def _data(self, field: str) -> FieldData:
        data = self._leaf.field(field)
        if data is None:
            msg = f"no word in {field}"
            raise TermNotFound(msg)
        return data

    def _posting(self, field: str, text: bytes) -> Posting:
        posting = self._data(field).posting(text)
        if posting is None:
            msg = f"no {text!r} in {field}"
            raise TermNotFound(msg)
        return posting


class Cursor(base.FieldCursor):  # type: ignore[misc]  # Whoosh has no types
    """A place among the words of a field."""

    def __init__(self, data: FieldData) -> None:
        self._words = list(data.words)
        self._data = data
        self._at = 0

    @override
    def first(self) -> str | None:
        self._at = 0
        return self.text()

    @override
    def find(self, string: str | bytes) -> str | None:
        word = string.encode() if isinstance(string, str) else string
        self._at = bisect_left(self._words, word)
        return self.text()

    @override
    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """Give the word here; None after the last."""
        return self._words[self._at].decode() if self.is_valid() else None

    def is_valid(self) -> bool:
        """Say whether there is a word here."""
        return self._at < len(self._words)


class Matcher(LeafMatcher):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's matcher over one posting list."""

    def __init__(self, posting: Posting, format_: Any, scorer: Any, term: Any) -> None:
        self._posting = posting
        self._ids = posting.ids
        self.format = format_
        self.scorer = scorer
        self._term = term
        self._at = 0

    @override
    def is_active(self) -> bool:
        return self._at < len(self._ids)

    @override
    def id(self) -> int:
        return self._ids[self._at]

    @override
    def weight(self) -> float:
        times = self._posting.times
        return float(times[self._at]) if times is not None else 1.0

    @override
    def value(self) -> bytes:
        if not self._posting.has_places:
            return b""
        return array("I", self._posting.places_in(self._at)).tobytes()

    @override
    def spans(self) -> list[Span]:
        return [Span(place) for place in self._posting.places_in(self._at)]

    @override
    def next(self) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return False  # no block was left behind

    @override
    def skip_to(self, id: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._at = bisect_left(self._ids, id, self._at)

    @override
    def reset(self) -> None:
        self._at = 0

    @override
    def copy(self) -> "Matcher":
        other = Matcher(self._posting, self.format, self.scorer, self._term)
        other._at = self._at
        return other

    @override
    def all_ids(self) -> Iterator[int]:
        return iter(self._ids[self._at :])

    @override
    def supports_block_quality(self) -> bool:
        """No list tells what its blocks can score; scoring all of it is cheap."""
        return False

    @override
    def max_quality(self) -> float:
        return float(_MOST)

    @override
    def block_quality(self) -> float:
        return float(_MOST)

    @override
    def skip_to_quality(self, minquality: float) -> int:
        return 0

    @override
    def block_min_length(self) -> int:
        return 1

    @override
    def block_max_length(self) -> int:
        return _MOST

    @override
    def block_max_weight(self) -> float:
        return float(_MOST)


class DocumentReader(base.PerDocumentReader):  # type: ignore[misc]  # Whoosh has no types
    """Lengths, columns and deletions of a segment."""

    def __init__(self, leaf: Leaf) -> None:
        self._leaf = leaf

    @override
    def close(self) -> None:
        """Do nothing: the file goes with the last who reads it."""

    @override
    def doc_count(self) -> int:
        return self._leaf.count - len(self._leaf.gone)

    @override
    def doc_count_all(self) -> int:
        return self._leaf.count

    @override
    def has_deletions(self) -> bool:
        return bool(self._leaf.gone)

    @override
    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._leaf.gone

    @override
    def deleted_docs(self) -> Iterable[int]:
        return self._leaf.gone

    @override
    def supports_columns(self) -> bool:
        return True

    @override
    def has_column(self, fieldname: str) -> bool:
        if fieldname in NUMBERS:
            return True
        data = self._leaf.field(fieldname)
        return data is not None and bool(data.column)

    @override
    def list_columns(self) -> list[str]:
        names = [*NUMBERS, *self._leaf.fields()]
        return [name for name in names if self.has_column(name)]

    @override
    def column_reader(self, fieldname: str, column: columns.Column) -> "Column":
        return Column(self._leaf, fieldname)

    @override
    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        codes = self._leaf.lengths(fieldname)
        return LENGTHS[codes[docnum]] if codes else default

    @override
    def field_length(self, fieldname: str) -> int:
        return self._leaf.total(fieldname)

    @override
    def min_field_length(self, fieldname: str) -> int:
        codes = [code for code in self._leaf.lengths(fieldname) if code]
        return LENGTHS[min(codes)] if codes else 0

    @override
    def max_field_length(self, fieldname: str) -> int:
        codes = self._leaf.lengths(fieldname)
        return LENGTHS[max(codes)] if codes else 0

    @override
    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Nothing is stored: texts are the store's."""
        return {}


class Column(columns.ColumnReader):  # type: ignore[misc]  # Whoosh has no types
    """A column of a segment."""

    def __init__(self, leaf: Leaf, field: str) -> None:
        self._leaf = leaf
        self._field = field
        self._doccount = leaf.count

    @override
    def __getitem__(self, docnum: int) -> int | bytes:
        if self._field in NUMBERS:
            return self._leaf.numbers(self._field)[docnum]
        data = self._leaf.field(self._field)
        return data.value(docnum) if data else b""

    @override
    def __iter__(self) -> Iterator[int | bytes]:
        return (self[n] for n in range(self._leaf.count))
