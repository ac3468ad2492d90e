"""The case for people without Casefile: tables, lines of JSON, or a folder of linked pages."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from casefile.jobs.progress import Progress
from casefile.model.case import Case
from casefile.model.errors import CaseUnusable, Refused, UsageError
from casefile.model.exported import FORMATS, ExportReport, Tally
from casefile.model.ids import case_record_id
from casefile.model.kinds import KINDS
from casefile.report import losses, tables, vault
from casefile.services import cases, export_pages
from casefile.services.desk import Desk
from casefile.services.export_rows import rows
from casefile.store import folder, records, tallying
from casefile.store.session import Reader
from casefile.strings import tr

_BESIDE: Final = f".{losses.NAME}"  # what follows a single file's name


def write(desk: Desk, out: Path, form: str, progress: Progress | None = None) -> ExportReport:
    """Write the case as it stands: a folder, for `jsonl` one file; it appears whole or not at all.

    Beside it, or in the folder, goes LOSSES.txt. UsageError for an unknown format, Refused when
    there is something of that name already, CaseUnusable when it cannot be written.
    """
    if form not in FORMATS:
        raise UsageError(
            tr("A case cannot be exported as {format}.").format(format=form),
            tr("Formats are: {formats}.").format(formats=", ".join(FORMATS)),
        )
    beside = out.with_name(out.name + _BESIDE) if form == "jsonl" else out / losses.NAME
    for path in (out, beside):
        if path.exists() or path.is_symlink():
            raise Refused(
                tr("There is something at {path} already.").format(path=path),
                tr("Choose a new name; an export never writes over anything."),
            )
    title = desk.title
    with _staged(out) as aside, desk.store.read() as r:
        said = aside / losses.NAME
        counted = _write(r, aside, form, title, progress or Progress(), cases.mark_meanings(desk))
        losses.write(said, _losses(r, form, title, counted))
        _publish(aside, out, beside, single=form == "jsonl")
    return ExportReport(path=out, losses=beside, format=form, records=counted.records)


def _write(
    r: Reader, aside: Path, form: str, title: str, progress: Progress, marks: dict[int, str]
) -> Tally:  # fmt: skip
    tally = Tally()
    if form == "jsonl":
        tables.write_jsonl(aside / "lines", rows(r, progress, texts=True), tally)
    elif form == "csv":
        tables.write_csv(aside, rows(r, progress, texts=False), tally)
    else:
        case = records.get(r, Case, case_record_id())
        found = export_pages.folders(r, progress, marks)
        index = export_pages.index(title, (case and case.summary) or "", found)
        vault.write_pages(aside, index, found, tally)
    return tally


def _losses(r: Reader, form: str, title: str, tally: Tally) -> losses.Losses:
    paged = {*export_pages.PAGED, "annotation", "note", "tag", "tagging", "case", "assessment"}
    paged |= {"evidence_link", "entity_name", "relation", "collection_item"}
    rest = [name for name, cls in KINDS.items() if name not in paged and records.count(r, cls)]
    return losses.Losses(
        title=title,
        format=form,
        records=tally.records,
        acts=tallying.acts(r),
        deleted=tallying.deleted(r),
        conflicting=tallying.conflicting(r),
        quoted=tally.quoted,
        left_out=tuple(rest) if form == "markdown" else (),
    )


@contextmanager
def _staged(out: Path) -> Iterator[Path]:
    """Give a folder beside the place that is wanted; nothing of it stays after trouble."""
    aside: Path | None = None
    try:
        aside = Path(tempfile.mkdtemp(prefix=".export-", dir=out.absolute().parent))
        yield aside
    except OSError as error:
        raise CaseUnusable(
            tr("The export cannot be written: {why}.").format(why=error.strerror or error),
            tr("Choose a folder that exists and that you may write to, with space on it."),
        ) from error
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)


def _publish(aside: Path, out: Path, beside: Path, *, single: bool) -> None:
    if single:  # renamed, not linked: a stick may know no links
        (aside / losses.NAME).rename(beside)
        (aside / "lines").rename(out)
    else:
        aside.chmod(0o755)
        aside.rename(out)
    folder.sync(out.absolute().parent)
