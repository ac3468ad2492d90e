"""Drawing a box over a page or photo, by mouse or by keys."""

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter

from casefile.model.page_letters import Box
from casefile.ui.page.areas import on_sheet, paint_outline
from casefile.ui.theme.tokens import LIGHT

STEP, FINE = 0.02, 0.002  # of a side, for a press of an arrow key
SMALLEST = 0.004
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class AreaPen(QObject):
    """A box that is being drawn; `changed` tells of each new state.

    Fractions are those of the picture as it is seen. The box stays when the mouse is let go, so
    that keys can move it (arrows), make it larger or smaller (with Shift), by a hair (with Ctrl).
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.active = False
        self.page = 0
        self.box: Box | None = None
        self._corner: tuple[float, float] | None = None

    def begin(self, page: int, box: Box) -> None:
        """Offer a box on a page, to be drawn anew by mouse or moved by keys."""
        self.active, self.page, self.box = True, page, _inside(box)
        self.changed.emit()

    def leave(self) -> None:
        """Stop drawing; the box is gone."""
        if self.active:
            self.active, self.box, self._corner = False, None, None
            self.changed.emit()

    def press(self, page: int, x: float, y: float) -> None:
        """Begin a new box at a point."""
        self.page, self._corner, self.box = page, (_side(x), _side(y)), None
        self.changed.emit()

    def drag(self, x: float, y: float) -> None:
        """Pull the other corner to a point of the same page."""
        if self._corner is None:
            return
        (left, top), (right, bottom) = self._corner, (_side(x), _side(y))
        box = (min(left, right), min(top, bottom), max(left, right), max(top, bottom))
        wide = box[2] - box[0] >= SMALLEST and box[3] - box[1] >= SMALLEST
        self.box = box if wide else None
        self.changed.emit()

    def release(self) -> None:
        """Let the mouse go; the box stays."""
        self._corner = None

    @property
    def drawing(self) -> bool:
        """Whether the mouse holds a corner."""
        return self._corner is not None

    def key(self, event: QKeyEvent) -> bool:
        """Take a key; False for one that means nothing here."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.leave()
            return True
        if key not in _ARROWS or self.box is None:
            return False
        held = event.modifiers()
        step = FINE if held & Qt.KeyboardModifier.ControlModifier else STEP
        across, along = (way * step for way in _ARROWS[key])
        left, top, right, bottom = self.box
        if held & Qt.KeyboardModifier.ShiftModifier:
            right, bottom = max(right + across, left + step), max(bottom + along, top + step)
            self.box = (left, top, min(right, 1.0), min(bottom, 1.0))
        else:
            self.box = _inside((left + across, top + along, right + across, bottom + along))
        self.changed.emit()
        return True

    def paint(self, painter: QPainter, page: int, sheet: QRectF) -> None:
        """Paint the box over the page that it stands on."""
        if self.box is not None and page == self.page:
            paint_outline(painter, on_sheet(self.box, sheet), QColor(LIGHT.accent), "dashed")


def _side(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _inside(box: Box) -> Box:
    """Push a box back into the picture without changing its size."""
    left, top, right, bottom = box
    across = max(0.0, -left) or min(0.0, 1.0 - right)
    along = max(0.0, -top) or min(0.0, 1.0 - bottom)
    return left + across, top + along, right + across, bottom + along
