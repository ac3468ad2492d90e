"""The pointer in the reader: place, draw out, words, paragraphs, marks, folds."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent

if TYPE_CHECKING:
    from casefile.ui.reader.reader import Reader

SCROLL_EVERY = 30  # ms, while the pointer is held outside


class Pointer(QObject):
    """Turns mouse events of the viewport into what the reader offers."""

    def __init__(self, reader: "Reader") -> None:
        super().__init__(reader)
        self._reader = reader
        self._held = False
        self._from: int | None = None
        self._last = QPointF()
        self._scroll = QTimer(self)
        self._scroll.setInterval(SCROLL_EVERY)
        self._scroll.timeout.connect(self._scroll_on)
        self._third = QTimer(self)  # runs while one more click means the paragraph
        self._third.setSingleShot(True)

    def pressed(self, event: QMouseEvent) -> None:
        """Begin: a card, a folded part, or a place in the text."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        reader, point = self._reader, event.position()
        card = reader.card_at(point)
        if card is not None:
            self._activate(card)
            return
        if reader.fold_at(point):
            reader.fold_boilerplate(not reader.folded)
            return
        position = reader.position_at(point)
        if position is None:
            return
        if self._third.isActive():
            self._third.stop()
            self._paragraph(position)
            return
        keep = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._held, self._from = True, None if keep else position
        reader.drop_current()
        reader.put_caret(position, keep=keep)

    def moved(self, event: QMouseEvent) -> None:
        """Draw the selection out, or show what is under the pointer."""
        reader, point = self._reader, event.position()
        self._last = point
        if not self._held:
            hand = reader.card_at(point) is not None or reader.fold_at(point)
            shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.IBeamCursor
            reader.viewport().setCursor(shape)
            return
        outside = not 0 <= point.y() <= reader.viewport().height()
        if outside != self._scroll.isActive():
            (self._scroll.start if outside else self._scroll.stop)()
        self._draw_out()

    def released(self, event: QMouseEvent) -> None:
        """End; a click on a mark that chose nothing makes it the current one."""
        if event.button() != Qt.MouseButton.LeftButton or not self._held:
            return
        self._held = False
        self._scroll.stop()
        reader = self._reader
        if self._from is None or reader.selection():
            return
        mark = reader.mark_at(self._from)
        if mark is not None:
            self._activate(mark, keep_caret=self._from)

    def double_clicked(self, event: QMouseEvent) -> None:
        """Choose the word."""
        position = self._reader.position_at(event.position())
        if position is None or event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._reader.select_word(position)
        self._third.start(QGuiApplication.styleHints().mouseDoubleClickInterval())

    def _paragraph(self, position: int) -> None:
        self._reader.select_paragraph(position)

    def _activate(self, mark: str, keep_caret: int | None = None) -> None:
        self._reader.activate_mark(mark, scroll=False)
        if keep_caret is not None:
            self._reader.put_caret(keep_caret)
        self._reader.mark_activated.emit(mark)

    def _draw_out(self) -> None:
        height = self._reader.viewport().height()
        inside = QPointF(self._last.x(), max(0.0, min(self._last.y(), height - 1.0)))
        position = self._reader.position_at(inside)
        if position is not None:
            self._reader.put_caret(position, keep=True)

    def _scroll_on(self) -> None:
        bar = self._reader.verticalScrollBar()
        beyond = self._last.y() if self._last.y() < 0 else self._last.y() - self._reader.height()
        bar.setValue(bar.value() + round(max(-60.0, min(60.0, beyond))))
        self._draw_out()
