"""One act of the history as a row: what was done, who, when, how much."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from casefile.strings import tr, trn
from casefile.ui import icons
from casefile.ui.dates import local_time
from casefile.ui.lettering import line, mirrored_rect
from casefile.ui.lists.source_painter import RowState, ground
from casefile.ui.theme import Theme

_ICONS = {
    "import": "file-plus",
    "annotate": "highlight",
    "recolour": "highlight",
    "move mark": "highlight",
    "claim": "quote",
    "edit claim": "quote",
    "link": "link",
    "stance": "link",
    "accept suggestion": "check",
    "relate": "link",
    "note": "note",
    "edit note": "note",
    "write note": "note",
    "tag": "tag",
    "untag": "tag",
    "assess": "flag",
    "grade": "flag",
    "triage": "circle-check",
    "entity": "user",
    "alias": "user",
    "merge entities": "user",
    "delete": "trash",
    "purge": "trash",
    "undo": "arrow-back-up",
    "redo": "arrow-forward-up",
    "new": "plus",
}


@dataclass(frozen=True, slots=True)
class ActLine:
    """What a row shows of one act."""

    id: str
    key: str
    words: str
    who: str
    when: int  # milliseconds since 1970
    operations: int
    undone: bool
    mine: bool

    def said(self) -> str:
        """Say the row as a screen reader does."""
        state = tr("undone") if self.undone else ""
        return ", ".join(
            part for part in (self.words, self.who, local_time(self.when), state) if part
        )


class ActPainter:
    """Draws acts with the theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def height(self) -> int:
        """Give the height of a row in pixels."""
        return round(2 * self.theme.metrics("ui").height() + 17)

    def draw(self, painter: QPainter, rect: QRectF, act: ActLine, state: RowState) -> None:
        """Draw one act."""
        theme, dip = self.theme, self.theme.dip
        ground(painter, theme, rect, state)
        quiet = theme.color("text2" if state.selected else "text3")
        half = rect.height() / 2
        inner = QRectF(rect.left() + dip(42), rect.top() + 3, rect.width() - dip(56), half - 2)

        def place(part: QRectF) -> QRectF:
            return mirrored_rect(part, rect, mirrored=state.mirrored)

        side = dip(16)
        sign = place(QRectF(rect.left() + dip(14), rect.center().y() - side / 2, side, side))
        name = _ICONS.get(act.key, "history")
        icons.draw(painter, name, QPointF(sign.left(), sign.top()), quiet, side)
        ink = theme.color("text3" if act.undone and not state.selected else "text")
        used = 0.0
        if act.undone:
            look = (theme.font("small_strong"), quiet)
            used = line(
                painter, place(inner), tr("undone"), look, at_end=True, mirrored=state.mirrored
            )
        words = inner.adjusted(0, 0, -used - (dip(10) if used else 0), 0)
        line(
            painter,
            place(words),
            act.words,
            (theme.font("ui_medium"), ink),
            mirrored=state.mirrored,
        )
        lower = inner.translated(0, half - 3)
        look = (theme.font("label"), quiet)
        when = local_time(act.when)
        used = line(painter, place(lower), when, look, at_end=True, mirrored=state.mirrored)
        count = trn("{n} change", "{n} changes", act.operations)
        rest = lower.adjusted(0, 0, -used - dip(10), 0)
        line(painter, place(rest), f"{act.who} · {count}", look, mirrored=state.mirrored)
