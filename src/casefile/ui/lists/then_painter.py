"""One record as it was at a moment, as a row: what it was called, by whom, what became of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from casefile.strings import tr
from casefile.ui import icons
from casefile.ui.dates import local_time
from casefile.ui.lettering import line, mirrored_rect
from casefile.ui.lists.source_painter import RowState, ground
from casefile.ui.theme import Theme
from casefile.ui.words import kind_icon

if TYPE_CHECKING:
    from casefile.model.moment import RecordThen


def since_words(record: "RecordThen") -> tuple[str, str]:
    """Say what became of a record since, and the token of its colour."""
    if record.deleted_now:
        return tr("deleted since"), "bad"
    if record.changed_since:
        return tr("changed since"), "warn"
    return "", "text3"


class ThenPainter:
    """Draws records of a moment with the theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def height(self) -> int:
        """Give the height of a row in pixels."""
        return round(2 * self.theme.metrics("ui").height() + 17)

    def draw(self, painter: QPainter, rect: QRectF, record: "RecordThen", state: RowState) -> None:
        """Draw one record."""
        theme, dip = self.theme, self.theme.dip
        ground(painter, theme, rect, state)
        quiet = theme.color("text2" if state.selected else "text3")
        half, side = rect.height() / 2, dip(16)

        def place(part: QRectF) -> QRectF:
            return mirrored_rect(part, rect, mirrored=state.mirrored)

        kind = str(record.values.get("kind") or record.table) if record.table == "source" else ""
        sign = place(QRectF(rect.left() + dip(14), rect.center().y() - side / 2, side, side))
        icons.draw(
            painter, kind_icon(kind or record.table), QPointF(sign.x(), sign.y()), quiet, side
        )
        upper = QRectF(rect.left() + dip(42), rect.top() + 3, rect.width() - dip(56), half - 2)
        look = (theme.font("ui_medium"), theme.color("text"))
        line(painter, place(upper), record.title, look, mirrored=state.mirrored)
        lower = upper.translated(0, half - 3)
        words, ink = since_words(record)
        used = 0.0
        if words:
            strong = (theme.font("small_strong"), theme.color(ink))
            used = line(painter, place(lower), words, strong, at_end=True, mirrored=state.mirrored)
        rest = lower.adjusted(0, 0, -used - dip(10), 0)
        said = f"{record.who} · {local_time(record.changed)}"
        line(painter, place(rest), said, (theme.font("label"), quiet), mirrored=state.mirrored)
