"""What a person does to hand a case on: export, later bundles, disclosure, keys."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from casefile.model.exported import ExportReport
from casefile.strings import later, tr
from casefile.ui import doors

if TYPE_CHECKING:
    from casefile.model.exchange import Merged, Written
    from casefile.model.view import EvidenceView
    from casefile.ui.conflicts_page import ConflictsPage
    from casefile.ui.exchange_page import ExchangePage
    from casefile.ui.people_page import PeoplePage
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


def conflicts(window: "MainWindow") -> None:
    """Show what people disagree on."""
    window.pages.show("conflicts")
    window.sidebar.go_to("conflicts")


def conflicts_page(window: "MainWindow") -> "ConflictsPage":
    """Make the page of conflicts, joined to the window."""
    from casefile.ui.conflicts_page import ConflictsPage

    page = ConflictsPage(window.theme, window.bridge)

    def go(evidence: "EvidenceView") -> None:
        if evidence.source is not None:
            window.go_to_source(evidence.source)

    page.place_wanted.connect(go)
    return page


def people_page(window: "MainWindow") -> "PeoplePage":
    """Make the page of keys and people, joined to the window."""
    from casefile.ui.people_page import PeoplePage

    page = PeoplePage(window.theme, window.bridge)
    page.act_wanted.connect(window.health.run)
    return page


def settle(window: "MainWindow", which: str) -> None:
    """Settle the conflict that is shown: mine, theirs, merged, or edit for other words."""
    page = window.pages.get("conflicts")
    if which == "edit":
        page.edit()  # type: ignore[attr-defined]  # the page of that key
    else:
        page.take(which)  # type: ignore[attr-defined]  # the page of that key


def exchange_page(window: "MainWindow") -> "ExchangePage":
    """Make the page of exchange, joined to the window."""
    from casefile.ui.exchange_page import ExchangePage

    page = ExchangePage(window.theme, window.bridge)

    def merged(found: "Merged") -> None:
        window.toast.button.setText(tr("Undo"))
        if found.merge:
            window.toast.say(tr("Merged"), lambda: window.case.undo_merge(found.merge))
        if found.unlogged:
            window.quiet.say(tr("It is merged, and does not stand in the log."), found.unlogged)
        if found.preview.conflicts:
            conflicts(window)

    def written(done: "Written") -> None:
        hint = "" if done.signed else tr("It is not signed: unlock your key to sign.")
        hint = done.unlogged or hint
        window.quiet.say(tr("Written: {name}").format(name=Path(done.path).name), hint, "info")

    page.merged.connect(merged)
    page.undo_wanted.connect(window.case.undo_merge)
    page.written.connect(written)
    return page


def open_bundle(window: "MainWindow") -> None:
    """Ask for a bundle and look at it."""
    window.pages.show("exchange")
    window.pages.get("exchange").choose()  # type: ignore[attr-defined]  # the page of that key


def write_bundle(window: "MainWindow") -> None:
    """Ask what is to be sent."""
    window.pages.show("exchange")
    window.pages.get("exchange").write()  # type: ignore[attr-defined]  # the page of that key
