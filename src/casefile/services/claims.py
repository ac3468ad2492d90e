"""Claims: who said what, on which words it rests, and how well it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from casefile.analysis.attribution import attribution
from casefile.model.annotation import Annotation
from casefile.model.change import Changes
from casefile.model.claim import (
    CONFIDENCE,
    CREDIBILITY,
    LIKELIHOOD,
    STANCES,
    Assessment,
    Claim,
    EvidenceLink,
)
from casefile.model.dates import parse_when
from casefile.model.entity import Entity
from casefile.model.errors import Refused, UsageError
from casefile.model.ids import assessment_id, new_id
from casefile.model.source import Source
from casefile.model.values import DateValue
from casefile.model.view import ClaimRow, ClaimView
from casefile.services import entities
from casefile.services.desk import Desk, done
from casefile.services.evidence import evidence_of
from casefile.services.independence import origins
from casefile.services.intake import now
from casefile.services.notes import notes_of, tags_of
from casefile.services.reading import text
from casefile.store import records
from casefile.store.conflicts import conflicts
from casefile.store.session import Reader
from casefile.store.writer import Writer
from casefile.strings import tr


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDraft:
    """A claim as a person writes it down; `quote` is an annotation, names are plain words."""

    statement: str
    quote: str | None = None
    speaker: str | None = None
    speaker_kind: str = "person"
    attribution: str | None = None
    said: str | None = None
    about: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimProposal:
    """What rules propose for some marked words; nothing of it is stored."""

    statement: str
    speaker: str | None = None
    attribution: str | None = None
    said: DateValue | None = None
    rules: tuple[str, ...] = ()


def propose(desk: Desk, source: str, start: int, end: int) -> ClaimProposal:
    """Propose a claim from a range of a source's text: its words, and who says them."""
    view = text(desk, source)
    if view is None:
        raise Refused(tr("This source has no text to mark."))
    words = " ".join(view.text[start:end].split())
    found = attribution(view.text, start, end)
    with desk.store.read() as r:
        record = records.get(r, Source, source)
    said = record.published if record else None
    if not found:
        return ClaimProposal(statement=words, said=said)
    best = found[0]
    return ClaimProposal(
        statement=words,
        speaker=best.speaker_name,
        attribution=best.words,
        said=said,
        rules=(best.rule,),
    )


def add(desk: Desk, draft: ClaimDraft) -> tuple[str, Changes]:
    """Make a claim; the speaker and the place are found by name or made; gives the claim's id."""
    if not draft.statement.strip():
        raise Refused(tr("A claim needs a statement."))
    key = new_id()
    with desk.store.write("claim") as w:
        quote = records.get(w, Annotation, draft.quote) if draft.quote else None
        if draft.quote and quote is None:
            raise Refused(tr("There is no mark {id}.").format(id=draft.quote))
        anchor = _anchor(w, quote)
        w.put(
            Claim,
            key,
            statement=draft.statement.strip(),
            quote=draft.quote,
            speaker=_entity(w, draft.speaker, draft.speaker_kind),
            attribution=draft.attribution or None,
            said=parse_when(draft.said, anchor) if draft.said else None,
            about=parse_when(draft.about, anchor) if draft.about else None,
            place=_entity(w, draft.place, "place"),
        )
    return key, done(w)


def edit(desk: Desk, key: str, **values: Any) -> Changes:
    """Change fields of a claim; `speaker` and `place` are names, `said` and `about` are words."""
    with desk.store.write("edit claim", fields=sorted(values)) as w:
        claim = _claim(w, key)
        quote = records.get(w, Annotation, claim.quote) if claim.quote else None
        anchor = _anchor(w, quote)
        for name, kind in (("speaker", "person"), ("place", "place")):
            if name in values:
                values[name] = _entity(w, values[name], kind)
        for name in ("said", "about"):
            if isinstance(values.get(name), str):
                values[name] = parse_when(values[name], anchor)
        w.put(Claim, key, **values)
    return done(w)


def link(
    desk: Desk,
    claim: str,
    *,
    stance: str,
    source: str | None = None,
    annotation: str | None = None,
    warrant: str | None = None,
) -> tuple[str, Changes]:
    """Link a source or a mark to a claim as evidence; gives the id of the link."""
    if stance not in STANCES:
        raise UsageError(tr("Evidence supports, contradicts or is context."))
    if bool(source) == bool(annotation):
        raise UsageError(tr("Evidence is one source or one mark."))
    key = new_id()
    with desk.store.write("link", stance=stance) as w:
        _claim(w, claim)
        target = records.kind_of(w, source or annotation or "")
        if target != ("source" if source else "annotation"):
            raise Refused(tr("There is no record {id}.").format(id=source or annotation))
        w.put(
            EvidenceLink,
            key,
            claim=claim,
            source=source,
            annotation=annotation,
            stance=stance,
            warrant=warrant,
        )
    return key, done(w)


def set_stance(desk: Desk, key: str, stance: str) -> Changes:
    """Change how a piece of evidence bears on its claim."""
    if stance not in STANCES:
        raise UsageError(tr("Evidence supports, contradicts or is context."))
    with desk.store.write("stance", stance=stance) as w:
        w.put(EvidenceLink, key, stance=stance)
    return done(w)


def assess(
    desk: Desk,
    claim: str,
    *,
    credibility: int | None = None,
    likelihood: str | None = None,
    confidence: str | None = None,
    reasoning: str | None = None,
) -> tuple[str, Changes]:
    """Write down this person's own judgement of a claim; another analyst's is left alone."""
    given = {
        "credibility": credibility,
        "likelihood": likelihood,
        "confidence": confidence,
        "reasoning": reasoning,
    }
    values = {name: value for name, value in given.items() if value is not None}
    _check_words(values)
    key = assessment_id(claim, desk.person)
    with desk.store.write("assess") as w:
        _claim(w, claim)
        _check_ground(w, claim, values)
        w.put(Assessment, key, claim=claim, person=desk.person, as_of=now(), **values)
    return key, done(w)


def rows(desk: Desk) -> list[ClaimRow]:
    """Give a line a claim, newest first."""
    with desk.store.read() as r:
        found = records.where(r, Claim, order=("-made",))
        links = records.where(r, EvidenceLink)
        marks = {
            a.id: a.source
            for a in records.many(
                r,
                Annotation,
                [c.quote for c in found if c.quote] + [e.annotation for e in links if e.annotation],
            )
        }
        speakers = {
            e.id: e.name or ""
            for e in records.many(r, Entity, [c.speaker for c in found if c.speaker])
        }
    by_claim: dict[str, list[EvidenceLink]] = {}
    for each in links:
        by_claim.setdefault(each.claim or "", []).append(each)
    return [_row(claim, by_claim.get(claim.id, []), marks, speakers) for claim in found]


def view(desk: Desk, key: str) -> ClaimView:
    """Give a claim with its speaker, evidence and assessments."""
    with desk.store.read() as r:
        return views(r, [key])[0]


def views(r: Reader, keys: Iterable[str]) -> list[ClaimView]:
    """Give several claims within a read session."""
    found = []
    for key in keys:
        claim = _claim(r, key)
        evidence = evidence_of(r, claim)
        speaker = records.get(r, Entity, claim.speaker) if claim.speaker else None
        used = [e for e in evidence if e.stance == "supports"]
        found.append(
            ClaimView(
                claim=claim,
                speaker=speaker,
                place=records.get(r, Entity, claim.place) if claim.place else None,
                evidence=evidence,
                assessments=tuple(records.where(r, Assessment, claim=key)),
                origins=origins(r, used, (speaker.name or "") if speaker else ""),
                conflicts=tuple(conflicts(r, key)),
                tags=tags_of(r, [key])[key],
                notes=notes_of(r, key),
            )
        )
    return found


def origin_counts(desk: Desk, keys: Iterable[str]) -> dict[str, int]:
    """Give on how many independent origins some claims stand."""
    with desk.store.read() as r:
        return {view.claim.id: len(view.origins) for view in views(r, keys)}


def of_source(desk: Desk, source: str) -> list[ClaimRow]:
    """Give the claims that rest on a source, by its marks or as evidence."""
    with desk.store.read() as r:
        marks = {a.id for a in records.where(r, Annotation, source=source)}
        wanted = {c.id for c in records.where(r, Claim) if c.quote in marks}
        wanted |= {
            e.claim or ""
            for e in records.where(r, EvidenceLink)
            if e.source == source or e.annotation in marks
        }
    return [row for row in rows(desk) if row.id in wanted]


def _row(
    claim: Claim,
    links: Sequence[EvidenceLink],
    marks: dict[str, str | None],
    speakers: dict[str, str],
) -> ClaimRow:
    backing = [link for link in links if link.stance == "supports"]
    places = [marks.get(claim.quote or "")]
    places += [link.source or marks.get(link.annotation or "") for link in backing]
    return ClaimRow(
        id=claim.id,
        statement=claim.statement or "",
        speaker=speakers.get(claim.speaker or "", ""),
        about=claim.about,
        supports=len(backing) + bool(claim.quote),
        contradicts=sum(link.stance == "contradicts" for link in links),
        sources=len({place for place in places if place}),
        status=claim.status,
        conflicts=claim.conflicts,
    )


def _claim(r: Reader, key: str) -> Claim:
    claim = records.get(r, Claim, key)
    if claim is None:
        raise Refused(tr("There is no claim {id}.").format(id=key))
    return claim


def _entity(w: Writer, name: str | None, kind: str) -> str | None:
    return entities.take(w, name, kind) if name and name.strip() else None


def _anchor(r: Reader, quote: Annotation | None) -> str | None:
    """Give the day that words like "yesterday" are counted from: when the source came out."""
    source = records.get(r, Source, quote.source) if quote and quote.source else None
    return source.published.earliest if source and source.published else None


def _check_words(values: dict[str, Any]) -> None:
    allowed: dict[str, tuple[Any, ...]] = {
        "credibility": CREDIBILITY,
        "likelihood": LIKELIHOOD,
        "confidence": CONFIDENCE,
    }
    if not values:
        raise UsageError(tr("An assessment needs at least one judgement."))
    for name, words in allowed.items():
        if name in values and values[name] not in words:
            raise UsageError(
                tr("{value} is no {name}.").format(value=values[name], name=name),
                ", ".join(map(str, words)),
            )


def _check_ground(r: Reader, claim: str, values: dict[str, Any]) -> None:
    """Hold back judgements that the evidence cannot carry, with the reason."""
    shown = views(r, [claim])[0]
    who = (shown.speaker.name or "") if shown.speaker else ""
    bearing = [e for e in shown.evidence if e.stance != "context"]
    counts = {"supports": len(shown.origins), "bears": len(origins(r, bearing, who))}
    if values.get("credibility") == 1 and counts["supports"] < 2:
        raise Refused(
            tr(
                "“1, confirmed” needs two independent origins that support it; there is {n}."
            ).format(n=counts["supports"]),
            tr("Link evidence of another origin first."),
        )
    if values.get("confidence") == "high" and counts["bears"] < 2:
        raise Refused(
            tr("High confidence needs evidence of two independent origins; there is {n}.").format(
                n=counts["bears"]
            ),
            tr("Link evidence of another origin first."),
        )
    if values.get("credibility") == 5 and not any(
        e.stance == "contradicts" for e in shown.evidence
    ):
        raise Refused(
            tr("“5, improbable” needs evidence that contradicts the claim; there is none."),
            tr("Link the contradicting words first."),
        )
