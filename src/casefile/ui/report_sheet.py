"""What a report of the window is to hold, asked before the file is chosen."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QWidget

from casefile.strings import tr
from casefile.ui.dialogs import Sheet
from casefile.ui.parts import button, wrapped
from casefile.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class ReportWish:
    """What is wanted: only what a search finds, the original files, the log of searches."""

    query: str = ""
    originals: bool = False
    searches: bool = False


class ReportSheet(Sheet):
    """Asks for what a report is to hold; `then` gets the `ReportWish`.

    `query` is the search that is shown, if one is.
    """

    def __init__(
        self, theme: Theme, window: QWidget, then: Callable[[ReportWish], object], query: str = ""
    ) -> None:
        super().__init__(theme, window, tr("Report"))
        self._then, self._query = then, query
        words = tr("Claims with their quotes, sources, and what proves them.")
        self.rows.addWidget(wrapped(theme, words, "ui", "text2"))
        self.only = QCheckBox(tr("Only what the search “{words}” finds").format(words=query))
        self.only.setVisible(bool(query))
        self.originals = QCheckBox(tr("Put the original files beside it"))
        self.searches = QCheckBox(tr("Print the log of searches"))
        for box in (self.only, self.originals, self.searches):
            self.rows.addWidget(box)
        self.logged = wrapped(theme, "", "label", "text3")
        self.rows.addWidget(self.logged)
        self.show_log("")
        go = button(theme, tr("Choose the file…"), self.go, primary=True)
        self.close_row(button(theme, tr("Leave"), self.close), go)

    def show_log(self, summary: str) -> None:
        """Say what the log of searches comes to; without one it can not be printed."""
        self.searches.setEnabled(bool(summary))
        nothing = tr("No search was written down; the settings switch the log on.")
        self.logged.setText(summary or nothing)

    def go(self) -> None:
        """Hand over what is wanted."""
        wish = ReportWish(
            query=self._query if self.only.isChecked() else "",
            originals=self.originals.isChecked(),
            searches=self.searches.isChecked(),
        )
        self.close()
        self._then(wish)
