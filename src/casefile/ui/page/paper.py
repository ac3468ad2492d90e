"""Painting on paper: pictures, and marks, hits and selection multiplied over them.

Paper is light in both looks, so everything over it takes the light tokens.
"""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from casefile.model.page_letters import Box
from casefile.ui.reader.marks import paint_digit
from casefile.ui.theme.painting import box, mark_line
from casefile.ui.theme.tokens import DARK, LIGHT

_MULTIPLY = QPainter.CompositionMode.CompositionMode_Multiply


def paint_sheet(painter: QPainter, rect: QRectF, picture: QImage | None, *, dimmed: bool) -> None:
    """Paint a page: its picture on paper; a dimmed page is toned, never inverted."""
    painter.fillRect(rect, QColor(LIGHT.paper))
    if picture is not None:
        painter.drawImage(rect, picture)
    if dimmed:
        painter.save()
        painter.setCompositionMode(_MULTIPLY)
        painter.fillRect(rect, QColor(DARK.paper))
        painter.restore()


def paint_waiting(painter: QPainter, rect: QRectF, words: str, font: QFont) -> None:
    """Say which page will stand here, or why it cannot."""
    painter.setFont(font)
    painter.setPen(QColor(LIGHT.text3))
    top = rect.adjusted(24, 24, -24, -24)
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    painter.drawText(top, flags, words)


def placed(boxes: Iterable[Box], sheet: QRectF) -> list[QRectF]:
    """Turn fractions of a page into whole pixels, with a pixel of air around the letters."""
    found = []
    for left, top, right, bottom in boxes:
        x, y = (
            round(sheet.left() + left * sheet.width() - 1),
            round(sheet.top() + top * sheet.height() - 1),
        )
        end = round(sheet.left() + right * sheet.width() + 1)
        foot = round(sheet.top() + bottom * sheet.height() + 2)
        found.append(QRectF(x, y, end - x, foot - y))
    return found


def paint_mark(painter: QPainter, boxes: list[QRectF], number: int, *, current: bool) -> None:
    """Multiply a mark over the print and draw its line."""
    look = LIGHT.mark(number)
    _multiplied(painter, boxes, QColor(look.fill))
    for rect in boxes:
        foot = rect.bottomLeft()
        foot.setY(foot.y() - 0.5)
        mark_line(painter, foot, rect.width(), QColor(look.line), look.pattern)
        if current:
            outline = rect.adjusted(-2, -2, 2, 2)
            box(painter, outline, None, QColor(LIGHT.accent), radius=4, width=1.5)


def paint_digits(
    painter: QPainter, sheet: QRectF, digits: list[tuple[int, float]], font: QFont
) -> None:
    """Draw (mark number, height of its first line) in the margin beside the page."""
    side, floor = 14.0, float("-inf")
    painter.setFont(font)
    for number, middle in sorted(digits, key=lambda pair: pair[1]):
        top = max(round(middle - side / 2), floor)
        rect = QRectF(max(2.0, sheet.left() - side - 3), top, side, side)
        paint_digit(painter, rect, LIGHT.mark(number), QColor(LIGHT.text))
        floor = top + side + 1


def paint_hits(painter: QPainter, boxes: list[QRectF], *, current: bool) -> None:
    """Multiply a hit over the print, in a box."""
    _multiplied(painter, boxes, QColor(LIGHT.hit))
    for rect in boxes:
        width = 2 if current else 1
        box(painter, rect, None, QColor(LIGHT.hit_line), radius=2, width=width)


def paint_selection(painter: QPainter, boxes: list[QRectF]) -> None:
    """Multiply the selection over the print."""
    _multiplied(painter, boxes, QColor("#A9CDE8"), radius=1)


def _multiplied(painter: QPainter, boxes: list[QRectF], color: QColor, radius: float = 3) -> None:
    painter.save()
    painter.setCompositionMode(_MULTIPLY)
    for rect in boxes:
        box(painter, rect, color, radius=radius)
    painter.restore()
