"""How bytes came here: the SHA-256 as one card, and the chain of what was done."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget
from typing_extensions import override

from casefile.strings import tr
from casefile.ui import icons
from casefile.ui.lettering import line
from casefile.ui.theme import Theme
from casefile.ui.theme.painting import box, ring

GROUP, GROUPS = 4, 4  # letters a group, groups a line


class HashCard(QWidget):
    """A SHA-256 in groups drawn apart; what is copied is contiguous lower-case hex."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.value = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_hash(self, value: str) -> None:
        """Show a hash."""
        self.value = value
        self.setAccessibleName(tr("SHA-256 {hash}").format(hash=value))
        self.update()

    def copy(self) -> None:
        """Copy the hash."""
        QGuiApplication.clipboard().setText(self.value)

    @override
    def sizeHint(self) -> QSize:
        height = self._theme.metrics("code").height() * 4 + self._theme.dip(34)
        return QSize(160, round(height))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addAction(tr("Copy SHA-256")).triggered.connect(self.copy)
        menu.popup(event.globalPos())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        rect = QRectF(self.rect())
        box(painter, rect, theme.color("surface"), theme.color("line"), radius=6)
        side = theme.dip(16)
        icons.draw(painter, "fingerprint", QPointF(10, 9), theme.color("text2"), side)
        metrics = theme.metrics("code")
        step = metrics.horizontalAdvance("0" * GROUP) + theme.dip(7)
        high = metrics.height()
        title = QRectF(14 + side, 8, rect.width(), theme.dip(18))
        line(painter, title, "SHA-256", (theme.font("label_strong"), theme.color("text")))
        look = (theme.font("code"), theme.color("text2"))
        top = theme.dip(28)
        for n in range(0, len(self.value), GROUP):
            down, along = divmod(n // GROUP, GROUPS)
            place = QRectF(14 + side + along * step, top + down * high, step, high)
            line(painter, place, self.value[n : n + GROUP], look)
        if self.hasFocus():
            ring(painter, rect, theme.color("focus"), 6)
        painter.end()


class Chain(QWidget):
    """Steps one below the other: a ring, what happened, when, and how."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._steps: list[tuple[str, str, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_steps(self, steps: list[tuple[str, str, str]]) -> None:
        """Show (what, when, how) a step."""
        self._steps = steps
        self.setAccessibleName("; ".join(f"{a}, {b}, {c}" for a, b, c in steps))
        self.updateGeometry()
        self.update()

    def _step(self) -> float:
        return self._theme.metrics("label").height() * 2 + self._theme.dip(9)

    @override
    def sizeHint(self) -> QSize:
        return QSize(160, round(self._step() * len(self._steps)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step, high = self._step(), theme.metrics("label").height()
        for n, (what, when, how) in enumerate(self._steps):
            top = n * step
            center = QPointF(theme.dip(6), top + high / 2 + 1)
            if n + 1 < len(self._steps):
                painter.fillRect(
                    QRectF(center.x() - 0.5, center.y(), 1, step), theme.color("strong")
                )
            painter.setPen(theme.color("accent"))
            painter.setBrush(theme.color("surface"))
            painter.drawEllipse(center, theme.dip(3.5), theme.dip(3.5))
            left = theme.dip(20)
            rect = QRectF(left, top, self.width() - left, high + 2)
            bold, plain = theme.font("label_strong"), theme.font("label")
            used = line(painter, rect, what, (bold, theme.color("text")))
            later = rect.adjusted(used + 8, 0, 0, 0)
            line(painter, later, when, (plain, theme.color("text2")), at_end=True)
            rect.translate(0, high + 1)
            line(painter, rect, how, (plain, theme.color("text3")))
        painter.end()
