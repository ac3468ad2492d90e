"""What a person does to hand a case on: export, later bundles, disclosure, keys."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from casefile.model.exported import ExportReport
from casefile.strings import later, tr
from casefile.ui import doors

if TYPE_CHECKING:
    from casefile.ui.window import MainWindow

_FORMATS: Final = {
    "csv": later("Tables for a spreadsheet, in a folder (*)"),
    "jsonl": later("JSON Lines, one file (*.jsonl)"),
    "markdown": later("Linked pages for Obsidian, in a folder (*)"),
}


def export(window: "MainWindow") -> None:
    """Ask for a place and a format, and write the case there for other programs."""
    dialog = QFileDialog(window, tr("Export the case"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    words = {tr(said): form for form, said in _FORMATS.items()}
    dialog.setNameFilters(list(words))
    dialog.selectFile(window.case_title or tr("case"))

    def chosen(name: str) -> None:
        form = words.get(dialog.selectedNameFilter(), "csv")
        file = Path(name)
        if form == "jsonl" and not file.suffix:
            file = file.with_suffix(".jsonl")
        write_export(window, file, form)

    dialog.fileSelected.connect(chosen)
    dialog.open()


def write_export(window: "MainWindow", out: Path, form: str) -> None:
    """Write the case for other programs, and say where what is left out is told."""
    window.status.show_work(tr("Exporting"))

    def done(report: ExportReport) -> None:
        window.status.show_work("")
        told = tr("What is left out is told in {file}.").format(file=report.losses.name)
        window.quiet.say(tr("Exported: {name}").format(name=report.path.name), told, "info")

    def failed(error: BaseException) -> None:
        window.status.show_work("")
        window.bridge.report(error)

    window.bridge.apart("export", lambda desk: doors.exports.write(desk, out, form), done, failed)
