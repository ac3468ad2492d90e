"""A short word at the bottom that names what was done, with Undo; it stays eight seconds."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from casefile.strings import tr
from casefile.ui.parts import LinkButton, Words, row
from casefile.ui.theme import Theme
from casefile.ui.theme.painting import box

STAYS_MS = 8000


class Toast(QWidget):
    """Names an act; the clock stops while the pointer or the focus is on it."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._undo: Callable[[], object] = lambda: None
        self.words = Words(theme, "", "ui_medium", "text")
        self.button = LinkButton(theme, tr("Undo"), self._take_back)
        layout = row(self, (16, 9, 14, 9), 14)
        layout.addWidget(self.words)
        layout.addWidget(self.button)
        self.setAccessibleName(tr("What was done"))
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Show a sentence, with Undo when there is something to take back."""
        self.words.setText(text)
        self.button.setVisible(undo is not None)
        self._undo = undo or (lambda: None)
        self.adjustSize()
        self.place()
        self.show()
        self.raise_()
        self._clock.start(STAYS_MS)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def place(self) -> None:
        """Stand above the status bar, in the middle of the window."""
        window = self.parentWidget()
        if window is None:
            return
        size = self.sizeHint()
        self.setGeometry(
            (window.width() - size.width()) // 2,
            window.height() - size.height() - round(self._theme.dip(44)),
            size.width(),
            size.height(),
        )

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Enter:
            self._clock.stop()
        elif event.type() == QEvent.Type.Leave and self.isVisible():
            self._clock.start(STAYS_MS)
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        box(painter, rect, self._theme.color("raised"), self._theme.color("control"), radius=7)
        bar = QRectF(rect.left() + 1, rect.top() + 8, 3, rect.height() - 16)
        painter.fillRect(bar, self._theme.color("accent"))
        painter.end()

    def _take_back(self) -> None:
        self.hide()
        self._undo()


class Shade(QWidget):
    """Lies over the whole window while files are dragged over it."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        """Cover the window."""
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(window.rect())
        self.show()
        self.raise_()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        back = self._theme.color("accent_soft")
        back.setAlphaF(0.92)
        painter.fillRect(self.rect(), back)
        inner = QRectF(self.rect()).adjusted(24, 24, -24, -24)
        box(painter, inner, None, self._theme.color("accent"), radius=9, width=2)
        painter.setFont(self._theme.font("claim"))
        painter.setPen(self._theme.color("text"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, tr("Drop to add as evidence"))
        painter.end()
