"""How many hits lie in each span of time, as bars; a range is chosen by dragging or by keys."""

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from casefile.strings import tr
from casefile.ui.dates import short_day
from casefile.ui.lettering import line
from casefile.ui.theme import Theme
from casefile.ui.theme.painting import ring

BARS = 24  # at most
HEIGHT = 58


@dataclass(frozen=True, slots=True)
class Bar:
    """A span of days, both included, and the hits in it."""

    first: date
    last: date
    count: int


def bars_of(days: tuple[tuple[int, int], ...], most: int = BARS) -> list[Bar]:
    """Put days (YYYYMMDD, count) into spans of equal length, as few days each as fit."""
    known = [(_date(day), count) for day, count in days]
    if not known:
        return []
    start, end = min(d for d, _ in known), max(d for d, _ in known)
    size = -(-((end - start).days + 1) // most)
    found: dict[int, int] = {}
    for day, count in known:
        place = (day - start).days // size
        found[place] = found.get(place, 0) + count
    return [
        Bar(
            start + timedelta(n * size),
            min(end, start + timedelta(n * size + size - 1)),
            found.get(n, 0),
        )
        for n in range((end - start).days // size + 1)
    ]


class Histogram(QWidget):
    """`ranged` carries the first and last day chosen (YYYYMMDD), or None when all are."""

    ranged = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.bars: list[Bar] = []
        self._chosen: tuple[int, int] | None = None  # bars, both included
        self._anchor: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Published"))
        theme.changed.connect(self.updateGeometry)

    def show_days(self, days: tuple[tuple[int, int], ...], chosen: tuple[int, int] | None) -> None:
        """Show how many hits there are of each day, and the range that is chosen."""
        self.bars = bars_of(days)
        self._chosen = None
        if chosen is not None and self.bars:
            low, high = _date(chosen[0]), _date(chosen[1])
            inside = [n for n, bar in enumerate(self.bars) if bar.last >= low and bar.first <= high]
            self._chosen = (inside[0], inside[-1]) if inside else None
        self.setAccessibleDescription(self.said())
        self.setVisible(bool(self.bars))
        self.update()

    def said(self) -> str:
        """Say the range in words."""
        if not self.bars:
            return ""
        low, high = self._chosen or (0, len(self.bars) - 1)
        return f"{short_day(self.bars[low].first)} – {short_day(self.bars[high].last)}"

    def choose(self, low: int, high: int) -> None:
        """Choose bars, both included; all of them means no range."""
        low, high = sorted((max(0, low), min(len(self.bars) - 1, high)))
        whole = (low, high) == (0, len(self.bars) - 1)
        self._chosen = None if whole else (low, high)
        self.update()
        self.ranged.emit(
            None if whole else (_number(self.bars[low].first), _number(self.bars[high].last))
        )

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, round(self._theme.dip(HEIGHT)))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.bars:
            self._anchor = self._bar_at(event.position().x())
            self._chosen = (self._anchor, self._anchor)
            self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._anchor is not None:
            low, high = sorted((self._anchor, self._bar_at(event.position().x())))
            self._chosen = (low, high)
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._anchor is not None and self._chosen is not None:
            self._anchor = None
            self.choose(*self._chosen)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: +1}.get(Qt.Key(event.key()))
        if step is None or not self.bars:
            if event.key() == Qt.Key.Key_Escape and self._chosen is not None:
                self.choose(0, len(self.bars) - 1)
                return
            super().keyPressEvent(event)
            return
        if self.isRightToLeft():
            step = -step
        low, high = self._chosen or (0, len(self.bars) - 1)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.choose(low, max(low, high + step))
        else:
            self.choose(min(max(0, low + step), high), high)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, dip = QPainter(self), self._theme, self._theme.dip
        label = theme.metrics("small").height()
        ground = self.height() - label - dip(3)
        most = max((bar.count for bar in self.bars), default=1) or 1
        width = self.width() / max(1, len(self.bars))
        low, high = self._chosen or (0, len(self.bars) - 1)
        for number, bar in enumerate(self.bars):
            place = len(self.bars) - 1 - number if self.isRightToLeft() else number
            tall = max(dip(2), (ground - dip(4)) * bar.count / most) if bar.count else dip(1)
            ink = "accent" if low <= number <= high and bar.count else "strong"
            rect = QRectF(place * width + 1, ground - tall, max(1.0, width - 2), tall)
            painter.fillRect(rect, theme.color(ink))
        look = (theme.font("small"), theme.color("text3"))
        foot = QRectF(0, ground + dip(2), self.width(), label)
        line(painter, foot, self.said(), look, mirrored=self.isRightToLeft())
        if self.hasFocus():
            ring(painter, QRectF(self.rect()), theme.color("focus"))
        painter.end()

    def _bar_at(self, x: float) -> int:
        place = int(x / max(1.0, self.width() / len(self.bars)))
        place = max(0, min(len(self.bars) - 1, place))
        return len(self.bars) - 1 - place if self.isRightToLeft() else place


def _date(day: int) -> date:
    """Read YYYYMMDD; a day that its month does not have becomes the first of it."""
    year, month, number = max(1, day // 10000), max(1, min(12, day // 100 % 100)), day % 100
    try:
        return date(year, month, number)
    except ValueError:
        return date(year, month, 1)


def _number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day
