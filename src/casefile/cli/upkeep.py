"""Commands about the health of a case: check, repair, backup, restore, purge."""

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from casefile.cli.context import Answer, Context
from casefile.cli.output import Output, short
from casefile.cli.parsing import Commands, whole_path
from casefile.cli.running import reading, with_progress, writing
from casefile.strings import tr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from casefile.jobs.progress import Progress
    from casefile.model.change import CheckReport, Finding


def declare(commands: Commands) -> None:
    """Declare the commands."""
    check = commands.add("check", _check, tr("check ledger, hashes and index; changes nothing"))
    check.add_argument("--full", action="store_true", help=tr("compare with a rebuild as well"))
    repair = commands.add(
        "repair", _repair, tr("put a damaged case right, keeping the damaged one")
    )
    repair.add_argument(
        "--from", dest="others", metavar="COPY", type=whole_path, action="append", default=[],
        help=tr("another copy of the case, or a backup file, to take what is lost from"),
    )  # fmt: skip
    backup = commands.add("backup", _backup, tr("write the whole case into one file"))
    backup.add_argument("file", metavar="FILE", type=whole_path, nargs="?")
    restore = commands.add("restore", _restore, tr("make a new case of a backup"), case=False)
    restore.add_argument("backup", metavar="BACKUP", type=whole_path)
    restore.add_argument("case", metavar="CASE", type=whole_path)
    purge = commands.add("purge", _purge, tr("remove a source and its bytes for good"))
    purge.add_argument("source", metavar="SOURCE")
    purge.add_argument("--reason", metavar="R", required=True, help=tr("why; it is kept"))
    purge.add_argument(
        "--backups", action="store_true", help=tr("also replace the backups that still hold it")
    )
    purge.add_argument(
        "--dry-run", action="store_true", help=tr("say what would go and what would stay")
    )


def _check(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import upkeep

    with reading(arguments.case, context) as desk:

        def work(progress: "Progress") -> "CheckReport":
            return upkeep.check(desk, full=arguments.full, progress=progress)

        report = with_progress(context.output, tr("Checking"), work)
    document = {
        "ok": report.ok,
        "findings": _findings(report.findings),
        "checked": {"ops": report.ops, "objects": report.objects, "bytes": report.bytes},
    }

    def show(out: Output) -> None:
        _table(out, report.findings)
        words = tr("{ops} operations and {objects} objects checked: ").format(
            ops=report.ops, objects=report.objects
        )
        out.line(words + (tr("no damage.") if report.ok else tr("there is damage.")))
        damaged = [f for f in report.findings if f.level == "damage"]
        for sentence in dict.fromkeys(upkeep.what_to_do(f).sentence for f in damaged):
            out.note(sentence)

    return Answer(document, show, 0 if report.ok else 1)


def _findings(findings: "Iterable[Finding]") -> list[dict[str, Any]]:
    return [asdict(finding) for finding in findings]


def _table(out: Output, findings: "Iterable[Finding]") -> None:
    rows = [(f.level, f.kind, short(f.record), f.detail) for f in findings]
    if rows:
        out.table((tr("Level"), tr("Kind"), tr("Record"), tr("What")), rows)


def _repair(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import upkeep

    others = tuple(arguments.others)
    report = with_progress(
        context.output,
        tr("Repairing"),
        lambda progress: upkeep.repair(arguments.case, context.places, progress, others),
    )
    document = {
        "repaired": report.repaired,
        "done": list(report.done),
        "lost": _findings(report.lost),
        "kept": str(report.kept) if report.kept else None,
    }

    def show(out: Output) -> None:
        for sentence in report.done:
            out.line(out.safe(sentence))
        _table(out, report.lost)
        out.line(report.sentence)
        if report.kept:
            out.line(
                tr("The damaged state is kept in {path}.").format(path=out.safe(str(report.kept)))
            )

    return Answer(document, show, 1 if report.lost else 0)


def _backup(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import upkeep

    file: Path | None = arguments.file
    path = arguments.case
    with reading(path, context) if file else writing(path, context, secured=False) as desk:
        report = with_progress(
            context.output,
            tr("Backing up"),
            lambda progress: (
                upkeep.export_backup(desk, file, progress)
                if file
                else upkeep.back_up(desk, "manual", progress)
            ),
        )
    document = {
        "file": str(report.path),
        "size": report.size,
        "ok": report.ok,
        "ops": report.ops,
        "objects": report.objects,
        "findings": _findings(report.findings),
    }

    def show(out: Output) -> None:
        _table(out, report.findings)
        out.line(out.safe(str(report.path)))
        if not report.ok:
            out.note(tr("The backup was written, but what it holds is damaged."))

    return Answer(document, show, 0 if report.ok else 1)


def _restore(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import upkeep

    report = with_progress(
        context.output,
        tr("Restoring"),
        lambda progress: upkeep.restore(arguments.backup, arguments.case, context.places, progress),
    )
    document = {
        "path": str(report.path),
        "ok": report.ok,
        "ops": report.ops,
        "objects": report.objects,
        "findings": _findings(report.findings),
    }

    def show(out: Output) -> None:
        _table(out, report.findings)
        out.line(report.sentence)

    return Answer(document, show, 0 if report.ok else 1)


def _purge(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import purges

    if arguments.dry_run:
        return _purge_planned(arguments, context)
    with writing(arguments.case, context) as desk:
        report = with_progress(
            context.output,
            tr("Removing for good"),
            lambda progress: purges.purge(
                desk, arguments.source, arguments.reason,
                with_backups=arguments.backups, progress=progress,
            ),
        )  # fmt: skip
    document = {
        "id": report.act,
        "records": list(report.records),
        "operations": report.operations,
        "objects": list(report.objects),
        "bytes": report.bytes,
        "stays": list(report.stays),
        "backups": [one.name for one in report.backups],
        "words": list(report.words),
    }

    def show(out: Output) -> None:
        words = tr("Removed for good: {records} records, {objects} originals of {size} bytes.")
        out.line(
            words.format(
                records=len(report.records), objects=len(report.objects), size=report.bytes
            )
        )
        for sentence in (*report.stays, *report.words):
            out.line(out.safe(sentence))

    return Answer(document, show)


def _purge_planned(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import purges

    with reading(arguments.case, context) as desk:
        plan = purges.preview(desk, arguments.source)
    document = {
        "title": plan.title,
        "records": list(plan.records),
        "operations": plan.operations,
        "objects": list(plan.objects),
        "bytes": plan.bytes,
        "stays": list(plan.stays),
        "backups": plan.backups,
    }

    def show(out: Output) -> None:
        words = tr("{title}: {records} records and {objects} originals of {size} bytes would go.")
        out.line(
            words.format(
                title=out.safe(plan.title), records=len(plan.records),
                objects=len(plan.objects), size=plan.bytes,
            )
        )  # fmt: skip
        for sentence in plan.stays:
            out.line(out.safe(sentence))

    return Answer(document, show)
