"""One source as a row of the list: two lines when narrow, one line with columns when wide."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from casefile.model.view import SourceRow
from casefile.ui import icons
from casefile.ui.dates import local_time, short_date
from casefile.ui.lettering import line, mirrored_rect
from casefile.ui.theme import Theme
from casefile.ui.theme.painting import box
from casefile.ui.words import TRIAGE, kind_icon

PAD = 14.0
GLYPHS = 38.0  # where words begin


@dataclass(frozen=True, slots=True)
class RowState:
    """How a row stands in the list."""

    selected: bool
    current: bool
    focused: bool  # the list has the focus
    hover: bool
    unread: bool
    mirrored: bool


def ground(painter: QPainter, theme: Theme, rect: QRectF, state: RowState) -> None:
    """Draw what lies behind a row, the accent bar of the current one and the line below."""
    name = "surface"
    if state.selected:
        name = "sel" if state.focused else "sel_off"
    elif state.hover:
        name = "hover"
    painter.fillRect(rect, theme.color(name))
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.color("line"))
    if state.current and state.selected:
        bar = QRectF(rect.left(), rect.top(), 3, rect.height())
        painter.fillRect(mirrored_rect(bar, rect, mirrored=state.mirrored), theme.color("accent"))


def grade_box(painter: QPainter, theme: Theme, rect: QRectF, letter: str | None) -> None:
    """Draw a grade in its small box; a source that was not judged has a dash."""
    box(painter, rect, theme.color("sunken"), theme.color("line"), radius=4)
    font = theme.font("small_strong")
    metrics = theme.metrics("small_strong")
    text = letter or "–"
    width = metrics.horizontalAdvance(text)
    painter.setFont(font)
    painter.setPen(theme.color("text2"))
    at = QPointF(
        rect.center().x() - width / 2,
        rect.center().y() + (metrics.ascent() - metrics.descent()) / 2,
    )
    painter.drawText(at, text)


def triage_sign(
    painter: QPainter, theme: Theme, center: QPointF, status: str | None, *, unread: bool
) -> None:
    """Draw the shape of a triage state: dot, tick, clock, minus; nothing for read and open."""
    side = theme.dip(16)
    if status in TRIAGE:
        _, name, color = TRIAGE[status]
        at = center - QPointF(side / 2, side / 2)
        icons.draw(painter, name, at, theme.color(color), side)
    elif unread:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(theme.color("accent"))
        painter.drawEllipse(center, theme.dip(4), theme.dip(4))
        painter.restore()


class SourcePainter:
    """Draws rows of sources with the theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def height(self, *, wide: bool) -> int:
        """Give the height of a row in pixels."""
        line_height = self.theme.metrics("ui").height()
        return round(line_height + 13) if wide else round(2 * line_height + 17)

    def draw(
        self,
        painter: QPainter,
        rect: QRectF,
        row: SourceRow | None,
        state: RowState,
        columns: list[QRectF],
    ) -> None:
        """Draw one row; `columns` are the places of the wide form, empty in the narrow one."""
        ground(painter, self.theme, rect, state)
        if row is None:
            self._waiting(painter, rect)
        elif columns:
            self._wide(painter, rect, row, state, columns)
        else:
            self._narrow(painter, rect, row, state)

    def _waiting(self, painter: QPainter, rect: QRectF) -> None:
        bar = self.theme.color("sunken")
        height = self.theme.dip(8)
        top = rect.center().y() - height / 2
        box(painter, QRectF(rect.left() + GLYPHS, top, rect.width() * 0.5, height), bar, radius=3)

    def _narrow(self, painter: QPainter, rect: QRectF, row: SourceRow, state: RowState) -> None:
        theme, dip = self.theme, self.theme.dip
        quiet = theme.color("text2" if state.selected else "text3")
        half = rect.height() / 2
        upper = QRectF(rect.left(), rect.top() + 3, rect.width(), half - 2)
        lower = QRectF(rect.left(), rect.top() + half - 2, rect.width(), half - 2)
        grade = QRectF(
            rect.right() - dip(34), rect.top() + (rect.height() - dip(19)) / 2, dip(19), dip(19)
        )
        glyph = rect.left() + dip(19)

        def place(part: QRectF) -> QRectF:
            return mirrored_rect(part, rect, mirrored=state.mirrored)

        sign = place(QRectF(glyph - 1, upper.center().y(), 2, 1)).center()
        triage_sign(painter, theme, sign, row.status, unread=state.unread)
        kind = place(QRectF(glyph - dip(8), lower.center().y() - dip(8), dip(16), dip(16)))
        icons.draw(painter, kind_icon(row.kind), kind.topLeft(), quiet, dip(16))
        grade_box(painter, theme, place(grade), row.reliability)
        left = rect.left() + dip(GLYPHS)
        title = QRectF(left, upper.top(), grade.left() - dip(8) - left, upper.height())
        self._title(painter, place(title), row, state)
        date_at = max(left + dip(70), grade.left() - dip(88))
        date = QRectF(date_at, lower.top(), grade.left() - dip(6) - date_at, lower.height())
        look = (theme.font("label"), quiet)
        line(painter, place(date), short_date(row.published), look, mirrored=state.mirrored)
        name = QRectF(
            left,
            lower.top(),
            date_at - dip(6) - left - (dip(30) if row.marks else 0),
            lower.height(),
        )
        words = row.publisher or ", ".join(row.byline)
        used = line(painter, place(name), words, look, mirrored=state.mirrored)
        if row.marks:
            spot = QRectF(left + used + dip(8 if used else 0), lower.top(), dip(34), lower.height())
            self._marks(painter, place(spot), row.marks, quiet)

    def _title(self, painter: QPainter, rect: QRectF, row: SourceRow, state: RowState) -> None:
        role = "ui_strong" if state.unread and row.status is None else "ui"
        color = "text2" if row.status == "no" and not state.selected else "text"
        look = (self.theme.font(role), self.theme.color(color))
        line(painter, rect, row.title, look, mirrored=state.mirrored)

    def _marks(self, painter: QPainter, rect: QRectF, count: int, ink: QColor) -> None:
        side = self.theme.dip(13)
        at = QPointF(rect.left(), rect.center().y() - side / 2)
        icons.draw(painter, "highlight", at, ink, side)
        words = rect.adjusted(side + 3, 0, 0, 0)
        line(painter, words, str(count), (self.theme.font("label"), ink))

    def _wide(
        self,
        painter: QPainter,
        rect: QRectF,
        row: SourceRow,
        state: RowState,
        columns: list[QRectF],
    ) -> None:
        theme, dip = self.theme, self.theme.dip
        quiet = (theme.font("label"), theme.color("text2" if state.selected else "text3"))
        middle = rect.center().y()
        first = columns[0]

        def place(part: QRectF) -> QRectF:
            return mirrored_rect(part, rect, mirrored=state.mirrored)

        sign = place(QRectF(first.left() + dip(18), middle, 2, 1)).center()
        triage_sign(painter, theme, sign, row.status, unread=state.unread)
        kind = place(QRectF(first.left() + dip(32), middle - dip(8), dip(16), dip(16)))
        icons.draw(painter, kind_icon(row.kind), kind.topLeft(), quiet[1], dip(16))
        self._title(painter, place(first.adjusted(dip(56), 0, -8, 0)), row, state)
        texts = (row.publisher, short_date(row.published), local_time(row.added))
        for cell, words in zip(columns[1:4], texts, strict=True):
            line(painter, place(cell.adjusted(0, 0, -8, 0)), words, quiet, mirrored=state.mirrored)
        side = dip(19)
        grade_box(
            painter,
            theme,
            place(QRectF(columns[4].left(), middle - side / 2, side, side)),
            row.reliability,
        )
