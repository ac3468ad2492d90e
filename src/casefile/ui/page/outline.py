"""The outline of a PDF beside its pages: headings that lead to their page."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QTreeWidget, QTreeWidgetItem, QWidget

from casefile.model.document import Heading
from casefile.strings import tr
from casefile.ui.theme import Theme
from casefile.ui.theme.bars import ground_bars

WIDTH, ROW = 220, 26
_PAGE = Qt.ItemDataRole.UserRole


class OutlinePanel(QTreeWidget):
    """`chosen` tells the page (from 1) of a heading that was pressed or entered."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(tr("Outline of the PDF"))
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.itemClicked.connect(self._go)
        self.itemActivated.connect(self._go)
        theme.changed.connect(self.restyle)
        self.restyle()

    def set_headings(self, headings: Sequence[Heading]) -> None:
        """Show headings, deeper ones below those that they belong to."""
        self.clear()
        above: list[tuple[int, QTreeWidgetItem]] = []
        for heading in headings:
            while above and above[-1][0] >= heading.depth:
                above.pop()
            words = " ".join(heading.title.split()) or "–"
            item = QTreeWidgetItem([words])
            item.setSizeHint(0, QSize(0, round(self._theme.dip(ROW))))
            item.setToolTip(0, _plain(words, heading.page))
            item.setData(0, _PAGE, heading.page or 0)
            if above:
                above[-1][1].addChild(item)
            else:
                self.addTopLevelItem(item)
            above.append((heading.depth, item))
        self.expandToDepth(0)

    def show_page(self, page: int) -> None:
        """Make the last heading that begins on or before a page the current one."""
        found, best = None, 0
        for n in range(self.topLevelItemCount()):
            for item in _with_children(self.topLevelItem(n)):
                at = item.data(0, _PAGE)
                if best <= at <= page and at:
                    found, best = item, at
        if found is not None and found is not self.currentItem():
            self.setCurrentItem(found)

    def restyle(self) -> None:
        """Take fonts and colours of the theme anew."""
        self.setFont(self._theme.font("label"))
        ground_bars(self, self._theme.color("panel"))

    def _go(self, item: QTreeWidgetItem) -> None:
        page = item.data(0, _PAGE)
        if page:
            self.chosen.emit(page)


def _plain(words: str, page: int | None) -> str:
    """Give the words of a tool tip; Qt would read what looks like HTML as such."""
    said = tr("{heading}, page {n}").format(heading=words, n=page) if page else words
    return said.replace("&", "&amp;").replace("<", "&lt;")


def _with_children(item: QTreeWidgetItem | None) -> list[QTreeWidgetItem]:
    """Give an item and all below it, in order."""
    found: list[QTreeWidgetItem] = []
    waiting = [item] if item is not None else []
    while waiting:
        one = waiting.pop()
        found.append(one)
        below = (one.child(n) for n in reversed(range(one.childCount())))
        waiting += [child for child in below if child is not None]
    return found
