"""The forms of one thing as flat tabs: Text, Page, Original."""

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget
from typing_extensions import override

from casefile.ui.parts import row
from casefile.ui.theme import Theme
from casefile.ui.theme.painting import box, ring


class Tab(QAbstractButton):
    """One form."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self._theme = theme
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @override
    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics("ui_medium")
        width = metrics.horizontalAdvance(self.text()) + self._theme.dip(16)
        return QSize(round(width), round(self._theme.dip(26)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.isChecked():
            box(painter, rect, self._theme.color("accent_soft"))
        elif self.underMouse():
            box(painter, rect, self._theme.color("hover"))
        painter.setFont(self._theme.font("ui_strong" if self.isChecked() else "ui_medium"))
        painter.setPen(self._theme.color("text" if self.isChecked() else "text2"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            ring(painter, rect, self._theme.color("focus"))
        painter.end()


class Tabs(QWidget):
    """`chosen` carries the key of a form that a person asked for."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, forms: list[tuple[str, str]]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._tabs: dict[str, Tab] = {}
        layout = row(self, gap=2)
        for key, words in forms:
            tab = Tab(theme, words)
            tab.clicked.connect(partial(self._clicked, key))
            self._group.addButton(tab)
            self._tabs[key] = tab
            layout.addWidget(tab)

    def offer(self, keys: list[str]) -> None:
        """Show only these forms; a single one needs no tab."""
        for key, tab in self._tabs.items():
            tab.setVisible(key in keys and len(keys) > 1)

    def show_form(self, key: str) -> None:
        """Check a tab."""
        self._tabs[key].setChecked(True)

    def _clicked(self, key: str, *_: object) -> None:
        self.chosen.emit(key)
