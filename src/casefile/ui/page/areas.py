"""Marked areas over a page or a photo: boxes that outline and never recolour what they show."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from casefile.model.page_letters import Box
from casefile.ui.reader.marks import paint_digit
from casefile.ui.theme.tokens import LIGHT

SIDE = 14.0  # of the box with the digit
WHOLE_TURN = 4
_PEN = {
    "dotted": [1.0, 1.5],
    "dashed": [4.0, 2.0],
    "wavy": [6.0, 2.0, 1.5, 2.0],
}


class AreaMark(NamedTuple):
    """A marked area: page from 1 (0 for a photo), fractions, number 1..5, id of the annotation."""

    page: int
    box: Box
    number: int
    id: str


class Areas:
    """The marked areas of one source."""

    def __init__(self) -> None:
        self.marks: list[AreaMark] = []

    def set(self, marks: Sequence[AreaMark]) -> None:
        """Take the areas; larger ones first, so that a smaller one inside stays to be seen."""
        self.marks = sorted(marks, key=lambda m: (m.page, -_size(m.box)))

    def find(self, id: str | None) -> AreaMark | None:  # noqa: A002 - as the record calls it
        """Give an area by its id."""
        return next((mark for mark in self.marks if mark.id == id), None)

    def at(self, page: int, x: float, y: float) -> str | None:
        """Give the smallest area that holds a point, in fractions of the upright picture."""
        under = (m for m in self.marks if m.page == page and _holds(m.box, x, y))
        found = min(under, key=lambda m: _size(m.box), default=None)
        return found.id if found else None

    def paint(
        self, painter: QPainter, page: int, sheet: QRectF, font: QFont,
        *, current: str | None = None, turns: int = 0,
    ) -> None:  # fmt: skip
        """Paint the areas of a page that stands at `sheet`, turned by quarters clockwise."""
        for mark in self.marks:
            if mark.page == page:
                rect = on_sheet(turned(mark.box, turns), sheet)
                _paint(painter, rect, mark.number, font, current=mark.id == current)


def turned(box: Box, turns: int) -> Box:
    """Give a box of a picture that is turned by so many quarters clockwise."""
    left, top, right, bottom = box
    for _ in range(turns % WHOLE_TURN):
        left, top, right, bottom = 1 - bottom, left, 1 - top, right
    return left, top, right, bottom


def upright(box: Box, turns: int) -> Box:
    """Give the box of the upright picture for one of a turned picture."""
    return turned(box, WHOLE_TURN - turns % WHOLE_TURN)


def on_sheet(box: Box, sheet: QRectF) -> QRectF:
    """Give where a box stands when its picture fills `sheet`."""
    left, top, right, bottom = box
    x, y = sheet.left() + left * sheet.width(), sheet.top() + top * sheet.height()
    return QRectF(x, y, (right - left) * sheet.width(), (bottom - top) * sheet.height())


def paint_outline(painter: QPainter, rect: QRectF, color: QColor, pattern: str) -> None:
    """Outline a box so that it is seen on light and on dark ground."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(255, 255, 255, 220), 4))
    painter.drawRect(rect)
    pen = QPen(color, 2)
    if pattern in _PEN:
        pen.setDashPattern(_PEN[pattern])
    painter.setPen(pen)
    painter.drawRect(rect)
    if pattern == "double":
        painter.setPen(QPen(color, 1))
        painter.drawRect(rect.adjusted(3.5, 3.5, -3.5, -3.5))
    painter.restore()


def _paint(painter: QPainter, rect: QRectF, number: int, font: QFont, *, current: bool) -> None:
    look = LIGHT.mark(number)
    if current:
        paint_outline(painter, rect.adjusted(-4, -4, 4, 4), QColor(LIGHT.accent), "solid")
    paint_outline(painter, rect, QColor(look.line), look.pattern)
    painter.setFont(font)
    corner = QRectF(rect.left() - 1, rect.top() - 1, SIDE, SIDE)
    paint_digit(painter, corner, look, QColor(LIGHT.text))


def _size(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
