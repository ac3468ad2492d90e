"""The evidence of a claim as it is shown, and which of its sources share an origin."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from casefile.model.annotation import Annotation
from casefile.model.change import Changes
from casefile.model.claim import Claim, EvidenceLink
from casefile.model.errors import UsageError
from casefile.model.ids import new_id
from casefile.model.source import Source, SourceFile, SourceLink
from casefile.model.view import EvidenceView, MarkView
from casefile.services.desk import Desk, done
from casefile.services.reading import mark_views, titles
from casefile.store import records
from casefile.store.session import Reader
from casefile.strings import tr

RELATIONS = ("derives from", "independent")
Clusters = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


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


def origins(r: Reader, sources: Sequence[str]) -> Clusters:
    """Gather sources that copy one another; give (sources, reasons) a cluster, in order of ids.

    Known so far: links of kind duplicate and derives from. Two sources without a link count as two.
    """
    wanted = sorted(set(sources))
    root = {key: key for key in wanted}
    reasons: dict[str, list[str]] = {key: [] for key in wanted}
    for link in _links(r, wanted):
        a, b = _top(root, link.source or ""), _top(root, link.other or "")
        if a != b:
            root[b] = a
            reasons[a] += reasons.pop(b)
        reasons[a].append(link.reason or link.kind or "")
    members: dict[str, list[str]] = {}
    for key in wanted:
        members.setdefault(_top(root, key), []).append(key)
    return tuple((tuple(each), tuple(sorted(set(reasons[top])))) for top, each in members.items())


def relate(desk: Desk, source: str, other: str, *, kind: str, reason: str) -> Changes:
    """Note that a source derives from another, or is independent of it, and why."""
    if kind not in RELATIONS:
        raise UsageError(tr("Two sources derive from one another or are independent."))
    with desk.store.write("relate", kind=kind) as w:
        pair = {"source": source, "other": other}
        w.put(SourceLink, new_id(), kind=kind, reason=reason, decided=True, **pair)
    return done(w)


def _links(r: Reader, wanted: Sequence[str]) -> Iterable[SourceLink]:
    if not wanted:
        return ()
    found = records.where(r, SourceLink, source=tuple(wanted), kind=("duplicate", "derives from"))
    return [link for link in found if link.other in wanted]


def _top(root: dict[str, str], key: str) -> str:
    while root[key] != key:
        key = root[key]
    return key
