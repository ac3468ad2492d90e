"""The strip above the pages: which page is seen, how large, whether dimmed."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from casefile.strings import tr
from casefile.ui import icons
from casefile.ui.theme import Theme


class PageBar(QWidget):
    """Buttons with names; `zoomed` asks for in (+1), out (-1), fit (0); `dim_toggled` for D.

    `area_asked` begins a box on the page, `outline_toggled` opens or folds the outline.
    """

    area_asked = Signal()
    outline_toggled = Signal(bool)
    zoomed = Signal(int)
    dim_toggled = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._where = QLabel()
        self._where.setTextFormat(Qt.TextFormat.PlainText)
        self._outline = self._button(tr("Outline"), self.outline_toggled.emit)
        self._outline.setCheckable(True)
        self._out = self._button(tr("Smaller page"), lambda: self.zoomed.emit(-1))
        self._size = self._button(tr("Fit width"), lambda: self.zoomed.emit(0))
        self._in = self._button(tr("Larger page"), lambda: self.zoomed.emit(1))
        self._dim = self._button(tr("Dimmed"), self.dim_toggled.emit)
        self._dim.setCheckable(True)
        self._area = self._button(tr("Mark an area"), self.area_asked.emit)
        for button in (self._size, self._dim):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 10, 4)
        row.setSpacing(4)
        row.addWidget(self._outline)
        row.addWidget(self._where)
        row.addStretch(1)
        for part in (self._area, self._out, self._size, self._in, self._dim):
            row.addWidget(part)
        self.restyle()

    def show_state(self, page: int, count: int, zoom: float) -> None:
        """Say where the view stands; `zoom` 1 fits the width."""
        words = tr("Page {page} of {count}").format(page=page, count=count) if count else ""
        if self._where.text() != words:
            self._where.setText(words)
        fits = abs(zoom - 1) < 0.005  # noqa: PLR2004 - under one per cent nobody sees
        self._size.setText(tr("Fit width") if fits else f"{zoom * 100:.0f} %")

    def show_dimmed(self, *, dimmed: bool, offered: bool) -> None:
        """Show the state of dimming; it is offered in the dark look only."""
        self._dim.setVisible(offered)
        self._dim.setChecked(dimmed)

    def offer_outline(self, *, offered: bool, opened: bool) -> None:
        """Offer the outline where the PDF has one."""
        self._outline.setVisible(offered)
        self._outline.setChecked(opened)

    def restyle(self) -> None:
        """Take fonts and colours of the theme anew."""
        theme = self._theme
        self._where.setFont(theme.font("label"))
        icon_names = (
            (self._outline, "list-tree"), (self._area, "marquee-2"), (self._out, "zoom-out"),
            (self._in, "zoom-in"), (self._dim, "moon"),
        )  # fmt: skip
        for button, name in icon_names:
            button.setIcon(icons.icon(name, theme.color("text2"), 16))
            button.setIconSize(QSize(16, 16))
        self._dim.setText(tr("Dimmed"))
        for button in (self._size, self._dim):
            button.setFont(theme.font("label"))

    def _button(self, name: str, act: object) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setMinimumSize(24, 24)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(act)
        return button
