"""Whole pages: what takes the place of list, reader and inspector, made when first shown.

A new page is a subclass of `Page` and one line in `PAGES`.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from casefile.model.change import Changes
from casefile.ui import analysis_commands, exchange_acts, intake_acts
from casefile.ui.pane import Pane

if TYPE_CHECKING:
    from casefile.ui.window import MainWindow


class Page(Pane):
    """A pane that stands alone beside the sidebar; `view` takes the focus and its keys."""

    view: QWidget
    scopes: tuple[str, ...] = ("rows",)  # of its single keys, in the table of commands
    kinds: tuple[str, ...] = ()  # of records whose changes it shows; none: of all

    def refresh(self) -> None:
        """Read again what is shown; called when the page comes up and after changes."""


def _entities(window: "MainWindow") -> Page:
    from casefile.ui.entity_acts import entities_page

    return entities_page(window)


# What makes each page; its module is imported then, so that the window paints first.
PAGES: dict[str, Callable[["MainWindow"], Page]] = {
    "history": lambda window: window.history.page,
    "health": lambda window: window.health.page,
    "names": lambda window: window.finding.names_page,
    "cases": lambda window: window.finding.cases_page,
    "known": lambda window: window.history.known_page,
    "copies": intake_acts.copies_page,
    "entities": _entities,
    "condition": intake_acts.condition_page,
    "conflicts": exchange_acts.conflicts_page,
    "people": exchange_acts.people_page,
    "suggestions": analysis_commands.suggest_page,
    "exchange": exchange_acts.exchange_page,
}


class Pages(QObject):
    """The whole pages of one window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._w = window
        self._made: dict[str, Page] = {}
        window.bridge.changed.connect(self._changed)

    def get(self, key: str) -> Page:
        """Give a page; the first time it is made and its keys are watched."""
        page = self._made.get(key)
        if page is None:
            page = self._made[key] = PAGES[key](self._w)
            self._w.panes.content.addWidget(page)
            self._w.keys.watch(page.view, *page.scopes)
        return page

    def show(self, key: str) -> None:
        """Show a page, read anew."""
        if self._w.has_case:
            page = self.get(key)
            self._w.panes.show_whole(page)
            self._w.sidebar.go_to(key)
            page.refresh()
            page.view.setFocus()

    @property
    def view(self) -> QWidget | None:
        """What has the keys of the page that is shown; nothing while the panes are."""
        shown = self._w.panes.content.currentWidget()
        if shown is self._w.importing:
            return self._w.importing.view
        return shown.view if isinstance(shown, Page) else None

    def _changed(self, changes: Changes, _initiator: object) -> None:
        page = self._w.panes.content.currentWidget()
        if isinstance(page, Page) and (not page.kinds or changes.touches(*page.kinds)):
            page.refresh()
