"""The bar at the bottom: what is selected, the keys of the pane, saved, index, no network."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from casefile.strings import tr
from casefile.ui import icons
from casefile.ui.key_hints import KeyHints
from casefile.ui.lettering import line
from casefile.ui.parts import Ground, Words, row
from casefile.ui.theme import Theme


class State(QWidget):
    """An icon and a word."""

    def __init__(self, theme: Theme, icon: str, text: str) -> None:
        super().__init__()
        self._theme, self._icon, self._text = theme, icon, text
        self._ink = "text3"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.say(text)

    def say(self, text: str) -> None:
        """Show another word."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def show_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def tint(self, ink: str) -> None:
        """Draw in another token."""
        self._ink = ink
        self.update()

    def text(self) -> str:
        """Give the word that is shown."""
        return self._text

    @override
    def sizeHint(self) -> QSize:
        width = self._theme.metrics("label").horizontalAdvance(self._text)
        return QSize(round(width + self._theme.dip(18) + 12), 20)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = self._theme.dip(14)
        ink = self._theme.color(self._ink)
        at = QRectF(2, (self.height() - side) / 2, side, side).topLeft()
        icons.draw(painter, self._icon, at, ink, side)
        rect = QRectF(self.rect()).adjusted(side + 6, 0, 0, 0)
        line(painter, rect, self._text, (self._theme.font("label"), ink))
        painter.end()


class StatusBar(Ground):
    """The parts of the bar; the window says what goes in."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "panel")
        self.selected = Words(theme, tr("No case open"), "label", "text2")
        self.hints = KeyHints(theme)
        self.work = State(theme, "refresh", "")
        self.saved = State(theme, "device-floppy", tr("Saved"))
        self.index = State(theme, "database", tr("Index complete"))
        self.network = State(theme, "wifi-off", tr("No network"))
        layout = row(self, (14, 1, 12, 0), 8)
        layout.addWidget(self.selected)
        layout.addSpacing(12)
        layout.addWidget(self.hints, 1)
        for part in (self.work, self.saved, self.index, self.network):
            layout.addWidget(part)
        self.work.hide()
        theme.changed.connect(self._fit)
        self._fit()

    def show_work(self, text: str) -> None:
        """Say what long work is under way, or nothing."""
        self.work.setVisible(bool(text))
        self.work.say(text)

    def show_case(self, *, is_open: bool) -> None:
        """Show what only a case has."""
        self.saved.setVisible(is_open)
        self.index.setVisible(is_open)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, self.theme.color("line"))
        painter.end()

    def _fit(self) -> None:
        self.setFixedHeight(round(self.theme.dip(28)))
