"""Painting of the reader: words, marks, hits, labels, folded parts, dividers, cards."""

import unicodedata
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from casefile.model.view import MarkView
from casefile.strings import tr, trn
from casefile.ui import icons
from casefile.ui.reader.columns import Columns
from casefile.ui.reader.document import Document
from casefile.ui.reader.items import Item
from casefile.ui.reader.marks import (
    Range,
    Ranges,
    fitted,
    paint_current,
    paint_fill,
    paint_hit,
    paint_line,
)
from casefile.ui.reader.notes import Card, Notes
from casefile.ui.reader.paragraph import Paragraph
from casefile.ui.reader.styles import label_of
from casefile.ui.theme import Theme
from casefile.ui.theme.painting import box, hairline, start_side
from casefile.ui.theme.tokens import MarkLook

_OVERRIDES = frozenset("\u202d\u202e")


@dataclass(slots=True)
class Scene:
    """All that one painting of the reader needs."""

    theme: Theme
    document: Document
    area: Columns
    notes: Notes
    marks: list[MarkView] = field(default_factory=list)
    mark_ranges: Ranges = field(default_factory=Ranges)
    hits: Ranges = field(default_factory=Ranges)
    selection: tuple[int, int] | None = None
    caret: int | None = None
    mark: int | None = None  # current mark, its place in `marks`
    hit: int | None = None  # current hit, its number
    focused: bool = False
    fold_key: str = "B"


def paint_item(painter: QPainter, scene: Scene, item: Item, y: float, height: float) -> None:
    """Paint one item whose top is at `y` of the viewport."""
    if item.kind == "text":
        _paint_text(painter, scene, item, y, height)
    elif item.kind == "fold":
        _paint_fold(painter, scene, item, y, height)
    elif item.kind == "page":
        _paint_divider(painter, scene, item, y, height)


def paint_cards(painter: QPainter, scene: Scene, cards: list[Card]) -> None:
    """Paint the cards; the current one last, so that nothing covers it."""
    for card in sorted(cards, key=lambda card: card.number == scene.mark):
        mark = scene.marks[card.number]
        current = card.number == scene.mark
        scene.notes.paint(painter, card, mark, scene.area, current=current)


def _paint_text(painter: QPainter, scene: Scene, item: Item, y: float, height: float) -> None:
    theme, area = scene.theme, scene.area
    block = scene.document.blocks[item.first]
    text = scene.document.paragraph(item.first)
    at = QPointF(area.text, y)
    _paint_gutter(painter, scene, item, text, y, height)
    size = theme.px(text.style.role, text.script)
    marks = list(scene.mark_ranges.within(block.start, block.end))
    marked = [(r, _boxes(text, block.start, r, at, size)) for r in marks]
    for entry, boxes in marked:
        paint_fill(painter, boxes, _look(scene, entry))
    for entry in scene.hits.within(block.start, block.end):
        boxes = _boxes(text, block.start, entry, at, size)
        current = entry.number == scene.hit
        paint_hit(painter, boxes, theme.tokens, current=current)
    # On a mark only `text` has the contrast, so a marked paragraph is set in it as a whole.
    painter.setPen(theme.color("text" if marked else text.style.color))
    text.draw(painter, at, _local(scene, block.start, block.end), _selected(scene))
    for entry, boxes in marked:
        paint_line(painter, boxes, _look(scene, entry))
        if entry.number == scene.mark:
            paint_current(painter, boxes, theme.color("accent"))
    _paint_signs(painter, scene, text, at)
    if scene.focused and scene.caret is not None and block.start <= scene.caret <= block.end:
        caret = text.caret(scene.caret - block.start).translated(at)
        middle, half = caret.center(), size * 0.68
        painter.fillRect(
            QRectF(caret.left(), middle.y() - half, 1.5, 2 * half), theme.color("accent")
        )


def _boxes(text: Paragraph, start: int, entry: Range, at: QPointF, size: float) -> list[QRectF]:
    low, high = max(0, entry.start - start), min(len(text.words), entry.end - start)
    return [fitted(rect.translated(at), size) for rect in text.boxes(low, high)]


def _look(scene: Scene, entry: Range) -> MarkLook:
    return scene.theme.tokens.mark(scene.marks[entry.number].annotation.mark or 1)


def _local(scene: Scene, start: int, end: int) -> tuple[int, int] | None:
    if scene.selection is None:
        return None
    low, high = max(scene.selection[0], start), min(scene.selection[1], end)
    return (low - start, high - start) if low < high else None


def _selected(scene: Scene) -> QColor:
    return scene.theme.color("sel" if scene.focused else "sel_off")


def _paint_gutter(
    painter: QPainter, scene: Scene, item: Item, text: Paragraph, y: float, height: float
) -> None:
    theme, area = scene.theme, scene.area
    top = y + text.before
    rule = QRectF(area.rule, top + 2, 1, height - text.before - 4)
    hairline(painter, rule, theme.color("line"))
    if text.style.bar:
        side = area.text + 2 if text.direction == "ltr" else area.text + area.text_width - 5
        bar = QRectF(side, top + 3, 3, height - text.before - 6)
        box(painter, bar, theme.color("strong"), radius=1.5)
    if not item.label or not area.gutter_width:
        return
    painter.setFont(theme.font("small_medium"))
    painter.setPen(theme.color("text3"))
    ascent = theme.metrics("small_medium").ascent()
    first = QRectF(area.gutter, top + text.base - ascent, area.gutter_width - 6, 40)
    if area.rtl:
        first.moveLeft(area.gutter + 6)
    side = start_side(rtl=area.rtl)
    flags = side | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    painter.drawText(first, flags, label_of(item.label))


def _paint_signs(painter: QPainter, scene: Scene, text: Paragraph, at: QPointF) -> None:
    """Show each control without a shape as a small post with a flag; overrides in warn."""
    for position, point in text.hidden():
        letter = text.words[position]
        color = scene.theme.color("warn" if letter in _OVERRIDES else "control")
        foot = point + at
        size = scene.theme.px("tiny") * 0.5
        way = -1 if unicodedata.bidirectional(letter) in {"RLE", "RLO", "RLI", "R", "AL"} else 1
        top = foot - QPointF(0, size * 2.4)
        painter.fillRect(QRectF(top.x() - 0.5, top.y(), 1, size * 2.9), color)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        flag = [top, top + QPointF(way * size, size * 0.5), top + QPointF(0, size)]
        painter.drawPolygon(QPolygonF(flag))
        painter.restore()


def _paint_fold(painter: QPainter, scene: Scene, item: Item, y: float, height: float) -> None:
    theme, area = scene.theme, scene.area
    folded = item.last > item.first
    bar = QRectF(area.text - 2, y + theme.dip(12), area.text_width + 4, height - theme.dip(18))
    box(painter, bar, theme.color("sunken"), radius=5)
    side, inset = theme.dip(12), theme.dip(10)
    arrow = ("chevron-left" if area.rtl else "chevron-right") if folded else "chevron-down"
    left = bar.right() - inset - side if area.rtl else bar.left() + inset
    middle = bar.center().y()
    icons.draw(painter, arrow, QPointF(left, middle - side / 2), theme.color("text2"), side)
    words = (
        trn("Page furniture, {n} part folded", "Page furniture, {n} parts folded", item.parts)
        if folded
        else trn("Page furniture, {n} part", "Page furniture, {n} parts", item.parts)
    )
    start = start_side(rtl=area.rtl)
    painter.setFont(theme.font("label"))
    painter.setPen(theme.color("text2"))
    painter.drawText(
        bar.adjusted(3 * inset, 0, -3 * inset, 0), start | Qt.AlignmentFlag.AlignVCenter, words
    )
    cap = QRectF(0, 0, theme.dip(18), theme.dip(18))
    cap.moveCenter(
        QPointF(bar.left() + 1.7 * inset if area.rtl else bar.right() - 1.7 * inset, middle)
    )
    box(painter, cap, theme.color("raised"), theme.color("strong"), radius=3)
    painter.setFont(theme.font("tiny"))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, scene.fold_key)


def _paint_divider(painter: QPainter, scene: Scene, item: Item, y: float, height: float) -> None:
    theme, area = scene.theme, scene.area
    words = tr("page {n}").format(n=item.page)
    start, end = scene.document.view.pages[item.page - 1]
    if not scene.document.view.text[start:end].strip():
        words = tr("page {n}, no text").format(n=item.page)
    if item.parts:
        parts = trn("{n} part folded", "{n} parts folded", item.parts)
        words = f"{words}  ·  {parts}"
    painter.setFont(theme.font("small"))
    painter.setPen(theme.color("text3"))
    wide = theme.metrics("small").horizontalAdvance(words)
    middle = y + height * 0.62
    row = QRectF(area.text, middle - 10, area.text_width, 20)
    side = start_side(rtl=area.rtl)
    painter.drawText(row, side | Qt.AlignmentFlag.AlignVCenter, words)
    rest = QRectF(area.text + wide + 10, round(middle), area.text_width - wide - 10, 1)
    if area.rtl:
        rest.moveLeft(area.text)
    hairline(painter, rest, theme.color("line"))


def paint_empty(painter: QPainter, theme: Theme, rect: QRectF, words: str) -> None:
    """Paint one quiet sentence in the middle."""
    painter.setFont(theme.font("ui"))
    painter.setPen(theme.color("text3"))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(rect.adjusted(24, 24, -24, -24), flags, words)
