"""How far each document is: read, words found, in the index, its bytes looked at."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from casefile.services.condition import CaseCondition, Condition
from casefile.strings import later, tr, trn
from casefile.ui import doors, icons
from casefile.ui.dates import local_time
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.empty_state import EmptyState
from casefile.ui.lettering import line, mirrored_rect
from casefile.ui.lists.paged_model import PagedModel
from casefile.ui.lists.record_list import RecordList
from casefile.ui.lists.source_painter import RowState, ground
from casefile.ui.pages import Page
from casefile.ui.pane import PaneHead
from casefile.ui.parts import Chip, Words, column, row
from casefile.ui.theme import Theme
from casefile.ui.words import kind_icon

FILTERS = (
    ("all", later("All")),
    ("partly", later("Partly read")),
    ("behind", later("Not in the index yet")),
    ("unchecked", later("Hash never checked")),
)
_READ = {
    "whole": (later("Read"), "circle-check", "good"),
    "partly": (later("Partly read"), "alert-triangle", "warn"),
    "nothing": (later("Not read"), "alert-circle", "bad"),
}


class ConditionPage(Page):
    """Lists the documents of a case; `source_wanted` carries the id of one to be opened."""

    source_wanted = Signal(str)
    kinds = ("source", "extraction", "source_file")

    def __init__(self, theme: Theme, bridge: DeskBridge) -> None:
        super().__init__(theme, "condition", tr("State of the documents"))
        self._bridge = bridge
        self._filter = "all"
        self.model: PagedModel[Condition] = PagedModel(("",), self._fetch, lambda row: row.source)
        self.model.words = _row_words
        self.view = self.list = RecordList(theme, tr("Documents"), self._draw, self._height)
        self.list.setModel(self.model)
        self.said = Words(theme, "", "ui", "text2")
        self.chips: dict[str, Chip] = {}
        self.head = PaneHead(theme, tr("State of the documents"))
        self.empty = EmptyState(
            theme, "circle-check", tr("Nothing of this kind."), tr("Choose another list above.")
        )
        self.stack = QStackedWidget()
        self._build()

    @override
    def refresh(self) -> None:
        which = self._filter
        for key, chip in self.chips.items():
            chip.setChecked(key == which)
        self._bridge.ask(
            lambda desk: (doors.condition.of_case(desk), doors.condition.listing(desk, which)),
            self._arrived,
            topic="condition",
        )

    def choose(self, which: str, *_: object) -> None:
        """List other documents."""
        self._filter = which
        self.refresh()

    def _build(self) -> None:
        bar = row(None, (14, 8, 14, 8), 8)
        bar.addWidget(self.said, 1)
        for key, words in FILTERS:
            chip = self.chips[key] = Chip(self.theme, tr(words), "text2", "surface")
            chip.setCheckable(True)
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(partial(self.choose, key))
            bar.addWidget(chip)
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        layout = column(self)
        layout.addWidget(self.head)
        layout.addLayout(bar)
        layout.addWidget(self.stack, 1)
        self.list.opened.connect(self._open)

    def _fetch(self, ids: list[str], then: Callable[[list[Condition]], None]) -> None:
        self._bridge.ask(lambda desk: doors.condition.of(desk, ids), then)

    def _arrived(self, found: tuple[CaseCondition, list[str]]) -> None:
        case, ids = found
        counts = {
            "all": case.documents,
            "partly": case.partly,
            "behind": case.behind,
            "unchecked": case.never_checked,
        }
        for key, words in FILTERS:
            self.chips[key].show_as(f"{tr(words)} {counts[key]}", "text2", "surface")
        oldest = local_time(case.oldest) if case.oldest else tr("never")
        self.said.setText(tr("Oldest look at the bytes of an original: {when}").format(when=oldest))
        self.head.set_title(tr("State of the documents"), len(ids))
        self.model.set_ids([])
        self.model.set_ids(ids)
        self.stack.setCurrentIndex(0 if ids else 1)
        if ids:
            self.list.go_to(0, quietly=True)

    def _open(self, number: int) -> None:
        if 0 <= number < len(self.model.ids):
            self.source_wanted.emit(self.model.ids[number])

    def _height(self) -> int:
        return round(2 * self.theme.metrics("ui").height() + 17)

    def _draw(self, painter: QPainter, rect: QRectF, number: int, state: RowState) -> None:
        theme, dip = self.theme, self.theme.dip
        ground(painter, theme, rect, state)
        one = self.model.row(number)
        if one is None:
            return
        quiet = theme.color("text2" if state.selected else "text3")
        side, half = dip(16), rect.height() / 2

        def place(part: QRectF) -> QRectF:
            return mirrored_rect(part, rect, mirrored=state.mirrored)

        words, icon, ink = _READ[one.read]
        for at, name, colour in (
            (dip(14), icon, theme.color(ink)),
            (dip(40), kind_icon(one.kind), quiet),
        ):
            sign = place(QRectF(rect.left() + at, rect.center().y() - side / 2, side, side))
            icons.draw(painter, name, QPointF(sign.x(), sign.y()), colour, side)
        width = rect.width() - dip(80)
        upper = QRectF(rect.left() + dip(66), rect.top() + 3, width, half - 2)
        right = upper.adjusted(width * 0.62, 0, 0, 0)
        left = upper.adjusted(0, 0, -width * 0.4, 0)
        mirrored = state.mirrored
        line(painter, place(left), one.title, (theme.font("ui_medium"), theme.color("text")),
             mirrored=mirrored)  # fmt: skip
        line(painter, place(right), tr(words), (theme.font("small_strong"), theme.color(ink)),
             mirrored=mirrored)  # fmt: skip
        below = place(left.translated(0, half - 3))
        line(painter, below, _facts(one), (theme.font("label"), quiet), mirrored=mirrored)
        beside = place(right.translated(0, half - 3))
        line(painter, beside, one.reason or "", (theme.font("label"), quiet), mirrored=mirrored)


def _facts(one: Condition) -> str:
    """Say in a line what is known of a document."""
    found = [trn("{n} word", "{n} words", one.words)]
    if one.pages:
        found.append(trn("{n} page", "{n} pages", one.pages))
    if one.wordless:
        count = len(one.wordless)
        found.append(trn("{n} page without words", "{n} pages without words", count))
    if one.ocr:
        found.append(tr("letters recognised: {by}").format(by=one.ocr))
    found.append(tr("in the index") if one.indexed else tr("not in the index yet"))
    when = local_time(one.checked) if one.checked else ""
    found.append(tr("hash checked {when}").format(when=when) if when else tr("hash never checked"))
    if one.encoding:
        found.append(one.encoding)
    return " · ".join(found)


def _row_words(one: Condition) -> str:
    return f"{one.title}, {tr(_READ[one.read][0])}, {_facts(one)}"
