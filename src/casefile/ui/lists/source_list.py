"""The list of sources: head with title and count, filter, sortable header, rows."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QMenu, QStackedWidget, QWidget
from typing_extensions import override

from casefile.model.view import SourceRow
from casefile.strings import later, tr
from casefile.ui.empty_state import EmptyState
from casefile.ui.lists.paged_model import PagedModel
from casefile.ui.lists.record_list import WIDE, RecordList
from casefile.ui.lists.source_painter import RowState, SourcePainter
from casefile.ui.pane import Pane, PaneHead
from casefile.ui.parts import IconButton, column
from casefile.ui.theme import Theme

SORTS = ("title", "publisher", "published", "added", "reliability")
COLUMNS = (
    later("Source"),
    later("Publisher"),
    later("Published"),
    later("Added"),
    later("Grade"),
)
_NARROW = (0, 2, 4)
FOLLOW_MS = 80
FILTER_MS = 250


class SourceList(Pane):
    """Shows sources by id.

    `wanted` asks for another order or filter; `followed` names the source that the reader is to
    show, `opened` one that was opened with Enter.
    """

    wanted = Signal()
    followed = Signal(str)
    opened = Signal(str)

    def __init__(
        self, theme: Theme, fetch: Callable[..., None], unread: Callable[[str], bool]
    ) -> None:
        super().__init__(theme, "list", tr("List of sources"))
        self.sort, self.descending = "added", True
        self._painter = SourcePainter(theme)
        self._unread = unread
        self.model = PagedModel[SourceRow]([tr(c) for c in COLUMNS], fetch, lambda row: row.id)
        self.model.words = _words
        self.view = RecordList(theme, tr("Sources"), self._draw, self._row_height)
        self.view.unread = lambda n: n < len(self.model.ids) and unread(self.model.ids[n])
        self.view.setModel(self.model)
        self.view.setHeaderHidden(False)
        self.filter_field = QLineEdit()
        self.head = PaneHead(theme, tr("All sources"))
        self._stack = QStackedWidget()
        self.empty = EmptyState(theme, "inbox", "", "")
        self._follow = QTimer(self)
        self._typing = QTimer(self)
        self._columns_wide = False
        self._build()

    def show_ids(self, ids: list[str], title: str) -> None:
        """Show these sources under this title; the current one stays where it is."""
        before = self.current_id()
        chosen = set(self.selected_ids())
        top = self.view.verticalScrollBar().value()
        same = ids == self.model.ids
        self.head.set_title(title, len(ids))
        self.model.set_ids(ids)
        self._stack.setCurrentIndex(0 if ids else 1)
        if same:
            return
        place = self.model.place(before) if before else None
        if place is not None:
            self.view.verticalScrollBar().setValue(top)
            self.view.go_to(place, quietly=True)
            if len(chosen) > 1:
                rows = [n for id_ in chosen if (n := self.model.place(id_)) is not None]
                self.view.select_rows(rows)
        elif ids:
            self.view.go_to(0)

    def current_id(self) -> str | None:
        """Give the source that the list stands on."""
        number = self.view.current()
        return self.model.ids[number] if 0 <= number < len(self.model.ids) else None

    def selected_ids(self) -> list[str]:
        """Give the selected sources in the order of the list."""
        if self.view.selectionModel() is None:
            return []
        return [self.model.ids[n] for n in self.view.chosen_rows() if n < len(self.model.ids)]

    def set_sort(self, sort: str, *, descending: bool) -> None:
        """Order by a column; `wanted` is sent when that changes something."""
        changed = (sort, descending) != (self.sort, self.descending)
        self.sort, self.descending = sort, descending
        self.view.top.sorted_by = (SORTS.index(sort), descending)
        self.view.top.viewport().update()
        if changed:
            self.wanted.emit()

    def show_filter(self) -> None:
        """Open the filter field and go there."""
        self.filter_field.show()
        self.filter_field.setFocus()
        self.filter_field.selectAll()

    def hide_filter(self) -> None:
        """Close the filter field and show everything again."""
        had = bool(self.filter_field.text())
        self.filter_field.clear()
        self.filter_field.hide()
        self.view.setFocus()
        if had:
            self.wanted.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _build(self) -> None:
        self._follow.setSingleShot(True)
        self._follow.setInterval(FOLLOW_MS)
        self._follow.timeout.connect(self._tell)
        self._typing.setSingleShot(True)
        self._typing.setInterval(FILTER_MS)
        self._typing.timeout.connect(self.wanted)
        self.view.chosen.connect(lambda _: self._follow.start())
        self.view.opened.connect(self._open)
        self.view.top.sectionClicked.connect(self._header_clicked)
        self.view.top.inset = 38.0
        self.filter_field.setPlaceholderText(tr("Filter by words of title or publisher"))
        self.filter_field.setAccessibleName(tr("Filter this list"))
        self.filter_field.setClearButtonEnabled(True)
        self.filter_field.textEdited.connect(lambda _: self._typing.start())
        self.filter_field.hide()
        filter_button = IconButton(self.theme, "filter", tr("Filter this list"), self.show_filter)
        self._sorter = IconButton(self.theme, "dots", tr("Order of the list"), self._show_orders)
        self.head.add(filter_button)
        self.head.add(self._sorter)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        layout = column(self)
        layout.addWidget(self.head)
        field_row = QWidget()
        inner = column(field_row, (10, 0, 10, 0))
        inner.addWidget(self.filter_field)
        layout.addWidget(field_row)
        layout.addWidget(self._stack, 1)
        self.view.top.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.top.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.view.top.setStretchLastSection(False)
        self.view.top.setMinimumSectionSize(40)
        self.set_sort("added", descending=True)
        self.theme.changed.connect(self._fit_columns)

    def _fit_columns(self) -> None:
        wide = self._is_wide()
        dip, header = self.theme.dip, self.view.top
        shares = {2: dip(88), 4: dip(42)}
        if wide:
            shares = {1: max(dip(100), self.width() * 0.2), 2: dip(96), 4: dip(48)}
            if self.width() >= dip(760):
                shares[3] = dip(136)
        for n in range(1, len(COLUMNS)):
            header.setSectionHidden(n, n not in shares)
            if n in shares:
                header.resizeSection(n, round(shares[n]))
        if wide != self._columns_wide:
            self._columns_wide = wide
            self.view.relayout()

    def _is_wide(self) -> bool:
        return self.width() >= self.theme.dip(WIDE)

    def _row_height(self) -> int:
        return self._painter.height(wide=self._is_wide())

    def _draw(self, painter: QPainter, rect: QRectF, number: int, state: RowState) -> None:
        if number >= len(self.model.ids):
            return
        columns: list[QRectF] = []
        if self._columns_wide:
            top = self.view.top
            columns = [
                QRectF(top.sectionPosition(n), rect.top(), top.sectionSize(n), rect.height())
                for n in range(len(COLUMNS))
            ]
        self._painter.draw(painter, rect, self.model.row(number), state, columns)

    def _header_clicked(self, section: int) -> None:
        sort = SORTS[section]
        first = sort in ("published", "added")
        self.set_sort(sort, descending=not self.descending if sort == self.sort else first)

    def _show_orders(self) -> None:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for sort, words in zip(SORTS, COLUMNS, strict=True):
            action = QAction(tr("By {what}").format(what=tr(words).lower()), group)
            action.setCheckable(True)
            action.setChecked(sort == self.sort)
            down = sort in ("published", "added")
            action.triggered.connect(partial(self._order, sort, down))
            menu.addAction(action)
        menu.popup(self._sorter.mapToGlobal(self._sorter.rect().bottomLeft()))

    def _order(self, sort: str, down: bool, *_: object) -> None:  # noqa: FBT001 - bound by partial
        self.set_sort(sort, descending=down)

    def _tell(self) -> None:
        current = self.current_id()
        if current:
            self.followed.emit(current)

    def _open(self, number: int) -> None:
        if 0 <= number < len(self.model.ids):
            self._follow.stop()
            self.opened.emit(self.model.ids[number])


def _words(row: SourceRow) -> str:
    return ", ".join(part for part in (row.title, row.publisher, row.status or "") if part)
