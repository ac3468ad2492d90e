"""Commands about the whole case: new, info."""

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from casefile.cli.context import Answer, Context
from casefile.cli.output import Output
from casefile.cli.parsing import Commands
from casefile.cli.running import reading
from casefile.strings import tr, trn

if TYPE_CHECKING:
    from casefile.services.condition import CaseCondition


def declare(commands: Commands) -> None:
    """Declare the commands."""
    new = commands.add("new", _new, tr("make an empty case"))
    new.add_argument("--title", metavar="T", help=tr("what the case is called"))
    commands.add("info", _info, tr("say what a case holds"))


def _new(arguments: Namespace, context: Context) -> Answer:
    from casefile.services.desk import create_desk

    with create_desk(arguments.case, context.places, arguments.title) as desk:
        document = {"id": desk.store.case_id, "path": str(desk.store.path), "title": desk.title}

    def show(out: Output) -> None:
        out.line(tr("Made {path}").format(path=out.safe(document["path"])))

    return Answer(document, show)


def _info(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import cases, condition

    with reading(arguments.case, context) as desk:
        info = cases.info(desk)
        about = cases.about(desk)
        state = condition.of_case(desk)

    def show(out: Output) -> None:
        sources = info.counts.get("source", 0)
        claims = info.counts.get("claim", 0)
        marks = info.counts.get("annotation", 0)
        kinds = ", ".join(f"{n} {kind}" for kind, n in info.kinds.items() if n)
        out.pairs(
            [
                (tr("Title"), info.title),
                (tr("Summary"), about.summary),
                (tr("Sources"), f"{sources} ({kinds})" if kinds else str(sources)),
                (tr("State"), _state(state)),
                (tr("Marks"), str(marks)),
                (tr("Claims"), str(claims)),
                (tr("Size"), trn("{n} byte", "{n} bytes", info.size)),
                (tr("Folder"), info.path),
                (tr("Id"), info.id),
                *([(tr("Open"), info.holder)] if info.holder else []),
                *((tr("Place"), f"{note.message} {note.hint}") for note in info.notes),
            ]
        )

    document = asdict(info) | {"summary": about.summary, "condition": asdict(state)}
    return Answer(document, show)


def _state(state: "CaseCondition") -> str:
    """Say in a line how far the documents are."""
    return ", ".join(
        (
            trn("{n} partly read", "{n} partly read", state.partly),
            trn("{n} not in the index yet", "{n} not in the index yet", state.behind),
            trn("{n} hash never checked", "{n} hashes never checked", state.never_checked),
        )
    )
