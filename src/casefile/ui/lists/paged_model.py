"""A table model of ids: rows are fetched in pages when they are looked at, and marked stale."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QStandardItemModel
from typing_extensions import override

PAGE = 100  # rows a question
KEPT = 20_000  # rows kept in memory
Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")
Fetch = Callable[[list[str], Callable[[list[Row]], None]], None]


class PagedModel(QStandardItemModel, Generic[Row]):
    """Ids at once, rows lazily; `data()` never waits for anything.

    `fetch(ids, then)` asks for rows off the window's thread; rows that do not come back are gone,
    which `on_gone` is told. The rows themselves are a standard model without items: a view asks
    for 100,000 places when it is laid out, and none of these questions may come to Python.
    """

    def __init__(
        self, columns: Sequence[str], fetch: Fetch[Row], key: Callable[[Row], str]
    ) -> None:
        super().__init__(0, len(columns))
        self._columns = tuple(columns)
        self._fetch = fetch
        self._key = key
        self.ids: list[str] = []
        self._place: dict[str, int] = {}
        self._rows: dict[str, Row] = {}
        self._stale: set[str] = set()
        self._asked: set[str] = set()
        self._wanted: set[int] = set()
        self.on_gone: Callable[[], None] = lambda: None
        self.words: Callable[[Row], str] = str
        self._asker = QTimer(self)
        self._asker.setSingleShot(True)
        self._asker.setInterval(0)
        self._asker.timeout.connect(self._ask)

    def set_ids(self, ids: Sequence[str]) -> None:
        """Show these records in this order; known rows stay."""
        if list(ids) == self.ids:
            return
        self.ids = list(ids)
        self._place = {id_: n for n, id_ in enumerate(self.ids)}
        if len(self._rows) > KEPT:
            self._rows.clear()
        self._asked.clear()
        self.setRowCount(len(self.ids))
        self.layoutChanged.emit()

    def row(self, number: int) -> Row | None:
        """Give a row if it is here; ask for its page otherwise."""
        id_ = self.ids[number]
        found = self._rows.get(id_)
        if (found is None or id_ in self._stale) and id_ not in self._asked:
            self._wanted.add(number // PAGE)
            self._asker.start()
        return found

    def known(self, id_: str) -> Row | None:
        """Give a row by its id if it is here."""
        return self._rows.get(id_)

    def place(self, id_: str) -> int | None:
        """Give the number of a record in the list."""
        return self._place.get(id_)

    def mark_stale(self, ids: Iterable[str]) -> None:
        """Note that these records changed: what is shown is fetched again, the rest when seen."""
        mine = {id_ for id_ in ids if id_ in self._place}
        self._stale |= mine
        self._asked -= mine
        for page in {self._place[id_] // PAGE for id_ in mine & self._rows.keys()}:
            self._wanted.add(page)
        if self._wanted:
            self._asker.start()

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Give a column's name."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._columns[section]
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the words of a row to a screen reader; the painter takes rows as they are."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        found = self._rows.get(self.ids[index.row()]) if index.row() < len(self.ids) else None
        return "" if found is None else self.words(found)

    def _ask(self) -> None:
        wanted, self._wanted = self._wanted, set()
        ids = [
            id_
            for page in sorted(wanted)
            for id_ in self.ids[page * PAGE : (page + 1) * PAGE]
            if (id_ not in self._rows or id_ in self._stale) and id_ not in self._asked
        ]
        if not ids:
            return
        self._asked.update(ids)
        self._fetch(ids, lambda rows: self._arrived(ids, rows))

    def _arrived(self, ids: list[str], rows: list[Row]) -> None:
        for row in rows:
            key = self._key(row)
            self._rows[key] = row
            self._stale.discard(key)
        self._asked.difference_update(ids)
        gone = set(ids) - {self._key(row) for row in rows}
        for id_ in gone:
            self._rows.pop(id_, None)
            self._asked.add(id_)  # not asked again before the list itself is
        places = [self._place[id_] for id_ in ids if id_ in self._place]
        if places:
            last = self.columnCount() - 1
            self.dataChanged.emit(self.index(min(places), 0), self.index(max(places), last))
        if gone & self._place.keys():
            self.on_gone()
