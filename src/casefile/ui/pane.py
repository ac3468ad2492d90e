"""A pane of the window: a surface with an accent line on top while the focus is inside."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from casefile.ui.parts import Ground, OneLine, Words, row
from casefile.ui.theme import Theme


class Pane(Ground):
    """A part of the window that the focus walks through; `role` names it for folds and keys."""

    def __init__(self, theme: Theme, role: str, name: str, colour: str = "surface") -> None:
        super().__init__(theme, colour)
        self.role = role
        self.setAccessibleName(name)
        self._line = _FocusLine(self, theme)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._line.place()

    def mark_focus(self, *, inside: bool) -> None:
        """Show or hide the line on top."""
        self._line.setVisible(inside)
        self._line.place()


def holds(pane: QWidget, widget: QWidget | None) -> bool:
    """Say whether a widget is this pane or inside it."""
    return widget is not None and (widget is pane or pane.isAncestorOf(widget))


class _FocusLine(QWidget):
    def __init__(self, pane: QWidget, theme: Theme) -> None:
        super().__init__(pane)
        self._pane = pane
        self._theme = theme
        self.hide()
        self.setObjectName("focus-line")

    def place(self) -> None:
        self.setGeometry(0, 0, self._pane.width(), 2)
        self.raise_()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("focus"))
        painter.end()


class FocusLines(QObject):
    """Moves the accent line to the pane that holds the focus; `moved` tells that it moved."""

    moved = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.now: Pane | None = None
        _app().focusChanged.connect(self._moved)

    def stop(self) -> None:
        """Look no longer; the panes are about to go."""
        _app().focusChanged.disconnect(self._moved)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        pane: QWidget | None = new
        while pane is not None and not isinstance(pane, Pane):
            pane = pane.parentWidget()
        if new is None or new.window() is not self.parent():
            return
        if pane is self.now:
            self.moved.emit()
            return
        if self.now is not None:
            self.now.mark_focus(inside=False)
        self.now = pane if isinstance(pane, Pane) else None
        if self.now is not None:
            self.now.mark_focus(inside=True)
        self.moved.emit()


class PaneHead(Ground):
    """The head of a pane: title, count, buttons, and a line below."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, "surface")
        self.title = OneLine(theme, title, "title")
        self.count = Words(theme, "", "ui", "text3")
        self._row = row(self, (14, 0, 8, 1), 6)
        self._row.addWidget(self.title, 0)
        self._row.addWidget(self.count, 1)
        theme.changed.connect(self._fit)
        self._fit()

    def set_title(self, title: str, count: int | None = None) -> None:
        """Show a title and how many there are."""
        self.title.set_text(title)
        self.title.setMaximumWidth(self.title.sizeHint().width() + 4)
        self.count.setText("" if count is None else f"{count:,}".replace(",", "\u202f"))

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end of the head."""
        self._row.addWidget(widget)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self.theme.color("line"))
        painter.end()

    def _fit(self) -> None:
        self.setFixedHeight(round(self.theme.dip(40)))


def _app() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        msg = "a window needs a QApplication"
        raise TypeError(msg)
    return app
