"""One generation of the index, opened: postings, lengths and columns over all its segments.

Document numbers run on from one segment to the next. A Snapshot is shared between threads.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from casefile.search import contents, seals
from casefile.search.fielddata import NO_VALUE
from casefile.search.leaf import DAYS, Leaf
from casefile.search.postings import Posting
from casefile.search.segment import file_name
from casefile.search.topmost import Ranks
from casefile.search.vocabulary import Vocabulary
from casefile.search.weights import dampers

CHECKED_AT_ONCE = 4_000_000  # bytes: so small an index is checked whole when it is opened


class Snapshot:
    """An opened generation; any thread.

    With `sealed` nothing is opened that has not the seals which the case remembers. Segments that
    `before` has open already are not opened again. DamagedIndex when anything is not as written.
    """

    def __init__(
        self,
        folder: Path,
        sealed: Mapping[str, str] | None = None,
        before: "Snapshot | None" = None,
    ) -> None:
        if sealed is not None:
            seals.verify(folder, sealed)
        known = {leaf.name: leaf for leaf in before.leaves} if before else {}
        unread = 0
        self.leaves: list[Leaf] = []
        self.bases: list[int] = []  # the number of each leaf's first document
        self.size = 0  # document numbers, gone ones included
        for part in contents.read(folder).parts:
            old = known.get(part.name)
            path = folder / file_name(part.name)
            leaf = old.again(part.gone) if old else Leaf(path, part.stamp, part.gone)
            unread += 0 if old else part.stamp.data
            self.leaves.append(leaf)
            self.bases.append(self.size)
            self.size += leaf.count
        self.deleted = frozenset(
            base + n for base, leaf in zip(self.bases, self.leaves, strict=True) for n in leaf.gone
        )
        self._vocabularies: dict[str, Vocabulary] = {}
        self._dampers: dict[str, list[list[float]]] = {}
        self._ranks: dict[str, Ranks] = {}
        if unread <= CHECKED_AT_ONCE and not before:
            self.examine()

    @property
    def count(self) -> int:
        """The number of documents."""
        return self.size - len(self.deleted)

    def vocabulary(self, field: str) -> Vocabulary:
        """Give the words that a field may hold."""
        found = self._vocabularies.get(field)
        if found is None:
            data = [leaf.field(field) for leaf in self.leaves]
            found = self._vocabularies[field] = Vocabulary([each for each in data if each])
        return found

    def frequency(self, field: str, word: str) -> int:
        """Give in how many documents a word stands in a field, deleted ones included."""
        return self.vocabulary(field).frequency(word)

    def postings(self, field: str, word: str) -> list[Posting | None]:
        """Give the posting list of a word in each segment, its own document numbers."""
        data = word.encode("utf-8", "replace")
        found: list[Posting | None] = []
        for leaf in self.leaves:
            held = leaf.field(field)
            found.append(held.posting(data) if held else None)
        return found

    def labelled(self, field: str, label: str) -> set[int]:
        """Give the documents that carry a label."""
        found: set[int] = set()
        for base, posting in zip(self.bases, self.postings(field, label), strict=True):
            if posting is not None:
                found.update(base + n for n in posting.ids)
        return found - self.deleted

    def carries(self, field: str, label: str) -> bool:
        """Say whether any document has carried a label; gone ones count."""
        return any(posting is not None for posting in self.postings(field, label))

    def counted(self, field: str, documents: Iterable[int]) -> Counter[str]:
        """Count the values of a field (kind, type, language, outlet …) in some documents."""
        found: Counter[str] = Counter()
        for leaf, wanted in self.by_leaf(documents):
            values = leaf.values(field)
            data = leaf.field(field)
            for number, times in Counter(map(values.__getitem__, wanted)).items():
                name = data.words.word(number).decode() if data and number != NO_VALUE else ""
                found[name] += times
        return found

    def by_leaf(self, documents: Iterable[int]) -> list[tuple[Leaf, list[int]]]:
        """Give each segment with its own numbers of some documents."""
        ordered = sorted(documents)
        if len(self.leaves) == 1:
            return [(self.leaves[0], ordered)]
        out, at = [], 0
        for base, leaf in zip(self.bases, self.leaves, strict=True):
            end = at
            while end < len(ordered) and ordered[end] < base + leaf.count:
                end += 1
            out.append((leaf, [n - base for n in ordered[at:end]]))
            at = end
        return out

    def dampers(self, field: str) -> list[list[float]]:
        """Give for each segment what dampens a word of the field in each document.

        Empty where a segment has no word in the field. See `weights.dampers`.
        """
        found = self._dampers.get(field)
        if found is None:
            table = self._table(field)
            found = [list(map(table.__getitem__, leaf.lengths(field))) for leaf in self.leaves]
            self._dampers[field] = found
        return found

    def ranks(self, field: str) -> Ranks:
        """Give the bytes that stand for the weights of a word in a field."""
        found = self._ranks.get(field)
        if found is None:
            found = self._ranks[field] = Ranks(self._table(field))
        return found

    def _table(self, field: str) -> list[float]:
        holders = sum(leaf.holders(field) for leaf in self.leaves)
        mean = sum(leaf.total(field) for leaf in self.leaves) / (holders or 1)
        return dampers(field, mean)

    def days(self) -> tuple[Sequence[int], Sequence[int]]:
        """Give the earliest and latest day of each document; NO_DAY where it has none."""
        return self._days

    def added(self) -> Sequence[int]:
        """Give when each document was added."""
        return self._added

    @cached_property
    def _days(self) -> tuple[Sequence[int], Sequence[int]]:
        earliest, latest = (self._column(name) for name in DAYS)
        return earliest, latest

    @cached_property
    def _added(self) -> Sequence[int]:
        return self._column("added")

    def label(self, document: int, field: str) -> str:
        """Give the record id, kind or source of a document."""
        at = len(self.bases) - 1
        while self.bases[at] > document:
            at -= 1
        return self.leaves[at].value(field, document - self.bases[at])

    def named(self, document: int) -> tuple[str, str, str]:
        """Give the record id, kind and source of a document."""
        at = bisect_right(self.bases, document) - 1
        return self.leaves[at].named(document - self.bases[at])

    def examine(self) -> None:
        """Check every byte; DamagedIndex when one is not as written."""
        for leaf in self.leaves:
            leaf.examine()

    def close(self) -> None:
        """Let the files go, when nobody else reads them any more."""
        self.leaves = []

    def _column(self, name: str) -> Sequence[int]:
        return [value for leaf in self.leaves for value in leaf.numbers(name)]
