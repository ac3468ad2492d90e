"""Reports to files: the suffix says the format."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from casefile.model.errors import CaseUnusable, UsageError
from casefile.model.view import ReportView
from casefile.report.outline import Outline, outline
from casefile.strings import tr


def write(view: ReportView, file: Path) -> None:
    """Write a report as .html or .md; the file appears whole or not at all.

    Raises UsageError for another suffix and CaseUnusable when the file cannot be written.
    """
    render = _format(file.suffix.lower())
    _replace(file, render(outline(view)))


def _format(suffix: str) -> Callable[[Outline], str]:
    # Imported here, as saying no needs no template engine.
    if suffix in {".html", ".htm"}:
        from casefile.report.html import render as html

        return html
    if suffix in {".md", ".markdown"}:
        from casefile.report.markdown import render as markdown

        return markdown
    raise UsageError(
        tr("A report cannot be written as {suffix}.").format(suffix=suffix or tr("a plain file")),
        tr("Reports are written as .html or .md."),
    )


def _replace(file: Path, text: str) -> None:
    try:
        descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".report-")
    except OSError as error:
        raise _unwritable(error) from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(file)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise _unwritable(error) from error


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _unwritable(error: OSError) -> CaseUnusable:
    return CaseUnusable(
        tr("The report cannot be written: {why}.").format(why=error.strerror or error),
        tr("Choose a folder that exists and that you may write to."),
    )
