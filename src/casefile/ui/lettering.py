"""Lines of text as painters draw them: plain, in their own direction, cut with an ellipsis."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from casefile.model import text as texts

_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
_FLAGS = Qt.TextFlag.TextSingleLine.value | Qt.AlignmentFlag.AlignVCenter.value


def flat(text: str) -> str:
    """Give a string on one line."""
    return " ".join(text.split())


def qt_direction(text: str) -> Qt.LayoutDirection:
    """Give the direction that a string's first strong letter asks for."""
    rtl = texts.direction(text[:200]) == "rtl"
    return Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight


def line(
    painter: QPainter,
    rect: QRectF,
    text: str,
    look: tuple[QFont, QColor],
    *,
    at_end: bool = False,
    mirrored: bool = False,
) -> float:
    """Draw one line at the start (or end) edge of `rect`; give the width used, in pixels.

    `look` is the font and the colour; `mirrored` says that the window itself runs from right to left.
    """
    if rect.width() <= 4 or not text:
        return 0.0
    font, color = look
    metrics = QFontMetricsF(font)
    shown = flat(text[:600])
    used = metrics.horizontalAdvance(shown)
    painter.setFont(font)
    painter.setPen(color)
    painter.setLayoutDirection(qt_direction(shown))
    if used > rect.width():
        shown = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, rect.width())
        used = rect.width()
    flags = _FLAGS | (_END if at_end != mirrored else _START).value
    painter.drawText(rect, flags, shown)
    return min(used + 1, rect.width())


def mirrored_rect(rect: QRectF, whole: QRectF, *, mirrored: bool) -> QRectF:
    """Give the place of a part in a window that runs from right to left."""
    if not mirrored:
        return rect
    return QRectF(
        whole.left() + whole.right() - rect.right(), rect.top(), rect.width(), rect.height()
    )
