"""A part of the inspector that folds: a button with a title and a count over a body."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from casefile.ui import icons
from casefile.ui.lettering import line
from casefile.ui.parts import Words, clear, column, row, wrapped
from casefile.ui.theme import Theme
from casefile.ui.theme.painting import ring


class _Title(QAbstractButton):
    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self._theme = theme
        self.count: int | None = None
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setChecked(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @override
    def sizeHint(self) -> QSize:
        return QSize(80, round(self._theme.dip(30)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(0, 0, self.width(), 1, theme.color("line"))
        side = theme.dip(14)
        middle = self.height() / 2
        name = "chevron-down" if self.isChecked() else "chevron-right"
        at = QRectF(10, middle - side / 2 + 1, side, side).topLeft()
        icons.draw(painter, name, at, theme.color("text3"), side)
        rect = QRectF(self.rect()).adjusted(14 + side, 2, -8, 0)
        used = line(painter, rect, self.text(), (theme.font("ui_strong"), theme.color("text")))
        if self.count is not None:
            words = rect.adjusted(used + 8, 0, 0, 0)
            line(painter, words, str(self.count), (theme.font("ui"), theme.color("text3")))
        if self.hasFocus():
            ring(painter, QRectF(self.rect()).adjusted(4, 3, -4, -2), theme.color("focus"))
        painter.end()


class Section(QWidget):
    """A title that opens and folds what is below it."""

    folded = Signal(bool)

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme = theme
        self.title = _Title(theme, title)
        self.body = QWidget()
        self.rows: QVBoxLayout = column(self.body, (14, 0, 14, 10), 4)
        layout = column(self)
        layout.addWidget(self.title)
        layout.addWidget(self.body)
        self.title.toggled.connect(self._toggled)

    def set_count(self, count: int | None) -> None:
        """Show how many there are."""
        self.title.count = count
        said = self.title.text() if count is None else f"{self.title.text()}, {count}"
        self.title.setAccessibleName(said)
        self.title.update()

    def empty(self) -> None:
        """Take everything out of the body."""
        clear(self.rows)

    def say(self, text: str) -> None:
        """Show one quiet sentence as the body."""
        self.empty()
        self.rows.addWidget(wrapped(self._theme, text, "label", "text3"))

    def _toggled(self, on: bool) -> None:  # noqa: FBT001 - Qt's signature
        self.body.setVisible(on)
        self.folded.emit(not on)


class FactRow(QWidget):
    """A name and its value; unknown values are said to be unknown."""

    def __init__(self, theme: Theme, name: str, value: str | QWidget) -> None:
        super().__init__()
        layout = row(self, gap=6)
        label = Words(theme, name, "label", "text3")
        label.setFixedWidth(round(theme.dip(72)))
        layout.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        if isinstance(value, str):
            shown = wrapped(theme, value, "label", "text")
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            layout.addWidget(shown, 1)
        else:
            layout.addWidget(value, 1)
