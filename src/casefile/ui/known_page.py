"""What did we know on …: the case as it stood at a moment, and what became of it since."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QSplitter, QStackedWidget
from typing_extensions import override

from casefile.model.errors import CasefileError
from casefile.strings import later, tr
from casefile.ui import doors
from casefile.ui.dates import local_time
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.empty_state import EmptyState
from casefile.ui.lists.plain_model import PlainModel
from casefile.ui.lists.record_list import RecordList
from casefile.ui.lists.source_painter import RowState
from casefile.ui.lists.then_painter import ThenPainter
from casefile.ui.pages import Page
from casefile.ui.pane import PaneHead
from casefile.ui.parts import Chip, Words, button, column, row, wrapped
from casefile.ui.theme import Theme
from casefile.ui.then_view import ThenView

if TYPE_CHECKING:
    from casefile.model.moment import CaseThen, RecordThen
    from casefile.services.desk import Desk

MOST = 2000  # records of a kind that are listed
TABLES = (
    ("claim", later("Claims")),
    ("source", later("Sources")),
    ("entity", later("Entities")),
    ("annotation", later("Marks")),
    ("note", later("Notes")),
)
_BACK = (("Yesterday", later("Yesterday"), 1), ("Week", later("A week ago"), 7),
         ("Month", later("30 days ago"), 30))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Then:
    """The answer: the case at the moment, the records of one kind, judgements of claims."""

    case: "CaseThen"
    table: str
    records: "list[RecordThen]"
    judgements: "dict[str, list[RecordThen]]"


class KnownPage(Page):
    """Asks for a moment and shows what stood in the case then; `record_wanted` carries an id."""

    record_wanted = Signal(str)

    def __init__(self, theme: Theme, bridge: DeskBridge) -> None:
        super().__init__(theme, "known", tr("What did we know on …"))
        self._bridge = bridge
        self._painter = ThenPainter(theme)
        self.moment: int | None = None
        self.then: Then | None = None
        self._table = "claim"
        self.when = QLineEdit()
        self.trouble = wrapped(theme, "", "label", "warn")
        self.said = Words(theme, "", "ui_strong")
        self.model: PlainModel[RecordThen] = PlainModel(lambda one: f"{one.title}, {one.who}")
        self.view = self.list = RecordList(theme, tr("Records"), self._draw, self._painter.height)
        self.list.setModel(self.model)
        self.record = ThenView(theme)
        self.chips: dict[str, Chip] = {}
        self.empty = EmptyState(
            theme, "clock", tr("Choose a moment."), tr("For example 3 April 2024, or 2024-04-03.")
        )
        self._stack = QStackedWidget()
        self._build()

    def show_moment(self, moment: int) -> None:
        """Show the case as it stood at a moment, in milliseconds since 1970."""
        when = datetime.fromtimestamp(moment / 1000).astimezone()
        self.when.setText(when.isoformat(timespec="seconds"))
        self._ask(moment)

    def show_words(self) -> None:
        """Show the case at the moment that was typed: a day means its end."""
        words = self.when.text().strip()
        if not words:
            return
        self._bridge.ask(
            lambda _: doors.moments.moment(words), self._ask, self._not_read, topic="moment"
        )

    def show_table(self, table: str) -> None:
        """List another kind of records of the same moment."""
        self._table = table
        self.refresh()

    @override
    def refresh(self) -> None:
        moment, table = self.moment, self._table
        for key, chip in self.chips.items():
            chip.setChecked(key == table)
        if moment is not None:
            self._bridge.ask(lambda desk: _read(desk, moment, table), self._arrived, topic="known")

    def current(self) -> "RecordThen | None":
        """Give the record that the list stands on."""
        number = self.list.current()
        return self.model.rows[number] if 0 <= number < len(self.model.rows) else None

    def _build(self) -> None:
        theme = self.theme
        head = PaneHead(theme, tr("What did we know on …"))
        self.when.setAccessibleName(tr("Moment"))
        self.when.setPlaceholderText(tr("A day or a moment"))
        self.when.setFixedWidth(round(theme.dip(220)))
        self.when.returnPressed.connect(self.show_words)
        for _, words, days in _BACK:
            head.add(button(theme, tr(words), partial(self._back, days)))
        head.add(self.when)
        head.add(button(theme, tr("Show"), self.show_words, primary=True))
        bar = row(None, (14, 8, 14, 8), 8)
        bar.addWidget(self.said)
        bar.addStretch(1)
        for table, words in TABLES:
            chip = self.chips[table] = Chip(theme, tr(words), "text2", "surface")
            chip.setCheckable(True)
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(partial(self._chip, table))
            bar.addWidget(chip)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setChildrenCollapsible(False)
        both.setHandleWidth(1)
        both.addWidget(self.list)
        both.addWidget(self.record)
        both.setStretchFactor(1, 1)
        both.setSizes([round(theme.dip(520)), round(theme.dip(720))])
        self._stack.addWidget(both)
        self._stack.addWidget(self.empty)
        self._stack.setCurrentIndex(1)
        layout = column(self)
        layout.addWidget(head)
        layout.addWidget(self.trouble)
        layout.addLayout(bar)
        layout.addWidget(self._stack, 1)
        self.trouble.setContentsMargins(14, 4, 14, 0)
        self.trouble.hide()
        self.list.chosen.connect(lambda _: self._follow())
        self.list.opened.connect(lambda _: self._open())
        self.record.record_wanted.connect(self.record_wanted)

    def _back(self, days: int) -> None:
        day = datetime.now().astimezone() - timedelta(days=days)
        self.when.setText(f"{day:%Y-%m-%d}")
        self.show_words()

    def _chip(self, table: str, *_: object) -> None:
        self.show_table(table)

    def _ask(self, moment: int) -> None:
        self.moment = moment
        self.trouble.hide()
        self.refresh()

    def _not_read(self, error: BaseException) -> None:
        if not isinstance(error, CasefileError):
            self._bridge.report(error)
            return
        self.trouble.setText(f"{error.message} {error.hint or ''}".strip())
        self.trouble.show()

    def _arrived(self, then: Then) -> None:
        kept = self.current()
        self.then = then
        self.said.setText(tr("As of {when}").format(when=local_time(then.case.moment)))
        for table, words in TABLES:
            count = then.case.counts.get(table, 0)
            self.chips[table].show_as(f"{tr(words)} {count}", "text2", "surface")
        self.model.set_rows(then.records)
        self._stack.setCurrentIndex(0 if then.records else 1)
        self.empty.say(
            tr("Nothing of this kind was in the case then."),
            tr("Choose a later moment, or another kind above."),
        )
        ids = [one.id for one in then.records]
        if ids:
            self.list.go_to(ids.index(kept.id) if kept and kept.id in ids else 0, quietly=True)
        self._follow()

    def _follow(self) -> None:
        one = self.current()
        if one is None or self.then is None:
            self.record.show_nothing()
            return
        self.record.show_record(one, self.then.judgements.get(one.id, []))

    def _open(self) -> None:
        one = self.current()
        if one is not None:
            self.record_wanted.emit(one.id)

    def _draw(self, painter: QPainter, rect: QRectF, number: int, state: RowState) -> None:
        if number < len(self.model.rows):
            self._painter.draw(painter, rect, self.model.rows[number], state)


def _read(desk: "Desk", moment: int, table: str) -> Then:
    records = doors.moments.listing(desk, table, moment, MOST)
    judged = doors.moments.listing(desk, "assessment", moment) if table == "claim" else []
    return Then(doors.moments.overview(desk, moment), table, records, _by_claim(judged))


def _by_claim(found: "list[RecordThen]") -> "dict[str, list[RecordThen]]":
    grouped: dict[str, list[RecordThen]] = {}
    for one in found:
        grouped.setdefault(str(one.values.get("claim")), []).append(one)
    return grouped
