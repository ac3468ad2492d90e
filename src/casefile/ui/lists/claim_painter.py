"""One claim as a row: the statement, who says it, on how many sources it stands."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from casefile.model.view import ClaimRow
from casefile.strings import tr, trn
from casefile.ui import icons
from casefile.ui.dates import short_date
from casefile.ui.lettering import line
from casefile.ui.lists.source_painter import RowState, ground
from casefile.ui.theme import Theme


class ClaimPainter:
    """Draws claims with the theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def height(self) -> int:
        """Give the height of a row in pixels."""
        high = self.theme.metrics("ui_strong").height() + self.theme.metrics("label").height()
        return round(high + self.theme.dip(24))

    def draw(
        self, painter: QPainter, rect: QRectF, claim: ClaimRow, state: RowState,
        origins: int | None = None,
    ) -> None:  # fmt: skip
        """Draw one claim; `origins` is None until they were counted."""
        theme, dip = self.theme, self.theme.dip
        ground(painter, theme, rect, state)
        quiet = theme.color("text2" if state.selected else "text3")
        inner = rect.adjusted(dip(14), dip(7), -dip(14), -dip(7))
        upper = QRectF(inner.left(), inner.top(), inner.width(), inner.height() / 2)
        lower = upper.translated(0, inner.height() / 2)
        look = (theme.font("ui_strong"), theme.color("text"))
        line(painter, upper, claim.statement, look, mirrored=state.mirrored)
        label = theme.font("label")
        strong = (origins or 0) > 1
        ink = theme.color("good" if strong else "warn")
        words = trn("{n} source", "{n} sources", claim.sources)
        if origins is not None and claim.sources > 1:
            words += ", " + trn("{n} origin", "{n} origins", origins)
        side = dip(13)
        name = "arrows-split-2" if strong else "alert-triangle"
        spot = QPointF(lower.left(), lower.center().y() - side / 2)
        icons.draw(painter, name, spot, ink, side)
        first = lower.adjusted(side + 5, 0, 0, 0)
        used = line(painter, first, words, (theme.font("label_strong"), ink))
        left = first.left() + used + dip(10)
        if claim.contradicts:
            said = trn("{n} against", "{n} against", claim.contradicts)
            part = QRectF(left, lower.top(), inner.right() - left, lower.height())
            left += line(painter, part, said, (theme.font("label_strong"), theme.color("bad")))
            left += dip(10)
        date = short_date(claim.about)
        used = line(painter, lower, date, (label, quiet), at_end=True) if date else 0
        part = QRectF(left, lower.top(), inner.right() - used - dip(8) - left, lower.height())
        line(painter, part, claim.speaker or tr("nobody named"), (label, quiet))
