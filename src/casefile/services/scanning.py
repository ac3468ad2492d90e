"""Search while there is no index: the texts themselves are read, and the person is told."""

from collections.abc import Iterator
from dataclasses import replace

from casefile.model.hit import RawAnswer, SearchRequest
from casefile.search.scan import scan
from casefile.services.desk import Desk
from casefile.services.documents import SEARCHED, whole_case
from casefile.store import records
from casefile.strings import tr


def scanned(desk: Desk, request: SearchRequest) -> RawAnswer:
    """Answer a request from the case itself; `coverage` says how far that went."""
    found = scan(request, whole_case(desk))
    everything = _records(desk)
    return replace(found.answer, coverage=tuple(_said(desk, found.looked, everything)))


def _said(desk: Desk, looked: int, everything: int) -> Iterator[str]:
    done = desk.index.building
    if done is None or not everything:
        yield tr("The search index is being made anew; the texts themselves were read.")
    else:
        percent = min(99, 100 * done // everything)
        yield tr("The search index is being made anew: {percent} %.").format(percent=percent)
    if looked < everything:
        yield tr(
            "Only {looked} of {all} records were read so far, so the numbers are too low."
        ).format(looked=f"{looked:,}", all=f"{everything:,}")


def _records(desk: Desk) -> int:
    with desk.store.read() as r:
        return sum(records.count(r, record) for record in SEARCHED.values())
