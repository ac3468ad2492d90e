"""The command that marks words: annotate."""

from argparse import Namespace

from casefile.cli.context import Answer, Context
from casefile.cli.output import Output, short
from casefile.cli.parsing import Commands, count
from casefile.cli.running import writing
from casefile.model.errors import Refused
from casefile.strings import tr


def declare(commands: Commands) -> None:
    """Declare the command."""
    annotate = commands.add("annotate", _annotate, tr("mark words of a source"))
    annotate.add_argument("source", metavar="SOURCE")
    annotate.add_argument("--quote", metavar="TEXT", required=True, help=tr("the exact words"))
    annotate.add_argument("--occurrence", metavar="N", type=count, help=tr("which one, from 1"))
    annotate.add_argument("--page", metavar="N", type=count)
    annotate.add_argument("--note", metavar="N", help=tr("words beside the mark"))
    annotate.add_argument("--mark", metavar="1..5", type=int, choices=range(1, 6), default=1)
    annotate.add_argument("--tag", metavar="T", action="append", default=[])


def _annotate(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import annotate, reading

    how = annotate.MarkAs(arguments.mark, arguments.note, tuple(arguments.tag))
    with writing(arguments.case, context) as desk:
        source = reading.resolve(desk, arguments.source, "source")
        try:
            key, _ = annotate.quote(
                desk,
                source,
                arguments.quote,
                occurrence=arguments.occurrence,
                page=arguments.page,
                how=how,
            )
        except Refused as error:
            places = {"occurrences": error.details or []}
            raise Refused(error.message, error.hint, places) from error
        made = next(m.annotation for m in reading.marks(desk, source) if m.annotation.id == key)
    start, end = made.span or (None, None)
    document = {
        "id": key,
        "source": source,
        "start": start,
        "end": end,
        "page": made.page,
        "quote": made.quote,
    }

    def show(out: Output) -> None:
        out.line(f"{short(key)}  {out.safe(made.quote)}")

    return Answer(document, show)
