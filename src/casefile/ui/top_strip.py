"""The strip at the top: the menu bar laid out inside, the search field, Add evidence, undo."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QMenuBar, QWidget
from typing_extensions import override

from casefile.strings import tr
from casefile.ui import icons
from casefile.ui.key_hints import cap
from casefile.ui.parts import Ground, IconButton, button, row
from casefile.ui.theme import Theme
from casefile.ui.theme.painting import box


class SearchField(QLineEdit):
    """Where a search is typed; Esc and Down leave it."""

    left = Signal()
    down = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setPlaceholderText(tr("Search everything in this case"))
        self.setAccessibleName(tr("Search everything in this case"))
        self.setTextMargins(26, 0, 8, 0)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = self._theme.dip(16)
        middle = self.height() / 2
        spot = QRectF(9, middle - side / 2, side, side).topLeft()
        icons.draw(painter, "search", spot, self._theme.color("text3"), side)
        if not self.text():
            words = "Esc" if self.hasFocus() else "Ctrl Shift F"
            metrics = self._theme.metrics("tiny")
            width = metrics.horizontalAdvance(words) + self._theme.dip(9)
            cap(painter, self._theme, self.width() - width - 8, middle, words)
        painter.end()


class Logo(QWidget):
    """The sign of the program."""

    def __init__(self, theme: Theme, side: float = 22) -> None:
        super().__init__()
        self._theme, self._side = theme, side
        self.setFixedSize(round(side), round(side))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        box(painter, rect, self._theme.color("accent"), radius=self._side / 4.5)
        side = self._side * 0.62
        at = QRectF((self._side - side) / 2, (self._side - side) / 2, side, side).topLeft()
        icons.draw(painter, "folder-open", at, self._theme.color("on_accent"), side)
        painter.end()


class TopStrip(Ground):
    """Menu bar at the start, search in the middle, acts at the end."""

    def __init__(self, theme: Theme, run: Callable[[str], None]) -> None:
        super().__init__(theme, "panel")
        self.menus = QMenuBar()
        self.menus.setNativeMenuBar(False)
        self.menus.setAccessibleName(tr("Menus"))
        self.search = SearchField(theme)
        self.add = button(
            theme, tr("Add evidence"), lambda: run("case.add"), "file-plus", primary=True
        )
        self.undo = IconButton(theme, "arrow-back-up", tr("Undo"), lambda: run("edit.undo"))
        self.more = IconButton(theme, "dots", tr("Commands"), lambda: run("go.commands"))
        self.logo = Logo(theme)
        layout = row(self, (12, 5, 12, 6), 6)
        layout.addWidget(self.logo)
        layout.addWidget(self.menus, 5, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.search, 8)
        layout.addStretch(3)
        layout.addWidget(self.add)
        layout.addWidget(self.undo)
        layout.addWidget(self.more)
        theme.changed.connect(self._fit)
        self._fit()

    def show_case(self, *, is_open: bool, writable: bool) -> None:
        """Show search and acts only while a case is open."""
        for part in (self.search, self.more, self.undo, self.logo):
            part.setVisible(is_open)
        self.add.setVisible(is_open and writable)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self.theme.color("line"))
        painter.end()

    def _fit(self) -> None:
        dip = self.theme.dip
        self.setFixedHeight(round(dip(41)))
        self.menus.setFont(self.theme.font("ui"))
        self.search.setFont(self.theme.font("ui"))
        self.search.setMaximumWidth(round(dip(430)))
        self.search.setMinimumWidth(round(dip(200)))
