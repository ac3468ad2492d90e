"""The open case behind the window: opening, what is listed, and where changes are carried."""

import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from casefile.jobs.progress import Progress
from casefile.model.change import Changes
from casefile.model.errors import CasefileError
from casefile.model.view import SourceRow
from casefile.strings import tr, trn
from casefile.ui import doors
from casefile.ui.another import open_elsewhere
from casefile.ui.case_reads import (
    Figures,
    filter_of,
    nothing_words,
    open_anyhow,
    place_words,
    read_figures,
)
from casefile.ui.routes import elsewhere
from casefile.ui.sidebar import Entry, entries

if TYPE_CHECKING:
    from casefile.model.place import Surroundings
    from casefile.services.desk import Desk
    from casefile.services.views import LocalView
    from casefile.ui.window import MainWindow

INFO_MS = 400
INDEX_MS = 600
RECENT, RECENT_KEPT = "recent.json", 8
_OF_CLAIMS = ("claim", "evidence_link", "assessment", "entity", "annotation", "source_link")


class CaseDesk(QObject):
    """Keeps the panels of one window true to its case."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._w = window
        self._key = "all"
        self._indexing: Progress | None = None
        self._index_again = False
        self._when: dict[str, Callable[[], None]] = {}
        self._info_clock = self._clock(INFO_MS, self.ask_figures)
        self._index_clock = self._clock(INDEX_MS, self.catch_up)
        window.bridge.changed.connect(self.changed)
        window.list.wanted.connect(self.ask_list)
        window.list.model.on_gone = self.ask_list
        window.sidebar.chosen.connect(self.go)
        window.reading.read.connect(self.mark_read)
        window.reading.shown.connect(lambda view: self._shown(view.source.id))
        window.start.show_facts(self.facts(), self._recent())

    # Opening and closing

    def open(self, path: Path, *, new: bool = False) -> None:
        """Open a case, or make one; a locked one is opened for reading only."""
        places = self._w.places
        if self._w.has_case:
            self._open_beside(path, new=new)
            return

        def opener() -> "tuple[Desk, LocalView]":
            desk = doors.desk.create_desk(path, places) if new else open_anyhow(path, places)
            return desk, doors.views.LocalView(desk)

        self._begin(opener, tr("Opening the case…"))

    def _open_beside(self, path: Path, *, new: bool) -> None:
        """Open another case in a window of its own, made first when it is new."""
        places = self._w.places

        def make() -> Path:
            if new:
                doors.desk.create_desk(path, places).close()
            return path

        self._w.bridge.later(make, self._beside)

    def _beside(self, path: Path) -> None:
        if not open_elsewhere(path):
            self._w.quiet.say(
                tr("Another window could not be started."), tr("Start Casefile again."), "warn"
            )

    def open_sample(self) -> None:
        """Build the sample case where it is not there yet, and open it."""
        places = self._w.places

        if self._w.has_case:
            self._w.bridge.later(lambda: doors.samples.build(places), self._beside)
            return

        def opener() -> "tuple[Desk, LocalView]":
            desk = open_anyhow(doors.samples.build(places), places)
            return desk, doors.views.LocalView(desk)

        self._begin(opener, tr("Building the sample case…"))

    def close(self) -> None:
        """Stop long work where it stands, keep the view, close the case."""
        self._rest()
        self._w.bridge.close()

    def leave(self, then: Callable[[], None]) -> None:
        """Close the case and show the start page, then go on; the window stays."""
        self._rest()
        self._w.bridge.leave(then)
        self._w.reading.clear()
        self._w.show_case(is_open=False)

    def _rest(self) -> None:
        for clock in (self._info_clock, self._index_clock):
            clock.stop()
        self._w.health.stop()
        self._w.importing.stop_here()
        if self._indexing is not None:
            self._indexing.cancel()
            self._indexing = None
        if (local := self._w.bridge.local) is not None:
            self._keep_view(local)

    # What is listed

    def go(self, key: str) -> None:
        """Show what a line of the sidebar stands for."""
        if elsewhere(self._w, key):
            return
        self._key = key
        if self._w.mode != "sources" or not self._w.list.isVisible():
            self._w.show_mode("sources")
        self.ask_list()

    def show_place(self) -> None:
        """Stand on the line of the sidebar that is listed."""
        self._w.sidebar.go_to(self._key)

    def ask_list(self) -> None:
        """Read which sources are listed, in their order."""
        if not self._w.has_case:
            return
        listed, key = self._w.list, self._key
        sort, descending = listed.sort, listed.descending
        which = filter_of(key, listed.filter_field.text())
        local = self._w.bridge.local

        def work(desk: "Desk") -> list[str]:
            ids = doors.reading.listing(desk, which, sort, descending=descending)
            return local.unread(ids) if key == "unread" and local is not None else ids

        self._w.bridge.ask(work, partial(self._listed, key), topic="listing")

    def fetch_rows(self, ids: list[str], then: Callable[[list[SourceRow]], None]) -> None:
        """Read rows of the list."""
        self._w.bridge.ask(lambda desk: doors.reading.rows(desk, ids), then)

    def selected_words(self) -> str:
        """Say what is selected."""
        if not self._w.has_case:
            return tr("No case open")
        if self._w.mode == "claims":
            count = len(self._w.claim_list.model.rows)
            return trn("{n} claim", "{n} claims", count)
        total = len(self._w.list.model.ids)
        chosen = len(self._w.list.selected_ids())
        return tr("{n} of {total} selected").format(n=chosen, total=total)

    def hurry(self) -> None:
        """Wait for nothing before figures and index are brought up; for tests and pictures."""
        for clock in (self._info_clock, self._index_clock):
            clock.setInterval(1)

    @property
    def busy(self) -> bool:
        """True while something is about to be asked or the index is being brought up."""
        clocks = (self._info_clock, self._index_clock)
        return self._indexing is not None or any(clock.isActive() for clock in clocks)

    def facts(self) -> list[tuple[str, str]]:
        """Say what holds on this machine, for the first page."""
        settings = self._w.settings
        keys = tr("single keys on") if settings["single_keys"] else tr("single keys off")
        look = {"system": tr("as the system"), "light": tr("light"), "dark": tr("dark")}
        scale = tr("text {n} %").format(n=settings["text_scale"])
        return [
            (tr("Keyboard"), f"{keys}, {tr('Ctrl K finds any command')}"),
            (tr("Look"), f"{look[settings['look']]}, {scale}"),
            (tr("Settings"), str(self._w.places.config)),
            (tr("Cache"), str(self._w.places.cache)),
        ]

    def when_shown(self, source: str, run: Callable[[], None]) -> None:
        """Run something once a source is shown; at once when it is."""
        opened = self._w.reading.opened
        if opened is not None and opened.view.source.id == source:
            run()
        else:
            self._when = {source: run}

    def mark_read(self, source: str) -> None:
        """Count a source as read."""
        local = self._w.bridge.local
        if local is not None and not local.is_read(source):
            local.mark_read([source])
            self._w.list.view.viewport().update()
            self._info_clock.start()

    # Changes

    def changed(self, changes: Changes, initiator: object) -> None:
        """Carry a change to every panel that shows what it names."""
        window = self._w
        ids = set(changes.records.get("source", ()))
        shown = window.reading.source
        if shown and changes.touches("annotation"):
            ids.add(shown)
        came_or_went = changes.label in ("delete", "") and changes.touches("source")
        self._refresh_list(ids, again=came_or_went)
        self._refresh_reading(changes, shown)
        if changes.touches(*_OF_CLAIMS):
            window.inspector.ask_claims()
            if window.mode == "claims":
                window.claim_list.refresh()
        if changes.touches("mark_meaning", "case"):
            self.ask_figures()
        self._info_clock.start()
        if initiator is not window.importing:
            self._index_clock.start()
            window.status.index.say(tr("Index catching up"))

    def ask_figures(self) -> None:
        """Read the numbers of the sidebar, the title and the meanings of the marks."""
        local = self._w.bridge.local
        if local is not None and self._w.has_case:
            self._w.bridge.ask(partial(read_figures, local), self._figures, topic="figures")

    def catch_up(self) -> None:
        """Bring the index up to the case; once more when something changed meanwhile."""
        if not self._w.has_case:
            return
        if self._indexing is not None:
            self._index_again = True
            return
        progress = self._indexing = Progress()
        self._w.bridge.apart(
            "index",
            lambda desk: doors.find.catch_up(desk, progress),
            self._caught_up,
            self._index_failed,
        )

    # Inside

    def _clock(self, interval: int, run: Callable[[], None]) -> QTimer:
        clock = QTimer(self)
        clock.setSingleShot(True)
        clock.setInterval(interval)
        clock.timeout.connect(run)
        return clock

    def _recent(self) -> list[str]:
        """Give the cases that were opened last, where the person wants them remembered."""
        if not self._w.settings["recent_cases"]:
            return []
        try:
            kept = json.loads((self._w.places.config / RECENT).read_text("utf-8"))
        except (OSError, ValueError):
            return []
        return (
            [str(path) for path in kept if Path(str(path)).is_dir()]
            if isinstance(kept, list)
            else []
        )

    def _keep_recent(self) -> None:
        desk = self._w.bridge.desk
        if desk is not None and self._w.settings["recent_cases"]:
            path = str(desk.store.path)
            kept = [path, *(p for p in self._recent() if p != path)][:RECENT_KEPT]
            with suppress(OSError):  # a full disk loses only this list
                (self._w.places.config / RECENT).write_text(json.dumps(kept), "utf-8")

    def _begin(self, opener: "Callable[[], tuple[Desk, LocalView]]", words: str) -> None:
        self._w.start.say(words)
        self._w.bridge.open(opener, self._opened, self._not_opened)

    def _opened(self) -> None:
        window, local = self._w, self._w.bridge.local
        window.start.say("")
        if local is not None:
            sort = local.get("sort", ["added", True])
            if isinstance(sort, list) and len(sort) == 2:
                window.list.set_sort(str(sort[0]), descending=bool(sort[1]))
            window.panes.restore(local.get("panes"))
        window.inspector.set_writable(writable=window.writable)
        window.show_case(is_open=True)
        self.ask_list()
        self.ask_figures()
        self._index_clock.start()
        window.bridge.ask(doors.cases.surroundings, self._tell_place)
        self._keep_recent()
        window.case_opened.emit()

    def _tell_place(self, found: "Surroundings") -> None:
        """Say once who else is at work, or what the place of the case cannot promise."""
        if told := place_words(found, writable=self._w.writable):
            self._w.quiet.say(*told)

    def _not_opened(self, error: BaseException) -> None:
        self._w.start.say("")
        if isinstance(error, CasefileError):
            self._w.quiet.say(error.message, error.hint, "bad")
        else:
            self._w.bridge.report(error)

    def _listed(self, key: str, ids: list[str]) -> None:
        if key != self._key:
            return
        window = self._w
        first = not window.list.model.ids
        entry = next((e for e in self._entries() if e.key == key), None)
        window.list.show_ids(ids, entry.words if entry else tr("All sources"))
        window.list.empty.say(*nothing_words(key, filtered=bool(window.list.filter_field.text())))
        if not ids and window.mode == "sources":
            window.reading.clear()
            window.inspector.show_nothing()
        local = window.bridge.local
        last = local.get("last") if local is not None else None
        place = window.list.model.place(str(last)) if first and last else None
        if place is not None:
            window.list.view.go_to(place)
        window.status.selected.setText(self.selected_words())

    def _entries(self) -> list[Entry]:
        bar = self._w.sidebar
        return [e for n in range(bar.model.rowCount()) if (e := bar.entry(n)) is not None]

    def _figures(self, found: Figures) -> None:
        info, summary, unread, tags, meanings = found
        window = self._w
        window.case_title = info.title
        window.setWindowTitle(f"{info.title} – Casefile")
        window.sidebar.show_case(info.title, summary)
        window.sidebar.show_entries(entries(info, unread, tags))
        size = f"{info.size / 1_000_000:,.1f} MB".replace(",", "\u202f")
        window.sidebar.foot.say(tr("On this computer only"), f"{Path(info.path).name}, {size}")
        if meanings != window.meanings:
            window.meanings = meanings
            window.inspector.meanings = meanings
            window.reading.reader.set_meanings(meanings)

    def _refresh_list(self, ids: set[str], *, again: bool) -> None:
        model = self._w.list.model
        model.mark_stale(ids)
        if again or any(model.place(id_) is None for id_ in ids):
            self.ask_list()

    def _refresh_reading(self, changes: Changes, shown: str | None) -> None:
        if shown is None:
            return
        mine = shown in changes.records.get("source", ())
        if mine or changes.touches("extraction", "note", "tagging", "source_link"):
            self._w.reading.refresh(marks_only=False)
        elif changes.touches("annotation", "claim"):
            self._w.reading.refresh(marks_only=True)

    def _shown(self, source: str) -> None:
        run = self._when.pop(source, None)
        if run is not None:
            run()

    def _caught_up(self, complete: bool) -> None:  # noqa: FBT001 - what the service gives
        self._indexing = None
        words = tr("Index complete") if complete else tr("Index behind")
        self._w.status.index.say(words)
        self._w.search.index_moved()
        if self._index_again:
            self._index_again = False
            self.catch_up()

    def _index_failed(self, error: BaseException) -> None:
        self._indexing = None
        self._w.status.index.say(tr("Index behind"))
        self._w.bridge.report(error)

    def _keep_view(self, local: "LocalView") -> None:
        window = self._w
        local.set("sort", [window.list.sort, window.list.descending])
        local.set("panes", window.panes.state())
        if window.reading.source:
            local.set("last", window.reading.source)
        local.save()
