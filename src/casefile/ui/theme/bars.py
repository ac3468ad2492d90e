"""Scroll bars that stand on the same ground as what they scroll."""

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractScrollArea


def ground_bars(area: QAbstractScrollArea, color: QColor) -> None:
    """Paint the ground of both scroll bars of an area; call again after a new look."""
    made = QPalette()
    made.setColor(QPalette.ColorRole.Window, color)
    for bar in (area.verticalScrollBar(), area.horizontalScrollBar()):
        for part in (bar, bar.parentWidget()):
            if part is not None:
                part.setPalette(made)
                part.setAutoFillBackground(True)
