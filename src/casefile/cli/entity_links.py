"""Commands about what entities are to others: entity edit, unmerge, relate."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from casefile.cli.context import Answer, Context
from casefile.cli.output import Output, short
from casefile.cli.parsing import Commands
from casefile.cli.running import writing
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.model.entity_view import EntityDetail

_FIELDS = ("name", "kind", "description", "latitude", "longitude", "precision")


def declare(entity: Commands) -> None:
    """Declare the commands within their group."""
    edit = entity.add("edit", _edit, tr("change what is said of an entity"))
    edit.add_argument("entity", metavar="ENTITY")
    for name in _FIELDS:
        edit.add_argument(f"--{name}", metavar=name[0].upper())
    unmerge = entity.add("unmerge", _unmerge, tr("part an entity that was merged into another"))
    unmerge.add_argument("entity", metavar="ENTITY")
    relate = entity.add("relate", _relate, tr("say how two entities belong together"))
    relate.add_argument("entity", metavar="A")
    relate.add_argument("other", metavar="B")
    relate.add_argument("--kind", metavar="WORD", required=True, help=tr('as in "commands"'))
    relate.add_argument("--when", metavar="WHEN")
    relate.add_argument("--claim", metavar="CLAIM", help=tr("the claim that it rests on"))


def document(detail: "EntityDetail") -> dict[str, Any]:
    """Give what is known beside the names, as JSON."""
    return {
        "merged": [{"id": each.id, "name": each.name} for each in detail.merged],
        "speaks": [{"claim": row.id, "statement": row.statement} for row in detail.speaks],
        "happens": [{"claim": row.id, "statement": row.statement} for row in detail.happens],
        "relations": [
            {
                "id": each.relation.id,
                "kind": each.relation.kind,
                "outward": each.outward,
                "other": {"entity": each.other.id, "name": each.other.name} if each.other else None,
                "when": each.relation.when.to_json() if each.relation.when else None,
                "claim": each.relation.claim,
                "evidence": each.evidence,
            }
            for each in detail.relations
        ],
    }


def show(detail: "EntityDetail", out: Output) -> None:
    """Print the same."""
    entity = detail.view.entity
    if entity.latitude and entity.longitude:
        place = f"{entity.latitude}, {entity.longitude}"
        if entity.precision:
            place += " " + tr("within {n} m").format(n=entity.precision)
        out.pairs([(tr("Place"), place)])
    for each in detail.merged:
        out.line(f"{short(each.id)}  {tr('merged into it')}: {out.safe(each.name)}")
    for relation in detail.relations:
        other = out.safe(relation.other.name if relation.other else "–")
        kind = out.safe(relation.relation.kind)
        arrow = f"{kind} → {other}" if relation.outward else f"{other} → {kind}"
        out.line(f"{short(relation.relation.id)}  {arrow}")
    for row in (*detail.speaks, *detail.happens):
        out.line(f"{short(row.id)}  {out.safe(row.statement)}")


def _edit(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import entity_links, reading

    values = {name: v for name in _FIELDS if (v := getattr(arguments, name)) is not None}
    with writing(arguments.case, context) as desk:
        key = reading.resolve(desk, arguments.entity, "entity")
        entity_links.edit(desk, key, **values)
    return _made(key)


def _unmerge(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import entity_links, reading

    with writing(arguments.case, context) as desk:
        key = reading.resolve(desk, arguments.entity, "entity")
        report, _ = entity_links.unmerge(desk, key)
    left = [{"table": t, "record": r, "field": f} for t, r, f in report.changed_since]

    def show(out: Output) -> None:
        out.line(tr("Parted again."))
        if left:
            out.line(tr("{n} fields were changed since and stay as they are.").format(n=len(left)))

    return Answer({"id": key, "changed_since": left}, show)


def _relate(arguments: Namespace, context: Context) -> Answer:
    from casefile.model.dates import parse_when
    from casefile.services import entity_links, reading

    with writing(arguments.case, context) as desk:
        ends = [
            reading.resolve(desk, each, "entity") for each in (arguments.entity, arguments.other)
        ]
        claim = reading.resolve(desk, arguments.claim, "claim") if arguments.claim else None
        when = parse_when(arguments.when, None) if arguments.when else None
        key, _ = entity_links.relate(desk, ends[0], ends[1], arguments.kind, when=when, claim=claim)
    return _made(key)


def _made(key: str) -> Answer:
    return Answer({"id": key}, lambda out: out.line(short(key)))
