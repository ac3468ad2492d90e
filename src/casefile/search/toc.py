"""The index's table of contents: which segments there are, and which documents are gone.

Plain JSON in place of Whoosh's pickle, so that nothing that is read can run.
"""

from pathlib import Path
from typing import Any, NamedTuple

from typing_extensions import override
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import FileIndex

from casefile.search import contents
from casefile.search.codec import Segment, schema
from casefile.search.contents import NAME, Part


class _Storage(FileStorage):  # type: ignore[misc]  # Whoosh has no types
    """A folder; what Whoosh wants to put aside stays in memory."""

    @override
    def temp_storage(self, name: str | None = None) -> RamStorage:
        return RamStorage()


class Table(NamedTuple):
    """The table as Whoosh asks for it."""

    schema: Any
    segments: list[Segment]
    generation: int


class Index(FileIndex):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's index over one folder, with our schema and our table of contents."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.storage = _Storage(str(folder))
        self.indexname = NAME
        self._schema = schema()

    @classmethod
    def made(cls, folder: Path) -> "Index":
        """Make an empty index in a folder."""
        made = cls(folder)
        made.write([])
        return made

    def contents(self) -> Table:
        """Read the table of contents; DamagedIndex if it is not one of ours."""
        return self._read_toc()

    def write(self, segments: list[Segment]) -> None:
        """Write the table anew."""
        parts = [
            Part(s.segment_id(), s.doc_count_all(), s.stamp, tuple(s.deleted_docs()))
            for s in segments
            if s.stamp is not None
        ]
        contents.write(self.folder, contents.Contents(tuple(parts)))

    @override
    def latest_generation(self) -> int:
        return 0

    @override
    def _read_toc(self) -> Table:
        return Table(self._schema, [_segment(part) for part in contents.read(self.folder).parts], 0)


def _segment(part: Part) -> Segment:
    segment = Segment(NAME, part.name)
    segment.set_doc_count(part.documents)
    segment.stamp = part.stamp
    segment.gone = set(part.gone)
    return segment
