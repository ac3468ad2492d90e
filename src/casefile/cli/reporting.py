"""The command that prints a case: report."""

from argparse import Namespace

from casefile.cli.context import Answer, Context
from casefile.cli.output import Output
from casefile.cli.parsing import Commands, whole_path
from casefile.cli.running import reading, searching
from casefile.strings import tr


def declare(commands: Commands) -> None:
    """Declare the command."""
    report = commands.add("report", _report, tr("write a report as .html or .md"))
    report.add_argument("file", metavar="FILE", type=whole_path)
    report.add_argument("--select", metavar="QUERY", help=tr("only what this search finds"))


def _report(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import reporting

    opened = searching if arguments.select else reading
    with opened(arguments.case, context) as desk:
        file = reporting.report(desk, arguments.file, arguments.select)

    def show(out: Output) -> None:
        out.line(out.safe(str(file)))

    return Answer({"file": str(file)}, show)
