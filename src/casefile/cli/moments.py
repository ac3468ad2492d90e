"""The case as it was known at a moment: `--as-of` of list, show, claim and history."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from casefile.cli.context import Answer
from casefile.cli.output import Output, instant, short
from casefile.cli.parsing import Parser
from casefile.strings import tr, trn

if TYPE_CHECKING:
    from casefile.model.moment import RecordThen
    from casefile.services.desk import Desk

_KNOWN = ("source", "claim", "assessment")  # what the overview lists by name


def declare(parser: Parser) -> None:
    """Add the option to a command."""
    parser.add_argument("--as-of", metavar="WHEN", help=tr("as it stood then: a moment, or a day"))


def sources(desk: "Desk", arguments: Namespace) -> Answer:
    """List the sources that were known then."""
    from casefile.services import moments

    at = moments.moment(arguments.as_of)
    tags = moments.tags(desk, at)
    found = [
        one
        for one in moments.listing(desk, "source", at)
        if arguments.kind in (None, one.values.get("kind"))
        and (arguments.tag is None or _same(arguments.tag, tags.get(one.id, ())))
    ]
    listed = [
        {
            "id": one.id,
            "kind": one.values.get("kind"),
            "title": one.values.get("title") or one.title,
            "published": one.values.get("published"),
            "tags": list(tags.get(one.id, ())),
        }
        for one in found
    ]

    def show(out: Output) -> None:
        rows = [_cells(one, one.values.get("kind") or "") for one in found]
        out.table((tr("Id"), tr("Kind"), tr("Title"), ""), rows)
        out.note(trn("{n} source", "{n} sources", len(found)))

    return Answer({"total": len(listed), "as_of": instant(at), "sources": listed}, show)


def claims(desk: "Desk", arguments: Namespace) -> Answer:
    """List the claims that were made by then, each with what was thought of it."""
    from casefile.services import moments

    at = moments.moment(arguments.as_of)
    found = moments.listing(desk, "claim", at)
    judged: dict[str, list[RecordThen]] = {}
    for one in moments.listing(desk, "assessment", at):
        judged.setdefault(str(one.values.get("claim")), []).append(one)
    listed = [document(one) | {"assessments": _all(judged.get(one.id, ()))} for one in found]

    def show(out: Output) -> None:
        out.table((tr("Id"), tr("Status"), tr("Statement"), ""), [_cells(one, "") for one in found])

    return Answer({"total": len(listed), "as_of": instant(at), "claims": listed}, show)


def one(desk: "Desk", table: str, prefix: str, words: str) -> Answer:
    """Show one record as it stood then."""
    from casefile.services import moments, reading
    from casefile.services.naming import field_name, worded

    at = moments.moment(words)
    then = moments.record(desk, reading.resolve(desk, prefix, table), at)
    said = worded(desk, table, then.values)

    def show(out: Output) -> None:
        out.line(out.safe(then.title))
        out.pairs((field_name(name), value) for name, value in said.items())
        out.pairs([(tr("Since then"), _since(then)), (tr("Id"), then.id)])

    return Answer({"as_of": instant(at), **document(then)}, show)


def overview(desk: "Desk", words: str) -> Answer:
    """Say what the case held then: figures, and its sources, claims and assessments."""
    from casefile.services import moments

    at = moments.moment(words)
    case = moments.overview(desk, at)
    listed = {table: moments.listing(desk, table, at) for table in _KNOWN}

    def show(out: Output) -> None:
        out.pairs((table, str(n)) for table, n in case.counts.items() if n)
        for table, found in listed.items():
            out.table((tr("Id"), "", "", ""), [_cells(each, table) for each in found])

    figures = {"as_of": instant(at), "title": case.title, "counts": case.counts}
    return Answer(figures | {f"{name}s": _all(found) for name, found in listed.items()}, show)


def document(then: "RecordThen") -> dict[str, Any]:
    """Give a record as it stood, as JSON: every field, and what became of it."""
    return {
        "id": then.id,
        **then.values,
        "deleted": then.deleted,
        "made": instant(then.made),
        "changed": instant(then.changed),
        "handle": then.who,
        "conflicts": list(then.conflicts),
        "changed_since": then.changed_since,
        "deleted_now": then.deleted_now,
    }


def _all(found: Any) -> list[dict[str, Any]]:
    return [document(each) for each in found]


def _same(tag: str, tags: tuple[str, ...]) -> bool:
    from casefile.model.ids import tag_id

    return tag_id(tag) in {tag_id(each) for each in tags}


def _cells(then: "RecordThen", word: str) -> tuple[str, ...]:
    return short(then.id), word, then.title, _since(then)


def _since(then: "RecordThen") -> str:
    if then.deleted_now:
        return tr("deleted since")
    return tr("changed since") if then.changed_since else ""
