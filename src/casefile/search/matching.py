"""Where the words of a query stand: the documents and positions of one node, segment by segment."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import repeat

from casefile.search.leaf import Leaf
from casefile.search.postings import Posting

Places = Sequence[Sequence[str]]
Times = Iterable[tuple[int, int]]  # documents with how often something stands there
_FEW = 8  # so many times fewer documents are looked up one by one


class Match:
    """What some words match in one segment.

    `lists` are posting lists with their field and weight, `counted` how often several words stand
    together in each document, with field and weight; `more` are documents that match, too, but are
    not weighed.
    """

    def __init__(self, gone: frozenset[int]) -> None:
        self.gone = gone
        self.lists: list[tuple[str, Posting, float]] = []
        self.counted: list[tuple[str, dict[int, int], float]] = []
        self.more: set[int] = set()

    @cached_property
    def documents(self) -> set[int]:
        """The documents that match; gone ones are not among them."""
        found = self.more.union(*self._parts())
        return found - self.gone if self.gone else found

    @cached_property
    def count(self) -> int:
        """The number of documents that match."""
        if self.more or "documents" in self.__dict__ or len(self.counted) > 1:
            return len(self.documents)
        others: set[int] = set().union(*(times for _, times, _ in self.counted))
        lists = sorted((posting for _, posting, _ in self.lists), key=lambda p: p.count)
        if not lists:
            return len(others - self.gone)
        longest = lists.pop()
        if _FEW * (len(others) + sum(posting.count for posting in lists)) > longest.count:
            return len(self.documents)
        # The longest list is looked into, not gone through.
        others.update(*(posting.ids for posting in lists))
        ids, size = longest.ids, longest.count
        there = {
            each for each in others if (at := bisect_left(ids, each)) < size and ids[at] == each
        }
        found = size + len(others) - len(there)
        return found - sum(each in others or longest.number(each) is not None for each in self.gone)

    def within(self, kept: set[int]) -> set[int]:
        """Give those of some living documents that match."""
        if "documents" in self.__dict__ or self.more or len(self.lists) + len(self.counted) > 4:
            return kept & self.documents
        found: set[int] = set()
        for _, posting, _ in self.lists:
            if posting.count > _FEW * len(kept):
                ids, size = posting.ids, posting.count
                found.update(
                    each
                    for each in kept
                    if (at := bisect_left(ids, each)) < size and ids[at] == each
                )
            else:
                found |= kept.intersection(posting.ids)
        return found.union(*(kept.intersection(times) for _, times, _ in self.counted))

    def times(self, kept: AbstractSet[int] | None) -> Iterator[tuple[str, float, Times]]:
        """Give field and weight of each list with its documents, or those that are kept.

        The longest list comes first.
        """
        if kept is None and self.gone:
            kept = self.documents
        for field, posting, weight in sorted(self.lists, key=lambda each: -each[1].count):
            yield field, weight, _times(posting, kept)
        for field, times, weight in self.counted:
            if kept is None:
                yield field, weight, times.items()
            else:
                yield field, weight, [(n, times[n]) for n in times.keys() & kept]

    def _parts(self) -> Iterator[Iterable[int]]:
        yield from (posting.ids for _, posting, _ in self.lists)
        yield from (times for _, times, _ in self.counted)


def _times(posting: Posting, kept: AbstractSet[int] | None) -> Times:
    times = posting.times
    if kept is None:
        return zip(posting.ids, repeat(1) if times is None else times, strict=False)
    ids = posting.ids
    if posting.count > _FEW * len(kept):
        found, count = [], posting.count
        for each in kept:
            at = bisect_left(ids, each)
            if at < count and ids[at] == each:
                found.append((each, times[at] if times else 1))
        return found
    if times is None:
        return (
            zip(kept.intersection(ids), repeat(1))
            if isinstance(kept, set)
            else [(n, 1) for n in ids if n in kept]
        )
    return [(n, often) for n, often in zip(ids, times, strict=False) if n in kept]


def together(leaf: Leaf, field: str, places: Places, slop: int | None) -> dict[int, int]:
    """Count in each document how often words stand together in one field of a segment.

    `places` are the words that may stand in each place. With `slop` None they stand in a row and
    in order, else in any order with at most so many words between.
    """
    data = leaf.field(field)
    if data is None:
        return {}
    found: list[list[Posting]] = []
    for words in places:
        lists = [data.posting(word.encode("utf-8", "replace")) for word in words]
        found.append([posting for posting in lists if posting is not None])
        if not found[-1]:
            return {}
    kept = _in_all(found) - leaf.gone
    same = [places.index(words) for words in places]
    counted: dict[int, int] = {}
    for document in kept:
        standing = [_places(lists, document) for lists in found]
        times = in_a_row(standing) if slop is None else near(standing, slop, same)
        if times:
            counted[document] = times
    return counted


def _places(lists: list[Posting], document: int) -> Sequence[int]:
    """Give where one of some words stands in a document, rising."""
    if len(lists) == 1:
        number = lists[0].number(document)
        return () if number is None else lists[0].places_in(number)
    found: list[int] = []
    for posting in lists:
        number = posting.number(document)
        if number is not None:
            found += posting.places_in(number)
    return sorted(found)


def _in_all(places: Iterable[list[Posting]]) -> set[int]:
    """Give the documents in which each place has a word."""
    first, *others = sorted(places, key=lambda lists: sum(p.count for p in lists))
    kept = set().union(*(posting.ids for posting in first))
    for lists in others:
        if len(lists) == 1:
            kept.intersection_update(lists[0].ids)
        else:
            kept = set().union(*(kept.intersection(posting.ids) for posting in lists))
    return kept


def in_a_row(lists: Sequence[Sequence[int]]) -> int:
    """Count the places where the words stand one behind the other."""
    if len(lists) == 2:
        after = {place + 1 for place in lists[0]}
        return sum(map(after.__contains__, set(lists[1])))
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
