"""Where the words of a query stand: the documents and positions of one node, segment by segment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from casefile.search.leaf import Leaf
from casefile.search.postings import Posting

Places = Sequence[Sequence[str]]


@dataclass
class Match:
    """What some words match in one segment.

    `lists` are posting lists with their field and weight, `counted` how often several words stand
    together in each document, with field and weight.
    """

    gone: frozenset[int]
    lists: list[tuple[str, Posting, float]] = field(default_factory=list)
    counted: list[tuple[str, dict[int, int], float]] = field(default_factory=list)
    more: set[int] | None = None  # documents that match, too, but are not weighed

    @cached_property
    def documents(self) -> set[int]:
        """The documents that match; gone ones are not among them."""
        found = set(self.more or ())
        found.update(*(posting.ids for _, posting, _ in self.lists))
        found.update(*(times for _, times, _ in self.counted))
        return found - self.gone if self.gone else found

    @property
    def count(self) -> int:
        """The number of documents that match."""
        if len(self.lists) == 1 and not (self.counted or self.gone or self.more):
            return self.lists[0][1].count
        return len(self.documents)


def together(leaf: Leaf, field: str, places: Places, slop: int | None) -> dict[int, int]:
    """Count in each document how often words stand together in one field of a segment.

    `places` are the words that may stand in each place. With `slop` None they stand in a row and
    in order, else in any order with at most so many words between.
    """
    data = leaf.field(field)
    if data is None:
        return {}
    found: list[_Place] = []
    for words in places:
        lists = [data.posting(word.encode("utf-8", "replace")) for word in words]
        found.append(_Place([posting for posting in lists if posting is not None]))
        if not found[-1].lists:
            return {}
    kept = _in_all(found) - leaf.gone
    same = [places.index(words) for words in places]
    counted: dict[int, int] = {}
    for document in kept:
        standing = [place.positions(document) for place in found]
        times = in_a_row(standing) if slop is None else near(standing, slop, same)
        if times:
            counted[document] = times
    return counted


class _Place:
    """One place of a phrase: the posting lists of the words that may stand there."""

    def __init__(self, lists: list[Posting]) -> None:
        self.lists = lists
        self.size = sum(posting.count for posting in lists)

    def positions(self, document: int) -> list[int]:
        """Give where one of the words stands in a document, rising."""
        found: list[int] = []
        for index, posting in zip(self._indexes, self.lists, strict=True):
            number = index.get(document)
            if number is not None:
                found += posting.places_in(number)
        return sorted(found) if len(self.lists) > 1 else found

    @cached_property
    def _indexes(self) -> list[dict[int, int]]:
        return [dict(zip(p.ids, range(p.count), strict=True)) for p in self.lists]


def _in_all(places: Iterable[_Place]) -> set[int]:
    """Give the documents in which each place has a word."""
    first, *others = sorted(places, key=lambda place: place.size)
    kept = set().union(*(posting.ids for posting in first.lists))
    for place in others:
        if not kept:
            break
        if len(place.lists) == 1:
            kept.intersection_update(place.lists[0].ids)
        else:
            kept &= set().union(*(posting.ids for posting in place.lists))
    return kept


def in_a_row(lists: Sequence[Sequence[int]]) -> int:
    """Count the places where the words stand one behind the other."""
    kept = set(lists[0])
    for step, places in enumerate(lists[1:], 1):
        kept &= {place - step for place in places}
        if not kept:
            return 0
    return len(kept)


def near(lists: Sequence[Sequence[int]], slop: int, same: Sequence[int]) -> int:
    """Count windows that hold one place of each list with at most `slop` other words in them.

    `same[n]` is the first list that holds the same word as list n: one place serves once.
    """
    needed: dict[int, int] = {}
    for word in same:
        needed[word] = needed.get(word, 0) + 1
    marks = sorted((place, word) for word in needed for place in set(lists[word]))
    reach = len(lists) - 1 + slop
    held = dict.fromkeys(needed, 0)
    start = 0
    missing = len(lists)
    windows = 0
    for place, word in marks:
        held[word] += 1
        missing -= held[word] <= needed[word]
        while marks[start][0] < place - reach or held[marks[start][1]] > needed[marks[start][1]]:
            left = marks[start][1]
            held[left] -= 1
            missing += held[left] < needed[left]
            start += 1
        windows += not missing
    return windows
