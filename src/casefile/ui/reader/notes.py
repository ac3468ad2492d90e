"""The notes column: one card a mark beside its words, or a digit where there is no room."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTextLayout, QTextOption

from casefile.model.text import direction
from casefile.model.view import MarkView
from casefile.strings import later, tr
from casefile.ui.reader.columns import Columns
from casefile.ui.reader.marks import paint_digit
from casefile.ui.theme import Theme
from casefile.ui.theme.painting import box, start_side

MEANINGS = {
    1: later("Claim"),
    2: later("When, where"),
    3: later("Speaker"),
    4: later("Doubt"),
    5: later("Background"),
}
MOST_LINES = 4
_ID = re.compile("[0-9a-f-]{16,}")


@dataclass(slots=True)
class Card:
    """A card or digit of mark `number` (its place in the list of marks)."""

    number: int
    rect: QRectF
    body: QTextLayout | None


class Notes:
    """Makes and paints cards; bodies are laid out once per mark and width."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.meanings = {number: tr(name) for number, name in MEANINGS.items()}
        self._bodies: dict[tuple[int, float], tuple[QTextLayout | None, float]] = {}

    def forget(self) -> None:
        """Drop what was laid out: marks, width or theme changed."""
        self._bodies.clear()

    def place(
        self, anchors: Iterable[tuple[int, float]], marks: list[MarkView], area: Columns
    ) -> list[Card]:
        """Put a card beside each anchor (mark, y), pushed down where it would cover another."""
        cards: list[Card] = []
        floor = float("-inf")
        for number, y in anchors:
            if not area.notes_width:
                top = max(y + 3, floor)
                side = self._theme.dip(16)
                cards.append(Card(number, QRectF(area.digits, top, side, side), None))
                floor = top + side + 2
                continue
            body, height = self._body(number, marks[number], area.notes_width)
            top = max(y - 2, floor)
            cards.append(Card(number, QRectF(area.notes, top, area.notes_width, height), body))
            floor = top + height + 5
        return cards

    def paint(
        self, painter: QPainter, card: Card, mark: MarkView, area: Columns, *, current: bool
    ) -> None:
        """Paint one card with its bar, digit, meaning, initials and words."""
        theme, tokens = self._theme, self._theme.tokens
        look = tokens.mark(mark.annotation.mark or 1)
        painter.setFont(theme.font("tiny"))
        if not area.notes_width:
            paint_digit(painter, card.rect, look, theme.color("text"))
            if current:
                ring = card.rect.adjusted(-2.5, -2.5, 2.5, 2.5)
                box(painter, ring, None, theme.color("accent"), width=1.5)
            return
        rect = card.rect
        if current:
            box(painter, rect, theme.color("surface"), theme.color("accent"), radius=6, width=1.25)
        bar = QRectF(rect.left() + 1, rect.top() + 4, 3, rect.height() - 8)
        if area.rtl:
            bar.moveRight(rect.right() - 1)
        box(painter, bar, QColor(look.line), radius=1.5)
        left = rect.left() + (6 if area.rtl else 10)
        right = rect.right() - (10 if area.rtl else 6)
        side = theme.dip(15)
        paint_digit(painter, QRectF(left, rect.top() + 6, side, side), look, theme.color("text"))
        self._head(painter, QRectF(left, rect.top() + 6, right - left, side), mark, side)
        if card.body is not None:
            painter.setPen(theme.color("text2"))
            card.body.draw(painter, QPointF(left, rect.top() + 8 + side))

    def _head(self, painter: QPainter, rect: QRectF, mark: MarkView, side: float) -> None:
        theme = self._theme
        painter.setFont(theme.font("small"))
        by = initials(mark.by)
        width = theme.metrics("small").horizontalAdvance(by)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.color("text3"))
        painter.drawText(rect, start_side(rtl=True) | middle, by)
        painter.setFont(theme.font("small_strong"))
        painter.setPen(theme.color("text2"))
        name = self.meanings.get(mark.annotation.mark or 1, "")
        room = QRectF(rect.left() + side + 5, rect.top(), rect.width() - side - 9 - width, side)
        metrics = theme.metrics("small_strong")
        short = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, start_side(rtl=False) | middle, short)

    def _body(self, number: int, mark: MarkView, width: float) -> tuple[QTextLayout | None, float]:
        key = (number, width)
        if key not in self._bodies:
            self._bodies[key] = self._laid_out(mark, width - 16)
        return self._bodies[key]

    def _laid_out(self, mark: MarkView, width: float) -> tuple[QTextLayout | None, float]:
        head = self._theme.dip(15) + 12
        words = " ".join((mark.annotation.body or ", ".join(mark.tags)).split())[:400]
        if not words:
            return None, head
        layout, height, shown = self._set(words, width)
        if shown < len(words):
            layout, height, _ = self._set(words[: shown - 2].rsplit(" ", 1)[0] + "…", width)
        return layout, head + height + 2

    def _set(self, words: str, width: float) -> tuple[QTextLayout, float, int]:
        """Lay out at most four lines; gives them, their height and how many units stand in them."""
        layout = QTextLayout(words, self._theme.font("label"))
        rtl = direction(words) == "rtl"
        option = QTextOption(Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
        if rtl:
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        y, shown = 0.0, 0
        leading = self._theme.leading("label")
        layout.beginLayout()
        while shown < len(words) and y < MOST_LINES * leading:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y))
            shown = line.textStart() + line.textLength()
            y += leading
        layout.endLayout()
        return layout, y, shown


def initials(name: str) -> str:
    """Give the first letters of a person's names, three at most; none for a bare id."""
    if _ID.fullmatch(name):
        return ""
    return "".join(part[0] for part in name.split()[:3]).upper()
