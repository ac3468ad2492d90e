"""Copies and echoes of a source: a list of them, and two side by side with what differs."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget
from typing_extensions import override

from casefile.services.copies import Beside, Copy
from casefile.strings import tr, trn
from casefile.ui import doors
from casefile.ui.beside_view import BesideView
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.empty_state import EmptyState
from casefile.ui.lettering import line, mirrored_rect
from casefile.ui.lists.plain_model import PlainModel
from casefile.ui.lists.record_list import RecordList
from casefile.ui.lists.source_painter import RowState, ground
from casefile.ui.pages import Page
from casefile.ui.pane import PaneHead
from casefile.ui.parts import Rule, Words, button, column, row
from casefile.ui.theme import Theme


class CopiesPage(Page):
    """Shows what a source is a copy of; `source_wanted` carries the id of one to be opened."""

    source_wanted = Signal(str)
    kinds = ("source", "source_link", "extraction")

    def __init__(self, theme: Theme, bridge: DeskBridge) -> None:
        super().__init__(theme, "copies", tr("Copies and echoes"))
        self._bridge = bridge
        self.source: str | None = None
        self.shown: Beside | None = None
        self._at = -1
        self.model = PlainModel[Copy](lambda copy: f"{copy.title}, {copy.how}")
        self.view = self.list = RecordList(theme, tr("Copies"), self._draw, self._height)
        self.list.setModel(self.model)
        self.head = PaneHead(theme, tr("Copies and echoes"))
        self.left = BesideView(theme, tr("Left source"), "bad")
        self.right = BesideView(theme, tr("Right source"), "good")
        self.said = Words(theme, "", "ui", "text2")
        self.empty = EmptyState(
            theme, "equal", tr("No copies of this source are known."),
            tr("Y on a source with copies shows them side by side."),
        )  # fmt: skip
        self.stack = QStackedWidget()
        self._build()

    def show_source(self, source: str) -> None:
        """Show the copies of a source."""
        if source != self.source:
            self.model.set_rows([])
            self.shown = None
        self.source = source

    @override
    def refresh(self) -> None:
        source = self.source
        if source is not None:
            self._bridge.ask(
                lambda desk: doors.copies.copies_of(desk, source), self._arrived, topic="copies"
            )

    def next_difference(self) -> None:
        """Go to the next difference on both sides."""
        if self.shown is not None:
            most = max(len(self.shown.different.left), len(self.shown.different.right))
            self._at = (self._at + 1) % most if most else -1
            self.left.go_to(self._at)
            self.right.go_to(self._at)

    def merge(self, *, keep_left: bool) -> None:
        """Make one source of the two."""
        if self.shown is None:
            return
        keep = self.shown.left.view.source.id
        gone = self.shown.right.view.source.id
        if not keep_left:
            keep, gone = gone, keep
            self.source = keep
        said = tr("Two sources are one now")
        self._bridge.act(lambda desk: doors.joining.merge(desk, keep, gone), said=said)

    def part(self) -> None:
        """Take the link between the two away."""
        copy = self._current()
        if copy is not None:
            said = tr("No copies of each other any more")
            self._bridge.act(lambda desk: doors.reading.delete(desk, [copy.link]), said=said)

    def _build(self) -> None:
        theme = self.theme
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setChildrenCollapsible(False)
        both.setHandleWidth(1)
        for part in (self.left, self.right):
            both.addWidget(part)
        main = QWidget()
        layout = column(main)
        bar = row(None, (14, 8, 14, 8), 8)
        bar.addWidget(self.said, 1)
        bar.addWidget(button(theme, tr("Next difference"), self.next_difference, "chevron-down"))
        bar.addWidget(button(theme, tr("Not a copy"), self.part, "x"))
        bar.addWidget(button(theme, tr("Keep left"), lambda: self.merge(keep_left=True), "check"))
        bar.addWidget(button(theme, tr("Keep right"), lambda: self.merge(keep_left=False), "check"))
        layout.addLayout(bar)
        layout.addWidget(Rule(theme))
        layout.addWidget(both, 1)
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.setChildrenCollapsible(False)
        whole.setHandleWidth(1)
        whole.addWidget(self.list)
        whole.addWidget(main)
        whole.setStretchFactor(1, 1)
        whole.setSizes([round(theme.dip(250)), round(theme.dip(1100))])
        self.stack.addWidget(self.empty)
        self.stack.addWidget(whole)
        outer = column(self)
        outer.addWidget(self.head)
        outer.addWidget(self.stack, 1)
        self.list.chosen.connect(lambda _: self._follow())
        self.list.opened.connect(lambda _: self._open())

    def _current(self) -> Copy | None:
        number = self.list.current()
        return self.model.rows[number] if 0 <= number < len(self.model.rows) else None

    def _arrived(self, found: list[Copy]) -> None:
        kept = self._current()
        self.head.set_title(tr("Copies and echoes"), len(found))
        self.model.set_rows(found)
        self.stack.setCurrentIndex(1 if found else 0)
        if found:
            ids = [copy.source for copy in found]
            at = ids.index(kept.source) if kept and kept.source in ids else 0
            self.list.go_to(at, quietly=True)
            self._follow()

    def _follow(self) -> None:
        copy, source = self._current(), self.source
        if copy is not None and source is not None:
            other = copy.source
            self._bridge.ask(
                lambda desk: doors.copies.beside(desk, source, other), self._show, topic="beside"
            )

    def _show(self, both: Beside) -> None:
        self.shown, self._at = both, -1
        self.left.show_side(both.left, both.different.left)
        self.right.show_side(both.right, both.different.right)
        self.said.setText(_words(both))

    def _open(self) -> None:
        copy = self._current()
        if copy is not None:
            self.source_wanted.emit(copy.source)

    def _height(self) -> int:
        return round(2 * self.theme.metrics("ui").height() + 17)

    def _draw(self, painter: QPainter, rect: QRectF, number: int, state: RowState) -> None:
        if number >= len(self.model.rows):
            return
        copy, theme = self.model.rows[number], self.theme
        ground(painter, theme, rect, state)
        half = rect.height() / 2
        upper = QRectF(rect.left() + 14, rect.top() + 3, rect.width() - 28, half - 2)
        place = mirrored_rect(upper, rect, mirrored=state.mirrored)
        look = (theme.font("ui_medium"), theme.color("text"))
        line(painter, place, copy.title, look, mirrored=state.mirrored)
        quiet = (theme.font("label"), theme.color("text2" if state.selected else "text3"))
        below = place.translated(0, half - 3)
        line(painter, below, tr(copy.how), quiet, mirrored=state.mirrored)


def _words(both: Beside) -> str:
    if both.left.picture is not None and both.right.picture is not None:
        return tr("Two photos of the same picture, in different files.")
    count = max(len(both.different.left), len(both.different.right))
    if not count:
        return tr("The words are the same.")
    share = min(99, round(both.different.same * 100))
    said = trn("{n} difference", "{n} differences", count)
    return tr("{said}; {share} % of the words are the same.").format(said=said, share=share)
