"""The reader: what a person does in the text with keys and pointer."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from casefile.model.view import TextView
from casefile.ui.reader.blocks import Block
from casefile.ui.reader.canvas import Canvas
from casefile.ui.reader.caret import wider, word_around
from casefile.ui.reader.keys import step_of
from casefile.ui.reader.marks import Ranges
from casefile.ui.reader.pointer import Pointer
from casefile.ui.theme import Theme


class Reader(Canvas):
    """Stored text in zones; every position given or taken is a code point of that text.

    `selection_changed` is sent when the selection changes, `mark_activated` with the id of a mark
    that was clicked or stepped to.
    """

    selection_changed = Signal()
    mark_activated = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self._pointer = Pointer(self)

    @override
    def set_text(self, view: TextView | None, blocks: list[Block] | None = None) -> None:
        super().set_text(view, blocks)
        self.selection_changed.emit()

    # What is chosen

    def selection(self) -> tuple[int, int] | None:
        """Give the chosen code points, None when nothing is chosen."""
        return self._caret.selection

    def selected_text(self) -> str:
        """Give the chosen words as they are stored."""
        chosen, view = self.selection(), self.text()
        return view.text[chosen[0] : chosen[1]] if chosen and view else ""

    def set_selection(self, start: int, end: int) -> None:
        """Choose a range of code points."""
        before = self.selection()
        self._caret.choose(start, end)
        self._chosen(before)

    def clear_selection(self) -> None:
        """Choose nothing; the caret stays."""
        self.set_selection(self._caret.position, self._caret.position)

    def select_all(self) -> None:
        """Choose the whole text."""
        if view := self.text():
            self.set_selection(0, len(view.text))

    def select_sentence(self) -> None:
        """Choose the sentence at the caret; again: its paragraph."""
        if self._document and self._document.blocks:
            self.set_selection(*wider(self._document, self.selection(), self._caret.position))

    def select_word(self, position: int) -> None:
        """Choose the word at a position."""
        if self._document and self._document.blocks:
            self.set_selection(*word_around(self._document, position))

    def select_paragraph(self, position: int) -> None:
        """Choose the paragraph at a position."""
        if self._document and self._document.blocks:
            block = self._document.blocks[self._document.block_at(position)]
            self.set_selection(block.start, block.end)

    def caret(self) -> int:
        """Give where the caret stands."""
        return self._caret.position

    def put_caret(self, position: int, *, keep: bool = False) -> None:
        """Put the caret down; with `keep` the selection is drawn out to it."""
        before = self.selection()
        self._caret.put(position, keep=keep)
        self._chosen(before)

    # Marks and hits

    def current_mark(self) -> str | None:
        """Give the id of the mark that commands act on: stepped to, clicked, or at the caret."""
        if self._mark is not None:
            return self._marks[self._mark].annotation.id
        found = self._mark_ranges.at(self._caret.position)
        return self._marks[found.number].annotation.id if found else None

    def activate_mark(self, id: str | None, *, scroll: bool = True) -> None:  # noqa: A002 - as the record
        """Make a mark the current one and show it; None: no mark is current."""
        ids = [mark.annotation.id for mark in self._marks]
        self._mark = ids.index(id) if id in ids else None
        span = self._marks[self._mark].annotation.span if self._mark is not None else None
        if span:
            before = self.selection()
            self._caret.put(span[0])
            if scroll:
                self.scroll_to(span[0])
            self._chosen(before)
        self.viewport().update()

    def drop_current(self) -> None:
        """Make no mark the current one."""
        self._mark = None

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

    def _step_mark(self, way: int) -> str | None:
        order = self._mark_ranges.all
        if not order:
            return None
        numbers = [entry.number for entry in order]
        if self._mark in numbers:
            index = numbers.index(self._mark) + way
        else:
            index = _beside(self._mark_ranges, self._from_here(), way)
        id = self._marks[order[index % len(order)].number].annotation.id  # noqa: A001 - as above
        self.activate_mark(id)
        self.mark_activated.emit(id)
        return id

    def _step_hit(self, way: int) -> tuple[int, int] | None:
        if not len(self._hits):
            return None
        if self._hit is not None:
            index = self._hit + way
        else:
            index = _beside(self._hits, self._from_here(), way)
        self._hit = index % len(self._hits)
        self.scroll_to(self._hits.all[self._hit].start)
        self.viewport().update()
        return self._hit + 1, len(self._hits)

    def _from_here(self) -> int:
        """Give the caret where it is seen, else the top of what is seen."""
        if self._document and self._flow:
            item = self._document.item_at(self._caret.position)
            if self._flow.top_of(item) is not None:
                return self._caret.position
        return self.top_position()

    # Qt

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.selection():
            self.clear_selection()
            return
        found = step_of(event)
        if found is None or self._document is None or not self._document.blocks:
            event.ignore()
            return
        if found.page:
            self._page(found.page)
            return
        before = self.selection()
        if self._flow and self._flow.top_of(self._document.item_at(self.caret())) is None:
            self._caret.put(self.top_position(), keep=found.keep)
        self._caret.move(self._document, found.step, keep=found.keep)
        self._mark = None
        self.show_caret()
        self._chosen(before)

    def _page(self, way: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + way * bar.pageStep())

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pointer.pressed(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer.moved(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pointer.released(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pointer.double_clicked(event)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            words = self.sign_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().viewportEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _chosen(self, before: tuple[int, int] | None) -> None:
        self._describe()
        self.viewport().update()
        if self.selection() != before:
            self.selection_changed.emit()


def _beside(ranges: Ranges, position: int, way: int) -> int:
    """Give the place of the first range from a position on, or of the last before it."""
    index = sum(1 for entry in ranges.all if entry.start < position)
    return index if way > 0 else index - 1
