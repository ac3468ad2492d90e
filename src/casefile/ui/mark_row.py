"""A mark as one line: its digit in its colour, the quoted words, its meaning."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from casefile.model.view import MarkView
from casefile.ui.lettering import flat, line
from casefile.ui.parts import ClickRow
from casefile.ui.theme import Theme
from casefile.ui.theme.painting import box


def digit(painter: QPainter, theme: Theme, at: QPointF, number: int) -> float:
    """Draw the digit of a mark in its box; give the side of the box."""
    side = theme.dip(16)
    look = theme.tokens.mark(number)
    rect = QRectF(at.x(), at.y(), side, side)
    box(painter, rect, QColor(look.fill), QColor(look.line), radius=4)
    metrics = theme.metrics("small_strong")
    painter.setFont(theme.font("small_strong"))
    painter.setPen(theme.color("text"))
    text = str(number)
    where = QPointF(
        rect.center().x() - metrics.horizontalAdvance(text) / 2,
        rect.center().y() + (metrics.ascent() - metrics.descent()) / 2,
    )
    painter.drawText(where, text)
    return side


class MarkRow(ClickRow):
    """One mark in the inspector; pressing goes to its place."""

    def __init__(
        self, theme: Theme, mark: MarkView, meaning: str, run: Callable[[], object]
    ) -> None:
        annotation, area = mark.annotation, mark.annotation.area
        words = flat(annotation.quote) or (area.words if area else flat(annotation.body or ""))
        super().__init__(theme, run, f"{annotation.mark}, {meaning}: {words}")
        self._number = annotation.mark or 1
        self._words, self._meaning = words, meaning
        self._note = flat(annotation.body or "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        lines = 2 if self._note else 1
        return QSize(100, round(self._theme.metrics("quote").height() * lines + 8))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._theme
        painter = QPainter(self)
        high = theme.metrics("quote").height() + 4
        side = digit(painter, theme, QPointF(2, (high - theme.dip(16)) / 2 + 1), self._number)
        meaning = theme.metrics("small").horizontalAdvance(self._meaning) + 6
        rect = QRectF(side + 12, 2, self.width() - side - 12 - meaning - 8, high)
        line(painter, rect, self._words, (theme.font("quote"), theme.color("text")))
        end = QRectF(self.width() - meaning - 2, 2, meaning, high)
        line(painter, end, self._meaning, (theme.font("small"), theme.color("text3")), at_end=True)
        if self._note:
            below = QRectF(side + 12, high, self.width() - side - 16, high)
            line(painter, below, self._note, (theme.font("label"), theme.color("text2")))
        painter.end()
