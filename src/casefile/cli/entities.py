"""Commands about people, organisations, places and things: entity."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from casefile.cli import entity_links
from casefile.cli.context import Answer, Context
from casefile.cli.output import Output, short
from casefile.cli.parsing import Commands
from casefile.cli.running import reading as opened
from casefile.cli.running import writing
from casefile.model.entity import ENTITY_KINDS
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.model.view import EntityView

_NAME_KINDS = ("alias", "primary", "transliteration", "abbreviation")


def declare(commands: Commands) -> None:
    """Declare the commands."""
    entity = commands.group("entity", tr("people, organisations, places and things"))
    add = entity.add("add", _add, tr("make an entity"))
    add.add_argument("name", metavar="NAME")
    add.add_argument("--kind", choices=ENTITY_KINDS, default="person")
    alias = entity.add("alias", _alias, tr("give an entity another name"))
    alias.add_argument("entity", metavar="ENTITY")
    alias.add_argument("name", metavar="NAME")
    alias.add_argument("--kind", choices=_NAME_KINDS, default="alias")
    alias.add_argument("--language", metavar="L")
    entity.add("list", _list, tr("list the entities"))
    show = entity.add("show", _show, tr("show an entity with its names, claims and relations"))
    show.add_argument("entity", metavar="ENTITY")
    merge = entity.add("merge", _merge, tr("make two entities one: the first keeps its record"))
    merge.add_argument("entity", metavar="A")
    merge.add_argument("other", metavar="B")
    entity_links.declare(entity)


def _add(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import entities

    with writing(arguments.case, context) as desk:
        key, _ = entities.add(desk, arguments.name, arguments.kind)
    return _made(key)


def _alias(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import entities, reading

    with writing(arguments.case, context) as desk:
        entity = reading.resolve(desk, arguments.entity, "entity")
        key, _ = entities.alias(desk, entity, arguments.name, arguments.kind, arguments.language)
    return _made(key)


def _merge(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import entities, reading

    with writing(arguments.case, context) as desk:
        keep = reading.resolve(desk, arguments.entity, "entity")
        other = reading.resolve(desk, arguments.other, "entity")
        entities.merge(desk, keep, other)
    return _made(keep)


def _made(key: str) -> Answer:
    return Answer({"id": key}, lambda out: out.line(short(key)))


def _list(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import entities

    with opened(arguments.case, context) as desk:
        rows = entities.rows(desk)

    def show(out: Output) -> None:
        heads = (tr("Id"), tr("Kind"), tr("Claims"), tr("Name"), tr("Other names"))
        out.table(heads, [_cells(row) for row in rows])

    return Answer({"total": len(rows), "entities": [_document(row) for row in rows]}, show)


def _cells(view: "EntityView") -> tuple[str, ...]:
    names = ", ".join(name.name or "" for name in view.names)
    return (
        short(view.entity.id),
        view.entity.kind or "",
        str(view.claims),
        view.entity.name or "",
        names,
    )


def _show(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import entity_links as links
    from casefile.services import reading

    with opened(arguments.case, context) as desk:
        detail = links.detail(desk, reading.resolve(desk, arguments.entity, "entity"))
    view = detail.view

    def show(out: Output) -> None:
        out.line(out.safe(view.entity.name))
        out.pairs(
            [
                (tr("Kind"), view.entity.kind),
                (tr("Description"), view.entity.description),
                (tr("Claims"), str(view.claims)),
                (tr("Tags"), ", ".join(view.tags)),
                (tr("Id"), view.entity.id),
            ]
        )
        for name in view.names:
            out.line(f"{name.kind}  {out.safe(name.name)}")
        entity_links.show(detail, out)

    return Answer({**_document(view), **entity_links.document(detail)}, show)


def _document(view: "EntityView") -> dict[str, Any]:
    entity = view.entity
    return {
        "id": entity.id,
        "kind": entity.kind,
        "name": entity.name,
        "description": entity.description,
        "latitude": entity.latitude,
        "longitude": entity.longitude,
        "precision": entity.precision,
        "merged_into": entity.merged_into,
        "names": [
            {
                "id": name.id,
                "name": name.name,
                "kind": name.kind,
                "language": name.language,
                "script": name.script,
            }
            for name in view.names
        ],
        "claims": view.claims,
        "tags": list(view.tags),
    }
