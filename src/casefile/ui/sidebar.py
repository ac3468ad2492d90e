"""The sidebar: the inbox, the evidence by kind, the claims, the tags, with their numbers."""

from dataclasses import dataclass

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)
from typing_extensions import override

from casefile.model.view import CaseInfo
from casefile.strings import later, tr
from casefile.ui import icons
from casefile.ui.lettering import line
from casefile.ui.pane import Pane
from casefile.ui.parts import OneLine, column
from casefile.ui.theme import Theme
from casefile.ui.theme.painting import box
from casefile.ui.words import kind_icon

_KINDS = (
    ("article", later("Articles")),
    ("pdf", later("PDFs")),
    ("photo", later("Photos")),
    ("email", later("Mail")),
    ("web archive", later("Web captures")),
    ("note", later("Notes")),
    ("other", later("Other files")),
)
_ALWAYS = ("article", "pdf", "photo")
RAIL = 44


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what it opens (`key`), its icon, words and number; a heading has no key."""

    key: str
    icon: str
    words: str
    count: int | None = None
    strong: bool = False


def entries(info: CaseInfo, unread: int, tags: list[tuple[str, str, int]]) -> list[Entry]:
    """Put the lines of the sidebar together; tags are (id, name, count)."""
    kinds, triage = info.kinds, info.triage
    found = [
        Entry("", "", tr("Inbox")),
        Entry("unread", "inbox", tr("Unread"), unread, strong=unread > 0),
        Entry("status:later", "clock", tr("Later"), triage.get("later", 0)),
        Entry("status:relevant", "circle-check", tr("Relevant"), triage.get("relevant", 0)),
        Entry("", "", tr("Evidence")),
        Entry("all", "files", tr("All sources"), sum(kinds.values())),
    ]
    found += [
        Entry(f"kind:{kind}", kind_icon(kind), tr(words), kinds.get(kind, 0))
        for kind, words in _KINDS
        if kind in _ALWAYS or kinds.get(kind)
    ]
    found += [
        Entry("", "", tr("Reasoning")),
        Entry("claims", "quote", tr("Claims"), info.counts.get("claim", 0)),
        Entry("entities", "user", tr("People and places")),
    ]
    if info.conflicts:
        words = tr("Conflicts")
        found.append(Entry("conflicts", "arrows-split-2", words, info.conflicts, strong=True))
    if tags:
        found.append(Entry("", "", tr("Tags")))
        found += [Entry(f"tag:{id_}", "tag", name, count) for id_, name, count in tags]
    return found


class Sidebar(Pane):
    """Shows the case's title and the lines; `chosen` carries the key of a line."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "sidebar", tr("Sidebar"), "panel")
        self.title = OneLine(theme, "", "title")
        self.summary = OneLine(theme, "", "label", "text3")
        self._entries: list[Entry] = []
        self._searches: list[Entry] = []
        self._quiet = self._moving = False
        self.model = QStandardItemModel()
        self.view = QTreeView()
        self.foot = _Foot(theme)
        self._delegate = _Line(self)
        self._build()

    def show_case(self, title: str, summary: str) -> None:
        """Name the case."""
        self.title.set_text(title)
        self.summary.set_text(summary)
        self.summary.setVisible(bool(summary))

    def show_searches(self, searches: list[Entry]) -> None:
        """Show these kept searches below the other lines."""
        shown = self._entries[: len(self._entries) - len(self._searches)]
        self._searches = [Entry("", "", tr("Searches")), *searches] if searches else []
        self.show_entries(shown)

    def show_entries(self, found: list[Entry]) -> None:
        """Show these lines; the current one stays."""
        found = [*found, *self._searches]
        if found == self._entries:
            return
        key = self.current_key()
        same = [e.key for e in found] == [e.key for e in self._entries]
        self._entries = found
        self._quiet = True
        if not same:
            self.model.clear()
            for entry in found:
                item = QStandardItem(entry.words)
                item.setEditable(False)
                item.setSelectable(bool(entry.key))
                item.setEnabled(bool(entry.key))
                self.model.appendRow(item)
            self.go_to(key or "all")
        self._quiet = False
        for n, entry in enumerate(found):
            said = entry.words if entry.count is None else f"{entry.words}, {entry.count}"
            self.model.item(n).setData(said, Qt.ItemDataRole.AccessibleTextRole)
        self.view.viewport().update()

    def entry(self, number: int) -> Entry | None:
        """Give a line by its number."""
        return self._entries[number] if 0 <= number < len(self._entries) else None

    def current_key(self) -> str:
        """Give the key of the current line."""
        found = self.entry(self.view.currentIndex().row())
        return found.key if found else ""

    def go_to(self, key: str) -> None:
        """Stand on a line without saying so."""
        number = next((n for n, entry in enumerate(self._entries) if entry.key == key), None)
        if number is None:
            return
        before, self._quiet = self._quiet, True
        self.view.setCurrentIndex(self.model.index(number, 0))
        self._quiet = before
        self.view.viewport().update()

    @property
    def is_rail(self) -> bool:
        """True while only icons fit."""
        return self.width() < self.theme.dip(120)

    def set_rail(self, *, rail: bool) -> None:
        """Show icons only, or everything."""
        self.title.setVisible(not rail)
        self.summary.setVisible(not rail and bool(self.summary.text()))
        self.foot.setVisible(not rail)

    def _build(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setAccessibleName(tr("Parts of the case"))
        view.setHeaderHidden(True)
        view.setRootIsDecorated(False)
        view.setItemsExpandable(False)
        view.setIndentation(0)
        view.header().setMinimumSectionSize(20)
        view.setFrameShape(QTreeView.Shape.NoFrame)
        view.setMouseTracking(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setItemDelegate(self._delegate)
        view.selectionModel().currentRowChanged.connect(self._moved)
        view.pressed.connect(self._pressed)
        self._tint()
        self.theme.changed.connect(self._tint)
        layout = column(self, (0, 12, 0, 0), 0)
        head = column(margins=(14, 0, 14, 4), gap=1)
        head.addWidget(self.title)
        head.addWidget(self.summary)
        layout.addLayout(head)
        layout.addWidget(view, 1)
        layout.addWidget(self.foot)

    def _tint(self) -> None:
        palette = self.view.palette()
        for role in (palette.ColorRole.Base, palette.ColorRole.Highlight):
            palette.setColor(role, self.theme.color("panel"))
        self.view.setPalette(palette)
        self.view.scheduleDelayedItemsLayout()

    def _pressed(self, index: QModelIndex) -> None:
        """Open the line that one stands on when it is pressed; a press that moves was told."""
        if not self._moving:
            self._tell(index)

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        self._moving = True
        QTimer.singleShot(0, self._rest)
        self._tell(current)

    def _rest(self) -> None:
        self._moving = False

    def _tell(self, index: QModelIndex) -> None:
        entry = self.entry(index.row())
        if entry is not None and entry.key and not self._quiet:
            self.chosen.emit(entry.key)


class _Line(QStyledItemDelegate):
    """Draws one line of the sidebar."""

    def __init__(self, bar: Sidebar) -> None:
        super().__init__(bar)
        self._bar = bar

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        entry = self._bar.entry(index.row())
        high = 26 if entry is None or entry.key else 30
        height = max(self._bar.theme.dip(high), self._bar.theme.metrics("ui").height() + 8)
        return QSize(40, round(height))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        entry = self._bar.entry(index.row())
        if entry is None:
            return
        theme = self._bar.theme
        rect = QRectF(option.rect)
        rect.setLeft(0)
        rect.setWidth(self._bar.view.viewport().width())
        rail = self._bar.is_rail
        if not entry.key:
            if not rail:
                words = rect.adjusted(14, 6, -8, 0)
                line(
                    painter, words, entry.words, (theme.font("small_strong"), theme.color("text3"))
                )
            return
        chosen = self._bar.view.currentIndex().row() == index.row()
        slot = rect.adjusted(6, 1, -6, -1)
        if chosen:
            box(painter, slot, theme.color("sel"), radius=5)
            painter.fillRect(
                QRectF(slot.left(), slot.top() + 4, 3, slot.height() - 8), theme.color("accent")
            )
        elif option.state & QStyle.StateFlag.State_MouseOver:
            box(painter, slot, theme.color("hover"), radius=5)
        self._fill(painter, slot, entry, chosen=chosen, rail=rail)

    def _fill(
        self, painter: QPainter, slot: QRectF, entry: Entry, *, chosen: bool, rail: bool
    ) -> None:
        theme = self._bar.theme
        side = theme.dip(16)
        ink = theme.color("accent" if chosen else "text2")
        left = slot.left() + (8 if not rail else (slot.width() - side) / 2)
        spot = QRectF(left, slot.center().y() - side / 2, side, side).topLeft()
        icons.draw(painter, entry.icon, spot, ink, side)
        if rail:
            return
        strong = chosen or entry.strong
        words = slot.adjusted(side + 16, 0, -44, 0)
        look = (theme.font("ui_strong" if strong else "ui_medium"), theme.color("text"))
        line(painter, words, entry.words, look)
        if entry.count is not None:
            number = f"{entry.count:,}".replace(",", "\u202f")
            shade = "text" if entry.strong else "text2" if chosen else "text3"
            role = "label_strong" if entry.strong else "label"
            where = slot.adjusted(slot.width() - 70, 0, -8, 0)
            line(painter, where, number, (theme.font(role), theme.color(shade)), at_end=True)


class _Foot(QWidget):
    """Where the case lies and what guards it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._first, self._second = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, first: str, second: str) -> None:
        """Show two lines."""
        self._first, self._second = first, second
        self.setAccessibleName(f"{first}, {second}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(100, round(self._theme.dip(50)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, theme.color("line"))
        side = theme.dip(16)
        middle = self.height() / 2
        at = QRectF(14, middle - side / 2, side, side).topLeft()
        icons.draw(painter, "shield-check", at, theme.color("good"), side)
        half = theme.metrics("label").height()
        left = 14 + side + 8
        rect = QRectF(left, middle - half, self.width() - left - 8, half)
        line(painter, rect, self._first, (theme.font("label"), theme.color("text")))
        rect.translate(0, half + 1)
        line(painter, rect, self._second, (theme.font("small"), theme.color("text3")))
        painter.end()
