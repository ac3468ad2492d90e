"""The icons: Tabler outline drawn at device pixels in a colour of the theme."""

from functools import cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from casefile.resources import path

STROKE = "1.75"
_pixmaps: dict[tuple[str, str, float, float], QPixmap] = {}


@cache
def _drawing(name: str) -> str:
    text = (path("icons") / f"{name}.svg").read_text("utf-8")
    return text.replace('stroke-width="2"', f'stroke-width="{STROKE}"')


def pixmap(name: str, color: str | QColor, size: float = 16, ratio: float = 1.0) -> QPixmap:
    """Draw an icon of `size` logical pixels for screens of `ratio` device pixels each.

    `color` is #RRGGBB or a QColor. Raises FileNotFoundError for a name that is not shipped.
    """
    value = QColor(color).name()
    key = (name, value, size, ratio)
    if key not in _pixmaps:
        svg = _drawing(name).replace("currentColor", value)
        side = max(1, round(size * ratio))
        made = QPixmap(side, side)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
        painter.end()
        made.setDevicePixelRatio(side / size)
        _pixmaps[key] = made
    return _pixmaps[key]


def draw(painter: QPainter, name: str, at: QPointF, color: str | QColor, size: float = 16) -> None:
    """Draw an icon with its top left corner at `at`, sharp on the painter's device."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(at, pixmap(name, color, size, ratio))


def icon(name: str, color: str | QColor, size: float = 16) -> QIcon:
    """Give an icon for buttons and menus, drawn for one and two device pixels a pixel."""
    made = QIcon()
    for ratio in (1.0, 1.25, 1.5, 2.0):
        made.addPixmap(pixmap(name, color, size, ratio))
    return made
