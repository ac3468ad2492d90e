"""The quiet bar at the top of the reader: what is partly read, or could not be read."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from casefile.ui import icons
from casefile.ui.theme import Theme, painting

_ICONS = {"info": "info-circle", "warn": "alert-triangle", "bad": "alert-circle"}


class Banner(QWidget):
    """One sentence with an icon; level info, warn or bad. Plain text, wrapped."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = ""
        self._level = "info"
        self.hide()

    @property
    def words(self) -> str:
        """What the bar says."""
        return self._words

    def say(self, words: str, level: str) -> None:
        """Show a sentence, or hide the bar with an empty one."""
        self._words, self._level = words, level if level in _ICONS else "info"
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.update()

    def height_for(self, width: int) -> int:
        """Give the height that the sentence needs."""
        if not self._words:
            return 0
        room = QRectF(0, 0, width - 52, 1000)
        flags = int(Qt.TextFlag.TextWordWrap)
        rect = self._theme.metrics("ui").boundingRect(room, flags, self._words)
        return round(rect.height() + self._theme.dip(16))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, level = self._theme, "accent" if self._level == "info" else self._level
        painter = QPainter(self)
        rect = QRectF(self.rect())
        painter.fillRect(rect, theme.color("info_soft" if level == "accent" else f"{level}_soft"))
        painting.hairline(
            painter, QRectF(0, rect.height() - 1, rect.width(), 1), theme.color("line")
        )
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = rect.width() - 14 - 16 if rtl else 14
        line = theme.metrics("ui").height()
        top = theme.dip(8) + (line - 16) / 2
        icons.draw(painter, _ICONS[self._level], QPointF(left, top), theme.color(level), 16)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.setFont(theme.font("ui"))
        painter.setPen(theme.color("text"))
        room = rect.adjusted(14 if rtl else 38, theme.dip(8), -38 if rtl else -14, 0)
        side = painting.start_side(rtl=rtl)
        painter.drawText(room, side | Qt.TextFlag.TextWordWrap, self._words)
        painter.end()
