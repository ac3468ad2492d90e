"""Reports: the case as plain values, handed to the workshop that prints them."""

from dataclasses import replace
from pathlib import Path

from casefile import __version__
from casefile.model.annotation import Annotation
from casefile.model.case import Question
from casefile.model.claim import Claim
from casefile.model.hit import SearchRequest
from casefile.model.source import Source
from casefile.model.view import ReportView, SearchNote
from casefile.report.writing import write
from casefile.services import cases, claims, find, keys, proofs, reading, search_log
from casefile.services.desk import Desk
from casefile.services.intake import now
from casefile.store import history, records


def report(
    desk: Desk,
    file: Path,
    query: str | None = None,
    *,
    originals: bool = False,
    searches: bool = False,
) -> Path:
    """Write a report of the case, or of the claims that a search finds; the suffix says the format.

    Beside it goes a folder with its proof and the script that verifies both (`proofs`). With
    `searches` the log of searches that were made on this machine is printed, too.
    """
    said = view(desk, query)
    if searches:
        logged = search_log.entries(desk)
        said = replace(said, searches=_notes(logged), searched=search_log.summary(logged))
    write(said, file)
    proofs.write(desk, said, file, originals=originals)
    return file


def view(desk: Desk, query: str | None = None) -> ReportView:
    """Give what a report prints: claims, and every source that they or marks rest on."""
    chosen = _chosen(desk, query)
    info = cases.info(desk)
    with desk.store.read() as r:
        ids = [c.id for c in records.where(r, Claim) if chosen is None or c.id in chosen]
        shown = claims.views(r, ids)
        annotations = records.where(r, Annotation)
        if chosen is not None:
            used = {e.annotation for c in shown for e in c.evidence}
            annotations = [a for a in annotations if a.id in used or a.id in chosen]
        wanted = {e.source for c in shown for e in c.evidence if e.source}
        wanted |= {a.source for a in annotations if a.source}
        sources = [s.id for s in records.where(r, Source) if chosen is None or s.id in wanted]
        people = cases.people(r)
        return ReportView(
            info=info,
            made_at=now(),
            made_by=cases.handle_of(people, desk.person),
            program=f"Casefile {__version__}",
            claims=tuple(shown),
            sources=tuple(reading.view(r, key) for key in sources),
            marks=tuple(reading.mark_views(r, annotations)),
            people=people,
            summary=cases.about(desk).summary or "",
            questions=tuple(q.body for q in records.where(r, Question) if q.body),
            chains=tuple(history.chains(r)),
            checkpoints=tuple(keys.listed(desk)),
        )


def _notes(logged: list[search_log.LoggedSearch]) -> tuple[SearchNote, ...]:
    return tuple(
        SearchNote(
            at=each.at,
            query=each.query,
            understood=each.understood,
            total=each.total,
            reach=search_log.sentence(each),
            upto=each.upto,
        )
        for each in logged
    )


def _chosen(desk: Desk, query: str | None) -> set[str] | None:
    if not query:
        return None
    find.catch_up(desk)
    found: set[str] = set()
    request = SearchRequest(query=query, limit=10_000)
    for hit in find.search(desk, request).hits:
        found.add(hit.record)
    return found
