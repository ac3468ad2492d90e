"""What found records are made of: their kinds, languages, publishers, days."""

from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from casefile.search.leaf import NO_DAY
from casefile.search.reader import Snapshot

COUNTED = ("kind", "type", "language", "outlet")


@dataclass(frozen=True, slots=True)
class RawFacets:
    """How many records have each value of a field and each day; `sources` are those found."""

    counts: dict[str, Counter[str]]
    days: Counter[int]
    undated: int
    sources: tuple[str, ...]


def faceted(snapshot: Snapshot, documents: AbstractSet[int]) -> RawFacets:
    """Count some documents of an opened index."""
    counts = {name: snapshot.counted(name, documents) for name in COUNTED}
    days: Counter[int] = Counter()
    for leaf, wanted in snapshot.by_leaf(documents):
        days.update(map(leaf.numbers("earliest").__getitem__, wanted))
    undated = sum(count for day, count in days.items() if day <= NO_DAY)
    sources = snapshot.labelled("kind", "source") & documents
    return RawFacets(
        counts={name: Counter({v: n for v, n in of.items() if v}) for name, of in counts.items()},
        days=Counter({day: count for day, count in days.items() if day > NO_DAY}),
        undated=undated,
        sources=tuple(snapshot.label(document, "record") for document in sorted(sources)),
    )
