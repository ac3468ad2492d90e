"""The command line: one call, one answer, an exit status."""

import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from casefile import __version__
from casefile.cli.context import Context
from casefile.cli.output import Output
from casefile.cli.parsing import Commands, Parser, prepared
from casefile.model.errors import Cancelled, CasefileError, Refused, UsageError
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.services.places import Places

# The modules of the commands, in the order of the help.
NOUNS = (
    *(
        "cases",
        "ingest",
        "sources",
        "reading",
        "search",
        "searches",
        "annotate",
        "claims",
        "suggest",
        "entities",
    ),
    *("notes", "history", "conflicts", "upkeep", "keys", "people", "reporting", "exporting"),
    *("demo", "rereading", "bundles", "disclosing"),
)
DONE, PARTLY, USAGE, UNUSABLE = 0, 1, 2, 3
INTERRUPTED, NO_READER = 130, 141  # as shells name the signals


def main(argv: Sequence[str], open_window: Callable[..., int], places: "Places") -> int:
    """Run one call and give its exit status; known trouble is a sentence, never a traceback.

    `open_window(case, places, picture=...)` is the other face.
    """
    _speak_utf8()
    context = Context(places, open_window, Output(), os.environ)
    words, json = prepared(argv)
    try:
        status = _run(words, context, json=json)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        return NO_READER
    return status


def _run(words: Sequence[str], context: Context, *, json: bool) -> int:
    try:
        arguments = parser().parse_args(words)
        answer = arguments.run(arguments, context)
        if json:
            context.output.document(answer.document)
        else:
            answer.show(context.output)
    except CasefileError as error:
        return _told(error, context.output, json=json)
    except (KeyboardInterrupt, Cancelled):
        context.output.note(tr("Stopped."))
        return INTERRUPTED
    except SystemExit as wanted:  # --help and --version have printed what they are for
        return wanted.code if isinstance(wanted.code, int) else DONE
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - the last door: a defect is told in one sentence
        from casefile.cli.defects import report

        return _told(report(error, context.places), context.output, json=json)
    else:
        status: int = answer.status
        return status


def parser() -> Parser:
    """Give the parser of every command; none of the services is imported by it."""
    whole = Parser(
        prog="casefile",
        description=tr("The case file for open-source investigators. Nothing leaves this machine."),
        epilog=tr("--json after any command prints one JSON document instead of words."),
    )
    whole.add_argument("--version", action="version", version=f"Casefile {__version__}")
    found = whole.add_subparsers(
        dest="command", metavar="COMMAND", required=True, parser_class=Parser
    )
    for noun in NOUNS:
        import_module(f"casefile.cli.{noun}").declare(Commands(found))
    return whole


def _told(error: CasefileError, output: Output, *, json: bool) -> int:
    if json:
        output.document(_as_document(error))
    output.note(output.safe(error.message))
    if error.hint:
        output.note(output.safe(error.hint))
    if not json and isinstance(error, Refused) and isinstance(error.details, dict):
        for number, place in enumerate(error.details.get("occurrences", ()), 1):
            output.note(_place(number, place))
    if isinstance(error, UsageError):
        return USAGE
    return PARTLY if isinstance(error, Refused) else UNUSABLE


def _place(number: int, place: dict[str, int | None]) -> str:
    words = tr("{n}. characters {start} to {end}").format(n=number, **place)
    page = place.get("page")
    return words + (tr(", page {n}").format(n=page) if page else "")


def _as_document(error: CasefileError) -> dict[str, object]:
    document: dict[str, object] = {"error": {"message": error.message, "hint": error.hint}}
    details = error.details if isinstance(error, Refused) else None
    if isinstance(details, dict):
        document |= details
    elif isinstance(details, list | tuple) and details:
        document |= _details(list(details))
    return document


def _details(details: list[object]) -> dict[str, object]:
    """Name what a refusal lists: ids to choose from, or values that were changed since."""
    if isinstance(details[0], str):
        return {"candidates": details}
    keys = ("kind", "record", "field")
    listed = [each for each in details if isinstance(each, list | tuple)]
    return {"changed_since": [dict(zip(keys, each, strict=False)) for each in listed]}


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _drop_output() -> None:
    """Nobody reads any more; what is left in the buffer must not be complained about at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
