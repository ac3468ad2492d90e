"""The command that writes a case for other programs: export."""

from argparse import Namespace

from casefile.cli.context import Answer, Context
from casefile.cli.output import Output
from casefile.cli.parsing import Commands, whole_path
from casefile.cli.running import reading, with_progress
from casefile.model.exported import FORMATS
from casefile.strings import tr


def declare(commands: Commands) -> None:
    """Declare the command."""
    export = commands.add(
        "export", _export, tr("write the case for other programs: tables, lines of JSON, pages")
    )
    export.add_argument("out", metavar="OUT", type=whole_path)
    export.add_argument(
        "--format", required=True, metavar="|".join(FORMATS),
        help=tr("a folder of CSV, one file of JSON Lines, a folder of Markdown for Obsidian"),
    )  # fmt: skip


def _export(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import exports

    with reading(arguments.case, context) as desk:
        report = with_progress(
            context.output,
            tr("Exporting"),
            lambda progress: exports.write(desk, arguments.out, arguments.format, progress),
        )
    document = {
        "file": str(report.path),
        "losses": str(report.losses),
        "format": report.format,
        "records": report.records,
    }

    def show(out: Output) -> None:
        out.line(out.safe(str(report.path)))
        out.line(tr("What is left out: {file}").format(file=out.safe(str(report.losses))))

    return Answer(document, show)
