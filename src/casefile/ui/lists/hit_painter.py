"""One hit as a row: title, the passage with boxed marks, where it stands, why it was found."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextLayout, QTextOption

from casefile.model import text as texts
from casefile.model.hit import Hit, Snippet
from casefile.strings import tr
from casefile.ui import doors, icons
from casefile.ui.lettering import line, qt_direction
from casefile.ui.lists.source_painter import GLYPHS, RowState, ground
from casefile.ui.theme import Theme
from casefile.ui.theme.painting import box
from casefile.ui.words import kind_icon, kind_words

LEAD = 28  # letters shown before the first mark
_WHY = {
    "exact": ("equal", "good", "good_soft"),
    "alias": ("tag", "accent", "info_soft"),
    "rule": ("arrows-exchange", "text2", "sunken"),
    "fuzzy": ("tilde", "warn", "warn_soft"),
}


def where_words(hit: Hit) -> str:
    """Say who published a hit and where its passage stands."""
    parts = [hit.subtitle or kind_words(hit.source_kind if hit.kind == "source" else hit.kind)]
    if hit.snippet.page:
        parts.append(tr("page {n}").format(n=hit.snippet.page))
    elif hit.snippet.zone and hit.kind == "source":
        parts.append("page furniture" if hit.snippet.zone == "boilerplate" else hit.snippet.zone)
    return "   ".join(part for part in parts if part)


def cut_before(snippet: Snippet) -> tuple[str, list[tuple[int, int]]]:
    """Cut a passage so that its first mark is among the first words; marks move along."""
    text = snippet.text
    if not snippet.marks or snippet.marks[0][0] <= LEAD:
        return _flat(text), list(snippet.marks)
    at = snippet.marks[0][0] - LEAD
    space = text.find(" ", at, snippet.marks[0][0])
    at = space + 1 if space >= 0 else at
    moved = [(start - at + 1, end - at + 1) for start, end in snippet.marks]
    return "…" + _flat(text[at:]), moved


class HitPainter:
    """Draws hits with the theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def height(self) -> int:
        """Give the height of a row in pixels."""
        theme = self.theme
        return round(
            theme.metrics("ui_strong").height()
            + theme.metrics("quote", "arabic").height()
            + theme.metrics("label").height()
            + theme.dip(28)
        )

    def draw(self, painter: QPainter, rect: QRectF, hit: Hit, state: RowState) -> None:
        """Draw one hit."""
        theme, dip = self.theme, self.theme.dip
        ground(painter, theme, rect, state)
        quiet = theme.color("text2" if state.selected else "text3")
        side = dip(16)
        kind = hit.source_kind if hit.kind == "source" else hit.kind
        glyph = QPointF(rect.left() + dip(12), rect.top() + dip(10))
        icons.draw(painter, kind_icon(kind), glyph, quiet, side)
        left, width = rect.left() + dip(GLYPHS), rect.width() - dip(GLYPHS) - dip(14)
        top = rect.top() + dip(7)
        high = theme.metrics("ui_strong").height() + dip(3)
        title = QRectF(left, top, width, high)
        words = hit.title or kind_words(kind)
        look = (theme.font("ui_strong"), theme.color("text"))
        line(painter, title, words, look, mirrored=state.mirrored)
        middle = rect.bottom() - dip(9) - theme.metrics("label").height() - dip(6)
        passage = QRectF(left, title.bottom() + 1, width, middle - title.bottom())
        self._passage(painter, passage, hit.snippet)
        low = QRectF(left, middle, width, theme.metrics("label").height() + dip(8))
        chips = self._chips(painter, low, hit.snippet.why)
        foot = low.adjusted(0, 0, -chips - 8, 0)
        line(painter, foot, where_words(hit), (theme.font("label"), quiet), mirrored=state.mirrored)

    def _passage(self, painter: QPainter, rect: QRectF, snippet: Snippet) -> None:
        text, marks = cut_before(snippet)
        if not text.strip():
            return
        theme = self.theme
        script = "arabic" if texts.direction(text) == "rtl" else None
        font = theme.font("quote", script)
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - 2)
        kept = len(shown) - 1 if shown != text else len(shown)
        layout = QTextLayout(shown, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        option.setTextDirection(qt_direction(shown))
        option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        layout.setTextOption(option)
        layout.beginLayout()
        row = layout.createLine()
        row.setLineWidth(rect.width())
        layout.endLayout()
        at = QPointF(rect.left(), rect.center().y() - row.height() / 2)
        for start, end in marks:
            first = texts.to_utf16(text, min(start, len(text)))
            last = min(texts.to_utf16(text, min(end, len(text))), kept)
            if last > first:
                self._boxes(painter, layout, (first, last), at)
        painter.setPen(theme.color("text"))
        layout.draw(painter, at)

    def _boxes(
        self, painter: QPainter, layout: QTextLayout, span: tuple[int, int], at: QPointF
    ) -> None:
        row = layout.lineAt(0)
        for run in row.glyphRuns(span[0], span[1] - span[0]):
            bounds = run.boundingRect()
            place = QRectF(bounds.left() - 1, 1, bounds.width() + 2, row.height() - 2)
            place.translate(at.x(), at.y())
            box(painter, place, self.theme.color("hit"), self.theme.color("hit_line"), radius=3)

    def _chips(self, painter: QPainter, rect: QRectF, why: tuple[str, ...]) -> float:
        theme, dip = self.theme, self.theme.dip
        right, metrics = rect.right(), self.theme.metrics("small_strong")
        for reason in reversed(why[:3]):
            icon, ink, soft = _WHY.get(reason.partition(":")[0], _WHY["rule"])
            words = doors.reasons.said(reason)
            width = min(metrics.horizontalAdvance(words) + dip(28), rect.width() / 2)
            high = dip(19)
            place = QRectF(right - width, rect.center().y() - high / 2, width, high)
            box(painter, place, theme.color(soft), radius=high / 2)
            side = dip(11)
            spot = QPointF(place.left() + dip(8), place.center().y() - side / 2)
            icons.draw(painter, icon, spot, theme.color(ink), side)
            inner = place.adjusted(dip(22), 0, -4, 0)
            line(painter, inner, words, (theme.font("small_strong"), theme.color(ink)))
            right = place.left() - dip(5)
        return rect.right() - right


def _flat(text: str) -> str:
    return "".join(" " if letter.isspace() else letter for letter in text)
