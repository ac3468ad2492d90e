"""Claims: the list of them, and one claim with who said it and what speaks for and against."""

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from casefile.model.claim import STANCES
from casefile.model.values import DateValue
from casefile.model.view import ClaimRow, ClaimView, EvidenceView
from casefile.strings import tr, trn
from casefile.ui import doors
from casefile.ui.dates import short_date
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.empty_state import EmptyState
from casefile.ui.evidence_card import EvidenceCard
from casefile.ui.lists.claim_painter import ClaimPainter
from casefile.ui.lists.plain_model import PlainModel
from casefile.ui.lists.record_list import RecordList
from casefile.ui.lists.source_painter import RowState
from casefile.ui.pane import Pane, PaneHead
from casefile.ui.parts import Words, clear, column, row, wrapped
from casefile.ui.status_bar import State
from casefile.ui.theme import Theme
from casefile.ui.words import STANCES as STANCE_WORDS

FOLLOW_MS, COUNT_MS = 80, 60
COLUMN = 640  # logical pixels from which evidence stands in two columns


class ClaimList(Pane):
    """Lists claims; `followed` carries the id of the one that the list stands on."""

    followed = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, bridge: DeskBridge) -> None:
        super().__init__(theme, "claims", tr("List of claims"))
        self._bridge = bridge
        self._painter = ClaimPainter(theme)
        self.wanted: str | None = None
        self.model = PlainModel[ClaimRow](lambda claim: f"{claim.statement}, {claim.speaker}")
        self.view = RecordList(theme, tr("Claims"), self._draw, self._painter.height)
        self.view.setModel(self.model)
        self.head = PaneHead(theme, tr("Claims"))
        empty = EmptyState(
            theme, "quote", tr("No claims yet."), tr("Select words in a source and press C.")
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(empty)
        layout = column(self)
        layout.addWidget(self.head)
        layout.addWidget(self._stack, 1)
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(FOLLOW_MS)
        self._follow.timeout.connect(self._tell)
        self.view.chosen.connect(lambda _: self._follow.start())
        self.view.opened.connect(self._open)
        self._origins: dict[str, int] = {}
        self._uncounted: set[str] = set()
        self._count = QTimer(self)
        self._count.setSingleShot(True)
        self._count.setInterval(COUNT_MS)
        self._count.timeout.connect(self._count_origins)

    def refresh(self, go_to: str | None = None) -> None:
        """Read the claims again, and go to one."""
        self.wanted = go_to or self.wanted or self.current_id()
        self._bridge.ask(_all_claims, self._arrived, topic="claims")

    def current_id(self) -> str | None:
        """Give the claim that the list stands on."""
        number = self.view.current()
        return self.model.rows[number].id if 0 <= number < len(self.model.rows) else None

    def _arrived(self, rows: list[ClaimRow]) -> None:
        wanted, self.wanted = self.wanted, None
        self._origins.clear()
        self.head.set_title(tr("Claims"), len(rows))
        self._stack.setCurrentIndex(0 if rows else 1)
        self.model.set_rows(rows)
        place = next((n for n, claim in enumerate(rows) if claim.id == wanted), 0)
        if rows:
            self.view.go_to(place, quietly=True)
            self._tell()

    def _tell(self) -> None:
        current = self.current_id()
        if current:
            self.followed.emit(current)

    def _open(self, number: int) -> None:
        if 0 <= number < len(self.model.rows):
            self.opened.emit(self.model.rows[number].id)

    def _draw(self, painter: QPainter, rect: QRectF, number: int, state: RowState) -> None:
        if number >= len(self.model.rows):
            return
        claim = self.model.rows[number]
        if claim.sources > 1 and claim.id not in self._origins:
            self._uncounted.add(claim.id)
            self._count.start()
        self._painter.draw(painter, rect, claim, state, self._origins.get(claim.id))

    def _count_origins(self) -> None:
        """Count the origins of the claims that are seen; they are read, not kept."""
        keys, self._uncounted = sorted(self._uncounted), set()
        self._bridge.ask(lambda desk: doors.claims.origin_counts(desk, keys), self._counted)

    def _counted(self, found: dict[str, int]) -> None:
        self._origins.update(found)
        self.view.viewport().update()


class ClaimPage(Pane):
    """Shows one claim; `place_wanted` carries the evidence whose place is to be shown."""

    place_wanted = Signal(object)
    shown = Signal(object)

    def __init__(self, theme: Theme, bridge: DeskBridge) -> None:
        super().__init__(theme, "claim", tr("Claim"), "panel")
        self._bridge = bridge
        self.view: ClaimView | None = None
        self.claim: str | None = None
        self.cards: list[EvidenceCard] = []
        self.area = QScrollArea()
        self._inside = QWidget()
        self._rows = QVBoxLayout()
        self.empty = EmptyState(
            theme, "quote", tr("Choose a claim."), tr("J and K walk through the list."), "panel"
        )
        self._stack = QStackedWidget()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(tr("Claim"))
        self.area.setWidget(self._inside)
        outer = column(self._inside, (24, 14, 24, 20), 0)
        outer.addLayout(self._rows)
        outer.addStretch(1)
        self._rows.setSpacing(4)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.area)
        column(self).addWidget(self._stack)

    def show_claim(self, claim: str) -> None:
        """Show a claim."""
        self.claim = claim
        self._bridge.ask(lambda desk: doors.claims.view(desk, claim), self._arrived, topic="claim")

    def refresh(self) -> None:
        """Read the claim again."""
        if self.claim:
            self.show_claim(self.claim)

    def clear(self) -> None:
        """Show nothing."""
        self.claim = self.view = None
        self._stack.setCurrentIndex(0)

    def current_card(self) -> EvidenceCard | None:
        """Give the card that has the focus, or the first that can change its stance."""
        focused = next((c for c in self.cards if c.hasFocus()), None)
        return focused or next((c for c in self.cards if c.evidence.link), None)

    def _arrived(self, view: ClaimView) -> None:
        again = self.view is not None and self.view.claim.id == view.claim.id
        top = self.area.verticalScrollBar().value() if again else 0
        self.view = view
        clear(self._rows)
        self.cards = []
        self._head(view)
        self._evidence(view)
        self._stack.setCurrentIndex(1)
        self.area.verticalScrollBar().setValue(top)
        self.shown.emit(view)

    def _head(self, view: ClaimView) -> None:
        claim, theme = view.claim, self.theme
        self._rows.addWidget(Words(theme, tr("Claim"), "label", "text3"))
        self._rows.addWidget(wrapped(theme, claim.statement or "", "claim"))
        self._rows.addSpacing(8)
        self._rows.addWidget(Words(theme, tr("Who said it"), "label_strong", "text3"))
        who = view.speaker.name if view.speaker and view.speaker.name else tr("Nobody is named.")
        self._rows.addWidget(wrapped(theme, who, "ui_strong"))
        if claim.attribution:
            self._rows.addWidget(wrapped(theme, f"“{claim.attribution}”", "quote", "text2"))
        facts = [
            (tr("When it happened"), _said_date(claim.about)),
            (tr("When it was said"), _said_date(claim.said)),
            (tr("Where"), view.place.name if view.place else ""),
        ]
        for name, value in facts:
            if value:
                line = row(gap=8)
                line.addWidget(Words(theme, name, "label_strong", "text3"))
                line.addWidget(wrapped(theme, value, "label", "text2"), 1)
                self._rows.addLayout(line)
        self._rows.addSpacing(12)

    def _evidence(self, view: ClaimView) -> None:
        by_stance = {stance: [e for e in view.evidence if e.stance == stance] for stance in STANCES}
        left, right = column(gap=8), column(gap=8)
        for stance in STANCES:
            target = left if stance == "supports" else right
            found = by_stance[stance]
            if found or stance != "context":
                self._group(target, stance, found)
        left.addStretch(1)
        right.addStretch(1)
        both = row(gap=16)
        both.addLayout(left, 1)
        both.addLayout(right, 1)
        self._rows.addLayout(both)

    def _group(self, target: QVBoxLayout, stance: str, found: list[EvidenceView]) -> None:
        words, icon, ink = STANCE_WORDS[stance]
        target.addWidget(StanceHead(self.theme, icon, ink, tr(words), len(found)))
        for evidence in found:
            card = EvidenceCard(self.theme, evidence, self.place_wanted.emit)
            self.cards.append(card)
            target.addWidget(card)
        if not found:
            said = tr("Nothing linked. E adds evidence.")
            target.addWidget(wrapped(self.theme, said, "label", "text3"))
        target.addSpacing(6)


class StanceHead(QWidget):
    """The title of a group of evidence: icon, word, number."""

    def __init__(self, theme: Theme, icon: str, ink: str, words: str, count: int) -> None:
        super().__init__()
        layout = row(self, gap=6)
        sign = State(theme, icon, "")
        sign.tint(ink)
        sign.setFixedWidth(20)
        layout.addWidget(sign)
        layout.addWidget(Words(theme, words, "ui_strong"))
        layout.addWidget(Words(theme, str(count), "ui", "text3"), 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)


def _all_claims(desk: "doors.desk.Desk") -> list[ClaimRow]:
    return doors.claims.rows(desk)


def _said_date(value: DateValue | None) -> str:
    if value is None:
        return ""
    shown = short_date(value)
    if value.text and value.text != shown and value.earliest:
        return tr("“{words}”, taken as {date}").format(words=value.text, date=shown)
    return shown


def origins_words(view: ClaimView) -> tuple[str, str, bool]:
    """Say on how many sources and origins a claim stands; True when there are two or more."""
    sources = len({e.source for e in view.evidence if e.source and e.stance == "supports"})
    count = len(view.origins)
    first = (
        trn("{n} source", "{n} sources", sources) + ", " + trn("{n} origin", "{n} origins", count)
    )
    if count >= 2:
        return first, tr("“1, confirmed” and high confidence can be given."), True
    missing = tr("“1, confirmed” and high confidence need two origins.")
    return first, missing, False
