"""Known trouble in one line below the strip: what happened, what to do; never a dialog."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from casefile.strings import tr
from casefile.ui import icons
from casefile.ui.parts import Ground, IconButton, Words, column, row
from casefile.ui.theme import Theme

LEVELS = {"info": "info-circle", "warn": "alert-triangle", "bad": "alert-circle", "good": "check"}


class QuietBar(Ground):
    """A sentence and a hint with an icon; `level` is info, good, warn or bad."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "warn_soft")
        self._level = "warn"
        self.message = _breaking(Words(theme, "", "ui_medium", "text"))
        self.hint = _breaking(Words(theme, "", "ui", "text2"))
        self._close = IconButton(theme, "x", tr("Close this message"), self.hide)
        words = column(gap=1)
        words.addWidget(self.message)
        words.addWidget(self.hint)
        layout = row(self, (44, 8, 10, 8), 8)
        layout.addLayout(words, 1)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def say(self, message: str, hint: str = "", level: str = "warn") -> None:
        """Show a sentence until it is closed or another one comes."""
        self._level = level
        self._colour = f"{level}_soft"
        self.message.setText(message)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.show()
        self.update()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{message} {hint}"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        color = self.theme.color("accent" if self._level == "info" else self._level)
        at = QRectF(16, 9, 16, 16).topLeft()
        icons.draw(painter, LEVELS[self._level], at, color, self.theme.dip(16))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self.theme.color("line"))
        painter.end()


def _breaking(words: Words) -> Words:
    words.setWordWrap(True)
    words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return words
