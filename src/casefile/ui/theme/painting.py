"""Small painters that all widgets share: boxes, rings, hairlines, the lines of marks."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen


def box(
    painter: QPainter,
    rect: QRectF,
    fill: QColor | None,
    edge: QColor | None = None,
    *,
    radius: float = 5,
    width: float = 1,
) -> None:
    """Draw a rounded box with its edge inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2 if edge is not None else 0
    painter.setPen(QPen(edge, width) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def ring(painter: QPainter, rect: QRectF, color: QColor, radius: float = 5) -> None:
    """Draw the 2-px ring of the focused control."""
    box(painter, rect, None, color, radius=radius, width=2)


def hairline(painter: QPainter, rect: QRectF, color: QColor) -> None:
    """Fill a line one pixel thick without smoothing; the thin side of `rect` is the line."""
    painter.fillRect(rect, color)


def start_side(*, rtl: bool) -> Qt.AlignmentFlag:
    """Give the start side as a flag of its own: not turned by the direction of the words."""
    found = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
    return found | Qt.AlignmentFlag.AlignAbsolute


def mark_line(painter: QPainter, left: QPointF, width: float, color: QColor, pattern: str) -> None:
    """Draw the line of a mark from `left`, in the pattern that tells it apart without colour."""
    if width <= 0:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(color, 2 if pattern in {"solid", "dotted", "dashed"} else 1.2)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if pattern == "dotted":
        pen.setDashPattern([1, 1])
    elif pattern == "dashed":
        pen.setDashPattern([4, 1.75])
    painter.setPen(pen)
    right = QPointF(left.x() + width, left.y())
    if pattern == "wavy":
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_wave(left, width))
    elif pattern == "double":
        for step in (-1.2, 1.2):
            painter.drawLine(left + QPointF(0, step), right + QPointF(0, step))
    else:
        painter.drawLine(left, right)
    painter.restore()


def _wave(left: QPointF, width: float, length: float = 5, height: float = 1.3) -> QPainterPath:
    path = QPainterPath(left)
    steps = max(2, math.ceil(width / (length / 6)))
    for step in range(1, steps + 1):
        x = min(width, step * length / 6)
        path.lineTo(left.x() + x, left.y() + height * math.sin(2 * math.pi * x / length))
    return path
