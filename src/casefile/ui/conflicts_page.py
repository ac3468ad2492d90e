"""What people disagree on: before, mine and theirs side by side, and what each rests on."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QStackedWidget, QWidget
from typing_extensions import override

from casefile.model.conflict import Conflict, Head
from casefile.model.text import isolate
from casefile.model.view import EvidenceView
from casefile.strings import tr
from casefile.ui import doors
from casefile.ui.conflict_card import ConflictCard
from casefile.ui.dates import local_time
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.dialogs import AskLine
from casefile.ui.empty_state import EmptyState
from casefile.ui.evidence_card import EvidenceCard
from casefile.ui.lettering import line, mirrored_rect
from casefile.ui.lists.plain_model import PlainModel
from casefile.ui.lists.record_list import RecordList
from casefile.ui.lists.source_painter import RowState, ground
from casefile.ui.pages import Page
from casefile.ui.pane import PaneHead
from casefile.ui.parts import OneLine, Words, clear, column, row, wrapped
from casefile.ui.theme import Theme

if TYPE_CHECKING:
    from casefile.services.desk import Desk

EVIDENCE = 6  # cards that are shown


class ConflictsPage(Page):
    """Lists open conflicts; `place_wanted` carries evidence to be opened, `done` what was settled."""

    scopes = ("merge", "rows")
    place_wanted = Signal(object)

    def __init__(self, theme: Theme, bridge: DeskBridge) -> None:
        super().__init__(theme, "conflicts", tr("Conflicts"))
        self._bridge = bridge
        self.shown: Conflict | None = None
        self.model = PlainModel[Conflict](lambda one: f"{one.title}, {one.name}")
        self.view = self.list = RecordList(theme, tr("Conflicts"), self._draw, self._height)
        self.list.setModel(self.model)
        self.head = PaneHead(theme, tr("Conflicts"))
        self.title = OneLine(theme, "", "title")
        self.cards = row(None, gap=12)
        self.extra = column(None, gap=12)
        self.evidence = column(None, gap=8)
        self.rests = Words(theme, tr("What it rests on"), "ui_strong")
        self.area = QScrollArea()
        self.empty = EmptyState(
            theme, "arrows-split-2", tr("Nobody disagrees."),
            tr("When two people change the same thing, both values will stand here."),
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._build()

    @override
    def refresh(self) -> None:
        self._bridge.ask(_listed, self._arrived, topic="conflicts")

    def take(self, which: str) -> None:
        """Settle the current conflict: mine, theirs or merged."""
        found = self.shown
        if found is None:
            return
        if which == "merged":
            if found.merged:
                self._settle(found, found.merged, tr("both changes"))
            return
        head = found.mine if which == "mine" else found.theirs
        self._take(found, head)

    def edit(self) -> None:
        """Write another value for the current conflict, beginning with the changes of both."""
        found = self.shown
        if found is None or not isinstance(found.heads[0].value, str):
            return
        text = found.merged or found.mine.words
        AskLine(
            self.theme,
            self.window(),
            found.name,
            partial(self._edited, found),
            text=text,
            tall=True,
        ).open()

    def _edited(self, found: Conflict, words: str) -> None:
        if words:
            self._settle(found, words, tr("a new wording"))

    def _take(self, found: Conflict, head: Head) -> None:
        who = tr("yours") if head.mine else isolate(head.who)
        self._settle(found, head.value, who)

    def _settle(self, found: Conflict, value: object, who: str) -> None:
        said = tr("Took {whose} for “{field}”").format(whose=who, field=found.name)
        self._bridge.act(lambda desk: doors.conflicts.settle(desk, found, value), said=said)

    def _build(self) -> None:
        theme = self.theme
        inside = QWidget()
        rows = column(inside, (20, 14, 20, 20), 12)
        rows.addWidget(self.title)
        rows.addLayout(self.cards)
        rows.addLayout(self.extra)
        rows.addSpacing(6)
        heading = row()
        heading.addWidget(self.rests)
        heading.addStretch(1)
        rows.addLayout(heading)
        rows.addLayout(self.evidence)
        rows.addStretch(1)
        self.area.setWidget(inside)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName(tr("Conflict"))
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setChildrenCollapsible(False)
        both.setHandleWidth(1)
        both.addWidget(self.list)
        both.addWidget(self.area)
        both.setStretchFactor(1, 1)
        both.setSizes([round(theme.dip(290)), round(theme.dip(950))])
        self._stack.addWidget(both)
        self._stack.addWidget(self.empty)
        layout = column(self)
        layout.addWidget(self.head)
        layout.addWidget(self._stack, 1)
        self.list.chosen.connect(lambda _: self._follow())

    def _arrived(self, found: list[Conflict]) -> None:
        at = self.list.current()
        kept = self.shown.id if self.shown else ""
        self.head.set_title(tr("Conflicts"), len(found))
        self.model.set_rows(found)
        self._stack.setCurrentIndex(0 if found else 1)
        if not found:
            self.shown = None
            return
        ids = [one.id for one in found]
        self.list.go_to(
            ids.index(kept) if kept in ids else max(0, min(at, len(ids) - 1)), quietly=True
        )
        self._follow()

    def _follow(self) -> None:
        number = self.list.current()
        if 0 <= number < len(self.model.rows):
            key = self.model.rows[number].id
            self._bridge.ask(lambda desk: doors.conflicts.view(desk, key), self.show_conflict,
                             lambda _: None, topic="conflict")  # fmt: skip

    def show_conflict(self, found: Conflict) -> None:
        """Show one conflict with its values and its evidence."""
        self.shown = found
        theme = self.theme
        self.title.set_text(f"{found.name}: {isolate(found.title)}")
        for part in (self.cards, self.extra, self.evidence):
            clear(part)
        before = ConflictCard(theme, tr("Before"), _when(found.base_when), quiet=True)
        before.show_words(found.base_words or tr("nothing"), found.base_who, None)
        self.cards.addWidget(before, 1)
        desk = self._bridge.desk
        writable = desk is not None and desk.store.writable
        for n, head in enumerate((found.mine, *(h for h in found.heads if h is not found.mine))):
            card = self._card(found, head, n, writable=writable)
            (self.cards if n < 2 else self.extra).addWidget(card, 1)
        if found.merged:
            together = ConflictCard(theme, tr("Both together"), "")
            together.show_words(
                found.merged, tr("the changes touch different words"), found.base_words
            )
            if writable:
                together.offer("3", tr("Take both"), partial(self.take, "merged"))
                together.offer("E", tr("Edit the result"), self.edit)
            self.extra.addWidget(together)
        elif writable and isinstance(found.heads[0].value, str):
            other = ConflictCard(theme, tr("Neither"), "", quiet=True)
            other.show_words(tr("Write another wording; both stay in the history."), "", None)
            other.offer("E", tr("Edit the result"), self.edit)
            self.extra.addWidget(other)
        self._show_evidence(found.evidence)

    def _card(self, found: Conflict, head: Head, n: int, *, writable: bool) -> ConflictCard:
        name = tr("Mine") if head.mine else tr("Theirs")
        card = ConflictCard(self.theme, name, _when(head.when))
        card.show_words(head.words, head.who, found.base_words)
        if writable:
            words = tr("Take mine") if head.mine else tr("Take theirs")
            card.offer(str(n + 1) if n < 2 else "", words, partial(self._take, found, head))
        return card

    def _show_evidence(self, found: tuple[EvidenceView, ...]) -> None:
        self.rests.setVisible(bool(found))
        for each in found[:EVIDENCE]:
            self.evidence.addWidget(EvidenceCard(self.theme, each, self.place_wanted.emit))
        if len(found) > EVIDENCE:
            more = tr("{n} more").format(n=len(found) - EVIDENCE)
            self.evidence.addWidget(wrapped(self.theme, more, "label", "text3"))

    def _height(self) -> int:
        return round(2 * self.theme.metrics("ui").height() + 17)

    def _draw(self, painter: QPainter, rect: QRectF, number: int, state: RowState) -> None:
        if number >= len(self.model.rows):
            return
        one, theme = self.model.rows[number], self.theme
        ground(painter, theme, rect, state)
        half = rect.height() / 2
        upper = QRectF(rect.left() + 14, rect.top() + 3, rect.width() - 28, half - 2)
        place = mirrored_rect(upper, rect, mirrored=state.mirrored)
        look = (theme.font("ui_medium"), theme.color("text"))
        line(painter, place, one.title, look, mirrored=state.mirrored)
        quiet = (theme.font("label"), theme.color("text2" if state.selected else "text3"))
        others = ", ".join(dict.fromkeys(isolate(h.who) for h in one.heads if not h.mine))
        words = f"{one.name} · {others}" if others else one.name
        line(painter, place.translated(0, half - 3), words, quiet, mirrored=state.mirrored)


def _when(milliseconds: int) -> str:
    return local_time(milliseconds) if milliseconds else ""


def _listed(desk: "Desk") -> list[Conflict]:
    return doors.conflicts.listed(desk)
