"""The keys of the pane that has the focus, as caps with a word each."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from casefile.strings import tr
from casefile.ui.commands import Command, key_caps
from casefile.ui.lettering import line
from casefile.ui.theme import Theme
from casefile.ui.theme.painting import box


def cap(painter: QPainter, theme: Theme, left: float, middle: float, text: str) -> float:
    """Draw a key cap whose left edge stands at `left`; give its right edge."""
    metrics = theme.metrics("tiny")
    width = max(theme.dip(18), metrics.horizontalAdvance(text) + theme.dip(9))
    height = theme.dip(18)
    rect = QRectF(left, middle - height / 2, width, height)
    box(painter, rect, theme.color("raised"), theme.color("strong"), radius=4)
    font = theme.font("tiny")
    font.setWeight(QFont.Weight.DemiBold)
    spare = (width - metrics.horizontalAdvance(text)) / 2
    line(painter, rect.adjusted(spare - 1, 0, 4, 0), text, (font, theme.color("text2")))
    return left + width


class KeyHints(QWidget):
    """Shows as many hints as there is room for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._hints: list[tuple[str, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_commands(self, commands: list[Command]) -> None:
        """Show the keys of these commands."""
        self.show_keys([(key_caps(c.shortcut), tr(c.hint)) for c in commands])

    def show_keys(self, hints: list[tuple[str, str]]) -> None:
        """Show caps and words."""
        self._hints = hints
        self.setAccessibleDescription(", ".join(f"{key}: {word}" for key, word in hints))
        self.update()

    def hints(self) -> list[tuple[str, str]]:
        """Give what is shown."""
        return self._hints

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(60, 20)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left, middle = 4.0, self.height() / 2
        metrics = self._theme.metrics("label")
        ink: QColor = self._theme.color("text3")
        for key, word in self._hints:
            needed = metrics.horizontalAdvance(word) + self._theme.dip(60)
            if left + needed > self.width():
                break
            left = cap(painter, self._theme, left, middle, key) + self._theme.dip(6)
            space = QRectF(left, 0, self.width() - left, self.height())
            left += line(painter, space, word, (self._theme.font("label"), ink))
            left += self._theme.dip(13)
        painter.end()
