"""From a query to the records that answer it: widened, found, and said in words."""

import heapq
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple
from weakref import WeakKeyDictionary

from casefile.model.hit import RawAnswer, RawHit, SearchRequest, Variant
from casefile.search.execute import Execution, Ranked
from casefile.search.expansion import Expander
from casefile.search.faceting import RawFacets, faceted
from casefile.search.function_words import FUNCTION_WORDS
from casefile.search.groups import WORD_FIELDS
from casefile.search.known import Known
from casefile.search.names import SURE, Names
from casefile.search.narrowing import narrowed
from casefile.search.query import Query, sought
from casefile.search.reader import Snapshot
from casefile.search.syntax import And, Days, Label, Most, Node, Not, Words
from casefile.search.terms import Terms
from casefile.search.understood import widened

LANGUAGES = ("ar", "de", "en", "fa", "fr", "ru", "uk")
SENTENCE = 5  # words in a row without any sign: typed as one would say it
FEW = 20  # records with all words of a sentence; with fewer, those with most of them are given
SHARE = 0.1  # of what the telling words are worth together, that a record has to hold
_FILTERS = (Not, Label, Days)
_TERMS: WeakKeyDictionary[Snapshot, Terms] = WeakKeyDictionary()


def answer(
    snapshot: Snapshot, query: Query, request: SearchRequest, said: str, known: Known
) -> RawAnswer:
    """Answer a query from an opened generation."""
    if query.node is None:
        return RawAnswer(understood=said, total=0, hits=(), trouble=query.trouble)
    found = _found(snapshot, query.node, request, known)
    return RawAnswer(
        understood="; ".join([said, *widened(found.variants, found.whole)]),
        total=found.total,
        hits=tuple(_hit(snapshot, document, score) for document, score in found.page),
        sought=sought(found.node),
        trouble=(*query.trouble, *dict.fromkeys(found.execution.trouble)),
        variants=found.variants,
        whole=found.whole,
    )


def facets(snapshot: Snapshot, query: Query, request: SearchRequest, known: Known) -> RawFacets:
    """Count what the records are that answer a query."""
    if query.node is None:
        return faceted(snapshot, set())
    found = _found(snapshot, query.node, replace(request, limit=0), known)
    return faceted(snapshot, found.execution.documents(narrowed(found.node, request)))


class _Found(NamedTuple):
    """What came of a query: the tree that was sought, and what it found."""

    node: Node
    total: int
    page: Ranked
    whole: int | None
    variants: tuple[Variant, ...]
    execution: Execution


def _found(snapshot: Snapshot, asked: Node, request: SearchRequest, known: Known) -> _Found:
    terms = terms_of(snapshot)
    names = Names(terms, known.names, known.gazetteer, request.without)
    expander = Expander(terms, names, request.without)
    node = expander.widened(asked)
    execution = Execution(snapshot, boilerplate=request.boilerplate)
    total, page = ranked(execution, narrowed(node, request), request, snapshot)
    whole = None
    # A name of many words that is known as a whole is no sentence.
    named = isinstance(node, And) and sum(not isinstance(n, _FILTERS) for n in node.nodes) == 1
    most = None if named or total >= FEW else sentence(asked)
    if most is not None:
        # Among so many words one that the index has not is hardly a name.
        expander = Expander(terms, replace(names, alone=SURE), request.without)
        node, whole = expander.widened(most), total
        total, page = ranked(execution, narrowed(node, request), request, snapshot)
    return _Found(node, total, page, whole, tuple(expander.found), execution)


def ranked(
    execution: Execution, node: Node, request: SearchRequest, snapshot: Snapshot
) -> tuple[int, Ranked]:
    """Give the number of documents, and those of the page: best, latest or newest first."""
    start = max(0, request.offset)
    wanted = start + max(0, request.limit)
    if request.sort == "relevance":
        total, best = execution.best(node, wanted)
        return total, best[start:]
    scores = execution.scores(node)
    if request.sort == "date":
        earliest, _ = snapshot.days()
        first = heapq.nlargest(wanted, scores, key=lambda d: (earliest[d], scores[d], -d))
    else:
        added = snapshot.added()
        first = heapq.nlargest(wanted, scores, key=lambda d: (added[d], d))
    return len(scores), [(document, scores[document]) for document in first[start:]]


def _hit(snapshot: Snapshot, document: int, score: float) -> RawHit:
    record, kind, source = snapshot.named(document)
    return RawHit(record=record, kind=kind, source=source or None, score=score)


def sentence(node: Node) -> Most | And | None:
    """Give what asks for most of the words of a sentence; None when it is none.

    Words that say nothing by themselves are left out, unless there are no others. What is excluded
    stays excluded, and days and labels still have to fit.
    """
    if not isinstance(node, And):
        return None
    words = [part for part in node.nodes if isinstance(part, Words)]
    filters = [part for part in node.nodes if isinstance(part, _FILTERS)]
    if len(words) < SENTENCE or len(words) + len(filters) < len(node.nodes):
        return None
    if any(part.fields for part in words):
        return None
    single = [each for part in words for each in _apart(part)]
    telling = [part for part in single if part.words[0] not in FUNCTION_WORDS]
    most = Most(tuple(dict.fromkeys(telling or single)), SHARE)
    return And((most, *filters)) if filters else most


def _apart(words: Words) -> Iterable[Words]:
    """Give the words of `high-speed` one by one; a phrase in quotation marks stays one."""
    if len(words.words) == 1 or " " in words.said:
        return (words,)
    return (Words((word,), said=word) for word in words.words)


def terms_of(snapshot: Snapshot) -> Terms:
    """Give the words of an opened index; made once, and gone with it."""
    known = _TERMS.get(snapshot)
    if known is None:
        known = _TERMS[snapshot] = _terms(snapshot)
    return known


def _terms(snapshot: Snapshot) -> Terms:
    spoken = [code for code in LANGUAGES if snapshot.carries("language", code)]
    return Terms([snapshot.vocabulary(field) for field in WORD_FIELDS], spoken)
