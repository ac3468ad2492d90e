"""The command about what people disagree on: conflicts."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from casefile.cli.context import Answer, Context
from casefile.cli.output import Output, instant
from casefile.cli.parsing import Commands
from casefile.cli.running import reading, writing
from casefile.model.errors import UsageError
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.model.conflict import Conflict


def declare(commands: Commands) -> None:
    """Declare the command."""
    conflicts = commands.add(
        "conflicts", _conflicts, tr("list the fields on which people disagree, or settle one")
    )
    conflicts.add_argument("--resolve", metavar="ID", help=tr("the conflict to settle"))
    conflicts.add_argument(
        "--take", metavar="VALUE",
        help=tr("mine, theirs, merged, the number of a value, or a new value"),
    )  # fmt: skip


def _conflicts(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import conflicts

    if bool(arguments.resolve) != (arguments.take is not None):
        raise UsageError(tr("--resolve and --take go together."))
    if not arguments.resolve:
        with reading(arguments.case, context) as desk:
            found = conflicts.listed(desk)
        return _listed(found)
    with writing(arguments.case, context) as desk:
        settled, changes = conflicts.resolve(desk, arguments.resolve, arguments.take)
        left = conflicts.count(desk)

    def show(out: Output) -> None:
        out.line(tr("Settled: {what}").format(what=out.safe(_title(settled))))
        out.line(tr("{n} still open").format(n=left))

    return Answer({"id": settled.id, "act": changes.act, "open": left}, show)


def _listed(found: "list[Conflict]") -> Answer:
    def show(out: Output) -> None:
        if not found:
            out.line(tr("Nobody disagrees."))
        for one in found:
            out.line(out.safe(one.id))
            rows = [(tr("What"), _title(one)), (tr("Before"), one.base_words)]
            rows += [
                (f"{n}. {head.who}{' *' if head.mine else ''}", head.words)
                for n, head in enumerate(one.heads, 1)
            ]
            out.pairs([*rows, (tr("Together"), one.merged)])

    return Answer({"conflicts": [_document(one) for one in found]}, show, 1 if found else 0)


def _title(one: "Conflict") -> str:
    return f"{one.title}: {one.name}"


def _document(one: "Conflict") -> dict[str, Any]:
    return {
        "id": one.id,
        "record": one.record,
        "table": one.table,
        "title": one.title,
        "field": one.field,
        "base": one.base,
        "heads": [
            {
                "value": head.value,
                "person": head.person,
                "handle": head.who,
                "when": instant(head.when),
                "operation": head.operation,
                "mine": head.mine,
            }
            for head in one.heads
        ],
        "merged": one.merged or None,
    }
