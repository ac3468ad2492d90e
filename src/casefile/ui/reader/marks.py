"""Marks and hits over the words: which stand in a paragraph, and how they are painted."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from casefile.model.view import MarkView
from casefile.ui.theme.painting import box, mark_line
from casefile.ui.theme.tokens import MarkLook, Tokens


class Range(NamedTuple):
    """A half-open range of code points with a number: of a mark in its list, or of a hit."""

    start: int
    end: int
    number: int


class Ranges:
    """Ranges in order of their starts, found by where they stand; they may overlap."""

    def __init__(self, ranges: Iterable[Range] = ()) -> None:
        self.all = sorted(ranges)
        self._starts = [r.start for r in self.all]
        self._longest = max((r.end - r.start for r in self.all), default=0)

    def __len__(self) -> int:
        return len(self.all)

    def within(self, start: int, end: int) -> Iterator[Range]:
        """Give the ranges that share a code point with start..end."""
        for index in range(bisect_left(self._starts, start - self._longest), len(self.all)):
            found = self.all[index]
            if found.start >= end:
                return
            if found.end > start:
                yield found

    def at(self, position: int) -> Range | None:
        """Give the shortest range around a position."""
        found = self.within(position, position + 1)
        return min(found, key=lambda r: r.end - r.start, default=None)


def ranges_of(marks: Sequence[MarkView]) -> Ranges:
    """Give the ranges of marks that stand on words, numbered by their place in the list."""
    return Ranges(
        Range(*span, number)
        for number, mark in enumerate(marks)
        if (span := mark.annotation.span) and span[0] < span[1]
    )


def fitted(rect: QRectF, size: float) -> QRectF:
    """Take a box of the line's height in to the height of the letters; `size` is theirs in px.

    Edges are put on whole pixels, so that thin lines stay sharp.
    """
    height = round(min(rect.height() - 1, size * 1.36))
    left, right = round(rect.left() - 1), round(rect.right() + 1)
    return QRectF(left, round(rect.center().y() - height / 2), right - left, height)


def paint_fill(painter: QPainter, boxes: Iterable[QRectF], look: MarkLook) -> None:
    """Paint the fills of a mark, under the words."""
    for rect in boxes:
        box(painter, rect, QColor(look.fill), radius=3)


def paint_line(painter: QPainter, boxes: Iterable[QRectF], look: MarkLook) -> None:
    """Paint the line of a mark near the foot of its boxes, over the words."""
    for rect in boxes:
        foot = QPointF(rect.left() + 1, rect.bottom() - 1.4)
        mark_line(painter, foot, rect.width() - 2, QColor(look.line), look.pattern)


def paint_current(painter: QPainter, boxes: Iterable[QRectF], color: QColor) -> None:
    """Paint the outline of the mark that commands act on."""
    for rect in boxes:
        box(painter, rect.adjusted(-1, -1, 1, 1), None, color, radius=4, width=1.5)


def paint_hit(painter: QPainter, boxes: Iterable[QRectF], tokens: Tokens, *, current: bool) -> None:
    """Paint a search hit: a box, so that it is never taken for a mark."""
    for rect in boxes:
        line = QColor(tokens.hit_line)
        box(painter, rect, QColor(tokens.hit), line, radius=2, width=2 if current else 1)


def paint_digit(painter: QPainter, rect: QRectF, look: MarkLook, text: QColor) -> None:
    """Paint the digit of a mark in a small box; the painter's font is taken."""
    box(painter, rect, QColor(look.fill), QColor(look.line), radius=3, width=1.25)
    painter.setPen(text)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(look.number))
