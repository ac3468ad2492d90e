"""Pages of a PDF below one another, drawn elsewhere and delivered as raw pixels."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from casefile.model.document import Heading
from casefile.model.page_letters import Box
from casefile.ui.page.areas import AreaMark
from casefile.ui.page.page_canvas import PageCanvas
from casefile.ui.theme import Theme

STEP = 1.2
OFFERED = (0.3, 0.7, 0.1)  # a new box: its sides across the page, its height
FAR = 3  # pixels that part a click from a drag


class PageView(PageCanvas):
    """Shows pages; asks for pictures with `need_page(page from 1, width in device pixels)`.

    Positions are code points of the stored text. `page_changed` tells the page on top,
    `mark_activated` the id of a mark that was clicked or stepped to.
    """

    mark_activated = Signal(str)
    selection_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._pressed: QPointF | None = None
        self._has_outline = self._outline_wanted = False
        self._bar.offer_outline(offered=False, opened=False)
        self._bar.zoomed.connect(self.zoom_by)
        self._bar.dim_toggled.connect(lambda: self.set_dimmed(not self.dimmed))
        self._bar.area_asked.connect(self.draw_area)
        self._bar.outline_toggled.connect(self.open_outline)
        self.outline.chosen.connect(self.scroll_to_page)
        self.pen.changed.connect(self._show_cursor)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)

    def set_headings(self, headings: Sequence[Heading]) -> None:
        """Take the outline; it opens by its button, and with headings it stays as it was."""
        self.outline.set_headings(headings)
        self._has_outline = bool(headings)
        self.open_outline(opened=self._outline_wanted)

    def open_outline(self, opened: bool) -> None:  # noqa: FBT001 - one state of two
        """Open or fold the outline beside the pages."""
        if self._has_outline:
            self._outline_wanted = opened
        self.outline.setVisible(opened and self._has_outline)
        self._bar.offer_outline(offered=self._has_outline, opened=opened)
        self._place_parts()
        self._arrange()

    def set_selection(self, start: int, end: int) -> None:
        """Choose a range of code points."""
        self._choose(start, end)

    def clear_selection(self) -> None:
        """Choose nothing."""
        self._choose(0, 0)
        self.pen.leave()

    def draw_area(self) -> None:
        """Offer a box on the page in sight, that mouse or keys bring to its place."""
        if not len(self._sheets):
            return
        self._choose(0, 0)
        page, _, y = self._on_page(QPointF(self.viewport().rect().center()))
        left, right, height = OFFERED
        self.pen.begin(page, (left, y - height / 2, right, y + height / 2))
        self.setFocus()

    def area(self) -> tuple[int, Box] | None:
        """Give the box that is drawn: its page, fractions of that page."""
        return (self.pen.page, self.pen.box) if self.pen.box else None

    def current_mark(self) -> str | None:
        """Give the id of the mark that was clicked or stepped to."""
        return self._mark

    def activate_mark(self, id: str | None) -> None:  # noqa: A002 - as the record calls it
        """Make a mark the current one and show it."""
        self._mark = id
        found = next((mark for mark in self._marks if mark.id == id), None)
        area = self.areas.find(id)
        if found is not None:
            self.scroll_to(found.start)
        elif area is not None:
            self._show_area(area)
        self.viewport().update()

    def next_mark(self) -> str | None:
        """Step to the next mark, from the last to the first; gives its id."""
        return self._step_mark(1)

    def previous_mark(self) -> str | None:
        """Step to the mark before, from the first to the last; gives its id."""
        return self._step_mark(-1)

    def next_hit(self) -> tuple[int, int] | None:
        """Step to the next hit; gives (its number from 1, how many there are)."""
        return self._step_hit(1)

    def previous_hit(self) -> tuple[int, int] | None:
        """Step to the hit before; gives (its number from 1, how many there are)."""
        return self._step_hit(-1)

    def zoom_by(self, way: int) -> None:
        """Make pages larger (1) or smaller (-1), or fit the width (0)."""
        self.set_zoom(self.zoom() * STEP**way if way else 1.0)

    def _show_area(self, area: AreaMark) -> None:
        """Bring an area into sight, a third down."""
        top = self._sheets.top(area.page) + area.box[1] * self._sheets.height(area.page)
        self.verticalScrollBar().setValue(round(top - self.viewport().height() / 3))

    def _step_mark(self, way: int) -> str | None:
        ids = [mark.id for mark in self._marks] + [area.id for area in self.areas.marks]
        if not ids:
            return None
        index = ids.index(self._mark) + way if self._mark in ids else 0 if way > 0 else -1
        found = ids[index % len(ids)]
        self.activate_mark(found)
        self.mark_activated.emit(found)
        return found

    def _step_hit(self, way: int) -> tuple[int, int] | None:
        if not self._hits:
            return None
        start = -1 if way > 0 else 0
        self._hit = ((start if self._hit is None else self._hit) + way) % len(self._hits)
        self.scroll_to(self._hits[self._hit][0])
        self.viewport().update()
        return self._hit + 1, len(self._hits)

    # Qt

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y() / 120
            self.set_zoom(self.zoom() * STEP**turned, event.position())
            event.accept()
            return
        super().wheelEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        bar, keys = self.verticalScrollBar(), Qt.Key
        if self.pen.active and self.pen.key(event):
            return
        if key == keys.Key_Escape and self.selection():
            self.clear_selection()
        elif shift and key in {keys.Key_Left, keys.Key_Right} and self._chosen:
            anchor, caret = self._chosen
            self._choose(anchor, max(0, caret + (1 if key == keys.Key_Right else -1)))
        elif key in {keys.Key_Space, keys.Key_PageDown, keys.Key_PageUp}:
            back = key == keys.Key_PageUp or (key == keys.Key_Space and shift)
            bar.setValue(bar.value() + (-1 if back else 1) * bar.pageStep())
        elif key in {keys.Key_Home, keys.Key_End}:
            bar.setValue(0 if key == keys.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not len(self._sheets):
            event.ignore()
            return
        if self.pen.active:
            self.pen.press(*self._on_page(event.position()))
            return
        self._pressed = event.position()
        position = self._near(event.position())
        if position is None:
            return
        keep = self._chosen and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self._choose(self._chosen[0] if keep and self._chosen else position, position)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.pen.drawing:
            self.pen.drag(*self._of_page(self.pen.page, event.position()))
            return
        if self._pressed is None or self._chosen is None:
            return
        position = self._near(event.position())
        if position is not None:
            self._choose(self._chosen[0], position)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pen.release()
        pressed, self._pressed = self._pressed, None
        if pressed is None or (event.position() - pressed).manhattanLength() > FAR:
            return
        page, x, y = self._on_page(event.position())
        letters = self._letters.get(page)
        at = letters.at(x, y) if letters else None
        found = [mark for mark in self._marks if at is not None and mark.start <= at < mark.end]
        self._mark = self.areas.at(page, x, y)
        if found:
            self._mark = min(found, key=lambda mark: mark.end - mark.start).id
        if self._mark is not None:
            self.mark_activated.emit(self._mark)
        self.viewport().update()

    def _show_cursor(self) -> None:
        shapes = Qt.CursorShape
        shape = shapes.CrossCursor if self.pen.active else shapes.IBeamCursor
        self.viewport().setCursor(shape)

    def _near(self, point: QPointF) -> int | None:
        page, x, y = self._on_page(point)
        letters = self._letters.get(page)
        return letters.near(x, y) if letters else None

    def _choose(self, anchor: int, caret: int) -> None:
        before = self.selection()
        self._chosen = (anchor, caret)
        self.viewport().update()
        if self.selection() != before:
            self.selection_changed.emit()
