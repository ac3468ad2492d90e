"""The evidence of a claim as it is shown."""

from dataclasses import replace

from casefile.model.annotation import Annotation
from casefile.model.claim import Claim, EvidenceLink
from casefile.model.source import Source, SourceFile
from casefile.model.view import EvidenceView, MarkView
from casefile.services.reading import mark_views, titles
from casefile.store import records
from casefile.store.session import Reader


def evidence_of(r: Reader, claim: Claim) -> tuple[EvidenceView, ...]:
    """Give the quote that a claim was made from, then its links by the clock of their making.

    A mark that was deleted since is still shown with its words: the claim rests on them.
    """
    links = sorted(records.where(r, EvidenceLink, claim=claim.id), key=lambda e: (e.made, e.id))
    if claim.quote:
        links.insert(0, EvidenceLink(id="", stance="supports", annotation=claim.quote))
    found = records.many(r, Annotation, [e.annotation for e in links if e.annotation])
    marks = {view.annotation.id: view for view in mark_views(r, found)}
    wanted = {e.source for e in links if e.source}
    wanted |= {mark.source for mark in found if mark.source}
    about = {s.id: s for s in records.many(r, Source, list(wanted))}
    named = titles(r, wanted)
    hashes = {f.source: f.object for f in records.where(r, SourceFile, source=tuple(wanted))}
    shown = []
    for each in links:
        mark = marks.get(each.annotation or "")
        key = each.source or (mark.annotation.source if mark else None) or ""
        view = _view(each, mark, about.get(key))
        shown.append(
            replace(view, source_title=named.get(key, ""), sha256=view.sha256 or hashes.get(key))
        )
    return tuple(shown)


def _view(link: EvidenceLink, mark: MarkView | None, source: Source | None) -> EvidenceView:
    annotation = mark.annotation if mark else None
    return EvidenceView(
        link=link.id or None,
        stance=link.stance or "context",
        source=source.id if source else None,
        source_title="",
        annotation=link.annotation,
        quote=annotation.quote if annotation else "",
        zone=mark.zone if mark else None,
        page=annotation.page if annotation else None,
        sha256=annotation.object if annotation else None,
        reliability=source.reliability if source else None,
        publisher=(source.publisher or "") if source else "",
        published=source.published if source else None,
        mark=annotation.mark if annotation else None,
        warrant=link.warrant,
    )
