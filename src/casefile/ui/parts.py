"""The smallest widgets: plain words, icon buttons, lines, rows of name and value."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from casefile.ui import icons, lettering
from casefile.ui.theme import Theme
from casefile.ui.theme.painting import box, ring

_Layout = TypeVar("_Layout", bound=QBoxLayout)


class Words(QLabel):
    """Plain words in a role and colour of the theme; markup in them is shown, never obeyed."""

    def __init__(self, theme: Theme, text: str = "", role: str = "ui", color: str = "text") -> None:
        super().__init__(text)
        self._theme, self._role, self._color = theme, role, color
        self.setTextFormat(Qt.TextFormat.PlainText)
        theme.changed.connect(self.restyle)
        self.restyle()

    def tint(self, color: str) -> None:
        """Use another token."""
        self._color = color
        self.restyle()

    def restyle(self) -> None:
        """Take font and colour from the theme."""
        self.setFont(self._theme.font(self._role))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.color(self._color))
        self.setPalette(palette)


def wrapped(theme: Theme, text: str, role: str = "ui", color: str = "text") -> Words:
    """Give words that break over lines."""
    made = Words(theme, text, role, color)
    break_lines(made)
    return made


def break_lines(label: QLabel) -> None:
    """Let a label break over lines in whatever width it is given."""
    label.setWordWrap(True)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    start = Qt.AlignmentFlag.AlignRight if label.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignAbsolute | start)


class OneLine(QWidget):
    """One line of words from a case, in its own direction, cut with an ellipsis."""

    def __init__(self, theme: Theme, text: str = "", role: str = "ui", color: str = "text") -> None:
        super().__init__()
        self._theme, self._role, self._color, self._text = theme, role, color, text
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_text(self, text: str) -> None:
        """Show other words."""
        self._text = text
        self.setAccessibleName(lettering.flat(text))
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Give the words that are shown."""
        return self._text

    @override
    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics(self._role)
        width = metrics.horizontalAdvance(lettering.flat(self._text))
        return QSize(round(width) + 4, round(metrics.height() + 4))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(20, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        lettering.line(
            painter,
            QRectF(self.rect()),
            self._text,
            (self._theme.font(self._role), self._theme.color(self._color)),
            mirrored=self.isRightToLeft(),
        )
        painter.end()


class IconButton(QToolButton):
    """A button of one icon, at least 24 by 24, with a name for screen readers."""

    def __init__(self, theme: Theme, icon: str, name: str, run: Callable[[], object]) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda *_: run())
        theme.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """Take icon and size from the theme."""
        side = round(self._theme.dip(26))
        self.setFixedSize(side, side)
        self.setIconSize(QSize(round(self._theme.dip(16)), round(self._theme.dip(16))))
        self.setIcon(icons.icon(self._icon, self._theme.color("text2"), self._theme.dip(16)))


class Button(QPushButton):
    """A push button of the theme; a primary one is filled with the accent."""

    def __init__(self, theme: Theme, text: str, icon: str, *, primary: bool) -> None:
        super().__init__(text)
        self._theme, self._icon, self._primary = theme, icon, primary
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setProperty("primary", primary)
        theme.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """Take font and icon from the theme."""
        self.setFont(self._theme.font("ui_strong" if self._primary else "ui_medium"))
        if self._icon:
            color = self._theme.color("on_accent" if self._primary else "text2")
            self.setIcon(icons.icon(self._icon, color, self._theme.dip(16)))


def button(
    theme: Theme, text: str, run: Callable[[], object], icon: str = "", *, primary: bool = False
) -> Button:
    """Give a push button that runs something."""
    made = Button(theme, text, icon, primary=primary)
    made.clicked.connect(lambda *_: run())
    return made


class Rule(QFrame):
    """A hairline across (or down)."""

    def __init__(self, theme: Theme, *, upright: bool = False) -> None:
        super().__init__()
        self._theme = theme
        (self.setFixedWidth if upright else self.setFixedHeight)(1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("line"))
        painter.end()


class Ground(QWidget):
    """A plain surface in one token of the theme."""

    def __init__(self, theme: Theme, colour: str = "panel") -> None:
        super().__init__()
        self.theme = theme
        self._colour = colour

    def recolour(self, colour: str) -> None:
        """Use another token."""
        self._colour = colour
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.theme.color(self._colour))
        painter.end()


class FieldBox(QWidget):
    """Draws the border of a field around another widget."""

    def __init__(self, theme: Theme, inner: QWidget) -> None:
        super().__init__()
        self._theme, self._inner = theme, inner
        column(self, (4, 4, 4, 4)).addWidget(inner)
        self.setFocusProxy(inner)
        inner.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        focused = self._inner.hasFocus()
        edge = self._theme.color("focus" if focused else "control")
        rect = QRectF(self.rect())
        box(painter, rect, self._theme.color("surface"), edge, width=2 if focused else 1)
        painter.end()


class Chip(QAbstractButton):
    """A small rounded word, with an icon if wanted; `soft` and `ink` are tokens."""

    def __init__(
        self, theme: Theme, text: str, ink: str = "text2", soft: str = "sunken", icon: str = ""
    ) -> None:
        super().__init__()
        self._theme, self._ink, self._soft, self._icon = theme, ink, soft, icon
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_as(self, text: str, ink: str, soft: str, icon: str = "") -> None:
        """Show another word in other colours."""
        self._ink, self._soft, self._icon = ink, soft, icon
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics("small")
        extra = self._theme.dip(16) if self._icon else 0
        width = metrics.horizontalAdvance(self.text()) + self._theme.dip(18) + extra
        return QSize(round(width), round(self._theme.dip(22)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        edge = None if self._soft != "surface" else self._theme.color("strong")
        chosen = self.isCheckable() and self.isChecked()
        fill = self._theme.color("accent_soft" if chosen else self._soft)
        box(painter, rect, fill, self._theme.color("accent") if chosen else edge, radius=5)
        left = self._theme.dip(8)
        ink = self._theme.color("text" if chosen else self._ink)
        if self._icon:
            side = self._theme.dip(12)
            at = QRectF(left, (rect.height() - side) / 2, side, side).topLeft()
            icons.draw(painter, self._icon, at, ink, side)
            left += side + 4
        lettering.line(
            painter,
            rect.adjusted(left, 0, -4, 0),
            self.text(),
            (self._theme.font("small_strong" if self._soft != "surface" else "small"), ink),
        )
        if self.hasFocus():
            ring(painter, rect, self._theme.color("focus"))
        painter.end()


class LinkButton(QAbstractButton):
    """Words that can be followed, in the accent colour."""

    def __init__(self, theme: Theme, text: str, run: Callable[[], object]) -> None:
        super().__init__()
        self._theme = theme
        self.setText(text)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda *_: run())

    @override
    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics("label_strong")
        width = metrics.horizontalAdvance(self.text())
        return QSize(round(width + 6), round(max(metrics.height() + 6, 24)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        lettering.line(
            painter,
            rect.adjusted(2, 0, 0, 0),
            self.text(),
            (self._theme.font("label_strong"), self._theme.color("accent")),
        )
        if self.hasFocus():
            ring(painter, rect, self._theme.color("focus"))
        painter.end()


class ClickRow(QWidget):
    """A row that can be pressed with mouse or keyboard; what is in it is laid out by others."""

    def __init__(self, theme: Theme, run: Callable[[], object], name: str) -> None:
        super().__init__()
        self._theme, self._run = theme, run
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self._run()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse():
            box(painter, QRectF(self.rect()), self._theme.color("hover"))
        if self.hasFocus():
            ring(painter, QRectF(self.rect()), self._theme.color("focus"))
        painter.end()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._run()
        else:
            super().keyPressEvent(event)


def column(
    parent: QWidget | None = None, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 0
) -> QVBoxLayout:
    """Give a layout from top to bottom."""
    made = QVBoxLayout(parent) if parent else QVBoxLayout()
    return _set(made, margins, gap)


def row(
    parent: QWidget | None = None, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 6
) -> QHBoxLayout:
    """Give a layout along the line."""
    made = QHBoxLayout(parent) if parent else QHBoxLayout()
    return _set(made, margins, gap)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def blend(first: QColor, second: QColor, part: float) -> QColor:
    """Mix two colours; `part` of the second, 0..1."""
    return QColor(
        round(first.red() + (second.red() - first.red()) * part),
        round(first.green() + (second.green() - first.green()) * part),
        round(first.blue() + (second.blue() - first.blue()) * part),
    )


def _set(made: _Layout, margins: tuple[int, int, int, int], gap: int) -> _Layout:
    made.setContentsMargins(*margins)
    made.setSpacing(gap)
    return made
