"""Finding and ranking the records that a query asks for, over one snapshot."""

import math
from collections.abc import Iterable, Sequence

from casefile.search.codec import NO_DAY, positions
from casefile.search.groups import FURNITURE, WORD_FIELDS
from casefile.search.query import shown
from casefile.search.reader import K1, Snapshot
from casefile.search.syntax import And, Days, Label, Node, Not, Or, Within, Words
from casefile.strings import tr

# How many words of the index a beginning or a near spelling may stand for, in one field.
MAX_BEGINNINGS = 1000
MAX_NEAR = 200

Scores = dict[int, float]


class Execution:
    """One query over one snapshot; `trouble` tells what was cut short."""

    def __init__(self, snapshot: Snapshot, *, boilerplate: bool) -> None:
        self._snapshot = snapshot
        self._fields = (*WORD_FIELDS, FURNITURE) if boilerplate else WORD_FIELDS
        self._all: set[int] | None = None
        self.trouble: list[str] = []

    def scores(self, node: Node) -> Scores:
        """Give each record that is found with its score (BM25F)."""
        if isinstance(node, Words):
            return self._words(node)
        if isinstance(node, And):
            return self._and(node.nodes)
        if isinstance(node, Or):
            return self._or(node.nodes)
        if isinstance(node, Within):
            kept = self._snapshot.labelled("kind", node.kind)
            return {d: s for d, s in self.scores(node.node).items() if d in kept}
        return dict.fromkeys(self._unranked(node), 0.0)

    def _unranked(self, node: Not | Label | Days) -> Iterable[int]:
        if isinstance(node, Not):
            return self._everything() - self.scores(node.node).keys()
        if isinstance(node, Days):
            return self._days(node)
        return set().union(*(self._snapshot.labelled(f, node.value) for f in node.fields))

    def _everything(self) -> set[int]:
        if self._all is None:
            self._all = self._snapshot.everything()
        return self._all

    def _and(self, nodes: Iterable[Node]) -> Scores:
        wanted = [node for node in nodes if not isinstance(node, Not)]
        found = sorted((self.scores(node) for node in wanted), key=len)
        kept = found[0] if found else dict.fromkeys(self._everything(), 0.0)
        for other in found[1:]:
            kept = {d: s + other[d] for d, s in kept.items() if d in other}
        for node in nodes:
            if isinstance(node, Not) and kept:
                out = self.scores(node.node)
                kept = {d: s for d, s in kept.items() if d not in out}
        return kept

    def _or(self, nodes: Iterable[Node]) -> Scores:
        kept: Scores = {}
        for node in nodes:
            found = self.scores(node)
            for document, score in found.items():
                kept[document] = kept.get(document, 0.0) + score
        return kept

    def _days(self, node: Days) -> list[int]:
        earliest, latest = self._snapshot.days()
        low, high = node.low, node.high
        if node.certain:
            found = (n for n, a in enumerate(earliest) if a >= low and NO_DAY < latest[n] <= high)
        else:
            found = (n for n, a in enumerate(earliest) if NO_DAY < a <= high and latest[n] >= low)
        gone = self._snapshot.deleted
        return [n for n in found if n not in gone]

    def _words(self, node: Words) -> Scores:
        weighed: Scores = {}
        for field in node.fields or self._fields:
            expanded = self._expanded(node, field)
            if not all(expanded):
                continue
            lengths, table = self._snapshot.weights(field)
            if len(expanded) == 1:
                for word in expanded[0]:
                    ids, weights, _ = self._snapshot.postings(field, word)
                    _weigh(weighed, zip(ids, weights, strict=True), lengths, table)
            else:
                counted = self._together(field, expanded, node.slop)
                _weigh(weighed, counted.items(), lengths, table)
        return self._saturated(weighed)

    def _saturated(self, weighed: Scores) -> Scores:
        """Turn weights into scores: what is rare counts more, and what is repeated ever less."""
        count = len(weighed)
        factor = (K1 + 1) * math.log(1 + (self._snapshot.count - count + 0.5) / (count + 0.5))
        return {d: factor * w / (K1 + w) for d, w in weighed.items()}

    def _expanded(self, node: Words, field: str) -> list[Sequence[str]]:
        """Give for each place of a phrase the words of the index that may stand there."""
        places: list[Sequence[str]] = [(word,) for word in node.words]
        if node.prefix:
            vocabulary = self._snapshot.vocabulary(field)
            places[-1], more = vocabulary.beginning(node.words[-1], MAX_BEGINNINGS)
            self._say_cut(node, more=more)
        elif node.fuzzy:
            vocabulary = self._snapshot.vocabulary(field)
            places[-1], more = vocabulary.near(node.words[-1], node.fuzzy, MAX_NEAR)
            self._say_cut(node, more=more)
        return places

    def _say_cut(self, node: Words, *, more: bool) -> None:
        if more:
            self.trouble.append(
                tr("“{word}” stands for too many words; only the nearest were sought.").format(
                    word=shown(node.said)
                )
            )

    def _together(self, field: str, places: list[Sequence[str]], slop: int | None) -> Scores:
        """Count in each document how often words stand together in one field."""
        found: list[dict[int, bytes]] = []
        for words in sorted(places, key=len):
            self._intersect(field, words, found)
            if not found[-1]:
                return {}
        order = sorted(range(len(places)), key=lambda n: len(places[n]))
        by_place = [found[order.index(n)] for n in range(len(places))]
        counted: Scores = {}
        for document in found[-1]:
            lists = [positions(by_document[document]).tolist() for by_document in by_place]
            times = in_a_row(lists) if slop is None else near(lists, slop, _equal(places))
            if times:
                counted[document] = float(times)
        return counted

    def _intersect(self, field: str, words: Sequence[str], found: list[dict[int, bytes]]) -> None:
        """Add the positions of one place, for the documents that are still possible."""
        before = found[-1] if found else None
        here: dict[int, bytes] = {}
        for word in words:
            ids, _, values = self._snapshot.postings(field, word)
            for document, value in zip(ids, values, strict=True):
                if before is None or document in before:
                    here[document] = here[document] + value if document in here else value
        found.append(here)


def in_a_row(lists: list[list[int]]) -> int:
    """Count the places where the words stand one behind the other."""
    kept = set(lists[0])
    for step, places in enumerate(lists[1:], 1):
        kept &= {place - step for place in places}
    return len(kept)


def near(lists: list[list[int]], slop: int, same: Sequence[int]) -> int:
    """Count windows that hold one place of each list with at most `slop` other words in them.

    `same[n]` is the first list that holds the same word as list n: one place serves once.
    """
    needed: dict[int, int] = {}
    for word in same:
        needed[word] = needed.get(word, 0) + 1
    marks = sorted((place, word) for word in needed for place in set(lists[word]))
    reach = len(lists) - 1 + slop
    held = dict.fromkeys(needed, 0)
    start = missing = 0
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


def _equal(places: list[Sequence[str]]) -> list[int]:
    return [places.index(words) for words in places]


def _weigh(
    weighed: Scores,
    counted: Iterable[tuple[int, float]],
    lengths: Sequence[int],
    table: Sequence[float],
) -> None:
    if not weighed:
        weighed.update({d: times * table[lengths[d]] for d, times in counted})
        return
    get = weighed.get
    for document, times in counted:
        weighed[document] = get(document, 0.0) + times * table[lengths[document]]
