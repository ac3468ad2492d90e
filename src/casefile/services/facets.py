"""What the hits of a search are made of, and a search narrowed to some of it."""

from collections import Counter
from dataclasses import replace

from casefile.model.errors import CasefileError
from casefile.model.facet import Facets, FacetValue, Narrowing
from casefile.model.hit import SearchRequest
from casefile.services import spellings
from casefile.services.desk import Desk
from casefile.store import faceting
from casefile.strings import tr

_IN_STORE = ("reliability", "tag", "claims")  # asked of the case; the rest is in the index
NOWHERE = ("-",)  # the id of no record: nothing is left


def facets(desk: Desk, request: SearchRequest) -> Facets:
    """Count what a search finds by kind, language, publisher, tag, reliability, claims and day."""
    try:
        raw = desk.index.facets(request, spellings.known(desk))
    except CasefileError:  # while the index is made there is nothing to count by
        return Facets(groups={})
    with desk.store.read() as r:
        numbers = faceting.numbers(r, raw.sources)
        grades, tags = faceting.grades(r, numbers), faceting.tags(r, numbers)
        claimed = len(faceting.with_claims(r, numbers))
    claims = Counter({"yes": claimed, "no": len(numbers) - claimed})
    found = {"type": raw.counts["type"], "language": raw.counts["language"],
             "outlet": raw.counts["outlet"], "tag": tags, "reliability": grades,
             "claims": claims}  # fmt: skip
    return Facets(
        groups={key: _values(key, counts) for key, counts in found.items()},
        days=tuple(sorted(raw.days.items())),
        undated=raw.undated,
    )


def narrowed(desk: Desk, request: SearchRequest, narrowing: Narrowing) -> SearchRequest:
    """Give the request for what is left of a search."""
    filters = tuple(
        (key, values) for key, values in narrowing.values.items() if values and key not in _IN_STORE
    )
    kept: set[str] | None = None
    with desk.store.read() as r:
        for key in _IN_STORE:
            values = narrowing.values.get(key)
            if values:
                having = set(faceting.having(r, key, values))
                kept = having if kept is None else kept & having
    sources = request.sources if kept is None else tuple(sorted(kept)) or NOWHERE
    return replace(request, filters=filters, days=narrowing.days, sources=sources)


def _values(key: str, counts: Counter[str]) -> tuple[FacetValue, ...]:
    order = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    if key == "reliability":
        order = sorted(counts.items())
        order = [*order[1:], *order[:1]] if order and order[0][0] == "" else order
    return tuple(FacetValue(value, _words(key, value), n) for value, n in order if n)


def _words(key: str, value: str) -> str:
    if key == "reliability":
        return value or tr("not judged")
    if key == "claims":
        return tr("has claims") if value == "yes" else tr("no claims")
    return value
