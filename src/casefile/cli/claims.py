"""Commands about claims: add, link, assess, list, show."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from casefile.cli import moments
from casefile.cli.context import Answer, Context
from casefile.cli.output import Output, short
from casefile.cli.parsing import Commands
from casefile.cli.running import reading as opened
from casefile.cli.running import writing
from casefile.model.claim import CONFIDENCE, CREDIBILITY, LIKELIHOOD, STANCES
from casefile.model.entity import ENTITY_KINDS
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.model.claim import Assessment
    from casefile.model.entity import Entity
    from casefile.model.values import DateValue
    from casefile.model.view import ClaimRow, ClaimView


def declare(commands: Commands) -> None:
    """Declare the commands."""
    claim = commands.group("claim", tr("claims, their evidence and their assessments"))
    add = claim.add("add", _add, tr("make a claim"))
    add.add_argument("--statement", metavar="S", required=True)
    add.add_argument("--quote", metavar="ANNOTATION", help=tr("the mark that it rests on"))
    add.add_argument("--speaker", metavar="NAME")
    add.add_argument("--speaker-kind", choices=ENTITY_KINDS, default="person")
    add.add_argument("--attribution", metavar="WORDS", help=tr("the words that name the speaker"))
    add.add_argument("--said", metavar="WHEN")
    add.add_argument("--about", metavar="WHEN")
    add.add_argument("--place", metavar="NAME")
    link = claim.add("link", _link, tr("link a source or a mark as evidence"))
    link.add_argument("claim", metavar="CLAIM")
    target = link.add_mutually_exclusive_group(required=True)
    target.add_argument("--source", metavar="S")
    target.add_argument("--annotation", metavar="A")
    link.add_argument("--stance", choices=STANCES, required=True)
    link.add_argument("--warrant", metavar="W", help=tr("why it bears on the claim"))
    assess = claim.add("assess", _assess, tr("write down your own judgement of a claim"))
    assess.add_argument("claim", metavar="CLAIM")
    assess.add_argument("--credibility", type=int, choices=CREDIBILITY)
    assess.add_argument("--likelihood", metavar="WORD", choices=LIKELIHOOD)
    assess.add_argument("--confidence", choices=CONFIDENCE)
    assess.add_argument("--reason", metavar="R")
    moments.declare(claim.add("list", _list, tr("list the claims")))
    show = claim.add("show", _show, tr("show a claim with its evidence"))
    show.add_argument("claim", metavar="CLAIM")
    moments.declare(show)


def _add(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import claims, reading

    with writing(arguments.case, context) as desk:
        quote = arguments.quote
        draft = claims.ClaimDraft(
            statement=arguments.statement,
            quote=reading.resolve(desk, quote, "annotation") if quote else None,
            speaker=arguments.speaker,
            speaker_kind=arguments.speaker_kind,
            attribution=arguments.attribution,
            said=arguments.said,
            about=arguments.about,
            place=arguments.place,
        )
        key, _ = claims.add(desk, draft)
    return _made(key)


def _link(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import claims, reading

    with writing(arguments.case, context) as desk:
        claim = reading.resolve(desk, arguments.claim, "claim")
        target = {
            table: reading.resolve(desk, prefix, table)
            for table, prefix in (
                ("source", arguments.source),
                ("annotation", arguments.annotation),
            )
            if prefix is not None
        }
        key, _ = claims.link(
            desk, claim, stance=arguments.stance, warrant=arguments.warrant, **target
        )
    return _made(key)


def _assess(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import claims, reading

    with writing(arguments.case, context) as desk:
        claim = reading.resolve(desk, arguments.claim, "claim")
        key, _ = claims.assess(
            desk,
            claim,
            credibility=arguments.credibility,
            likelihood=arguments.likelihood,
            confidence=arguments.confidence,
            reasoning=arguments.reason,
        )
    return _made(key)


def _made(key: str) -> Answer:
    return Answer({"id": key}, lambda out: out.line(short(key)))


def _list(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import claims

    with opened(arguments.case, context) as desk:
        if arguments.as_of:
            return moments.claims(desk, arguments)
        rows = claims.rows(desk)

    def show(out: Output) -> None:
        heads = (tr("Id"), tr("Speaker"), tr("For"), tr("Against"), tr("Statement"))
        out.table(heads, [_cells(row) for row in rows])

    return Answer({"total": len(rows), "claims": [_row(row) for row in rows]}, show)


def _cells(row: "ClaimRow") -> tuple[str, ...]:
    return short(row.id), row.speaker, str(row.supports), str(row.contradicts), row.statement


def _row(row: "ClaimRow") -> dict[str, Any]:
    return {
        "id": row.id,
        "statement": row.statement,
        "speaker": row.speaker or None,
        "about": row.about.to_json() if row.about else None,
        "supports": row.supports,
        "contradicts": row.contradicts,
        "sources": row.sources,
        "status": row.status,
    }


def _show(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import claims, reading

    with opened(arguments.case, context) as desk:
        if arguments.as_of:
            return moments.one(desk, "claim", arguments.claim, arguments.as_of)
        view = claims.view(desk, reading.resolve(desk, arguments.claim, "claim"))
    return Answer(_document(view), lambda out: _shown(out, view))


def _document(view: "ClaimView") -> dict[str, Any]:
    """Give the claim as it follows from the set of operations alone."""
    claim = view.claim
    clusters = [{"sources": list(s), "reasons": list(reasons)} for s, reasons in view.origins]
    return {
        "id": claim.id,
        "statement": claim.statement,
        "speaker": _entity(view.speaker),
        "attribution": claim.attribution,
        "said": claim.said.to_json() if claim.said else None,
        "about": claim.about.to_json() if claim.about else None,
        "place": _entity(view.place),
        "status": claim.status,
        "evidence": [
            {
                "stance": each.stance,
                "source": each.source,
                "annotation": each.annotation,
                "quote": each.quote,
                "warrant": each.warrant,
            }
            for each in view.evidence
        ],
        "origins": {"count": len(clusters), "clusters": clusters},
        "assessments": [
            _assessment(each) for each in sorted(view.assessments, key=lambda a: (a.made, a.id))
        ],
        "conflicts": list(view.conflicts),
        "tags": list(view.tags),
    }


def _entity(entity: "Entity | None") -> dict[str, str | None] | None:
    return {"entity": entity.id, "name": entity.name} if entity else None


def _assessment(each: "Assessment") -> dict[str, Any]:
    return {
        "id": each.id,
        "person": each.person,
        "credibility": each.credibility,
        "likelihood": each.likelihood,
        "confidence": each.confidence,
        "reasoning": each.reasoning,
        "as_of": each.as_of,
    }


def _shown(out: Output, view: "ClaimView") -> None:
    claim = view.claim
    out.line(out.safe(claim.statement))
    out.pairs(
        [
            (tr("Speaker"), view.speaker.name if view.speaker else None),
            (tr("Attribution"), claim.attribution),
            (tr("Said"), when(claim.said)),
            (tr("About"), when(claim.about)),
            (tr("Place"), view.place.name if view.place else None),
            (tr("Status"), claim.status),
            (tr("Origins"), str(len(view.origins)) if view.origins else None),
            (tr("Tags"), ", ".join(view.tags)),
            (tr("Conflicts"), ", ".join(view.conflicts)),
            (tr("Id"), claim.id),
        ]
    )
    for each in view.evidence:
        out.line(f"{each.stance}  {short(each.source)}  {out.safe(each.source_title)}")
        if each.quote:
            out.line(f"  {out.safe(each.quote)}")
        if each.warrant:
            out.line(f"  ({out.safe(each.warrant)})")
    for judged in view.assessments:
        grade = str(judged.credibility) if judged.credibility else None
        out.pairs(
            [
                (tr("Credibility"), grade),
                (tr("Likelihood"), judged.likelihood),
                (tr("Confidence"), judged.confidence),
                (tr("Reasoning"), judged.reasoning),
            ]
        )


def when(value: "DateValue | None") -> str | None:
    """Write a date as said, with what it was computed to where that differs."""
    if value is None:
        return None
    said, form = value.text or value.edtf or "", value.edtf
    return f"{said} = {form}" if form and form != said else said
