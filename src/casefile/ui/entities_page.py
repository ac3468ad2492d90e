"""People, organisations, places and things: the list of them, and one with all that hangs on it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QSplitter, QStackedWidget, QWidget
from typing_extensions import override

from casefile.model.entity_view import EntityDetail
from casefile.model.text import fold
from casefile.model.view import EntityView
from casefile.strings import tr
from casefile.ui import doors
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.empty_state import EmptyState
from casefile.ui.entity_view import EntityPart
from casefile.ui.lists.entity_painter import EntityPainter
from casefile.ui.lists.plain_model import PlainModel
from casefile.ui.lists.record_list import RecordList
from casefile.ui.lists.source_painter import RowState
from casefile.ui.pages import Page
from casefile.ui.pane import PaneHead
from casefile.ui.parts import button, column, row
from casefile.ui.theme import Theme

if TYPE_CHECKING:
    from casefile.services.desk import Desk

FOLLOW_MS = 80
LIST, REST = 352, 700


class EntitiesPage(Page):
    """Lists entities beside the one that the list stands on; the parts of it tell what is wanted."""

    add_wanted = Signal()
    kinds = ("entity", "entity_name", "relation", "claim")

    def __init__(self, theme: Theme, bridge: DeskBridge) -> None:
        super().__init__(theme, "entities", tr("People and places"))
        self._bridge = bridge
        self._all: list[EntityView] = []
        self.wanted: str | None = None
        self._painter = EntityPainter(theme)
        self.model = PlainModel[EntityView](lambda one: f"{one.entity.name}, {one.entity.kind}")
        self.view = self.list = RecordList(
            theme, tr("People and places"), self._draw, self._painter.height
        )
        self.list.setModel(self.model)
        self.head = PaneHead(theme, tr("People and places"))
        self.acts: object = None  # who does what the parts ask for
        self.field = QLineEdit()
        self.part = EntityPart(theme)
        self.area = QScrollArea()
        self.empty = EmptyState(
            theme, "user", tr("Nobody is named yet."),
            tr("A claim's speaker and place appear here."),
        )  # fmt: skip
        self._lists, self._shown = QStackedWidget(), QStackedWidget()
        self._follow = QTimer(self)
        self._build()

    @override
    def refresh(self) -> None:
        self.wanted = self.wanted or self.current_id()
        self._bridge.ask(_everyone, self._arrived, topic="entities")

    def current_id(self) -> str | None:
        """Give the entity that the list stands on."""
        number = self.list.current()
        return self.model.rows[number].entity.id if 0 <= number < len(self.model.rows) else None

    def known(self) -> list[EntityView]:
        """Give all entities, whatever the filter shows."""
        return list(self._all)

    def _build(self) -> None:
        self.head.add(button(self.theme, tr("New name…"), self.add_wanted.emit, "plus"))
        self.field.setAccessibleName(tr("Filter by name"))
        self.field.setPlaceholderText(tr("Filter by name"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(lambda _: self._filter())
        self._lists.addWidget(self.list)
        self._lists.addWidget(self.empty)
        side = QWidget()
        layout = column(side)
        top = row(None, (14, 8, 14, 8), 0)
        top.addWidget(self.field, 1)
        layout.addLayout(top)
        layout.addWidget(self._lists, 1)
        self.area.setWidget(self.part)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(tr("What is known of it"))
        nothing = EmptyState(self.theme, "user", "", "", "panel")
        self._shown.addWidget(nothing)
        self._shown.addWidget(self.area)
        both = QSplitter()
        both.setChildrenCollapsible(False)
        both.addWidget(side)
        both.addWidget(self._shown)
        both.setSizes([round(self.theme.dip(LIST)), round(self.theme.dip(REST))])
        both.setStretchFactor(1, 1)
        whole = column(self)
        whole.addWidget(self.head)
        whole.addWidget(both, 1)
        self._follow.setSingleShot(True)
        self._follow.setInterval(FOLLOW_MS)
        self._follow.timeout.connect(self._tell)
        self.list.chosen.connect(lambda _: self._follow.start())
        self.list.opened.connect(lambda _: self._tell())

    def _arrived(self, rows: list[EntityView]) -> None:
        self._all = rows
        self.head.set_title(tr("People and places"), len(rows))
        self._filter()

    def _filter(self) -> None:
        """Show those of which a name holds the letters in the field."""
        wanted = fold(" ".join(self.field.text().split())).text
        rows = [one for one in self._all if not wanted or any(wanted in n for n in _folded(one))]
        self.model.set_rows(rows)
        self._lists.setCurrentIndex(0 if rows or wanted else 1)
        key, self.wanted = self.wanted, None
        place = next((n for n, one in enumerate(rows) if one.entity.id == key), 0)
        if rows:
            self.list.go_to(place, quietly=True)
        self._tell()

    def _tell(self) -> None:
        key = self.current_id()
        if key is None:
            self._shown.setCurrentIndex(0)
            return
        self._bridge.ask(
            lambda desk: doors.entity_links.detail(desk, key), self._show, topic="entity"
        )

    def _show(self, detail: EntityDetail) -> None:
        if detail.view.entity.id == self.current_id():
            self.part.show_entity(detail)
            self._shown.setCurrentIndex(1)

    def _draw(self, painter: QPainter, rect: QRectF, number: int, state: RowState) -> None:
        if number < len(self.model.rows):
            self._painter.draw(painter, rect, self.model.rows[number], state)


def _everyone(desk: "Desk") -> list[EntityView]:
    return doors.entities.rows(desk)


def _folded(one: EntityView) -> list[str]:
    return [fold(name or "").text for name in (one.entity.name, *(n.name for n in one.names))]
