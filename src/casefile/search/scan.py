"""Answering without an index: every text is read, by the same query, as far as time allows.

Slower and plainer than the index, but right: it serves while the index is made.
"""

import heapq
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from casefile.model.hit import IndexDocument, RawAnswer, RawHit, SearchRequest
from casefile.model.text import fold, folded_words
from casefile.search.groups import FURNITURE, MAX_WORD, WORD_FIELDS, chunks
from casefile.search.matching import in_a_row, near
from casefile.search.narrowing import narrowed
from casefile.search.query import parse
from casefile.search.syntax import And, Days, Label, Most, Node, Not, Or, Within, Words
from casefile.search.understood import understood
from casefile.search.vocabulary import edits
from casefile.search.weights import BOOSTS, K1

SECONDS = 1.5  # that a person waits at most
_OPEN_START, _OPEN_END = 1, 9999_12_31

Fits = Callable[[str], bool]


class Scanned(NamedTuple):
    """An answer, and of how many records the texts were read for it."""

    answer: RawAnswer
    looked: int


def scan(
    request: SearchRequest, documents: Iterable[IndexDocument], seconds: float = SECONDS
) -> Scanned:
    """Answer a request from the records themselves, reading until the time is up.

    `total` counts what was found in those that were read.
    """
    query = parse(request.query)
    said = understood(query, request.kinds, boilerplate=request.boilerplate)
    found: list[tuple[float, int, IndexDocument]] = []
    looked = 0
    until = time.monotonic() + seconds
    node = narrowed(query.node, request) if query.node is not None else None
    for document in documents if node is not None else ():
        looked += 1
        if node is not None:
            score = _Reading(document, boilerplate=request.boilerplate).score(node)
            if score is not None:
                found.append((_rank(document, score, request.sort), -looked, document))
        if time.monotonic() > until:
            break
    start = max(0, request.offset)
    best = heapq.nlargest(start + max(0, request.limit), found, key=lambda each: each[:2])[start:]
    answer = RawAnswer(
        understood=said,
        total=len(found),
        hits=tuple(
            RawHit(record=d.record, kind=d.kind, source=d.source, score=rank) for rank, _, d in best
        ),
        sought=query.sought,
        trouble=query.trouble,
    )
    return Scanned(answer, looked)


def _rank(document: IndexDocument, score: float, sort: str) -> float:
    if sort == "date":
        return float(document.earliest or (_OPEN_START if document.latest else 0))
    return float(document.added) if sort == "added" else score


class _Reading:
    """One record, its words cut when they are first needed."""

    def __init__(self, document: IndexDocument, *, boilerplate: bool) -> None:
        self._document = document
        self._fields = (*WORD_FIELDS, FURNITURE) if boilerplate else WORD_FIELDS

    def score(self, node: Node) -> float | None:
        """Give how well a query fits the record; None when it does not."""
        match node:
            case Words():
                return self._words(node) or None
            case And():
                scores = [self.score(each) for each in node.nodes]
                return None if None in scores else sum(filter(None, scores))
            case Or() | Most():
                found = [score for score in map(self.score, node.nodes) if score is not None]
                return sum(found) if found else None
            case Not():
                return 0.0 if self.score(node.node) is None else None
        return self._filtered(node)

    def _filtered(self, node: Label | Days | Within) -> float | None:
        document = self._document
        if isinstance(node, Within):
            return self.score(node.node) if document.kind == node.kind else None
        if isinstance(node, Label):
            return 0.0 if node.value in self._labels(node.fields) else None
        if document.earliest is None and document.latest is None:
            return None
        first, last = document.earliest or _OPEN_START, document.latest or _OPEN_END
        if node.certain:
            return 0.0 if first >= node.low and last <= node.high else None
        return 0.0 if first <= node.high and last >= node.low else None

    def _labels(self, fields: Iterable[str]) -> set[str]:
        document = self._document
        language = fold(document.language).text.replace("_", "-")
        values = {
            "record": [document.record],
            "kind": [document.kind],
            "source": [document.source or ""],
            "type": [fold(document.source_kind).text],
            "outlet": [document.publisher],
            "label": list(document.tags),
            "language": [language, language.split("-")[0]],
        }
        return {value for field in fields for value in values.get(field, ()) if value}

    def _words(self, node: Words) -> float:
        """Give the weight of some words in all fields, saturated; 0 when they are not there."""
        places = _fitting(node)
        weight = 0.0
        for field, words in self._chunks:
            if field in (node.fields or self._fields):
                times = _times(words, places, node)
                weight += BOOSTS[field][0] * times
        return weight / (weight + K1) if weight else 0.0

    @cached_property
    def _chunks(self) -> list[tuple[str, list[str]]]:
        return [(field, list(_cut(text))) for field, text in chunks(self._document)]


def _cut(text: str) -> Iterator[str]:
    yield from (word[:MAX_WORD] for word in folded_words(text))


def _fitting(node: Words) -> list[Fits]:
    """Give what tells for each place of the words whether a word may stand there."""
    exact: list[Fits] = [word.__eq__ for word in node.words]
    last = node.words[-1]
    if node.prefix:
        exact[-1] = lambda word: word.startswith(last)
    elif node.fuzzy:
        exact[-1] = lambda word: edits(last, word, node.fuzzy) is not None
    return exact


def _times(words: Sequence[str], places: list[Fits], node: Words) -> int:
    """Count how often the words stand together in one piece of text."""
    if len(places) == 1:
        return sum(map(places[0], words))
    standing = [[n for n, word in enumerate(words) if fits(word)] for fits in places]
    if not all(standing):
        return 0
    if node.slop is None:
        return in_a_row(standing)
    open_ended = bool(node.prefix or node.fuzzy)
    names = [*node.words[:-1], (node.words[-1], open_ended) if open_ended else node.words[-1]]
    return near(standing, node.slop, [names.index(name) for name in names])
