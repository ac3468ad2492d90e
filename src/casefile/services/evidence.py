"""The evidence of a claim as it is shown, and which of its sources share an origin."""

from collections.abc import Iterable, Sequence

from casefile.model.annotation import Annotation
from casefile.model.claim import Claim, EvidenceLink
from casefile.model.source import Source, SourceFile, SourceLink
from casefile.model.view import EvidenceView
from casefile.services.reading import mark_views, titles
from casefile.store import records
from casefile.store.session import Reader

Clusters = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


def evidence_of(r: Reader, claim: Claim) -> tuple[EvidenceView, ...]:
    """Give the quote that a claim was made from, then its links by the clock of their making."""
    links = sorted(records.where(r, EvidenceLink, claim=claim.id), key=lambda e: (e.made, e.id))
    own = EvidenceLink(id="", stance="supports", annotation=claim.quote)
    all_links = [own, *links] if claim.quote else links
    marks = {
        v.annotation.id: v
        for v in mark_views(
            r, records.many(r, Annotation, [e.annotation for e in all_links if e.annotation])
        )
        if not v.annotation.deleted or v.annotation.id == claim.quote
    }
    wanted = {e.source for e in all_links if e.source}
    wanted |= {v.annotation.source for v in marks.values() if v.annotation.source}
    about = {s.id: s for s in records.many(r, Source, list(wanted))}
    named = titles(r, wanted)
    hashes = {f.source: f.object for f in records.where(r, SourceFile, source=tuple(wanted))}
    found = []
    for each in all_links:
        mark = marks.get(each.annotation or "")
        key = each.source or (mark.annotation.source if mark else None)
        source = about.get(key or "")
        found.append(
            EvidenceView(
                link=each.id or None,
                stance=each.stance or "context",
                source=key,
                source_title=named.get(key or "", ""),
                annotation=each.annotation,
                quote=mark.annotation.quote if mark else "",
                zone=mark.zone if mark else None,
                page=mark.annotation.page if mark else None,
                sha256=(mark.annotation.object if mark else None) or hashes.get(key or ""),
                reliability=source.reliability if source else None,
                publisher=(source.publisher or "") if source else "",
                published=source.published if source else None,
                mark=mark.annotation.mark if mark else None,
                warrant=each.warrant,
            )
        )
    return tuple(found)


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


def _links(r: Reader, wanted: Sequence[str]) -> Iterable[SourceLink]:
    if not wanted:
        return ()
    found = records.where(r, SourceLink, source=tuple(wanted), kind=("duplicate", "derives from"))
    return [link for link in found if link.other in wanted]


def _top(root: dict[str, str], key: str) -> str:
    while root[key] != key:
        key = root[key]
    return key
