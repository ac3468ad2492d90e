"""Walking: rows, panes and pages with the keys, wherever the focus is."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from casefile.ui.lists.record_list import RecordList
from casefile.ui.pane import holds

if TYPE_CHECKING:
    from casefile.ui.window import MainWindow


class Walk:
    """Moves through one window."""

    def __init__(self, window: "MainWindow") -> None:
        self._w = window

    def step(self, by: int) -> None:
        """Go to the next or previous row of the list that is shown."""
        page = self._w.pages.view
        (page if isinstance(page, RecordList) else self.current_list()).step(by)

    def open_current(self) -> None:
        """Open the current row."""
        view = self.current_list()
        if view.current() >= 0:
            view.opened.emit(view.current())

    def delete_current(self) -> None:
        """Delete the mark, the claim or the sources that the focus stands on."""
        if self._w.mode == "claims":
            self._w.claims.delete()
        elif not (self._w.reader_has_focus and self._w.marks.delete()):
            self._w.sources.delete()

    def next_pane(self, by: int) -> None:
        """Move the focus to the next visible pane."""
        stops = [stop for stop in self._stops() if stop.isVisible()]
        focus = QApplication.focusWidget()
        here = next((n for n, s in enumerate(stops) if holds(s, focus)), -1)
        if stops:
            stops[(here + by) % len(stops)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Close what is open above the list, or go back to the list."""
        if self._w.claim_form.isVisible():
            self._w.leave_claim_form()
        elif self._w.pages.view is not None:
            self._w.show_mode(self._w.mode)
        elif self._w.list.filter_field.isVisible():
            self._w.list.hide_filter()
        elif self._w.mode == "search" and self.current_list().hasFocus():
            self._w.strip.search.clear()
            self._w.show_mode("sources")
        elif self._w.has_case:
            self.current_list().setFocus()

    def _stops(self) -> list[QWidget]:
        if not self._w.has_case:
            return [self._w.start]
        if (page := self._w.pages.view) is not None:
            return [self._w.sidebar.view, page, self._w.strip.search]
        main = (
            self._w.claims_page.area if self._w.mode == "claims" else self._w.reading.current_view()
        )
        side = {"claims": self._w.judgement.credibility.button(1)}.get(
            self._w.mode, self._w.inspector.grade.button("A")
        )
        return [self._w.sidebar.view, self.current_list(), main, side, self._w.strip.search]

    def current_list(self) -> RecordList:
        """Give the list of the mode that is shown."""
        return {"search": self._w.search.view, "claims": self._w.claim_list.view}.get(
            self._w.mode, self._w.list.view
        )
