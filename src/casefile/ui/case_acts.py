"""What a person does with the case as a whole: open, add, undo, report, settings."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from casefile import __version__
from casefile.model.change import Changes, UndoReport
from casefile.strings import tr, trn
from casefile.ui import doors
from casefile.ui.commands import key_caps
from casefile.ui.dialogs import AskLine, Sheet, TableSheet
from casefile.ui.parts import button, wrapped
from casefile.ui.report_sheet import ReportSheet, ReportWish
from casefile.ui.settings_sheet import SettingsSheet

if TYPE_CHECKING:
    from casefile.ui.window import MainWindow

_SCOPE_WORDS = {
    "all": "everywhere",
    "item": "lists and reader",
    "list": "lists",
    "reader": "reader",
    "page": "page pictures",
    "claim": "claim page",
    "import": "import",
    "rows": "lists of other pages",
    "history": "history",
    "hits": "results",
    "merge": "conflicts",
    "suggest": "suggestions",
}


class CaseActs:
    """Acts on the case of one window."""

    def __init__(self, window: "MainWindow") -> None:
        self._w = window

    def new(self) -> None:
        """Ask for a new folder and make a case there."""
        dialog = QFileDialog(self._w, tr("New case"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.selectFile(tr("New case") + ".casefile")
        dialog.fileSelected.connect(lambda name: self._w.open_case(Path(name), new=True))
        dialog.open()

    def open(self) -> None:
        """Ask for a case and open it."""
        dialog = QFileDialog(self._w, tr("Open case"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self._w.open_case(Path(name)))
        dialog.open()

    def sample(self) -> None:
        """Build the sample case, or take the one that is there, and open it."""
        self._w.open_sample()

    def add(self) -> None:
        """Show the page for adding evidence."""
        self._w.show_import()

    def saved(self) -> None:
        """Say that everything is saved already."""
        self._w.toast.say(tr("Everything is already saved."))

    def undo(self) -> None:
        """Take the last act back."""
        self._w.bridge.act(_undo, self._undone)

    def redo(self) -> None:
        """Do the last undone act again."""
        self._w.bridge.act(_redo, self._redone)

    def undo_act(self, act: str) -> None:
        """Take one act back."""
        self._w.bridge.act(lambda desk: doors.history.undo(desk, act), self._undone)

    def undo_merge(self, merge: str) -> None:
        """Take back all that one merge brought."""
        self._w.bridge.act(lambda desk: doors.exchange.undo_merge(desk, merge), self._undone)

    def redo_act(self, act: str) -> None:
        """Do one undone act again."""
        self._w.bridge.act(lambda desk: doors.history.redo(desk, act), self._redone)

    def rename(self) -> None:
        """Give the case another title."""
        AskLine(
            self._w.theme, self._w, tr("Title of the case"), self._rename, text=self._w.case_title
        ).open()

    def mark_names(self) -> None:
        """Rename the meanings of the five marks, one a line."""
        names = self._w.meanings
        text = "\n".join(names.get(n, "") for n in range(1, 6))
        title = tr("Names of the marks 1 to 5, one a line")
        AskLine(self._w.theme, self._w, title, self._rename_marks, text=text, tall=True).open()

    def report(self) -> None:
        """Ask what a report is to hold, then for a file, and write it there."""
        page = self._w.search
        query = page.query.strip() if self._w.mode == "search" else ""
        sheet = ReportSheet(self._w.theme, self._w, self._choose_report, query)
        self._w.bridge.ask(_logged, sheet.show_log)
        sheet.open()

    def _choose_report(self, wish: ReportWish) -> None:
        dialog = QFileDialog(self._w, tr("Report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["HTML (*.html)", "Markdown (*.md)"])
        dialog.setDefaultSuffix("html")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.write_report(Path(name), wish))
        dialog.open()

    def write_report(self, file: Path, wish: ReportWish | None = None) -> None:
        """Write a report of the case to a file."""
        wanted = wish or ReportWish()
        self._w.bridge.apart(
            "report",
            lambda desk: doors.reporting.report(
                desk, file, wanted.query, originals=wanted.originals, searches=wanted.searches
            ),
            lambda path: self._w.toast.say(tr("Report written: {name}").format(name=path.name)),
        )

    def settings(self) -> None:
        """Show the settings."""
        sheet = SettingsSheet(self._w.theme, self._w, self._w.settings, self._w.look.apply)
        if self._w.bridge.desk is not None:
            self._w.bridge.ask(_protections, sheet.show_protections)
        sheet.open()

    def keys(self) -> None:
        """Show every key from the table of commands."""
        rows = [
            (key_caps(c.shortcut), c.words, tr(_SCOPE_WORDS[c.scope]))
            for c in self._w.commands.values()
            if c.shortcut
        ]
        columns = (tr("Key"), tr("What it does"), tr("Where"))
        TableSheet(self._w.theme, self._w, tr("Keys"), columns, rows).open()

    def about(self) -> None:
        """Say what this program is."""
        sheet = Sheet(self._w.theme, self._w, f"Casefile {__version__}")
        words = tr("Read, mark and weigh evidence. Everything stays on this computer.")
        sheet.rows.addWidget(wrapped(self._w.theme, words))
        words = tr("Apache License 2.0. Fonts and icons under their own licences.")
        sheet.rows.addWidget(wrapped(self._w.theme, words, "label", "text3"))
        sheet.close_row(button(self._w.theme, tr("Close"), sheet.close, primary=True))
        sheet.open()

    def _rename(self, title: str) -> None:
        if title:
            self._w.bridge.act(
                lambda desk: doors.cases.rename(desk, title), said=tr("Case renamed")
            )

    def _rename_marks(self, text: str) -> None:
        names = [line.strip() for line in text.split("\n")]
        for number, name in enumerate(names[:5], 1):
            if name and name != self._w.meanings.get(number):
                self._w.bridge.act(
                    lambda desk, n=number, words=name: doors.cases.rename_mark(desk, n, words),  # type: ignore[misc]  # bound on purpose
                    said=tr("Mark renamed"),
                )

    def _undone(self, found: tuple[UndoReport, Changes]) -> None:
        self._tell(tr("Undone: {what}"), found[0], self.redo, tr("Redo"))

    def _redone(self, found: tuple[UndoReport, Changes]) -> None:
        self._tell(tr("Redone: {what}"), found[0], self.undo, tr("Undo"))

    def _tell(self, sentence: str, report: UndoReport, back: Callable[[], None], word: str) -> None:
        words = sentence.format(what=doors.history.label(report.key, report.args))
        if report.changed_since:
            count = len(report.changed_since)
            words += ". " + trn(
                "{n} value was changed since and stays",
                "{n} values were changed since and stay",
                count,
            )
        self._w.toast.button.setText(word)
        self._w.toast.say(words, back)


def _undo(desk: "doors.desk.Desk") -> tuple[UndoReport, Changes]:
    return doors.history.undo(desk)


def _redo(desk: "doors.desk.Desk") -> tuple[UndoReport, Changes]:
    return doors.history.redo(desk)


def _logged(desk: "doors.desk.Desk") -> str:
    found = doors.search_log.entries(desk)
    return doors.search_log.summary(found) if found else ""


def _protections(desk: "doors.desk.Desk") -> dict[str, bool]:
    return desk.extractor.protections()
