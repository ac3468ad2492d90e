"""Writing one generation of the index: all of it or none of it."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from typing_extensions import override
from whoosh.writing import SegmentWriter

from casefile.model.hit import IndexDocument
from casefile.model.text import fold
from casefile.search import contents, files
from casefile.search.codec import Codec, Segment
from casefile.search.contents import Contents, Part
from casefile.search.groups import VALUE_FIELDS, WORD_SEARCHED, ZONE_GAP, chunks
from casefile.search.inversion import Inversion
from casefile.search.leaf import Leaf
from casefile.search.merging import AT_ONCE, Merged, due, merge, moved
from casefile.search.seals import seals
from casefile.search.segment import file_name, is_segment
from casefile.search.toc import Index
from casefile.search.weights import code_of
from casefile.search.wordcutter import Cutter

# A segment is inverted in memory: so many documents, or so many code points, make one.
SEGMENT_DOCUMENTS = 20_000
SEGMENT_TEXT = 80_000_000
OPEN_START, OPEN_END = 1, 9999_12_31  # days that stand for "no beginning" and "no end"

Fields = dict[str, Any]
_NOTHING: Mapping[str, str] = {}


class _SegmentWriter(SegmentWriter):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's writer with our inversion, which takes the words of a field at once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        super().__init__(index, codec=Codec(), _lk=False)  # the folder is ours alone
        self.pool = Inversion()

    @override
    def add_document(self, **fields: Any) -> None:
        """Take a document as `converted` gives it."""
        documents, schema = self.perdocwriter, self.schema
        documents.start_doc(self.docnum)
        for name, value in fields.items():
            if name in WORD_SEARCHED:
                place = 0
                for words in value:
                    self.pool.take(name, self.docnum, words, place)
                    place += len(words) + ZONE_GAP
                total = place - len(value) * ZONE_GAP
                documents.add_length(name, total, code_of(total))
            elif name in VALUE_FIELDS:
                labels = [label.encode() for label in dict.fromkeys(value)]
                self.pool.take(name, self.docnum, labels)
                documents.add_column_value(name, None, labels[0])
            else:
                documents.add_column_value(name, schema[name].column_type, value)
        documents.finish_doc()
        self._added = True
        self.docnum += 1

    @override
    def _commit_toc(self, segments: list[Segment]) -> None:
        self._index.write(segments)


class Generation:
    """A generation of the index under construction, in a folder of its own.

    Everything is converted before anything is written, since Whoosh leaves the postings of a
    failed document to the next one. After any exception the generation is `drop`ped. The base has
    been verified.
    """

    def __init__(self, root: Path, number: int, base: int | None = None) -> None:
        self.number = number
        self.folder = files.generation_folder(root, number)
        self._cutter = Cutter()
        self._late: dict[str, IndexDocument] = {}
        self._written: set[str] = set()
        self._size = 0
        self._leaves: dict[str, Leaf] = {}
        if base is None:
            self.folder.mkdir(parents=True)
            self._index = Index.made(self.folder)
        else:
            files.link_all(files.generation_folder(root, base), self.folder)
            self._index = Index(self.folder)
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
                ready.append((record, converted(document, self._cutter)))
        for record, fields in ready:
            if not self._fresh:
                self._remove(record)
            writer = self._open()
            writer.add_document(**fields)
            self._written.add(record)
            self._size += len(newest[record].text)
            if writer.doc_count() >= SEGMENT_DOCUMENTS or self._size >= SEGMENT_TEXT:
                self._close_segment()

    def remove(self, records: Iterable[str]) -> None:
        """Take records out."""
        for record in records:
            self._late.pop(record, None)
            if record in self._written:
                self._close_segment()
                self._written.discard(record)
            self._remove(record)

    def join(self, folder: Path) -> None:
        """Take over the finished segments of another folder, which are on the disk already."""
        more = contents.read(folder).parts
        for part in more:
            name = file_name(part.name)
            (folder / name).rename(self.folder / name)
        self._write_table([*self.parts(), *more])

    def take(self, done: Merged) -> bool:
        """Put a finished merge in the place of its segments; False when they are not here any more."""
        before = contents.read(self.folder)
        old = {part.name: part for part in before.parts if part.name in done.numbers}
        if len(old) != len(done.numbers):
            return False
        gone = tuple(
            sorted(
                number
                for name, numbers in done.numbers.items()
                for number in moved(old[name].gone, numbers)
            )
        )
        name = file_name(done.part.name)
        if done.folder != self.folder:
            (done.folder / name).rename(self.folder / name)
        kept = [part for part in before.parts if part.name not in old]
        self._write_table([done.part._replace(gone=gone), *kept])
        for name in old:
            (self.folder / file_name(name)).unlink()
        return True

    def parts(self) -> tuple[Part, ...]:
        """Give the finished segments."""
        return contents.read(self.folder).parts

    def finish(self) -> None:
        """Finish all segments."""
        self._close_segment()
        if self._late:
            late, self._late, self._written = self._late, {}, set()
            self._fresh = False
            self.add(late.values())
            self._close_segment()

    def commit(self) -> tuple[dict[str, str], int]:
        """Finish the files and force them to the disk; give their seals and the document count."""
        self.finish()
        small = due(self.parts())
        if small and sum(part.documents for part in small) <= AT_ONCE:
            self.take(merge(self.folder, small, self.folder))
        table = contents.read(self.folder)
        named = {file_name(part.name) for part in table.parts}
        for file in self.folder.iterdir():
            if is_segment(file.name) and file.name not in named:
                file.unlink()
        files.settle(self.folder, [contents.FILE])
        return seals(self.folder, table), sum(p.documents - len(p.gone) for p in table.parts)

    def drop(self) -> None:
        """Give the whole generation up."""
        if self._writer is not None:
            writer, self._writer = self._writer, None
            writer.cancel()
        files.drop_folder(self.folder)

    def _open(self) -> "_SegmentWriter":
        if self._writer is None:
            self._writer = _SegmentWriter(self._index)
        return self._writer

    def _remove(self, record: str) -> None:
        """Mark a record's document in the finished segments as gone."""
        for segment in self._open().segments:
            name = segment.segment_id()
            if name not in self._leaves:
                self._leaves[name] = Leaf(self.folder / file_name(name), segment.stamp, ())
            data = self._leaves[name].field("record")
            found = data.posting(record.encode()) if data else None
            for document in found.ids if found else ():
                segment.delete_document(document)

    def _close_segment(self) -> None:
        if self._writer is not None:
            writer, self._writer = self._writer, None
            writer.commit(merge=False)
            self._size = 0

    def _write_table(self, parts: Iterable[Part]) -> None:
        contents.write(self.folder, Contents(tuple(parts)))


def converted(document: IndexDocument, cutter: Cutter) -> Fields:
    """Give what the index is to be told of a record."""
    fields: Fields = {}
    for field, text in chunks(document):
        words = cutter.words(text)
        if words:
            fields.setdefault(field, []).append(words)
    earliest, latest = document.earliest, document.latest
    if earliest is not None or latest is not None:
        fields["earliest"] = OPEN_START if earliest is None else earliest
        fields["latest"] = OPEN_END if latest is None else latest
    language = fold(document.language).text.replace("_", "-")
    values = {
        "record": (document.record,),
        "kind": (document.kind,),
        "source": (document.source or "",),
        "type": (fold(document.source_kind).text,),
        "language": (language, language.split("-")[0]),
        "outlet": (document.publisher,),
        "label": document.tags,
    }
    for name, found in values.items():
        # Words stand one a line in the file.
        whole = tuple(" ".join(value.split()) for value in found)
        if any(whole):
            fields[name] = tuple(filter(None, whole))
    fields["added"] = document.added
    return fields
