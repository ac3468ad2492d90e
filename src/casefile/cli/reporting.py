"""The command that prints a case: report."""

from argparse import Namespace

from casefile.cli.context import Answer, Context
from casefile.cli.keys import take_passphrase, unlocked
from casefile.cli.output import Output
from casefile.cli.parsing import Commands, whole_path
from casefile.cli.running import reading, searching
from casefile.strings import tr


def declare(commands: Commands) -> None:
    """Declare the command."""
    report = commands.add("report", _report, tr("write a report as .html or .md"))
    report.add_argument("file", metavar="FILE", type=whole_path)
    report.add_argument("--select", metavar="QUERY", help=tr("only what this search finds"))
    report.add_argument(
        "--originals", action="store_true", help=tr("put the original files into the proof")
    )
    report.add_argument(
        "--searches", action="store_true", help=tr("print the log of searches made, too")
    )
    report.add_argument("--sign", action="store_true", help=tr("sign the proof with your key"))
    take_passphrase(report)
    script = commands.add(
        "verifier", _script, tr("write the script that verifies without Casefile"), case=False
    )
    script.add_argument("file", metavar="FILE", type=whole_path)


def _report(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import proofs, reporting

    signer = unlocked(arguments, context) if arguments.sign else None
    opened = searching if arguments.select else reading
    with opened(arguments.case, context) as desk:
        desk.signer = signer
        file = reporting.report(
            desk, arguments.file, arguments.select,
            originals=arguments.originals, searches=arguments.searches,
        )  # fmt: skip
    proof = str(proofs.folder_of(file))

    def show(out: Output) -> None:
        out.line(out.safe(str(file)))
        out.line(out.safe(proof))

    return Answer({"file": str(file), "proof": proof}, show)


def _script(arguments: Namespace, context: Context) -> Answer:  # noqa: ARG001 - as every command
    from casefile.services import proofs

    proofs.write_script(arguments.file)

    def show(out: Output) -> None:
        out.line(out.safe(str(arguments.file)))

    return Answer({"file": str(arguments.file)}, show)
