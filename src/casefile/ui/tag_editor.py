"""The tags of a record as chips, with a field for one more."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRect, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLayout, QLayoutItem, QLineEdit, QWidget
from typing_extensions import override

from casefile.strings import tr
from casefile.ui.parts import Chip, clear, column
from casefile.ui.theme import Theme


class Flow(QLayout):
    """Puts widgets beside each other and goes on in the next line."""

    def __init__(self, gap: int = 4) -> None:
        super().__init__()
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, self.heightForWidth(180))

    @override
    def minimumSize(self) -> QSize:
        return QSize(40, 10)

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, high = rect.left(), rect.top(), 0
        for item in self._items:
            size = item.sizeHint()
            if x > rect.left() and x + size.width() > rect.right() + 1:
                x, y, high = rect.left(), y + high + self._gap, 0
            if move:
                item.setGeometry(QRect(x, y, min(size.width(), rect.width()), size.height()))
            x += size.width() + self._gap
            high = max(high, size.height())
        return y + high - rect.top()


class TagEditor(QWidget):
    """`added` carries a new tag, `removed` one that was pressed."""

    added = Signal(str)
    removed = Signal(str)

    def __init__(
        self, theme: Theme, suggest: Callable[[Callable[[list[str]], None]], None]
    ) -> None:
        super().__init__()
        self._theme = theme
        self._suggest = suggest
        self._chips = QWidget()
        self._flow = Flow()
        self._chips.setLayout(self._flow)
        self.field = _TagField()
        self.field.setPlaceholderText(tr("Add a tag"))
        self.field.setAccessibleName(tr("Add a tag"))
        self._known = QStringListModel()
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.field.setCompleter(completer)
        self.field.returnPressed.connect(self._add)
        layout = column(self, gap=4)
        layout.addWidget(self._chips)
        layout.addWidget(self.field)

    def show_tags(self, tags: tuple[str, ...]) -> None:
        """Show the tags."""
        clear(self._flow)
        for name in tags:
            chip = Chip(self._theme, name, "text", "surface")
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.setAccessibleName(tr("Tag {name}, take it off").format(name=name))
            chip.setToolTip(tr("Take this tag off"))
            chip.clicked.connect(partial(self._remove, name))
            self._flow.addWidget(chip)
        self._chips.setVisible(bool(tags))
        self._chips.updateGeometry()

    def go(self) -> None:
        """Go to the field, with the tags of the case at hand."""
        self._suggest(self._known.setStringList)
        self.field.setFocus()

    def _add(self) -> None:
        name = self.field.text().strip()
        self.field.clear()
        if name:
            self.added.emit(name)

    def _remove(self, name: str, *_: object) -> None:
        self.removed.emit(name)


class _TagField(QLineEdit):
    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
