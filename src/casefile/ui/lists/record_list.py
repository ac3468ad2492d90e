"""The list that all lists are made of: a tree view of uniform rows with its own row painter."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)
from typing_extensions import override

from casefile.ui.lettering import line
from casefile.ui.lists.source_painter import RowState
from casefile.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
WIDE = 520  # logical pixels from which a row is one line with columns
_ROWS = QItemSelectionModel.SelectionFlag.Rows
_ONLY = QItemSelectionModel.SelectionFlag.ClearAndSelect | _ROWS
Draw = Callable[[QPainter, QRectF, int, RowState], None]


class _Height(QStyledItemDelegate):
    """Says how high a row is; drawing is the list's own."""

    def __init__(self, height: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._height = height

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(10, self._height())


class Header(QHeaderView):
    """A flat header; the sorted column shows its arrow in the text."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self.sorted_by: tuple[int, bool] = (-1, False)  # section, descending
        self.inset = 14.0
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("columns")

    @override
    def sizeHint(self) -> QSize:
        return QSize(100, round(self._theme.dip(26)))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        whole = QRectF(rect)
        painter.fillRect(whole, self._theme.color("surface"))
        under = QRectF(whole.left(), whole.bottom() - 1, whole.width(), 1)
        painter.fillRect(under, self._theme.color("line"))
        words = self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or ""
        section, descending = self.sorted_by
        chosen = section == logicalIndex
        if chosen:
            words += " ↓" if descending else " ↑"
        left = self._theme.dip(self.inset) if logicalIndex == 0 else 0
        role = "small_strong" if chosen else "small"
        look = (self._theme.font(role), self._theme.color("text2" if chosen else "text3"))
        part = whole.adjusted(left, 0, 0, 0)
        line(painter, part, words, look, mirrored=self.isRightToLeft())

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.color("surface"))
        bottom = self.viewport().height() - 1
        painter.fillRect(QRectF(0, bottom, self.viewport().width(), 1), self._theme.color("line"))
        painter.end()
        super().paintEvent(e)


class RecordList(QTreeView):
    """Rows of one height drawn by `draw(painter, rect, number, state)`.

    `height()` gives the height of a row. `chosen` carries the number of the current row when keys
    or the mouse moved it, `opened` when Enter or a double click asked for it.
    """

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, theme: Theme, name: str, draw: Draw, height: Callable[[], int]) -> None:
        super().__init__()
        self.theme = theme
        self._draw = draw
        self._height = height
        self._last_height = height()
        self._quiet = False
        self.unread: Callable[[int], bool] = lambda _: False
        self.setAccessibleName(name)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setMouseTracking(True)
        self._hover = -1
        self._delegate = _Height(height, self)
        self.setItemDelegate(self._delegate)
        self.top = Header(theme)
        self.setHeader(self.top)
        self.setHeaderHidden(True)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.entered.connect(lambda index: self._hovered(index.row()))
        theme.changed.connect(self.relayout)

    @override
    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            self.selectionModel().currentRowChanged.connect(self._moved)

    def relayout(self) -> None:
        """Lay rows out again when their height may have changed."""
        self._last_height = self._height()
        self.setUniformRowHeights(False)
        self.setUniformRowHeights(True)
        self.scheduleDelayedItemsLayout()
        self.top.updateGeometry()
        self.viewport().update()

    def current(self) -> int:
        """Give the number of the current row, or -1."""
        return self.currentIndex().row()

    def chosen_rows(self) -> list[int]:
        """Give the numbers of the selected rows in order."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def go_to(self, number: int, *, quietly: bool = False) -> None:
        """Make a row the only selected one; quietly means without saying so."""
        if not 0 <= number < self.model().rowCount():
            return
        self._quiet = quietly
        index = self.model().index(number, 0)
        self.selectionModel().setCurrentIndex(index, _ONLY)
        self._quiet = False
        self.scrollTo(index)

    def step(self, by: int) -> None:
        """Go to the next or the previous row."""
        count = self.model().rowCount()
        if count:
            self.go_to(max(0, min(count - 1, self.current() + by)))

    def extend(self, by: int) -> None:
        """Take the next or previous row into the selection."""
        number = self.current() + by
        if 0 <= number < self.model().rowCount():
            index = self.model().index(number, 0)
            flags = QItemSelectionModel.SelectionFlag.Select | _ROWS
            self.selectionModel().setCurrentIndex(index, flags)

    def toggle(self) -> None:
        """Take the current row into the selection or out of it."""
        flags = QItemSelectionModel.SelectionFlag.Toggle | _ROWS
        self.selectionModel().select(self.currentIndex(), flags)

    def select_rows(self, numbers: list[int]) -> None:
        """Select exactly these rows."""
        chosen = QItemSelection()
        for number in numbers:
            index = self.model().index(number, 0)
            chosen.select(index, index)
        self.selectionModel().select(chosen, _ONLY)

    @override
    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: Index) -> None:
        number = index.row()
        state = RowState(
            selected=self.selectionModel().isRowSelected(number, QModelIndex()),
            current=self.currentIndex().row() == number,
            focused=self.hasFocus(),
            hover=self._hover == number,
            unread=self.unread(number),
            mirrored=self.isRightToLeft(),
        )
        rect = QRectF(options.rect)
        rect.setLeft(0)
        rect.setWidth(self.viewport().width())
        painter.save()
        self._draw(painter, rect, number, state)
        painter.restore()

    @override
    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Leave branches out: the list has none."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.current())
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Leave letters to the single keys."""

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hovered(-1)
        super().leaveEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _hovered(self, number: int) -> None:
        old, self._hover = self._hover, number
        for each in (old, number):
            if each >= 0:
                index = self.model().index(each, 0)
                rect = self.visualRect(index)
                self.viewport().update(0, rect.top(), self.viewport().width(), rect.height())

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and not self._quiet:
            self.chosen.emit(current.row())

    def sizes(self) -> dict[str, Any]:
        """Give the widths of the columns, to be kept."""
        return {str(n): self.top.sectionSize(n) for n in range(self.top.count())}
