"""The photo with what its file says of it: beside where there is room, else below."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from casefile.model.page_letters import Box
from casefile.model.values import Picture
from casefile.strings import tr
from casefile.ui import icons
from casefile.ui.page.areas import AreaMark
from casefile.ui.page.photo_canvas import PhotoCanvas
from casefile.ui.theme import Theme
from casefile.ui.theme.bars import ground_bars

BESIDE = 720  # from this width on the sheet stands beside the picture
SHEET = 264


class PhotoView(QWidget):
    """A picture to zoom, turn and mark, and rows of (name, value) as plain text to be copied."""

    mark_activated = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[tuple[str, str]] = []
        self.canvas = PhotoCanvas(theme)
        self.setFocusProxy(self.canvas)
        self._zoom = QLabel()
        self._tools = [
            self._tool("zoom-out", tr("Smaller photo"), lambda: self.canvas.zoom_by(-1)),
            self._tool("zoom-in", tr("Larger photo"), lambda: self.canvas.zoom_by(1)),
            self._tool("arrows-maximize", tr("Fit the photo"), self.canvas.fit),
            self._tool("rotate-clockwise", tr("Turn the photo"), self.canvas.turn),
            self._tool("marquee-2", tr("Mark an area"), self.draw_area),
        ]
        self._sheet = QScrollArea()
        self._build()
        self.canvas.zoom_changed.connect(self._say_zoom)
        self.canvas.mark_activated.connect(self.mark_activated)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_picture(self, picture: Picture | None, whole: int = 0) -> None:
        """Show a picture of raw pixels, fitted; None takes it away.

        `whole` is how many pixels across the photo itself is, where that is more.
        """
        self.canvas.set_picture(picture, whole)

    def set_areas(self, marks: Sequence[AreaMark]) -> None:
        """Show the marked areas."""
        self.canvas.set_areas(marks)

    def draw_area(self) -> None:
        """Offer a box that mouse or keys bring to its place."""
        self.canvas.draw_area()
        self.canvas.setFocus()

    def area(self) -> tuple[int, Box] | None:
        """Give the box that is drawn: page 0, fractions of the upright photo."""
        box = self.canvas.area()
        return (0, box) if box else None

    def clear_selection(self) -> None:
        """Take the box away."""
        self.canvas.pen.leave()

    def current_mark(self) -> str | None:
        """Give the id of the area that was clicked or stepped to."""
        return self.canvas.current

    def activate_mark(self, id: str | None) -> None:  # noqa: A002 - as the record calls it
        """Make a marked area the current one and show it."""
        self.canvas.show_area(id)

    def next_mark(self) -> str | None:
        """Step to the next area, from the last to the first; gives its id."""
        return self._step(1)

    def previous_mark(self) -> str | None:
        """Step to the area before, from the first to the last; gives its id."""
        return self._step(-1)

    def _step(self, way: int) -> str | None:
        ids = [mark.id for mark in self.canvas.areas.marks]
        if not ids:
            return None
        held = self.canvas.current
        at = ids.index(held) + way if held in ids else 0 if way > 0 else -1
        found = ids[at % len(ids)]
        self.activate_mark(found)
        self.mark_activated.emit(found)
        return found

    def set_trouble(self, words: str) -> None:
        """Say why there is no picture."""
        self.canvas.set_trouble(words)

    def set_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show what the file says, in this order."""
        self._rows = list(rows)
        self._fill()

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 4, 10, 4)
        bar.setSpacing(4)
        bar.addWidget(self._zoom)
        bar.addStretch(1)
        for tool in self._tools:
            bar.addWidget(tool)
        shown = QVBoxLayout()
        shown.setSpacing(0)
        shown.addLayout(bar)
        shown.addWidget(self.canvas, 1)
        self._sheet.setFrameShape(QFrame.Shape.NoFrame)
        self._sheet.setWidgetResizable(True)
        self._sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sheet.setAccessibleName(tr("What the photo says of itself"))
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addLayout(shown, 1)
        self._layout.addWidget(self._sheet)

    def _tool(self, icon: str, name: str, act: object) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(icon)
        button.setAutoRaise(True)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setMinimumSize(24, 24)
        button.setIconSize(QSize(16, 16))
        button.clicked.connect(act)
        return button

    def _fill(self) -> None:
        """Make the rows anew: names quiet, values in the words of the file."""
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(14, 12, 14, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(self._rows):
            for column, (words, token) in enumerate(((name, "text3"), (value, "text"))):
                label = self._label(words, token)
                grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(len(self._rows), 1)
        self._sheet.setWidget(page)
        self._sheet.setVisible(bool(self._rows))

    def _label(self, words: str, ink: str) -> QLabel:
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setFont(self._theme.font("label"))
        start = Qt.AlignmentFlag.AlignLeft
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            start = Qt.AlignmentFlag.AlignRight
        # Absolute: a value in another direction still begins at the window's own start edge.
        label.setAlignment(start | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop)
        made = label.palette()
        made.setColor(label.foregroundRole(), self._theme.color(ink))
        label.setPalette(made)
        if ink == "text":
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _say_zoom(self, zoom: float) -> None:
        share = zoom * self.devicePixelRatioF() * 100 / self.canvas.fineness
        words = tr("Fitted, {n} %") if self.canvas.fits else tr("{n} %")
        self._zoom.setText(words.format(n=f"{share:.0f}"))

    def _restyle(self) -> None:
        self._zoom.setFont(self._theme.font("label"))
        ground_bars(self._sheet, self._theme.color("panel"))
        for tool in self._tools:
            tool.setIcon(icons.icon(tool.objectName(), self._theme.color("text2"), 16))
        self._fill()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= self._theme.dip(BESIDE)
        ways = QBoxLayout.Direction
        self._layout.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        most = 16777215  # Qt's own "no limit"
        self._sheet.setMaximumHeight(most if beside else max(120, self.height() // 3))
        self._sheet.setMinimumWidth(round(self._theme.dip(SHEET)) if beside else 0)
        self._sheet.setMaximumWidth(round(self._theme.dip(SHEET)) if beside else most)
