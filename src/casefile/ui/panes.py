"""The panes beside each other: what folds, how wide each is, which mode shows what."""

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget
from typing_extensions import override

from casefile.ui.theme import Theme

MODES = ("sources", "search", "claims")
# Widths at 100 %: the middle pane of each mode, the inspector.
_MIDDLE = {"sources": 352, "search": 690, "claims": 320}
_INSPECTOR = 272
_SIDEBAR = 204
RAIL = 44
NARROW_INSPECTOR, NARROW_SIDEBAR = 1280, 1200


class Panes(QSplitter):
    """Sidebar, list, reader, inspector; each part is a stack that the mode turns over."""

    def __init__(self, theme: Theme, sidebar: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self.mode = "sources"
        self.sidebar = sidebar
        self.middle, self.main, self.side = QStackedWidget(), QStackedWidget(), QStackedWidget()
        self.content = QStackedWidget()
        self.inner = QSplitter(Qt.Orientation.Horizontal)
        for part in (self.middle, self.main, self.side):
            self.inner.addWidget(part)
        self.content.addWidget(self.inner)
        self.addWidget(sidebar)
        self.addWidget(self.content)
        for splitter in (self, self.inner):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
        self.setStretchFactor(1, 1)
        self.inner.setStretchFactor(1, 1)
        self._folded: dict[str, bool | None] = {"sidebar": None, "list": None, "inspector": None}
        self._widths: dict[str, list[int]] = {}
        self._lent = False
        self._rail: bool | None = None
        self._sized = False  # widths mean nothing before the panes were shown once
        self._limits()
        theme.changed.connect(self._limits)
        sidebar.setMinimumWidth(RAIL)

    def take(self, middle: list[QWidget], main: list[QWidget], side: list[QWidget]) -> None:
        """Put panels into the three stacks."""
        for stack, panels in ((self.middle, middle), (self.main, main), (self.side, side)):
            for panel in panels:
                stack.addWidget(panel)

    def show_mode(self, mode: str, middle: QWidget, main: QWidget, side: QWidget) -> None:
        """Turn the stacks over; each mode keeps its own widths."""
        if self._sized:
            self._widths[self.mode] = self.inner.sizes()
        self.content.setCurrentWidget(self.inner)
        self.mode, self._lent = mode, False
        self.middle.setCurrentWidget(middle)
        self.main.setCurrentWidget(main)
        self.side.setCurrentWidget(side)
        self.fit(self.width())
        self._size_inner()

    def show_whole(self, page: QWidget) -> None:
        """Show a page instead of the panes, beside the sidebar."""
        self.content.setCurrentWidget(page)

    def show_side(self, side: QWidget, *, lent: bool) -> None:
        """Show something in the inspector's place; lent means unfolded until it is given back."""
        self.side.setCurrentWidget(side)
        self._lent = lent
        self.fit(self.width())
        if lent and self.inner.sizes()[2] == 0:
            self._size_inner()

    def fold(self, part: str) -> None:
        """Fold a part, or open it again."""
        shown = {
            "sidebar": not self.sidebar.isHidden(),
            "list": not self.middle.isHidden(),
            "inspector": not self.side.isHidden(),
        }[part]
        self._folded[part] = shown
        self.fit(self.width())

    def fit(self, width: int) -> None:
        """Fold what does not fit; what a person folded or opened stays so."""
        dip = self._theme.dip
        narrow = width < dip(NARROW_INSPECTOR) or self.mode == "search"
        inspector = self._folded["inspector"]
        self.side.setVisible(self._lent or not (narrow if inspector is None else inspector))
        self.middle.setVisible(not self._folded["list"])
        sidebar = self._folded["sidebar"]
        self.sidebar.setVisible(not sidebar)
        rail = sidebar is None and width < dip(NARROW_SIDEBAR)
        self._set_rail(rail=rail)

    def state(self) -> dict[str, Any]:
        """Give widths and folds, to be kept on this machine."""
        if self._sized:
            self._widths[self.mode] = self.inner.sizes()
        return {"widths": self._widths, "outer": self.sizes(), "folded": self._folded}

    def restore(self, state: Any) -> None:
        """Take widths and folds as they were; anything odd is passed over."""
        if not isinstance(state, dict):
            return
        widths = state.get("widths")
        if isinstance(widths, dict):
            self._widths = {
                mode: sizes
                for mode, sizes in widths.items()
                if mode in MODES and isinstance(sizes, list) and len(sizes) == 3
            }
        folded = state.get("folded")
        if isinstance(folded, dict):
            self._folded = {part: folded.get(part) for part in self._folded}
        self.fit(self.width())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._sized and self.isVisible():
            self._size_inner()
        if self._rail:
            self.setSizes([RAIL, max(300, self.width() - RAIL)])

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self._settle)

    def _settle(self) -> None:
        """Give the parts their widths once the panes have theirs."""
        if not self._sized and self.isVisible():
            self.fit(self.width())
            self._size_inner()
            self._sized = True

    def _size_inner(self) -> None:
        first = self._first_widths(self.mode)
        middle, _, side = self._widths.get(self.mode) or first
        side = (side or first[2]) if first[2] else 0
        rest = self.content.width() - middle - side
        self.inner.setSizes([middle, rest, side] if rest > first[0] / 2 else first)

    def _first_widths(self, mode: str) -> list[int]:
        dip = self._theme.dip
        side = 0 if self.side.isHidden() else round(dip(_INSPECTOR))
        middle = round(dip(_MIDDLE[mode]))
        return [middle, max(300, self.content.width() - middle - side), side]

    def _set_rail(self, *, rail: bool) -> None:
        dip = self._theme.dip
        set_rail = getattr(self.sidebar, "set_rail", None)
        if set_rail is not None:
            set_rail(rail=rail)
        if rail == self._rail:
            return
        self._rail = rail
        wide = RAIL if rail else round(dip(_SIDEBAR))
        self.sidebar.setMinimumWidth(RAIL if rail else round(dip(168)))
        self.sidebar.setMaximumWidth(RAIL if rail else round(dip(320)))
        self.setSizes([wide, max(300, self.width() - wide)])

    def _limits(self) -> None:
        dip = self._theme.dip
        self.middle.setMinimumWidth(round(dip(240)))
        self.middle.setMaximumWidth(round(dip(760)))
        self.main.setMinimumWidth(round(dip(320)))
        self.side.setMinimumWidth(round(dip(240)))
        self.side.setMaximumWidth(round(dip(420)))
