"""What a person does from the pages about the case itself."""

from functools import cached_property, partial
from typing import TYPE_CHECKING

from casefile.strings import tr
from casefile.ui import doors

if TYPE_CHECKING:
    from casefile.services.whereabouts import Whereabouts
    from casefile.ui.history_page import HistoryPage
    from casefile.ui.known_page import KnownPage
    from casefile.ui.window import MainWindow


class HistoryActs:
    """Opens the history and takes acts back from there."""

    def __init__(self, window: "MainWindow") -> None:
        self._w = window

    def of_case(self) -> None:
        """Show what was done in the whole case."""
        self.page.show_case()
        self._w.pages.show("history")

    def of_source(self) -> None:
        """Show what was done to the source in the reader."""
        opened = self._w.reading.opened
        if opened is not None:
            view = opened.view
            self.page.show_record(view.source.id, view.title)
            self._w.pages.show("history")

    @cached_property
    def page(self) -> "HistoryPage":
        """The page of the history, joined to the window."""
        from casefile.ui.history_page import HistoryPage

        page = HistoryPage(self._w.theme, self._w.bridge)
        page.undoing.connect(self._w.case.undo_act)
        page.redoing.connect(self._w.case.redo_act)
        page.shown_record.connect(self.go)
        page.known.connect(self.known)
        return page

    @cached_property
    def known_page(self) -> "KnownPage":
        """The page of what was known when, joined to the window."""
        from casefile.ui.known_page import KnownPage

        page = KnownPage(self._w.theme, self._w.bridge)
        page.record_wanted.connect(self.go)
        return page

    def known(self, moment: int | None = None) -> None:
        """Show the case as it stood at a moment, or ask for one."""
        self._w.pages.show("known")
        if moment is not None:
            self.known_page.show_moment(moment)
        else:
            self.known_page.when.setFocus()

    def go(self, record: str) -> None:
        """Show a record where it stands; one without a place of its own by what it belongs to."""
        self._w.bridge.ask(
            lambda desk: doors.whereabouts.whereabouts(desk, record),
            self._arrive,
            topic="whereabouts",
        )

    def _arrive(self, found: "Whereabouts") -> None:
        if found.claim is not None:
            self._w.go_to_claim(found.claim)
        elif found.source is not None:
            self._w.go_to_source(found.source)
            mark = found.mark
            if mark is not None:
                self._w.desk.when_shown(found.source, partial(self._w.reading.go_to_mark, mark))
        else:
            self._w.toast.say(tr("This has no page of its own."))
