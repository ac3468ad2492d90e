"""The history: every act with who, when, what, before and after; any own act can be undone here."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QSplitter, QStackedWidget
from typing_extensions import override

from casefile.model.change import Act, HistoryEntry
from casefile.strings import tr
from casefile.ui import doors
from casefile.ui.act_view import ActView, left_out
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.empty_state import EmptyState
from casefile.ui.lists.act_painter import ActLine, ActPainter
from casefile.ui.lists.plain_model import PlainModel
from casefile.ui.lists.record_list import RecordList
from casefile.ui.lists.source_painter import RowState
from casefile.ui.pages import Page
from casefile.ui.pane import PaneHead
from casefile.ui.parts import LinkButton, column
from casefile.ui.theme import Theme

if TYPE_CHECKING:
    from casefile.services.desk import Desk

BATCH = 200  # acts read at a time
TOLD = 60  # records of one act that are shown
NEAR_END = 40  # rows from the end at which more are read


class HistoryPage(Page):
    """Lists acts, newest first, or those of one record.

    `undoing` and `redoing` carry an act; `shown_record` the id of a record to be shown;
    `known` a moment, in milliseconds, whose state of the case is asked for.
    """

    scopes = ("history", "rows")
    undoing = Signal(str)
    redoing = Signal(str)
    shown_record = Signal(str)
    known = Signal(object)

    def __init__(self, theme: Theme, bridge: DeskBridge) -> None:
        super().__init__(theme, "history", tr("History"))
        self._bridge = bridge
        self._painter = ActPainter(theme)
        self._record: tuple[str, str] | None = None  # id and title, when only its acts are listed
        self._lines: list[ActLine] = []
        self._asked_after: str | None = None
        self._complete = False
        self.model = PlainModel[ActLine](ActLine.said)
        self.view = self.list = RecordList(theme, tr("Acts"), self._draw, self._painter.height)
        self.list.setModel(self.model)
        self.head = PaneHead(theme, tr("History"))
        self.filter = QLineEdit()
        self.every = LinkButton(theme, tr("Whole case"), self.show_case)
        self.act = ActView(theme)
        self._stack = QStackedWidget()
        self._build()

    def show_case(self) -> None:
        """List the acts of the whole case."""
        self._record = None
        self.refresh()

    def show_record(self, record: str, title: str) -> None:
        """List only what was done to one record."""
        self._record = (record, title)
        self.refresh()

    @override
    def refresh(self) -> None:
        self._asked_after, self._complete = None, False
        record = self._record
        self.every.setVisible(record is not None)
        if record is None:
            self._bridge.ask(_newest, self._arrived, topic="history")
        else:
            self._bridge.ask(lambda desk: _of(desk, record[0]), self._arrived, topic="history")

    def current(self) -> ActLine | None:
        """Give the act that the list stands on."""
        number = self.list.current()
        return self.model.rows[number] if 0 <= number < len(self.model.rows) else None

    def undo_current(self) -> None:
        """Take the act back that the list stands on, or do it again when it is undone."""
        line = self.current()
        if line is not None:
            (self.redoing if line.undone else self.undoing).emit(line.id)

    def _build(self) -> None:
        self.filter.setAccessibleName(tr("Filter the history"))
        self.filter.setPlaceholderText(tr("Filter by words, person or date"))
        self.filter.setFixedWidth(round(self.theme.dip(240)))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _: self._narrow())
        self.head.add(self.every)
        self.head.add(self.filter)
        empty = EmptyState(
            self.theme, "history", tr("Nothing was done yet."), tr("Every act will stand here.")
        )
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setChildrenCollapsible(False)
        both.setHandleWidth(1)
        both.addWidget(self.list)
        both.addWidget(self.act)
        both.setStretchFactor(1, 1)
        both.setSizes([round(self.theme.dip(460)), round(self.theme.dip(780))])
        self._stack.addWidget(both)
        self._stack.addWidget(empty)
        layout = column(self)
        layout.addWidget(self.head)
        layout.addWidget(self._stack, 1)
        self.list.chosen.connect(lambda _: self._follow())
        self.list.verticalScrollBar().valueChanged.connect(lambda _: self._want_more())
        self.act.undo_wanted.connect(self.undo_current)
        self.act.record_wanted.connect(self.shown_record)
        self.act.known_wanted.connect(self.known)

    def _arrived(self, found: "tuple[list[ActLine], bool]") -> None:
        kept = self.current()
        lines, self._complete = found
        self._lines = lines
        self._stack.setCurrentIndex(0 if lines else 1)
        self._narrow(kept.id if kept else None)

    def _narrow(self, go_to: str | None = None) -> None:
        words = self.filter.text().casefold().split()
        shown = [line for line in self._lines if _holds(line, words)]
        title = tr("History") if self._record is None else self._record[1]
        self.head.set_title(title, len(shown))
        self.model.set_rows(shown)
        place = next((n for n, line in enumerate(shown) if line.id == go_to), 0)
        if shown:
            self.list.go_to(place, quietly=True)
        self._follow()

    def _want_more(self) -> None:
        bar = self.list.verticalScrollBar()
        rows_left = (bar.maximum() - bar.value()) / max(1, self._painter.height())
        last = self._lines[-1].id if self._lines else None
        if self._complete or rows_left > NEAR_END or last == self._asked_after or last is None:
            return
        self._asked_after = last
        self._bridge.ask(lambda desk: _newest(desk, last), self._more, topic="history")

    def _more(self, found: "tuple[list[ActLine], bool]") -> None:
        lines, self._complete = found
        self._lines += lines
        words = self.filter.text().casefold().split()
        self.model.append([line for line in lines if _holds(line, words)])
        title = tr("History") if self._record is None else self._record[1]
        self.head.set_title(title, len(self.model.rows))

    def _follow(self) -> None:
        line = self.current()
        if line is None:
            self.act.show_nothing()
            return
        desk = self._bridge.desk
        writable = desk is not None and desk.store.writable
        self.act.show_line(line, can_undo=writable and line.mine)
        record = self._record[0] if self._record else None
        self._bridge.ask(lambda desk: _changes(desk, line.id, record), self._changed, topic="act")

    def _changed(self, found: "tuple[str, list[HistoryEntry], int]") -> None:
        self.act.show_changes(*found)

    def _draw(self, painter: QPainter, rect: QRectF, number: int, state: RowState) -> None:
        if number < len(self.model.rows):
            self._painter.draw(painter, rect, self.model.rows[number], state)


def _holds(line: ActLine, words: Sequence[str]) -> bool:
    said = line.said().casefold()
    return all(word in said for word in words)


def _newest(desk: "Desk", before: str | None = None) -> "tuple[list[ActLine], bool]":
    found = doors.history.acts(desk, BATCH, before)
    return _lines(desk, found), len(found) < BATCH


def _of(desk: "Desk", record: str) -> "tuple[list[ActLine], bool]":
    """Give the acts that touched one record, the newest first, each once."""
    lines: dict[str, ActLine] = {}
    for entry in doors.history.entries(desk, record):
        known = lines.get(entry.act)
        lines[entry.act] = ActLine(
            id=entry.act,
            key=entry.key,
            words=entry.what,
            who=entry.who,
            when=entry.when,
            operations=1 + (known.operations if known else 0),
            undone=entry.undone,
            mine=entry.person == desk.person,
        )
    return sorted(lines.values(), key=lambda line: line.when, reverse=True), True


def _changes(desk: "Desk", act: str, record: str | None) -> "tuple[str, list[HistoryEntry], int]":
    if record is None:
        detail = doors.history.of_act(desk, act, TOLD)
        return act, list(detail.entries), left_out(detail)
    return act, [one for one in doors.history.entries(desk, record) if one.act == act], 0


def _lines(desk: "Desk", found: Sequence[Act]) -> list[ActLine]:
    names = doors.history.names(desk)
    return [
        ActLine(
            id=act.id,
            key=act.key,
            words=doors.history.label(act.key, act.args),
            who=_who(names, act.person, mine=act.person == desk.person),
            when=act.when,
            operations=act.operations,
            undone=act.undone,
            mine=act.person == desk.person,
        )
        for act in found
    ]


def _who(names: dict[str, str], person: str, *, mine: bool) -> str:
    return names.get(person) or (tr("you") if mine else tr("a person without a name"))
