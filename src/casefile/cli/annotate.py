"""The command that marks words or areas: annotate."""

from argparse import ArgumentTypeError, Namespace
from dataclasses import replace
from typing import TYPE_CHECKING

from casefile.cli.context import Answer, Context
from casefile.cli.output import Output, short
from casefile.cli.parsing import Commands, count
from casefile.cli.running import writing
from casefile.model.area import Area
from casefile.model.errors import Refused
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.services.desk import Desk

_How = tuple[int, str | None, tuple[str, ...]]


def declare(commands: Commands) -> None:
    """Declare the command."""
    annotate = commands.add("annotate", _annotate, tr("mark words or an area of a source"))
    annotate.add_argument("source", metavar="SOURCE")
    what = annotate.add_mutually_exclusive_group(required=True)
    what.add_argument("--quote", metavar="TEXT", help=tr("the exact words"))
    what.add_argument(
        "--area", metavar="X,Y,W,H", type=_area, help=tr("of a photo or page, in per cent")
    )
    annotate.add_argument("--occurrence", metavar="N", type=count, help=tr("which one, from 1"))
    annotate.add_argument("--page", metavar="N", type=count)
    annotate.add_argument("--note", metavar="N", help=tr("words beside the mark"))
    annotate.add_argument("--mark", metavar="1..5", type=int, choices=range(1, 6), default=1)
    annotate.add_argument("--tag", metavar="T", action="append", default=[])


def _area(words: str) -> Area:
    """Read left, top, width and height in per cent."""
    try:
        left, top, width, height = (float(word) for word in words.split(","))
        return Area(left, top, width, height)
    except ValueError:
        raise ArgumentTypeError(
            tr("an area is left,top,width,height in per cent, as 10,20,30,15")
        ) from None


def _annotate(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import reading

    how = (arguments.mark, arguments.note, tuple(arguments.tag))
    with writing(arguments.case, context) as desk:
        source = reading.resolve(desk, arguments.source, "source")
        key = (_mark_area if arguments.area else _mark_quote)(desk, source, arguments, how)
        made = next(m.annotation for m in reading.marks(desk, source) if m.annotation.id == key)
    start, end = made.span or (None, None)
    document: dict[str, object] = {
        "id": key,
        "source": source,
        "start": start,
        "end": end,
        "page": made.page,
        "quote": made.quote,
    }
    area = made.area
    if area:
        document["area"] = [area.left, area.top, area.width, area.height]

    def show(out: Output) -> None:
        out.line(f"{short(key)}  {out.safe(made.quote) if not area else area.words}")

    return Answer(document, show)


def _mark_quote(desk: "Desk", source: str, arguments: Namespace, how: _How) -> str:
    from casefile.services import annotate

    try:
        return annotate.quote(
            desk,
            source,
            arguments.quote,
            occurrence=arguments.occurrence,
            page=arguments.page,
            how=annotate.MarkAs(*how),
        )[0]
    except Refused as error:
        places = {"occurrences": error.details or []}
        raise Refused(error.message, error.hint, places) from error


def _mark_area(desk: "Desk", source: str, arguments: Namespace, how: _How) -> str:
    from casefile.services import annotate, areas

    area = replace(arguments.area, page=arguments.page)
    return areas.mark(desk, source, area, annotate.MarkAs(*how))[0]
