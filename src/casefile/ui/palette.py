"""Ctrl K: commands, sources and claims by a few letters."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from typing_extensions import override

from casefile.strings import tr
from casefile.ui import icons
from casefile.ui.key_hints import cap
from casefile.ui.lettering import line
from casefile.ui.lists.plain_model import PlainModel
from casefile.ui.lists.record_list import RecordList
from casefile.ui.lists.source_painter import RowState
from casefile.ui.parts import column
from casefile.ui.theme import Theme
from casefile.ui.theme.painting import box

PAUSE_MS = 120
Names = Callable[[str, Callable[[list["Offer"]], None]], None]


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to run or to go to."""

    icon: str
    words: str
    kind: str
    run: Callable[[], object]
    key: str = ""


def ranked(offers: list[Offer], words: str) -> list[Offer]:
    """Give the offers that hold every word, those that begin with the first word in front."""
    wanted = words.casefold().split()
    found = []
    for n, offer in enumerate(offers):
        text = offer.words.casefold()
        if all(word in text for word in wanted):
            begins = bool(wanted) and text.startswith(wanted[0])
            inner = bool(wanted) and f" {wanted[0]}" in text
            found.append((not begins, not inner, n, offer))
    return [offer for *_, offer in sorted(found, key=lambda entry: entry[:3])]


class Palette(QDialog):
    """A field over a list; Enter runs, Esc leaves. `names` finds records by words."""

    def __init__(self, theme: Theme, window: QWidget, commands: list[Offer], names: Names) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._theme, self._commands, self._names = theme, commands, names
        self.setAccessibleName(tr("Commands"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = QLineEdit()
        self.field.setAccessibleName(tr("Command, source or claim"))
        self.field.setPlaceholderText(tr("Command, source or claim"))
        self.field.setFont(theme.font("title"))
        self.field.installEventFilter(self)
        self.model = PlainModel[Offer](lambda offer: f"{offer.words}, {offer.kind}")
        self.view = RecordList(theme, tr("Commands"), self._draw, self._row_height)
        self.view.setModel(self.model)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.opened.connect(lambda _: self._take())
        self.view.clicked.connect(lambda _: self._take())
        layout = column(self, (10, 10, 10, 10), 8)
        layout.addWidget(self.field)
        layout.addWidget(self.view, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.field.textChanged.connect(self._typed)
        self._typed("")
        width, height = round(theme.dip(600)), round(theme.dip(420))
        self.setGeometry(
            window.mapToGlobal(window.rect().topLeft()).x() + (window.width() - width) // 2,
            window.mapToGlobal(window.rect().topLeft()).y() + round(theme.dip(60)),
            width,
            height,
        )

    @override
    def eventFilter(self, arg__1: QObject, arg__2: QEvent) -> bool:
        if arg__2.type() == QEvent.Type.KeyPress and isinstance(arg__2, QKeyEvent):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            if arg__2.key() in steps:
                self.view.step(steps[Qt.Key(arg__2.key())])
                return True
            if arg__2.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
        return super().eventFilter(arg__1, arg__2)

    @override
    def paintEvent(self, arg__1: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        painter.fillRect(rect, self._theme.color("raised"))
        box(painter, rect, None, self._theme.color("control"), radius=0)
        painter.end()

    def _row_height(self) -> int:
        return round(self._theme.metrics("ui").height() + self._theme.dip(14))

    def _typed(self, words: str) -> None:
        self._show(ranked(self._commands, words))
        if words.strip():
            self._pause.start()

    def _ask(self) -> None:
        words = self.field.text()

        def arrived(offers: list[Offer]) -> None:
            if words == self.field.text():
                self._show(ranked(self._commands, words) + offers)

        self._names(words, arrived)

    def _show(self, offers: list[Offer]) -> None:
        self.model.set_rows(offers)
        self.view.go_to(0, quietly=True)

    def _take(self) -> None:
        number = self.view.current()
        if 0 <= number < len(self.model.rows):
            offer = self.model.rows[number]
            self.close()
            offer.run()

    def _draw(self, painter: QPainter, rect: QRectF, number: int, state: RowState) -> None:
        if number >= len(self.model.rows):
            return
        theme, dip = self._theme, self._theme.dip
        offer = self.model.rows[number]
        painter.fillRect(rect, theme.color("sel" if state.selected else "raised"))
        side = dip(16)
        ink = theme.color("text2")
        if offer.icon:
            spot = QPointF(rect.left() + dip(10), rect.center().y() - side / 2)
            icons.draw(painter, offer.icon, spot, ink, side)
        right = rect.right() - dip(10)
        if offer.key:
            width = theme.metrics("tiny").horizontalAdvance(offer.key) + dip(9)
            cap(painter, theme, right - max(width, dip(18)), rect.center().y(), offer.key)
        else:
            place = QRectF(right - dip(100), rect.top(), dip(100), rect.height())
            line(painter, place, offer.kind, (theme.font("label"), ink), at_end=True)
        words = rect.adjusted(dip(36), 0, -dip(120), 0)
        line(painter, words, offer.words, (theme.font("ui"), theme.color("text")))
