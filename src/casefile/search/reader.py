"""One generation of the index, opened: postings, lengths and columns over all its segments.

Document numbers run on from one segment to the next. A Snapshot is used by one thread at a time.
"""

from itertools import chain
from pathlib import Path
from typing import Any

from whoosh import columns
from whoosh.codec.whoosh3 import LENGTHS_COLUMN
from whoosh.reading import TermNotFound
from whoosh.util.numeric import byte_to_length

from casefile.search.codec import DAYS, NO_DAY, Codec, schema
from casefile.search.groups import FURNITURE
from casefile.search.toc import Index
from casefile.search.vocabulary import Vocabulary
from casefile.search.writer import read_words

K1 = 1.2
# How much a word weighs in each field (BM25F), and how far the length of the field counts.
BOOSTS = {
    "title": (3.0, 0.4), "tag": (2.0, 0.3), "speaker": (1.5, 0.3), "caption": (1.2, 0.6),
    "body": (1.0, 0.75), "place": (1.0, 0.3), "author": (1.0, 0.3), "front": (0.8, 0.5),
    "credit": (0.7, 0.5), "publisher": (0.7, 0.3), FURNITURE: (0.3, 0.75),
}  # fmt: skip
_LENGTHS = [byte_to_length(byte) or 1 for byte in range(256)]

List = tuple[list[int], list[float], list[bytes]]
_NOTHING: List = ([], [], [])


class _Leaf:
    """One segment."""

    def __init__(self, index: Index, segment: Any, base: int) -> None:
        storage = index.storage
        self.name: str = segment.segment_id()
        if segment.is_compound():
            storage = segment.open_compound_file(storage)
        codec = Codec()
        self.base = base
        self.count: int = segment.doc_count_all()
        self.deleted = frozenset(segment.deleted_docs())
        self._terms = codec.terms_reader(storage, segment)
        self._documents = codec.per_document_reader(storage, segment)
        self._values: dict[str, Any] = {}

    def postings(self, field: str, term: bytes, kind: Any) -> List:
        try:
            found: List = self._terms.matcher(field, term, kind.format).whole()
        except TermNotFound:
            return _NOTHING
        ids, weights, values = found
        if self.deleted:
            kept = [n for n, document in enumerate(ids) if document not in self.deleted]
            ids = [ids[n] for n in kept]
            weights = [weights[n] for n in kept]
            values = [values[n] for n in kept] if values else values
        return ([i + self.base for i in ids] if self.base else ids), weights, values

    def column(self, name: str, column: Any) -> list[Any]:
        if not self._documents.has_column(name):
            return [column.default_value()] * self.count
        return list(self._documents.column_reader(name, column))

    def value(self, name: str, column: Any, document: int) -> Any:
        if name not in self._values:
            self._values[name] = self._documents.column_reader(name, column)
        return self._values[name][document]

    def length(self, field: str) -> int:
        return int(self._documents.field_length(field))

    def close(self) -> None:
        self._terms.close()
        self._documents.close()


class Snapshot:
    """An opened generation; not for two threads at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._schema = schema()
        index = Index(folder)
        self._leaves: list[_Leaf] = []
        self.size = 0  # document numbers, deleted ones included
        for segment in index.contents().segments:
            self._leaves.append(_Leaf(index, segment, self.size))
            self.size += segment.doc_count_all()
        self.deleted = frozenset(
            leaf.base + document for leaf in self._leaves for document in leaf.deleted
        )
        self._columns: dict[str, list[Any]] = {}
        self._tables: dict[str, tuple[list[int], list[float]]] = {}
        self._vocabularies: dict[str, Vocabulary] = {}

    @property
    def count(self) -> int:
        """The number of documents."""
        return self.size - len(self.deleted)

    def vocabulary(self, field: str) -> Vocabulary:
        """Give the words that a field may hold, read when they are first needed."""
        if field not in self._vocabularies:
            lists = [read_words(self._folder, leaf.name, field) for leaf in self._leaves]
            # A sort of sorted runs is a merge.
            merged = lists[0] if len(lists) == 1 else dict.fromkeys(sorted(chain(*lists)))
            self._vocabularies[field] = Vocabulary(list(merged))
        return self._vocabularies[field]

    def everything(self) -> set[int]:
        """Give the numbers of all documents."""
        return set(range(self.size)) - self.deleted

    def postings(self, field: str, term: str) -> List:
        """Give documents, weights and positions (as bytes) of a term, in rising order."""
        kind = self._schema[field]
        data = term.encode("utf-8", "replace")
        parts = [leaf.postings(field, data, kind) for leaf in self._leaves]
        if len(parts) == 1:
            return parts[0]
        ids, weights, values = zip(*parts, strict=True) if parts else ((), (), ())
        return list(chain(*ids)), list(chain(*weights)), list(chain(*values))

    def labelled(self, field: str, label: str) -> set[int]:
        """Give the documents that carry a label."""
        return set(self.postings(field, label)[0])

    def weights(self, field: str) -> tuple[list[int], list[float]]:
        """Give the length code of each document and the weight of one word by length code."""
        if field not in self._tables:
            lengths = self._column(f"_{field}_len", LENGTHS_COLUMN)
            total = sum(leaf.length(field) for leaf in self._leaves)
            holders = sum(1 for code in lengths if code) or 1
            mean = max(1.0, total / holders)
            boost, share = BOOSTS[field]
            table = [boost / (1 - share + share * size / mean) for size in _LENGTHS]
            self._tables[field] = (lengths, table)
        return self._tables[field]

    def days(self) -> tuple[list[int], list[int]]:
        """Give the earliest and latest day of each document; NO_DAY where it has none."""
        column = columns.NumericColumn("i", default=NO_DAY)
        earliest, latest = (self._column(name, column) for name in DAYS)
        return earliest, latest

    def added(self) -> list[int]:
        """Give when each document was added."""
        return self._column("added", columns.NumericColumn("q", default=0))

    def label(self, document: int, field: str) -> str:
        """Give the record id, kind or source of a document."""
        leaf = next(leaf for leaf in reversed(self._leaves) if leaf.base <= document)
        value: bytes = leaf.value(field, self._schema[field].column_type, document - leaf.base)
        return value.decode()

    def close(self) -> None:
        """Let the files go."""
        for leaf in self._leaves:
            leaf.close()
        self._leaves = []

    def _column(self, name: str, column: Any) -> list[Any]:
        if name not in self._columns:
            self._columns[name] = [
                value for leaf in self._leaves for value in leaf.column(name, column)
            ]
        return self._columns[name]
