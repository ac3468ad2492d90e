"""The command about the health of a case: check."""

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from casefile.cli.context import Answer, Context
from casefile.cli.output import Output, short
from casefile.cli.parsing import Commands
from casefile.cli.running import reading, with_progress
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.jobs.progress import Progress
    from casefile.model.change import CheckReport


def declare(commands: Commands) -> None:
    """Declare the command."""
    check = commands.add("check", _check, tr("check ledger, hashes and index; changes nothing"))
    check.add_argument("--full", action="store_true", help=tr("compare with a rebuild as well"))


def _check(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import upkeep

    with reading(arguments.case, context) as desk:

        def work(progress: "Progress") -> "CheckReport":
            return upkeep.check(desk, full=arguments.full, progress=progress)

        report = with_progress(context.output, tr("Checking"), work)
    document = {
        "ok": report.ok,
        "findings": [asdict(finding) for finding in report.findings],
        "checked": {"ops": report.ops, "objects": report.objects, "bytes": report.bytes},
    }

    def show(out: Output) -> None:
        rows = [(f.level, f.kind, short(f.record), f.detail) for f in report.findings]
        if rows:
            out.table((tr("Level"), tr("Kind"), tr("Record"), tr("What")), rows)
        words = tr("{ops} operations and {objects} objects checked: ").format(
            ops=report.ops, objects=report.objects
        )
        out.line(words + (tr("no damage.") if report.ok else tr("there is damage.")))

    return Answer(document, show, 0 if report.ok else 1)
