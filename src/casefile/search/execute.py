"""Finding and ranking the records that a query asks for, over one snapshot.

Matching comes first, with sets of document numbers, segment by segment; only what is kept is
weighed. Scores are BM25F: the weights of a word in all fields are added up, then saturated.
"""

import heapq
import math
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import repeat

from casefile.search.groups import FURNITURE, WORD_FIELDS
from casefile.search.leaf import NO_DAY, Leaf
from casefile.search.matching import Match, together
from casefile.search.postings import Posting
from casefile.search.query import shown
from casefile.search.reader import Snapshot
from casefile.search.syntax import And, Days, Label, Node, Not, Or, Within, Words
from casefile.search.weights import K1
from casefile.strings import tr

# How many words of the index a beginning or a near spelling may stand for, in one field: in a
# phrase, and with weights.
MAX_BEGINNINGS = 1000
MAX_NEAR = 200
MAX_WEIGHED = 200

Scores = dict[int, float]
Ranked = list[tuple[int, float]]


class Execution:
    """One query over one snapshot; `trouble` tells what was cut short."""

    def __init__(self, snapshot: Snapshot, *, boilerplate: bool) -> None:
        self._snapshot = snapshot
        self._fields = (*WORD_FIELDS, FURNITURE) if boilerplate else WORD_FIELDS
        # Nodes are told apart by identity: those that are equal may well be worked out twice.
        self._matches: dict[int, list[Match]] = {}
        self._factors: dict[int, float] = {}
        self._found: dict[tuple[int, int], AbstractSet[int]] = {}
        self._expansions: dict[tuple[int, str], list[Sequence[str]]] = {}
        self._held: list[Node] = []
        self.trouble: list[str] = []

    def documents(self, node: Node) -> set[int]:
        """Give the records that are found."""
        found: set[int] = set()
        for number, base in enumerate(self._snapshot.bases):
            here = self._documents(node, number)
            found.update(here if not base else (base + n for n in here))
        return found

    def scores(self, node: Node) -> Scores:
        """Give each record that is found with its score."""
        found: Scores = {}
        for number, base in enumerate(self._snapshot.bases):
            scored = self._scored(node, number)
            found.update(scored if not base else {base + n: s for n, s in scored.items()})
        return found

    def best(self, node: Node, wanted: int) -> tuple[int, Ranked]:
        """Give how many records are found, and the best of them with their scores."""
        total, ranked = 0, []
        for number, base in enumerate(self._snapshot.bases):
            scored = self._scored(node, number)
            total += len(scored)
            ranked += [(base + n, score) for n, score in _best(scored, wanted)]
        ranked.sort(key=lambda found: (-found[1], found[0]))
        return total, ranked[:wanted]

    def finds(self, node: Node, document: int) -> bool:
        """Say whether a part of the query finds a record."""
        bases = self._snapshot.bases
        number = max(n for n, base in enumerate(bases) if base <= document)
        return document - bases[number] in self._documents(node, number)

    # Matching.

    def _documents(self, node: Node, number: int) -> AbstractSet[int]:
        key = id(node), number
        found = self._found.get(key)
        if found is None:
            self._held.append(node)  # so that no other node gets its identity
            found = self._found[key] = self._sought(node, number)
        return found

    def _sought(self, node: Node, number: int) -> AbstractSet[int]:
        if isinstance(node, Words):
            return self._match(node)[number].documents
        if isinstance(node, Label | Days | Within):
            return self._filtered(node, number)
        match node:
            case And():
                return self._in_all(node.nodes, number)
            case Or():
                return set().union(*(self._documents(each, number) for each in node.nodes))
            case Not():
                living = self._snapshot.leaves[number].living
                return living - self._documents(node.node, number)

    def _filtered(self, node: Label | Days | Within, number: int) -> AbstractSet[int]:
        leaf = self._snapshot.leaves[number]
        match node:
            case Within():
                return self._documents(node.node, number) & _labelled(leaf, ("kind",), node.kind)
            case Label():
                return _labelled(leaf, node.fields, node.value)
            case Days():
                return set(_dated(leaf, node, leaf.living))

    def _in_all(self, nodes: Sequence[Node], number: int) -> AbstractSet[int]:
        leaf = self._snapshot.leaves[number]
        filters = (Not, Days)
        sets = [self._documents(each, number) for each in nodes if not isinstance(each, filters)]
        sets.sort(key=len)
        kept = set(sets[0]).intersection(*sets[1:]) if sets else set(leaf.living)
        for each in nodes:
            if not kept:
                break
            if isinstance(each, Days):
                kept = set(_dated(leaf, each, kept))
            elif isinstance(each, Not):
                kept -= self._documents(each.node, number)
        return kept

    def _match(self, node: Words) -> list[Match]:
        """Give what the words match in each segment."""
        found = self._matches.get(id(node))
        if found is None:
            self._held.append(node)
            found = [self._matched(node, leaf) for leaf in self._snapshot.leaves]
            self._matches[id(node)] = found
        return found

    def _matched(self, node: Words, leaf: Leaf) -> Match:
        found = Match(leaf.gone)
        for field in node.fields or self._fields:
            data = leaf.field(field)
            if data is None:
                continue
            if len(node.words) == 1 and node.prefix:
                self._begin(node, field, leaf, found)
                continue
            places = self._expanded(node, field)
            if not all(places):
                continue
            if len(places) > 1:
                found.counted.append((field, together(leaf, field, places, node.slop), 1.0))
                continue
            for word in places[0]:
                posting = data.posting(word.encode("utf-8", "replace"))
                if posting is not None:
                    found.lists.append((field, posting, 1.0))
        return found

    def _begin(self, node: Words, field: str, leaf: Leaf, found: Match) -> None:
        """Match all words that begin so; when they are many, only the shortest are weighed."""
        data = leaf.field(field)
        if data is None:
            return
        numbers = data.words.beginning(node.words[0].encode("utf-8", "replace"))
        if len(numbers) <= MAX_WEIGHED:
            found.lists += ((field, posting, 1.0) for posting in data.postings_of(numbers))
            return
        more = data.beginning(numbers)
        found.more = more if found.more is None else found.more | more
        words = data.words.between(numbers.start, numbers.stop)
        for number in heapq.nsmallest(MAX_WEIGHED, range(len(words)), key=lambda n: len(words[n])):
            found.lists.append((field, data.posting_at(numbers.start + number), 1.0))

    def _expanded(self, node: Words, field: str) -> list[Sequence[str]]:
        """Give for each place of a phrase the words of the index that may stand there."""
        known = self._expansions.get((id(node), field))
        if known is not None:
            return known
        places: list[Sequence[str]] = [(word,) for word in node.words]
        if node.prefix:
            vocabulary = self._snapshot.vocabulary(field)
            places[-1], more = vocabulary.beginning(node.words[-1], MAX_BEGINNINGS)
            self._say_cut(node, more=more)
        elif node.fuzzy:
            vocabulary = self._snapshot.vocabulary(field)
            places[-1], more = vocabulary.near(node.words[-1], node.fuzzy, MAX_NEAR)
            self._say_cut(node, more=more)
        self._expansions[id(node), field] = places
        return places

    def _say_cut(self, node: Words, *, more: bool) -> None:
        if more:
            self.trouble.append(
                tr("“{word}” stands for too many words; only the nearest were sought.").format(
                    word=shown(node.said)
                )
            )

    # Weighing.

    def _scored(self, node: Node, number: int) -> Scores:
        if isinstance(node, Words):
            return self._weighed(node, number, None)
        kept = self._documents(node, number)
        scores = dict.fromkeys(kept, 0.0)
        for words in _ranking(node):
            for document, score in self._weighed(words, number, kept).items():
                scores[document] += score
        return scores

    def _factor(self, node: Words) -> float:
        """Give the most that some words can score: what is rare counts more."""
        found = self._factors.get(id(node))
        if found is None:
            count = sum(match.count for match in self._match(node))
            rarity = math.log(1 + (self._snapshot.count - count + 0.5) / (count + 0.5))
            found = self._factors[id(node)] = (K1 + 1) * rarity
        return found

    def _weighed(self, node: Words, number: int, kept: AbstractSet[int] | None) -> Scores:
        match = self._match(node)[number]
        gone = self._snapshot.leaves[number].gone
        if kept is None and gone:
            kept = match.documents
        factor = self._factor(node)
        found = [
            (_times(posting, kept), self._snapshot.dampers(field)[number], weight)
            for field, posting, weight in match.lists
        ]
        found += [
            (
                times.items() if kept is None else ((d, t) for d, t in times.items() if d in kept),
                self._snapshot.dampers(field)[number],
                weight,
            )
            for field, times, weight in match.counted
        ]
        if len(found) == 1 and not match.more:
            times, dampers, weight = found[0]
            if weight == 1.0:
                return {d: factor * t / (t + dampers[d]) for d, t in times}
        rest = (match.more or set()) if kept is None else (match.more or set()) & kept
        strength: Scores = dict.fromkeys(rest, 0.0)
        for times, dampers, weight in found:
            _add(strength, times, dampers, weight)
        return {d: factor * s / (1 + s) for d, s in strength.items()}


def _times(posting: Posting, kept: AbstractSet[int] | None) -> Iterable[tuple[int, int]]:
    times = posting.times
    counted = zip(posting.ids, repeat(1) if times is None else times, strict=False)
    return counted if kept is None else ((d, t) for d, t in counted if d in kept)


def _add(
    strength: Scores, times: Iterable[tuple[int, int]], dampers: list[float], weight: float
) -> None:
    get = strength.get
    for document, often in times:
        strength[document] = get(document, 0.0) + weight * often / dampers[document]


def _ranking(node: Node) -> Iterable[Words]:
    """Give the words that count for the order of what a node finds."""
    if isinstance(node, Words):
        yield node
    elif isinstance(node, And | Or):
        for each in node.nodes:
            yield from _ranking(each)
    elif isinstance(node, Within):
        yield from _ranking(node.node)


def _best(scores: Scores, wanted: int) -> Iterable[tuple[int, float]]:
    """Give the best scores, and all that equal the last of them."""
    if len(scores) <= wanted:
        return scores.items()
    if not wanted:
        return ()
    least = heapq.nlargest(wanted, scores.values())[-1]
    return sorted(
        ((n, score) for n, score in scores.items() if score >= least),
        key=lambda found: (-found[1], found[0]),
    )[:wanted]


def _labelled(leaf: Leaf, fields: Iterable[str], value: str) -> AbstractSet[int]:
    found: set[int] = set()
    for field in fields:
        data = leaf.field(field)
        posting = data.posting(value.encode("utf-8", "replace")) if data else None
        found.update(posting.ids if posting else ())
    return found - leaf.gone if leaf.gone else found


def _dated(leaf: Leaf, node: Days, documents: Iterable[int]) -> Iterable[int]:
    """Give those of some documents that lie within the days."""
    earliest, latest = leaf.numbers("earliest"), leaf.numbers("latest")
    low, high = node.low, node.high
    if node.certain:
        return (n for n in documents if earliest[n] >= low and NO_DAY < latest[n] <= high)
    return (n for n in documents if NO_DAY < earliest[n] <= high and latest[n] >= low)
