"""Putting small segments together: which, how, and what became of each document."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from casefile.search.codec import Codec, Documents, Segment, schema
from casefile.search.contents import NAME, Part
from casefile.search.inversion import Inversion, merged
from casefile.search.leaf import Leaf
from casefile.search.segment import Stamp, file_name

FEW = 8  # segments of one size are left alone up to this many
AT_ONCE = 64  # documents that are put together at a commit; more wait for a quiet moment
MOST = 20_000  # documents that a merge may make: more would take too much memory


class Merged(NamedTuple):
    """A finished merge: the new segment, and of each old one what its documents became."""

    folder: Path
    part: Part
    numbers: Mapping[str, Mapping[int, int]]

    def written(self) -> dict[str, Any]:
        """Give it as plain JSON."""
        kept = {name: list(numbers.items()) for name, numbers in self.numbers.items()}
        part = [self.part.name, self.part.documents, self.part.stamp.written()]
        return {"folder": str(self.folder), "part": part, "kept": kept}

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "Merged":
        """Read what `written` gave."""
        name, documents, stamp = data["part"]
        numbers = {name: dict(pairs) for name, pairs in data["kept"].items()}
        return cls(Path(data["folder"]), Part(name, documents, Stamp.read(stamp), ()), numbers)


def due(parts: Iterable[Part]) -> list[Part]:
    """Give segments that ought to become one: the smallest size of which there are too many."""
    sizes: dict[int, list[Part]] = {}
    for part in parts:
        living = part.documents - len(part.gone)
        sizes.setdefault(_size(living), []).append(part)
    for _, same in sorted(sizes.items()):
        if len(same) >= FEW and sum(part.documents for part in same) <= MOST:
            return same
    return []


def _size(documents: int) -> int:
    """Give the power of eight below a number of documents."""
    return max(0, documents.bit_length() - 1) // 3


def merge(folder: Path, parts: Sequence[Part], target: Path) -> Merged:
    """Write the living documents of some segments into one, in a folder."""
    inversion, segment = Inversion(), Segment(NAME)
    documents = Documents()
    numbers: dict[str, dict[int, int]] = {}
    # All are opened first: the folder may go meanwhile.
    leaves = [Leaf(folder / file_name(part.name), part.stamp, part.gone) for part in parts]
    for leaf, part in zip(leaves, parts, strict=True):
        kept = [n for n in range(leaf.count) if n not in leaf.gone]
        numbers[part.name] = {n: documents.count + k for k, n in enumerate(kept)}
        _take(inversion, documents, leaf, kept)
    segment.documents = documents
    segment.set_doc_count(documents.count)
    writer = Codec().writer_in(target, segment)
    writer.add_postings(schema(), None, inversion)
    if segment.stamp is None:  # pragma: no cover - it was just written
        raise AssertionError
    part = Part(segment.segment_id(), documents.count, segment.stamp, ())
    return Merged(target, part, numbers)


def _take(inversion: Inversion, documents: Documents, leaf: Leaf, kept: list[int]) -> None:
    """Take the documents of a segment that are kept, in their order."""
    base = documents.count
    numbers = {n: base + k for k, n in enumerate(kept)}
    for field in leaf.fields():
        data = leaf.field(field)
        if data is not None:
            merged(inversion, field, data, numbers)
    documents.take(leaf, kept)


def moved(gone: Iterable[int], numbers: Mapping[int, int]) -> Iterator[int]:
    """Give the new numbers of documents that went while a merge was under way.

    Those that were gone before have no number.
    """
    yield from (numbers[n] for n in gone if n in numbers)
