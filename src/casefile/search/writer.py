"""Writing one generation of the index: all of it or none of it."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from whoosh.writing import SegmentWriter

from casefile.model.hit import IndexDocument
from casefile.model.text import fold, folded_words
from casefile.search import files
from casefile.search.codec import Codec
from casefile.search.groups import FURNITURE, MAX_WORD, WORD_FIELDS, chunks
from casefile.search.inversion import Inversion
from casefile.search.toc import Index, is_segment_file

# A segment is inverted in memory: so many documents, or so many code points, make one.
SEGMENT_DOCUMENTS = 10_000
SEGMENT_TEXT = 40_000_000
ONE_FILE_DOCUMENTS = 1000  # a segment up to this many is one file: fewer to force to the disk
FIELDS = (*WORD_FIELDS, FURNITURE)
OPEN_START, OPEN_END = 1, 9999_12_31  # days that stand for "no beginning" and "no end"

Fields = dict[str, Any]
_NOTHING: Mapping[str, str] = {}


class _SegmentWriter(SegmentWriter):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's writer with our inversion."""

    def __init__(self, index: Index) -> None:
        super().__init__(index, codec=Codec())
        self.pool = Inversion()

    def _assemble_segment(self) -> None:
        """Put a small segment into one file, a large one not: Whoosh reads such a file whole."""
        self.compound = self.docnum <= ONE_FILE_DOCUMENTS
        super()._assemble_segment()


class Generation:
    """A generation of the index under construction, in a folder of its own.

    Everything is converted before anything is written, since Whoosh leaves the postings of a
    failed document to the next one. After any exception the generation is `drop`ped. The base has
    been verified; `known` are the digests of its files.
    """

    def __init__(
        self, root: Path, number: int, base: int | None = None, known: Mapping[str, str] = _NOTHING
    ) -> None:
        self.number = number
        self._folder = files.generation_folder(root, number)
        self._known = dict(known)
        self._late: dict[str, IndexDocument] = {}
        self._written: set[str] = set()
        self._size = 0
        if base is None:
            self._folder.mkdir(parents=True)
            self._index = Index.made(self._folder)
        else:
            before = files.generation_folder(root, base)
            files.link_all(before, self._folder)
            self._index = Index(self._folder)
        self._writer: _SegmentWriter | None = None
        self._fresh = base is None

    def add(self, documents: Iterable[IndexDocument]) -> None:
        """Take documents in place of the ones with their ids; the last of one id wins."""
        newest = {document.record: document for document in documents}
        ready = []
        for record, document in newest.items():
            if record in self._written:
                self._late[record] = document  # only a later segment can replace this one
            else:
                ready.append((record, converted(document)))
        for record, fields in ready:
            if not self._fresh:
                self._remove(record)
            self._open().add_document(**fields)
            self._written.add(record)
            self._size += len(newest[record].text)
            if self._open().doc_count() >= SEGMENT_DOCUMENTS or self._size >= SEGMENT_TEXT:
                self._close_segment()

    def remove(self, records: Iterable[str]) -> None:
        """Take records out."""
        for record in records:
            self._late.pop(record, None)
            if record in self._written:
                self._close_segment()
                self._written.discard(record)
            self._remove(record)

    def commit(self) -> tuple[dict[str, str], int]:
        """Finish the files and force them to the disk; give their digests and the document count."""
        self._close_segment(merge=not self._fresh)
        if self._late:
            late, self._late, self._written = self._late, {}, set()
            self._fresh = False
            self.add(late.values())
            self._close_segment()
        known = {n: digest for n, digest in self._known.items() if is_segment_file(n)}
        found = files.digests(self._folder, known)
        files.settle(self._folder, [name for name in found if name not in known])
        toc = self._index.contents()
        return found, sum(s.doc_count_all() - s.deleted_count() for s in toc.segments)

    def drop(self) -> None:
        """Give the whole generation up."""
        if self._writer is not None:
            writer, self._writer = self._writer, None
            writer.cancel()
        files.drop_folder(self._folder)

    def _open(self) -> "_SegmentWriter":
        if self._writer is None:
            self._writer = _SegmentWriter(self._index)
        return self._writer

    def _remove(self, record: str) -> None:
        self._open().delete_by_term("record", record)

    def _close_segment(self, *, merge: bool = False) -> None:
        if self._writer is not None:
            writer, self._writer = self._writer, None
            writer.commit(merge=merge)
            write_words(self._folder, writer.newsegment.segment_id(), writer.pool.terms)
            self._size = 0


def write_words(folder: Path, segment: str, terms: Mapping[str, list[bytes]]) -> None:
    """Write the words of each field of a segment, sorted, one a line."""
    for field in FIELDS:
        if terms.get(field):
            (folder / f"{segment}.{field}.words").write_bytes(b"\n".join(terms[field]))


def read_words(folder: Path, segment: str, field: str) -> list[str]:
    """Give the words that a field of a segment holds, sorted."""
    file = folder / f"{segment}.{field}.words"
    return file.read_text(encoding="utf-8").split("\n") if file.exists() else []


def converted(document: IndexDocument) -> Fields:
    """Give what Whoosh is to be told of a record."""
    fields: Fields = {}
    for field, text in chunks(document):
        words = folded_words(text)
        if words:
            fields.setdefault(field, []).append([word[:MAX_WORD] for word in words])
    earliest, latest = document.earliest, document.latest
    if earliest is not None or latest is not None:
        fields["earliest"] = OPEN_START if earliest is None else earliest
        fields["latest"] = OPEN_END if latest is None else latest
    language = fold(document.language).text.replace("_", "-")
    return {
        **fields,
        "record": (document.record,),
        "kind": (document.kind,),
        "source": (document.source,) if document.source else (),
        "type": tuple(filter(None, (fold(document.source_kind).text,))),
        "language": tuple(filter(None, (language, language.split("-")[0]))),
        "added": document.added,
    }
