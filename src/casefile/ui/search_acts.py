"""What a person does with a search: spellings on and off, kept as names; searches kept; lists."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from casefile.model.change import Changes
from casefile.model.hit import SearchRequest, Variant
from casefile.strings import tr
from casefile.ui import doors
from casefile.ui.another import open_elsewhere
from casefile.ui.dialogs import AskLine
from casefile.ui.sidebar import Entry
from casefile.ui.spellings_sheet import KEPT_AS_NAME, SpellingsSheet

if TYPE_CHECKING:
    from casefile.services.desk import Desk
    from casefile.services.saved_searches import KeptSearch
    from casefile.ui.names_page import CasesPage, CountLine, NamesPage
    from casefile.ui.window import MainWindow

COUNT_MS = 1500  # after a change, before kept searches are counted again


class SearchActs:
    """Acts on the search of one window."""

    def __init__(self, window: "MainWindow") -> None:
        self._w = window
        self._kept: dict[str, KeptSearch] = {}
        self._clock = QTimer(window)
        self._clock.setSingleShot(True)
        self._clock.setInterval(COUNT_MS)
        self._clock.timeout.connect(self.count)
        window.search.head.spellings_wanted.connect(self.spellings)
        window.bridge.changed.connect(self._changed)
        window.case_opened.connect(self._begin)

    def _begin(self) -> None:
        desk = self._w.bridge.desk
        if desk is not None:
            desk.settings = self._w.settings  # so that the log is kept from when it is wanted
        self._clock.start()

    @cached_property
    def names_page(self) -> "NamesPage":
        """The page for a list of names, joined to the window."""
        from casefile.ui.names_page import NamesPage

        page = NamesPage(self._w.theme, self._w.bridge)
        page.opened.connect(self._open_name)
        return page

    @cached_property
    def cases_page(self) -> "CasesPage":
        """The page for a search over all cases, joined to the window."""
        from casefile.ui.names_page import CasesPage

        page = CasesPage(self._w.theme, self._w.bridge, self._w.places)
        page.opened.connect(self._open_case)
        return page

    # Kept searches

    def save(self) -> None:
        """Keep the search that is shown under a name; elsewhere everything is saved already."""
        page = self._w.search
        if self._w.mode != "search" or not page.query.strip() or not self._w.writable:
            self._w.case.saved()
            return
        AskLine(
            self._w.theme, self._w, tr("Name of the search"), self.save_as, text=page.query
        ).open()

    def save_as(self, name: str) -> None:
        """Keep the search that is shown under this name."""
        request = self._w.search.request()
        self._w.bridge.act(lambda desk: _kept(desk, name, request), said=tr("Search kept"))

    def show(self, key: str) -> None:
        """Run a kept search; what was new in it counts as seen."""
        kept = self._kept.get(key.removeprefix("search:"))
        if kept is None:
            return
        self._w.strip.search.setText(kept.request.query)
        self._w.show_mode("search")
        self._w.search.query = kept.request.query
        self._w.search.head.without = kept.request.without
        self._w.search.ask_now()
        self._w.search.view.setFocus()
        self._w.bridge.ask(
            lambda desk: doors.saved_searches.seen(desk, kept.id), lambda _: self._clock.start()
        )

    def forget(self) -> None:
        """Give the kept search up that the sidebar stands on."""
        key = self._w.sidebar.current_key()
        if key.startswith("search:"):
            kept = key.removeprefix("search:")
            self._w.bridge.act(
                lambda desk: doors.saved_searches.delete(desk, kept), said=tr("Search given up")
            )
        else:
            self._w.toast.say(tr("Choose a kept search in the sidebar first."))

    def count(self) -> None:
        """Count the kept searches again."""
        if self._w.has_case:
            self._w.bridge.ask(doors.saved_searches.rows, self._counted, topic="kept searches")

    def _counted(self, found: "list[KeptSearch]") -> None:
        self._kept = {each.id: each for each in found}
        self._w.sidebar.show_searches(
            [
                Entry(
                    f"search:{each.id}",
                    "list-search",
                    tr("{name} ({n} new)").format(name=each.name, n=len(each.new))
                    if each.new
                    else each.name,
                    each.total,
                    strong=bool(each.new),
                )
                for each in found
            ]
        )

    def _changed(self, changes: Changes, _initiator: object) -> None:
        if self._kept or changes.touches("saved_search"):
            self._clock.start()

    # Lists of names, all cases

    def _open_name(self, line: "CountLine") -> None:
        self.search_for(doors.name_lists.as_query(line.words))

    def search_for(self, query: str) -> None:
        """Search everything for a query, as if it had been typed."""
        self._w.strip.search.setText(query)
        self._w.show_mode("search")
        self._w.search.query = query
        self._w.search.ask_now()

    def _open_case(self, line: "CountLine") -> None:
        desk = self._w.bridge.desk
        if line.case is None:
            return
        if desk is not None and Path(line.case).resolve() == desk.store.path.resolve():
            self._w.strip.search.setText(self.cases_page.field.text())
            self._w.show_mode("search")
            self._w.search.query = self.cases_page.field.text()
            self._w.search.ask_now()
        else:
            open_elsewhere(line.case)

    # Spellings

    def toggle_spellings(self) -> None:
        """Seek other spellings, or only what was written."""
        self._w.search.head.toggle_spellings()

    def spellings(self) -> None:
        """Show which spellings were used."""
        page = self._w.search
        if page.answer is None:
            return
        keep = self.keep if self._w.writable else None
        used, off = page.answer.variants, page.head.without
        SpellingsSheet(self._w.theme, self._w, used, off, self.leave_out, keep).open()

    def leave_out(self, spellings: tuple[str, ...]) -> None:
        """Search again without some spellings."""
        self._w.search.head.without = spellings
        self._w.search.ask_now()

    def keep_first(self) -> None:
        """Keep the spelling that found the current hit as a name of what was sought."""
        page = self._w.search
        hit, answer = page.current(), page.answer
        if hit is None or answer is None:
            return
        said = " ".join(hit.snippet.why)
        fits = [v for v in answer.variants if v.why in KEPT_AS_NAME and v.spelling in said]
        if fits:
            self.keep(fits[0])
        else:
            self._w.toast.say(tr("This hit needs no other spelling."))

    def keep(self, variant: Variant) -> None:
        """Keep a spelling as an alias; undo takes it back."""
        self._w.bridge.act(
            lambda desk: doors.spellings.accept(desk, variant.word, variant.spelling),
            said=tr("{spelling} kept as a name of {word}").format(
                spelling=variant.spelling, word=variant.word
            ),
        )


def _kept(desk: "Desk", name: str, request: SearchRequest) -> Changes:
    """Keep a search; what it finds now was seen by who keeps it."""
    key, changes = doors.saved_searches.save(desk, name, request)
    doors.saved_searches.seen(desk, key)
    return changes
