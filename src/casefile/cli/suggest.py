"""The command that proposes: claims with speakers, dates and names of a source."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from casefile.cli.context import Answer, Context
from casefile.cli.output import Output
from casefile.cli.parsing import Commands
from casefile.cli.running import reading as opened
from casefile.cli.running import writing
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.model.suggestion import Suggestion, Suggestions


def declare(commands: Commands) -> None:
    """Declare the command."""
    suggest = commands.add(
        "suggest", _suggest, tr("propose claims, dates and names of a source by rules")
    )
    suggest.add_argument("source", metavar="SOURCE")
    suggest.add_argument(
        "--anchor", metavar="DATE", help=tr("the day that words like yesterday are counted from")
    )
    what = suggest.add_mutually_exclusive_group()
    what.add_argument("--accept", metavar="KEY", help=tr("keep one of the suggestions"))
    what.add_argument("--refuse", metavar="KEY", help=tr("do not offer one again"))
    suggest.add_argument(
        "--refused", action="store_true", help=tr("list also what was refused before")
    )


def _suggest(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import reading, suggesting

    door = writing if arguments.accept else opened
    with door(arguments.case, context) as desk:
        source = reading.resolve(desk, arguments.source, "source")
        found = suggesting.suggestions(
            desk, source, anchor=arguments.anchor, again=arguments.refused
        )
        if arguments.refuse:
            key = suggesting.find(found, arguments.refuse).key
            suggesting.refuse(desk, source, key)
            return Answer({"refused": key}, lambda out: out.line(tr("Not offered again.")))
        if arguments.accept:
            chosen = suggesting.find(found, arguments.accept)
            made, _ = suggesting.accept(desk, source, chosen, found.text_hash)
            suggesting.take_back(desk, source, chosen.key)
            return Answer({"id": made}, lambda out: out.line(made[:8]))
    return Answer(_document(found), lambda out: _shown(out, found))


def _document(found: "Suggestions") -> dict[str, Any]:
    by_kind: dict[str, list[Suggestion]] = {"claim": [], "date": [], "entity": []}
    for each in found.found:
        by_kind[each.kind].append(each)
    return {
        "claims": [_claim(each) for each in by_kind["claim"]],
        "dates": [_date(each, found) for each in by_kind["date"]],
        "entities": [_entity(each) for each in by_kind["entity"]],
        "settled": found.settled,
    }


def _claim(each: "Suggestion") -> dict[str, Any]:
    speaker = each.speaker
    return {
        "key": each.key,
        "statement": each.statement,
        "quote": each.quote,
        "start": each.place.start,
        "end": each.place.end,
        "speaker": {
            "name": each.name,
            "start": speaker.start if speaker else None,
            "end": speaker.end if speaker else None,
        },
        "attribution": each.attribution,
        "about": each.when.to_json() if each.when else None,
        "place": each.where or None,
        "rule": each.rule,
    }


def _date(each: "Suggestion", found: "Suggestions") -> dict[str, Any]:
    when = each.when
    used = when.anchor if when else None
    return {
        "key": each.key,
        "text": each.quote,
        "start": each.place.start,
        "end": each.place.end,
        "edtf": when.edtf if when else None,
        "earliest": when.earliest if when else None,
        "latest": when.latest if when else None,
        "anchor": {"date": used, "from": found.anchor_from} if used else None,
        "rule": each.rule,
    }


def _entity(each: "Suggestion") -> dict[str, Any]:
    return {
        "key": each.key,
        "name": each.name,
        "kind": each.kind_of,
        "mentions": [[span.start, span.end] for span in each.mentions],
        "aliases": list(each.also),
        "rule": each.rule,
    }


def _shown(out: Output, found: "Suggestions") -> None:
    if not found.found:
        out.line(tr("Nothing to suggest."))
    heads = (tr("Key"), tr("Kind"), tr("Who or when"), tr("Words"), tr("Rule"))
    out.table(heads, [_cells(each) for each in found.found])


def _cells(each: "Suggestion") -> tuple[str, ...]:
    said = each.statement or " ".join(each.quote.split())
    name = each.name
    if each.kind == "date":
        name = (each.when.edtf if each.when else None) or "?"
    return each.key, each.kind_of if each.kind == "entity" else each.kind, name, said, each.rule
