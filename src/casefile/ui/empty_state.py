"""What a panel shows when there is nothing to show: an icon, a sentence, what to do."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from casefile.ui import icons
from casefile.ui.parts import Ground, Words, button, column, row
from casefile.ui.theme import Theme


class EmptyState(Ground):
    """An icon over a sentence and a hint; buttons can be added below."""

    def __init__(
        self, theme: Theme, icon: str, sentence: str, hint: str, colour: str = "surface"
    ) -> None:
        super().__init__(theme, colour)
        self.icon = _Icon(theme, icon)
        self.sentence = _centred(Words(theme, sentence, "ui_strong", "text2"))
        self.hint = _centred(Words(theme, hint, "ui", "text3"))
        self._buttons = row(gap=8)
        layout = column(self, (24, 24, 24, 24), 6)
        layout.addStretch(2)
        layout.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.sentence)
        layout.addWidget(self.hint)
        layout.addLayout(self._buttons)
        layout.addStretch(3)
        self._buttons.addStretch(1)
        self._buttons.addStretch(1)

    def say(self, sentence: str, hint: str = "", icon: str = "") -> None:
        """Show other words."""
        self.sentence.setText(sentence)
        self.hint.setText(hint)
        if icon:
            self.icon.show_icon(icon)

    def offer(self, text: str, run: Callable[[], object], icon: str = "") -> None:
        """Add a button."""
        made = button(self.theme, text, run, icon)
        self._buttons.insertWidget(self._buttons.count() - 1, made)


class _Icon(QWidget):
    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self.setFixedSize(32, 34)

    def show_icon(self, icon: str) -> None:
        self._icon = icon
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        at = QRectF(4, 2, 24, 24).topLeft()
        icons.draw(painter, self._icon, at, self._theme.color("text3"), 24)
        painter.end()


def _centred(words: Words) -> Words:
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    words.setWordWrap(True)
    words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return words
