"""One entity as a row: its name, its kind and other names, how often it speaks."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from casefile.model.view import EntityView
from casefile.strings import trn
from casefile.ui.lettering import line
from casefile.ui.lists.source_painter import RowState, ground
from casefile.ui.theme import Theme
from casefile.ui.words import entity_kind_words


class EntityPainter:
    """Draws entities with the theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def height(self) -> int:
        """Give the height of a row in pixels."""
        high = self.theme.metrics("ui_strong").height() + self.theme.metrics("label").height()
        return round(high + self.theme.dip(15))

    def draw(self, painter: QPainter, rect: QRectF, one: EntityView, state: RowState) -> None:
        """Draw one entity."""
        theme, dip = self.theme, self.theme.dip
        ground(painter, theme, rect, state)
        quiet = theme.color("text2" if state.selected else "text3")
        inner = rect.adjusted(dip(14), dip(5), -dip(14), -dip(5))
        upper = QRectF(inner.left(), inner.top(), inner.width(), inner.height() / 2)
        lower = upper.translated(0, inner.height() / 2)
        label = (theme.font("label"), quiet)
        said = trn("{n} claim", "{n} claims", one.claims) if one.claims else ""
        used = line(painter, lower, said, label, at_end=True) if said else 0
        look = (theme.font("ui_strong"), theme.color("text"))
        line(painter, upper, one.entity.name or "–", look, mirrored=state.mirrored)
        others = ", ".join(name.name or "" for name in one.names)
        words = " · ".join(filter(None, (entity_kind_words(one.entity.kind), others)))
        part = lower.adjusted(0, 0, -used - dip(8), 0)
        line(painter, part, words, label, mirrored=state.mirrored)
