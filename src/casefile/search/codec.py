"""The form of the index for Whoosh: its extension points over our segment files.

Everything of Whoosh works on it (queries, collectors, merges); our own executor reads the same
files without Whoosh.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

from typing_extensions import override
from whoosh import columns, fields, formats
from whoosh.codec import base

from casefile.search.fielddata import NO_VALUE
from casefile.search.groups import VALUE_FIELDS, WORD_SEARCHED, ZONE_GAP
from casefile.search.inversion import Inversion
from casefile.search.leaf import DAYS, NO_DAY, NUMBERS, Leaf
from casefile.search.postings import MAX_DOCUMENTS
from casefile.search.readers import DocumentReader, TermsReader
from casefile.search.segment import Stamp, file_name, write
from casefile.search.weights import LENGTHS, code_of


class Positions(formats.Positions):  # type: ignore[misc]  # Whoosh has no types
    """Positions as a plain array of 32-bit numbers, not pickled."""

    def encode(self, poslist: Iterable[int]) -> bytes:
        """Write positions."""
        return array("I", poslist).tobytes()

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """Read positions."""
        return positions(valuestring).tolist()

    def decode_frequency(self, valuestring: bytes) -> int:
        """Count positions."""
        return len(valuestring) // 4

    def decode_weight(self, valuestring: bytes) -> float:
        """Count positions, as a weight."""
        return float(len(valuestring) // 4)

    def combine(self, vs: Iterable[bytes]) -> bytes:
        """Put the positions of several words together."""
        return self.encode(sorted({place for v in vs for place in positions(v)}))


class Words(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field of folded words; it is given its chunks as lists of words (UTF-8)."""

    def __init__(self) -> None:
        super().__init__(Positions(), None, scorable=True)

    def index(self, value: list[list[bytes]]) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Give each word with its frequency, weight and positions."""
        places: dict[bytes, list[int]] = defaultdict(list)
        at = 0
        for words in value:
            for place, word in enumerate(words, at):
                places[word].append(place)
            at += len(words) + ZONE_GAP
        for word, found in places.items():
            yield word, len(found), float(len(found)), array("I", found).tobytes()


class Labels(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field of whole values that are found as they are."""

    def __init__(self, column: columns.Column | None = None) -> None:
        super().__init__(formats.Existence(), None)
        self.column_type = column

    def index(self, value: tuple[str, ...]) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Give each label once."""
        for label in dict.fromkeys(value):
            yield label.encode(), 1, 1.0, b""

    def to_column_value(self, value: tuple[str, ...]) -> bytes:
        """Give the first label, which is the one that hits carry."""
        return value[0].encode() if value else b""


def positions(value: bytes) -> "array[int]":
    """Give the positions that a posting holds."""
    found = array("I")
    found.frombytes(value)
    return found


def schema() -> fields.Schema:
    """Make the schema of the index."""
    return fields.Schema(
        **{name: Words() for name in WORD_SEARCHED},
        **{name: Labels(columns.VarBytesColumn()) for name in VALUE_FIELDS},
        **{name: fields.COLUMN(columns.NumericColumn("i", default=NO_DAY)) for name in DAYS},
        added=fields.COLUMN(columns.NumericColumn("q", default=0)),
    )


class Segment(base.Segment):  # type: ignore[misc]  # Whoosh has no types
    """A finished or growing segment: its name, its documents, and which of them are gone."""

    def __init__(self, indexname: str, name: str | None = None) -> None:
        super().__init__(indexname)
        if name is not None:
            self.segid = name.removeprefix(f"{indexname}_")
        self.documents: Documents | None = None  # while it is written
        self.stamp: Stamp | None = None  # once it is finished
        self.gone: set[int] = set()
        self._count = 0

    @override
    def codec(self) -> "Codec":
        return Codec()

    @override
    def should_assemble(self) -> bool:
        """Leave it alone: it is one file already."""
        return False

    @override
    def doc_count_all(self) -> int:
        return self._count

    @override
    def set_doc_count(self, doccount: int) -> None:
        self._count = doccount

    @override
    def deleted_count(self) -> int:
        return len(self.gone)

    @override
    def deleted_docs(self) -> Iterable[int]:
        return sorted(self.gone)

    @override
    def delete_document(self, docnum: int, delete: bool = True) -> None:
        if delete:
            self.gone.add(docnum)
        else:
            self.gone.discard(docnum)

    @override
    def is_deleted(self, docnum: int) -> bool:
        return docnum in self.gone


class Codec(base.Codec):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's door to our segment files."""

    length_stats = False  # the lengths in each block serve a way of skipping that is not ours

    @override
    def per_document_writer(self, storage: Any, segment: Segment) -> "Documents":
        segment.documents = Documents()
        return segment.documents

    @override
    def field_writer(self, storage: Any, segment: Segment) -> "FieldWriter":
        return self.writer_in(Path(storage.folder), segment)

    @staticmethod
    def writer_in(folder: Path, segment: Segment) -> "FieldWriter":
        """Give what writes a segment into a folder."""
        return FieldWriter(folder, segment)

    @override
    def terms_reader(self, storage: Any, segment: Segment) -> "TermsReader":
        return TermsReader(opened(Path(storage.folder), segment))

    @override
    def per_document_reader(self, storage: Any, segment: Segment) -> "DocumentReader":
        return DocumentReader(opened(Path(storage.folder), segment))

    @override
    def new_segment(self, storage: Any, indexname: str) -> Segment:
        return Segment(indexname)

    @override
    def postings_writer(self, dbfile: Any, byteids: bool = False) -> NoReturn:
        raise NotImplementedError

    @override
    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> NoReturn:
        raise NotImplementedError


def opened(folder: Path, segment: Segment) -> Leaf:
    """Open a finished segment."""
    if segment.stamp is None:
        msg = "a segment is read before it was written"
        raise ValueError(msg)
    return Leaf(folder / file_name(segment.segment_id()), segment.stamp, segment.gone)


class Documents(base.PerDocumentWriter):  # type: ignore[misc]  # Whoosh has no types
    """What is kept for each document of a segment under construction: lengths and columns."""

    def __init__(self) -> None:
        self.count = 0
        self.is_closed = False
        self.lengths: dict[str, bytearray] = {}
        self.totals: dict[str, int] = {}
        self.values: dict[str, dict[int, bytes]] = {}
        self.numbers: dict[str, dict[int, int]] = {}

    @override
    def start_doc(self, docnum: int) -> None:
        if docnum >= MAX_DOCUMENTS:
            msg = "a segment is full"
            raise ValueError(msg)
        self.count = docnum + 1

    @override
    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        if length:
            self.add_length(fieldname, length, code_of(length))

    def add_length(self, field: str, length: int, code: int) -> None:
        """Keep how many words the document has in a field, and the byte that stands for it."""
        codes = self.lengths.setdefault(field, bytearray())
        codes.extend(bytes(self.count - len(codes)))
        codes[-1] = code
        self.totals[field] = self.totals.get(field, 0) + length

    @override
    def add_column_value(self, fieldname: str, columnobj: Any, value: Any) -> None:
        if isinstance(columnobj, columns.NumericColumn):
            array(NUMBERS[fieldname], (value,))  # what does not fit is said now, not at the end
            self.numbers.setdefault(fieldname, {})[self.count - 1] = value
        elif value:
            self.values.setdefault(fieldname, {})[self.count - 1] = value

    @override
    def add_vector_items(self, fieldname: str, fieldobj: Any, items: Any) -> NoReturn:
        raise NotImplementedError

    def take(self, leaf: Leaf, kept: Sequence[int]) -> None:
        """Take some documents of a finished segment after those that are here."""
        base, self.count = self.count, self.count + len(kept)
        for field in leaf.word_fields():
            old = leaf.lengths(field)
            codes = self.lengths.setdefault(field, bytearray())
            codes.extend(bytes(base - len(codes)))
            codes.extend(old[n] for n in kept)
            # Of documents that stay behind only the rounded length is known.
            left = sum(LENGTHS[code] for n, code in enumerate(old) if n in leaf.gone)
            total = max(0, leaf.total(field) - left)
            self.totals[field] = self.totals.get(field, 0) + total
        for name in NUMBERS:
            column = leaf.numbers(name)
            found = self.numbers.setdefault(name, {})
            found.update({base + k: column[n] for k, n in enumerate(kept)})
        for field in VALUE_FIELDS:
            data = leaf.field(field)
            if data is not None and data.column:
                values = self.values.setdefault(field, {})
                values.update({base + k: data.value(n) for k, n in enumerate(kept)})

    @override
    def finish_doc(self) -> None:
        """Nothing is left open by a document."""

    def cancel_doc(self) -> None:
        """Give a document up; the writer above gives the whole segment up with it."""

    @override
    def close(self) -> None:
        self.is_closed = True

    def facts(self) -> dict[str, dict[str, int]]:
        """Give what is kept of the segment as a whole."""
        holders = {name: len(codes) - codes.count(0) for name, codes in self.lengths.items()}
        return {"all": {"documents": self.count}, "totals": self.totals, "holders": holders}

    def sections(self, words: dict[str, list[bytes]]) -> Iterator[tuple[str, list[bytes]]]:
        """Give lengths and columns; `words` are the sorted values of each field that has any."""
        for name, codes in self.lengths.items():
            yield f"{name}.lengths", [bytes(codes.ljust(self.count, b"\0"))]
        for name, numbers in self.numbers.items():
            column = array(NUMBERS[name], (0,)) * self.count
            for document, number in numbers.items():
                column[document] = number
            yield f"{name}.of", [column.tobytes()]
        for name, values in self.values.items():
            numbered = {word: n for n, word in enumerate(words[name])}
            column = array("H", (NO_VALUE,)) * self.count
            for document, value in values.items():
                column[document] = numbered[value] if value else NO_VALUE
            yield f"{name}.of", [column.tobytes()]


class FieldWriter(base.FieldWriter):  # type: ignore[misc]  # Whoosh has no types
    """Writes the segment's file when everything is known."""

    def __init__(self, folder: Path, segment: Segment) -> None:
        self._folder = folder
        self._segment = segment
        self._inversion: Inversion | None = None
        self.is_closed = False

    @override
    def add_postings(self, schema: fields.Schema, lengths: Any, items: Any) -> None:
        self._inversion = items if isinstance(items, Inversion) else Inversion.of(items)
        documents = self._segment.documents
        if documents is None:
            msg = "postings came without documents"
            raise ValueError(msg)
        path = self._folder / file_name(self._segment.segment_id())
        sections: dict[str, list[bytes]] = {}
        values = {name: self._inversion.words(name) for name in documents.values}
        for field in self._inversion.fields():
            keeps = isinstance(schema[field], Words)
            sections.update(self._inversion.sections(field, documents.count, places=keeps))
        sections.update(documents.sections(values))
        self._segment.stamp = write(path, documents.facts(), sections)

    start_field = start_term = add = finish_term = None  # whole lists are written, not postings

    @override
    def close(self) -> None:
        self.is_closed = True
