"""The main window: it composes the panels, hands commands out, and carries changes to them."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from typing_extensions import override

from casefile.model.errors import CasefileError
from casefile.settings import Settings
from casefile.strings import tr
from casefile.ui.case_acts import CaseActs
from casefile.ui.case_desk import CaseDesk
from casefile.ui.claim_acts import ClaimActs
from casefile.ui.claim_form import ClaimForm
from casefile.ui.claims_page import ClaimList, ClaimPage
from casefile.ui.command_table import COMMANDS
from casefile.ui.commands import Command, by_id, single_keys
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.dialogs import CrashSheet
from casefile.ui.health_acts import HealthActs
from casefile.ui.history_acts import HistoryActs
from casefile.ui.import_page import ImportPage
from casefile.ui.inspector import Inspector
from casefile.ui.judgement import Judgement
from casefile.ui.keys import Keys
from casefile.ui.lists.source_list import SourceList
from casefile.ui.look_acts import LookActs
from casefile.ui.mark_acts import MarkActs
from casefile.ui.menus import Menus
from casefile.ui.names import open_palette
from casefile.ui.pages import Pages
from casefile.ui.pane import FocusLines, holds
from casefile.ui.panes import Panes
from casefile.ui.parts import Ground, column
from casefile.ui.quiet_bar import QuietBar
from casefile.ui.reading_pane import ReadingPane
from casefile.ui.routes import Routes
from casefile.ui.search_acts import SearchActs
from casefile.ui.search_page import SearchPage
from casefile.ui.sidebar import Sidebar
from casefile.ui.source_acts import SourceActs
from casefile.ui.start_page import StartPage
from casefile.ui.status_bar import StatusBar
from casefile.ui.theme import Theme
from casefile.ui.toast import Shade, Toast
from casefile.ui.top_strip import TopStrip
from casefile.ui.walk import Walk

if TYPE_CHECKING:
    from casefile.services.places import Places

FIRST_SIZE = (1440, 900)
LEAST_SIZE = (1024, 640)


class MainWindow(Ground):
    """One window, one case. `painted` is sent once, after the first paint."""

    painted = Signal()
    case_opened = Signal()
    case: CaseActs
    sources: SourceActs
    marks: MarkActs
    claims: ClaimActs
    history: HistoryActs
    health: HealthActs
    finding: SearchActs
    pages: Pages
    look: LookActs
    walk: Walk
    reading: ReadingPane
    importing: ImportPage

    def __init__(self, theme: Theme, places: "Places") -> None:
        super().__init__(theme, "panel")
        self.places = places
        self.settings = Settings(places.settings_file)
        self.commands: dict[str, Command] = by_id(COMMANDS)
        self.mode: str = "sources"
        self.case_title = ""
        self.meanings: dict[int, str] = {}
        self._first_paint, self._closed = True, False
        self.bridge = DeskBridge(self)
        self.case, self.sources, self.marks = CaseActs(self), SourceActs(self), MarkActs(self)
        self.look, self.walk, self.history = LookActs(self), Walk(self), HistoryActs(self)
        self._make_parts()
        self._lay_out()
        self._make_keys()
        self.desk, self.pages, self.health = CaseDesk(self), Pages(self), HealthActs(self)
        self._routes = Routes(self)
        self.show_case(is_open=False)

    # What holds

    @property
    def has_case(self) -> bool:
        """True while a case is open."""
        return self.bridge.desk is not None

    @property
    def writable(self) -> bool:
        """True while the case can be changed."""
        desk = self.bridge.desk
        return desk is not None and desk.store.writable

    @property
    def has_source(self) -> bool:
        """True while a source is shown."""
        return self.reading.source is not None

    @property
    def reader_has_focus(self) -> bool:
        """True while the focus is in the reading pane."""
        return holds(self.reading, self.focusWidget())

    @property
    def can_triage(self) -> bool:
        """True while sources can be set aside."""
        return self.writable and self.mode != "claims"

    # Opening

    def open_case(self, path: Path, *, new: bool = False) -> None:
        """Open a case, or make one, in this window."""
        self.desk.open(path, new=new)

    def open_sample(self) -> None:
        """Build the sample case where it is not there yet, and open it."""
        self.desk.open_sample()

    def show_case(self, *, is_open: bool) -> None:
        """Show the panes of a case, or the start page."""
        self.strip.show_case(is_open=is_open, writable=self.writable)
        self.status.show_case(is_open=is_open)
        self.menus.show_case(is_open=is_open)
        self.body.setCurrentWidget(self.panes if is_open else self.start)
        self._say_hints()
        if is_open:
            self.show_mode("sources")
            self.list.view.setFocus()

    # Going around

    def show_mode(self, mode: str) -> None:
        """Show sources, search or claims."""
        if not self.has_case:
            return
        self.mode = mode
        parts: dict[str, tuple[QWidget, QWidget, QWidget]] = {
            "sources": (self.list, self.reading, self.inspector),
            "search": (self.search, self.reading, self.inspector),
            "claims": (self.claim_list, self.claims_page, self.judgement),
        }
        self.panes.show_mode(mode, *parts[mode])
        if mode == "claims":
            self.sidebar.go_to("claims")
            self.claim_list.refresh()
            self.claim_list.view.setFocus()
        elif mode == "sources":
            self.desk.show_place()
            self.list.view.setFocus()
        self.say_selected()

    def show_import(self) -> None:
        """Show the page for adding evidence."""
        if self.has_case:
            self.panes.show_whole(self.importing)
            self.importing.view.setFocus()

    def add_files(self, paths: list[Path]) -> None:
        """Add files and folders as evidence."""
        if self.writable and paths:
            self.show_import()
            self.importing.add(paths)
        elif self.has_case:
            self.quiet.say(tr("This case is open for reading only."))

    def focus_search(self) -> None:
        """Go to the search field."""
        self.strip.search.setFocus()
        self.strip.search.selectAll()

    def open_palette(self, *, names_only: bool = False) -> None:
        """Show commands, or only sources and claims, by a few letters."""
        open_palette(self, names_only=names_only)

    def go_to_source(self, source: str, *, place: int | None = None) -> None:
        """Show a source in the reader, and in the list where it is listed."""
        self.show_mode("sources")
        number = self.list.model.place(source)
        if number is not None:
            self.list.view.go_to(number, quietly=True)
        self.reading.show_source(source, place=place, reading=True)
        self.sources.visited(source)

    def go_to_claim(self, claim: str) -> None:
        """Show a claim."""
        self.show_mode("claims")
        self.claim_list.refresh(claim)

    def fold(self, part: str) -> None:
        """Fold a pane, or open it again."""
        self.panes.fold(part)

    def show_claim_form(self, quote: str) -> None:
        """Open the form of a new claim beside the reader."""
        self.panes.show_side(self.claim_form, lent=True)
        self.claim_form.begin(quote)

    def leave_claim_form(self) -> None:
        """Close the form."""
        self.panes.show_side(self.inspector, lent=False)
        self.reading.current_view().setFocus()

    def claim_kept(self, claim: str) -> None:
        """Take note of a claim that was made."""
        self.claim_list.wanted = claim

    def run(self, command: Command) -> None:
        """Run a command, or say why it cannot run."""
        if command.enabled(self):
            command.run(self)
        elif self.has_case and not self.writable:
            self.quiet.say(tr("This case is open for reading only."))
        elif not self.has_case:
            self.toast.say(tr("Open a case first."))

    def run_id(self, key: str) -> None:
        """Run a command by its id."""
        self.run(self.commands[key])

    def trouble(self, error: CasefileError) -> None:
        """Tell known trouble."""
        self.quiet.say(error.message, error.hint)

    def crashed(self, trace: str) -> None:
        """Tell a defect of the program."""
        CrashSheet(self.theme, self, trace).open()

    # Inside

    def _make_parts(self) -> None:
        theme, bridge = self.theme, self.bridge
        self.strip = TopStrip(theme, self.run_id)
        self.menus = Menus(self, self.strip.menus, self.run)
        self.quiet = QuietBar(theme)
        self.status = StatusBar(theme)
        self.start = StartPage(theme, self.run_id, lambda path: self.open_case(Path(path)))
        self.sidebar = Sidebar(theme)
        self.panes = Panes(theme, self.sidebar)
        self.list = SourceList(theme, self._fetch_rows, self._is_unread)
        self.search = SearchPage(theme, bridge)
        self.claim_list = ClaimList(theme, bridge)
        self.reading = ReadingPane(theme, bridge)
        self.claims_page = ClaimPage(theme, bridge)
        self.claims, self.finding = ClaimActs(self), SearchActs(self)
        self.inspector = Inspector(theme, bridge)
        self.judgement = Judgement(theme, bridge)
        self.claim_form = ClaimForm(theme)
        self.importing = ImportPage(theme, bridge)
        self.toast = Toast(theme, self)
        self.shade = Shade(theme, self)

    def _lay_out(self) -> None:
        self.setWindowTitle("Casefile")
        self.setAcceptDrops(True)
        self.setMinimumSize(*LEAST_SIZE)
        self._first_size()
        panes = self.panes
        panes.take(
            [self.list, self.search, self.claim_list],
            [self.reading, self.claims_page],
            [self.inspector, self.judgement, self.claim_form],
        )
        panes.content.addWidget(self.importing)
        self.body = QStackedWidget()
        self.body.addWidget(self.start)
        self.body.addWidget(panes)
        layout = column(self)
        layout.addWidget(self.strip)
        layout.addWidget(self.quiet)
        layout.addWidget(self.body, 1)
        layout.addWidget(self.status)

    def _first_size(self) -> None:
        room = QGuiApplication.primaryScreen().availableGeometry()
        width, height = FIRST_SIZE
        if QGuiApplication.platformName() != "offscreen":
            width = min(width, round(room.width() * 0.9))
            height = min(height, round(room.height() * 0.9))
        self.resize(width, height)

    def _make_keys(self) -> None:
        table = single_keys(tuple(self.commands.values()))
        shortcuts = {c.shortcut: c for c in self.commands.values() if c.scope == "all"}

        def find(scope: str, key: str) -> Command | None:
            return shortcuts.get(key) if scope == "all" else table.get((scope, key))

        self.keys = Keys(find, self.run, self)
        self.keys.single = self.settings["single_keys"]
        for view in (self.list.view, self.claim_list.view):
            self.keys.watch(view, "list", "item")
        self.keys.watch(self.search.view, "hits", "list", "item")
        self.keys.watch(self.importing.view, "import")
        self.keys.watch(self.reading.reader, "reader", "item")
        self.keys.watch(self.reading.page, "page", "reader", "item")
        self.keys.watch(self.reading.photo.canvas, "reader", "item")
        self.keys.watch(self.claims_page.area, "claim", "item")
        self._lines = FocusLines(self)
        self._lines.moved.connect(self._say_hints)

    def _fetch_rows(self, ids: list[str], then: Callable[..., None]) -> None:
        self.desk.fetch_rows(ids, then)

    def _is_unread(self, source: str) -> bool:
        local = self.bridge.local
        return local is not None and not local.is_read(source)

    def _say_hints(self) -> None:
        scopes = self.keys.scopes_of(QApplication.focusWidget())
        mine = [c for s in scopes for c in self.commands.values() if c.scope == s and c.hint]
        hints = [c for c in mine if c.enabled(self)]
        rest = (
            ("go.pane", "go.commands")
            if self.has_case
            else ("case.new", "case.open", "go.commands", "help.keys")
        )
        self.status.hints.show_commands([*hints, *(self.commands[key] for key in rest)])

    def say_selected(self) -> None:
        """Say at the bottom what is selected."""
        self.status.selected.setText(self.desk.selected_words())

    # Qt

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._first_paint:
            self._first_paint = False
            handle = self.windowHandle()
            if handle is not None:
                handle.installEventFilter(self.keys)
            QTimer.singleShot(0, self.painted.emit)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.walk.leave()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panes.fit(self.width())
        self.toast.place()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self.shade.cover()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.shade.hide()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.shade.hide()
        paths = [Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()]
        event.acceptProposedAction()
        if self.has_case:
            self.add_files(paths)
        elif paths:
            self.open_case(paths[0])

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._closed:
            self._closed = True
            self._lines.stop()
            self.desk.close()
        event.accept()
