"""The command that brings files in: add."""

from argparse import Namespace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from casefile.cli.context import Answer, Context
from casefile.cli.output import Output, short
from casefile.cli.parsing import Commands, count, whole_path
from casefile.cli.rereading import open_locked, passwords_in, take_passwords
from casefile.cli.running import with_progress, writing
from casefile.model.dates import parse_when
from casefile.model.errors import UsageError
from casefile.strings import tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casefile.jobs.progress import Progress
    from casefile.model.view import AddEntry, AddReport

_INTERRUPTED = 130


def declare(commands: Commands) -> None:
    """Declare the command."""
    add = commands.add("add", _add, tr("bring in files and folders; can be repeated to go on"))
    add.add_argument("paths", metavar="PATH", nargs="+", type=whole_path)
    add.add_argument("--url", metavar="U", help=tr("where the files come from"))
    add.add_argument("--captured", metavar="WHEN", help=tr("when they were saved"))
    take_passwords(add)
    add.add_argument("--jobs", metavar="N", type=count, default=2, help=tr("readers at once"))


def _add(arguments: Namespace, context: Context) -> Answer:
    captured = _instant(arguments.captured) if arguments.captured else None
    if not arguments.jobs:
        raise UsageError(tr("There must be at least one reader."))
    passwords = passwords_in(arguments.password_file)
    from casefile.services import ingest

    options = ingest.AddOptions(
        url=arguments.url, captured=captured, jobs=arguments.jobs, passwords=tuple(passwords)
    )
    with writing(arguments.case, context) as desk:

        def work(progress: "Progress") -> "AddReport":
            return ingest.add(desk, arguments.paths, progress=progress, options=options)

        report = with_progress(context.output, tr("Adding"), work)
        if passwords:
            open_locked(desk, report.entries)
    document: dict[str, Any] = {
        "added": [entry_document(entry) for entry in report.entries],
        "counts": report.counts,
        "act": report.act,
        "cancelled": report.cancelled,
        **({"trouble": report.trouble} if report.trouble else {}),
    }
    wrong = report.counts["refused"] + report.counts["partly read"]
    status = _INTERRUPTED if report.cancelled else int(bool(wrong))
    return Answer(document, lambda out: _show(out, report), status)


def entry_document(entry: "AddEntry") -> dict[str, Any]:
    """Give what became of one path as JSON; only an archive or a mail has `inside`."""
    document: dict[str, Any] = {
        "path": entry.path,
        "source": entry.source,
        "kind": entry.kind,
        "title": entry.title,
        "sha256": entry.sha256,
        "status": entry.status,
        "reason": entry.reason,
        "duplicate_of": [{"source": d.source, "how": d.how} for d in entry.duplicate_of],
    }
    if entry.inside is not None:
        document["inside"] = [entry_document(each) for each in entry.inside]
    return document


def _show(out: Output, report: "AddReport") -> None:
    rows = []
    for entry in _lines(report.entries):
        alike = "; ".join(f"{d.how}: {d.title}" for d in entry.duplicate_of)
        said = entry.reason or alike or entry.title or ""
        rows.append((tr(entry.status), short(entry.source), entry.path, said))
    if rows:
        out.table((tr("Status"), tr("Source"), tr("File"), ""), rows)
    counts = report.counts
    parts = [
        trn("{n} file added", "{n} files added", counts["added"]),
        trn("{n} duplicate", "{n} duplicates", counts["duplicate"]),
        trn("{n} partly read", "{n} partly read", counts["partly read"]),
        trn("{n} refused", "{n} refused", counts["refused"]),
    ]
    out.note(", ".join(parts) + ".")
    if any((entry.reason or "").endswith("without text") for entry in report.entries):
        out.note(tr("Pages without text: casefile ocr CASE SOURCE recognises their letters."))
    if report.trouble:
        out.note(out.safe(report.trouble))
    if report.cancelled:
        out.note(tr("Stopped before the end. The same call again goes on."))


def _lines(entries: "Iterable[AddEntry]") -> "Iterator[AddEntry]":
    """Give each entry, and below it what was inside."""
    for entry in entries:
        yield entry
        yield from _lines(entry.inside or ())


def _instant(words: str) -> str:
    """Read a time of capture: an instant, a local time as it is, or a day."""
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        moment = None
    if moment is not None and len(words) > 10:
        if moment.tzinfo is None:
            return moment.isoformat(timespec="seconds")
        moment = moment.astimezone(UTC)
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    form = parse_when(words).edtf
    if form is None:
        raise UsageError(
            tr("{words} is no time that Casefile understands.").format(words=words),
            tr("For example 2024-04-03T10:00:00Z, 2024-04-03, or 3 April 2024."),
        )
    return form
