"""Finding and ranking the records that a query asks for, over one snapshot.

Matching comes first, with sets of document numbers, segment by segment; only what is kept is
weighed. Scores are BM25F: the weights of a word in all fields are added up, then saturated.
"""

import heapq
import math
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from casefile.search.fielddata import FieldData
from casefile.search.groups import FURNITURE, WORD_FIELDS
from casefile.search.leaf import NO_DAY, Leaf
from casefile.search.matching import Match, Places, together
from casefile.search.query import shown
from casefile.search.reader import Snapshot
from casefile.search.syntax import And, Days, Label, Most, Node, Not, Or, Within, Words
from casefile.search.topmost import MANY, shortest, topmost
from casefile.search.weights import K1
from casefile.strings import tr

# How many words of the index a beginning or a near spelling may stand for, in one field: in a
# phrase, and with weights.
MAX_BEGINNINGS = 1000
MAX_NEAR = 200
MAX_WEIGHED = 200
MAX_DOCUMENTS_WEIGHED = 1500

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
        total = 0
        ranked: Ranked = []
        for number, base in enumerate(self._snapshot.bases):
            count, scored = self._candidates(node, number, wanted)
            total += count
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
            case Most():
                return self._most(node, number)
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
        words = [self._match(each)[number] for each in nodes if isinstance(each, Words)]
        words.sort(key=lambda match: match.count)
        sets = [
            self._documents(each, number)
            for each in nodes
            if not isinstance(each, Not | Days | Words)
        ]
        kept = set(words[0].documents) if words else set(sets[0] if sets else leaf.living)
        for match in words[1:]:
            kept = match.within(kept)
        kept.intersection_update(*sets)
        for each in nodes:
            if isinstance(each, Days):
                kept = set(_dated(leaf, each, kept))
            elif isinstance(each, Not):
                kept -= self._documents(each.node, number)
        return kept

    def _most(self, node: Most, number: int) -> AbstractSet[int]:
        """Give what holds enough of the nodes; those that find nothing at all do not count."""
        whole = 0.0
        held: Scores = {}
        for each in node.nodes:
            segments = range(len(self._snapshot.leaves))
            count = sum(len(self._documents(each, segment)) for segment in segments)
            if count:
                worth = rarity(count, self._snapshot.count)
                whole += worth
                for document in self._documents(each, number):
                    held[document] = held.get(document, 0.0) + worth
        return {document for document, worth in held.items() if worth >= node.share * whole}

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
        if _is_plain(node):
            word = node.words[0].encode("utf-8", "replace")
            for field, data in leaf.held(node.fields or self._fields):
                posting = data.posting(word)
                if posting is not None:
                    found.lists.append((field, posting, 1.0))
            return found
        for field, data in leaf.held(node.fields or self._fields):
            if len(node.words) == 1 and node.prefix:
                _begin(node.words[0], field, data, found)
                continue
            for places, weight in self._spellings(node, field):
                if len(places) > 1:
                    times = together(leaf, field, places, node.slop)
                    found.counted += [(field, times, weight)] if times else ()
                    continue
                lists = (data.posting(word.encode("utf-8", "replace")) for word in places[0])
                found.lists += ((field, posting, weight) for posting in lists if posting)
        return found

    def _spellings(self, node: Words, field: str) -> Iterable[tuple[Places, float]]:
        """Give what may stand for the words in a field: places with their words, and a weight."""
        places = self._expanded(node, field)
        if all(places):
            yield places, 1.0
        for form in node.forms:
            yield form.places, form.weight

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
        kept = self._documents(node, number)
        scores = dict.fromkeys(kept, 0.0)
        for words in _ranking(node):
            for document, score in self._weighed(words, number, kept).items():
                scores[document] += score
        return scores

    def _candidates(self, node: Node, number: int, wanted: int) -> tuple[int, Scores]:
        """Give how many documents a segment has, and the scores of those that may be the best."""
        if isinstance(node, Words):
            return self._best_words(node, number, wanted)
        if isinstance(node, Or) and all(isinstance(each, Words) for each in node.nodes):
            return self._best_any(node, number, wanted)
        scored = self._scored(node, number)
        return len(scored), scored

    def _best_words(self, node: Words, number: int, wanted: int) -> tuple[int, Scores]:
        match = self._match(node)[number]
        scored = self._weighed(node, number, self._promising(match, number, wanted))
        if match.more and len(scored) < wanted:
            rest = heapq.nsmallest(wanted, match.documents - scored.keys())
            scored.update(dict.fromkeys(rest, 0.0))
        return match.count, scored

    def _promising(self, match: Match, number: int, wanted: int) -> AbstractSet[int] | None:
        """Give the documents that may be the best where one list has most of them; else None."""
        if match.gone or match.more or not match.lists:
            return None
        field, longest, _ = max(match.lists, key=lambda each: each[1].count)
        rest = sum(posting.count for _, posting, _ in match.lists) - longest.count
        if longest.count < MANY or 4 * rest > longest.count or match.counted:
            return None
        lengths = self._snapshot.leaves[number].lengths(field)
        found = set(topmost(longest, lengths, self._snapshot.ranks(field), wanted))
        others = (posting.ids for _, posting, _ in match.lists if posting is not longest)
        return found.union(*others)

    def _best_any(self, node: Or, number: int, wanted: int) -> tuple[int, Scores]:
        """Weigh rare words first; what only the common ones hold is left out when it cannot win."""
        words = sorted(
            (each for each in node.nodes if isinstance(each, Words)), key=lambda w: -self._factor(w)
        )
        left = sum(map(self._factor, words))  # the most that the words from here on can add
        done = 0.0  # the most that a document has by now
        scores: Scores = {}
        for at, each in enumerate(words):
            if left <= done and len(scores) > wanted and self._is_long(each, number, scores):
                least = heapq.nlargest(wanted, scores.values())[-1]
                if left <= least:
                    scores = {n: score for n, score in scores.items() if score + left >= least}
                    self._add_up(words[at:], number, scores)
                    break
            _sum(scores, self._weighed(each, number, None))
            left -= self._factor(each)
            done += self._factor(each)
        else:
            if not any(self._match(each)[number].more for each in words):
                return len(scores), scores
        total = len(self._documents(node, number))
        if total > len(scores) and len(scores) < wanted:
            scores.update(dict.fromkeys(self._documents(node, number) - scores.keys(), 0.0))
        return total, scores

    def _is_long(self, words: Words, number: int, scores: Scores) -> bool:
        return self._match(words)[number].count > len(scores) / 4

    def _add_up(self, words: Iterable[Words], number: int, scores: Scores) -> None:
        """Add what words score in the documents that are there."""
        for each in words:
            _sum(scores, self._weighed(each, number, scores.keys()))

    def _factor(self, node: Words) -> float:
        """Give the most that some words can score: what is rare counts more."""
        found = self._factors.get(id(node))
        if found is None:
            count = sum(match.count for match in self._match(node))
            found = self._factors[id(node)] = (K1 + 1) * rarity(count, self._snapshot.count)
        return found

    def _weighed(self, node: Words, number: int, kept: AbstractSet[int] | None) -> Scores:
        """Give what some words score in their documents, or in those that are kept.

        Documents that match but are not weighed are left out.
        """
        factor = self._factor(node)
        lists = list(self._match(node)[number].times(kept))
        if not lists:
            return {}
        field, weight, times = lists.pop(0)
        dampers = self._snapshot.dampers(field)[number]
        # Most documents have the words in one list only, which is weighed without further ado.
        if weight == 1.0:
            scores = {n: factor * often / (often + dampers[n]) for n, often in times}
        else:
            scores = {
                n: factor * (s := weight * often / dampers[n]) / (1 + s) for n, often in times
            }
        strength: Scores = {}
        for field, weight, times in lists:
            dampers = self._snapshot.dampers(field)[number]
            for n, often in times:
                strength[n] = strength.get(n, 0.0) + weight * often / dampers[n]
        for n, added in strength.items():
            before = scores.get(n, 0.0)
            whole = added + before / (factor - before)  # the saturation undone
            scores[n] = factor * whole / (1 + whole)
        return scores


def _is_plain(node: Words) -> bool:
    return not (node.prefix or node.fuzzy or node.forms or len(node.words) > 1)


def _begin(start: str, field: str, data: FieldData, found: Match) -> None:
    """Match all words that begin so; when they are many, only the shortest are weighed."""
    numbers = data.words.beginning(start.encode("utf-8", "replace"))
    if len(numbers) <= MAX_WEIGHED:
        found.lists += ((field, posting, 1.0) for posting in data.postings_of(numbers))
        return
    found.more |= data.beginning(start, numbers)
    words = data.words.between(numbers.start, numbers.stop)
    room = MAX_DOCUMENTS_WEIGHED
    for number in shortest(words, MAX_WEIGHED):
        posting = data.posting_at(numbers.start + number)
        found.lists.append((field, posting, 1.0))
        room -= posting.count
        if room < 0:
            break


def _sum(scores: Scores, more: Scores) -> None:
    if not scores:
        scores.update(more)
        return
    get = scores.get
    for n, score in more.items():
        scores[n] = get(n, 0.0) + score


def rarity(found: int, of: int) -> float:
    """Give how much it counts that so many records of so many hold something."""
    return math.log(1 + (of - found + 0.5) / (found + 0.5))


def _ranking(node: Node) -> Iterable[Words]:
    """Give the words that count for the order of what a node finds."""
    if isinstance(node, Words):
        yield node
    elif isinstance(node, And | Or | Most):
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
    if node.certain:
        return (n for n in documents if earliest[n] >= node.low and NO_DAY < latest[n] <= node.high)
    return (n for n in documents if NO_DAY < earliest[n] <= node.high and latest[n] >= node.low)
