"""The search page: what was understood, how many and how fast, the hits, and what to try."""

import re
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStackedWidget, QWidget

from casefile.model.errors import CasefileError
from casefile.model.facet import Facets, Narrowing
from casefile.model.hit import Hit, SearchAnswer, SearchRequest
from casefile.strings import tr, trn
from casefile.ui import doors
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.empty_state import EmptyState
from casefile.ui.facet_panel import FacetPanel
from casefile.ui.lists.hit_painter import HitPainter
from casefile.ui.lists.plain_model import PlainModel
from casefile.ui.lists.record_list import RecordList
from casefile.ui.lists.source_painter import RowState
from casefile.ui.pane import Pane
from casefile.ui.parts import Ground, LinkButton, Rule, clear, column, row
from casefile.ui.search_head import SearchHead
from casefile.ui.theme import Theme

PAUSE_MS = 90
FACETS_FROM = 560  # logical pixels of the page from which there is room for facets
PAGE = 50
KEPT = 8  # last searches
_GROWING = re.compile(r"(?:^|[\s(:])\w[\w'’-]*$")


@dataclass(frozen=True, slots=True)
class Found:
    """An answer with what else could be tried when it is empty: (query, number, words)."""

    answer: SearchAnswer
    tries: tuple[tuple[str, int, str], ...] = ()


class SearchPage(Pane):
    """Asks as words are typed and shows hits.

    `followed` and `opened` carry a hit and the words it was sought by; `trying` a query to be
    written into the search field.
    """

    followed = Signal(object, object)
    opened = Signal(object, object)
    trying = Signal(str)

    def __init__(self, theme: Theme, bridge: DeskBridge) -> None:
        super().__init__(theme, "search", tr("Results"))
        self._bridge = bridge
        self.query = ""
        self.answer: SearchAnswer | None = None
        self._painter = HitPainter(theme)
        self.model = PlainModel[Hit](lambda hit: f"{hit.title}: {hit.snippet.text}")
        self.view = RecordList(theme, tr("Results"), self._draw, self._painter.height)
        self.view.setModel(self.model)
        self.head = SearchHead(theme)
        self.facets = FacetPanel(theme)
        self.empty = EmptyState(theme, "list-search", "", "")
        self._tries = QWidget()
        self._stack = QStackedWidget()
        self._pause = QTimer(self)
        self._more_asked = False
        self._typing = False  # the last word may still be growing
        self._faceted = ""  # the query whose facets are shown
        self._build()

    def typed(self, query: str) -> None:
        """Take what stands in the search field; ask after a short pause, from the first letter."""
        self.query = query
        self._typing = True
        if query.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self.show_start()

    def ask_now(self) -> None:
        """Ask at once, for what stands there as it stands."""
        self._typing = False
        self._ask()

    def _ask(self) -> None:
        self._pause.stop()
        if not self.query.strip():
            self.show_start()
            return
        if self.query != self._faceted:
            self.facets.forget()
        if self.answer is not None:
            self.head.show_waiting()
        wanted = (self._request(), self.facets.chosen)
        self._bridge.ask(partial(_search, *wanted), self._arrived, self._failed, topic="search")

    def show_start(self) -> None:
        """Show the last searches before anything is sought."""
        self.answer = None
        self.model.set_rows([])
        self.empty.say(tr("Search titles, texts, marks, claims and notes."),
                       tr("“a phrase”, word OR other, -without, title:word"), "list-search")  # fmt: skip
        kept = self._kept()
        self._offer([(words, words) for words in kept])
        self.head.show_nothing()
        self.facets.hide()
        self._stack.setCurrentIndex(1)

    def current(self) -> Hit | None:
        """Give the hit that the list stands on."""
        number = self.view.current()
        return self.model.rows[number] if 0 <= number < len(self.model.rows) else None

    def index_moved(self) -> None:
        """Ask again when the index has caught up."""
        if (
            self.query.strip()
            and self.isVisible()
            and (self.answer is None or self.answer.coverage)
        ):
            self.ask_now()

    def request(self) -> SearchRequest:
        """Give the search as it stands in the field."""
        return replace(self._request(), query=self.query)

    def _request(self, offset: int = 0) -> SearchRequest:
        return SearchRequest(
            query=begun(self.query) if self._typing else self.query,
            boilerplate=self.head.furniture.isChecked(),
            sort=str(self.head.order.currentData()),
            limit=PAGE,
            offset=offset,
            without=self.head.switched_off,
        )

    def _build(self) -> None:
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty_page())
        right = column()
        right.addWidget(self.head)
        right.addWidget(self._stack, 1)
        both = row(self, gap=0)
        both.addWidget(self.facets)
        both.addWidget(Rule(self.theme, upright=True))
        both.addLayout(right, 1)
        self.facets.hide()
        self.head.changed.connect(self.ask_now)
        self.facets.narrowed.connect(lambda _: self.ask_now())
        self.view.chosen.connect(lambda _: self._tell(self.followed))
        self.view.opened.connect(lambda _: self._tell(self.opened))
        self.view.verticalScrollBar().valueChanged.connect(self._scrolled)

    def _empty_page(self) -> QWidget:
        page = Ground(self.theme, "surface")
        layout = column(page, (20, 40, 20, 20), 6)
        layout.addWidget(self.empty)
        self._tries_row = column(self._tries, (60, 0, 60, 0), 2)
        layout.addWidget(self._tries)
        layout.addStretch(1)
        return page

    def _arrived(self, found: Found) -> None:
        answer = found.answer
        if answer.query != self._request().query:
            return
        self.answer = answer
        self.model.set_rows(answer.hits)
        self._more_asked = False
        self.head.show_answer(answer)
        self._ask_facets()
        if answer.hits:
            self._stack.setCurrentIndex(0)
            self.view.go_to(0)
            self._keep(self.query)
        else:
            self.empty.say(tr("Nothing in this case contains this."), _what_to_try(found), "search")
            self._offer(
                [
                    (query, f"{words}   {trn('{n} result', '{n} results', n)}")
                    for query, n, words in found.tries
                ]
            )
            self._stack.setCurrentIndex(1)

    def _ask_facets(self) -> None:
        """Count what the hits are made of, after they are shown."""
        request, chosen = self._request(), self.facets.chosen
        self._bridge.ask(partial(_facets, request, chosen), self._facets_arrived, topic="facets")

    def _facets_arrived(self, found: tuple[str, Facets]) -> None:
        query, facets = found
        if query == self._request().query:
            self._faceted = self.query
            self.facets.show_facets(facets)
            wide = self.width() >= self.theme.dip(FACETS_FROM)
            self.facets.setVisible(wide and (bool(self.model.rows) or not self.facets.chosen.empty))

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, CasefileError):
            self._bridge.report(error)
            return
        self.answer = None
        self.model.set_rows([])
        self.head.show_nothing()
        self.facets.hide()
        self.empty.say(error.message, error.hint, "database")
        self._offer([])
        self._stack.setCurrentIndex(1)

    def _offer(self, tries: list[tuple[str, str]]) -> None:
        clear(self._tries_row)
        for query, words in tries:
            made = LinkButton(self.theme, words, partial(self.trying.emit, query))
            self._tries_row.addWidget(made)

    def _tell(self, signal: object) -> None:
        hit = self.current()
        if hit is not None and self.answer is not None:
            which = self.opened if signal is self.opened else self.followed
            which.emit(hit, self.answer.sought)

    def _scrolled(self, value: int) -> None:
        answer, bar = self.answer, self.view.verticalScrollBar()
        if answer is None or self._more_asked or len(self.model.rows) >= answer.total:
            return
        if value < bar.maximum() - self.height():
            return
        self._more_asked = True
        wanted = (self._request(len(self.model.rows)), self.facets.chosen)
        self._bridge.ask(partial(_page, *wanted), self._more, topic="search more")

    def _more(self, answer: SearchAnswer) -> None:
        if self.answer is not None and answer.query == self.answer.query:
            self.model.append(answer.hits)
            self._more_asked = False

    def _draw(self, painter: QPainter, rect: QRectF, number: int, state: RowState) -> None:
        if number < len(self.model.rows):
            self._painter.draw(painter, rect, self.model.rows[number], state)

    def _kept(self) -> list[str]:
        local = self._bridge.local
        return [str(words) for words in local.get("searches", [])] if local else []

    def _keep(self, query: str) -> None:
        local = self._bridge.local
        if local is not None:
            rest = [q for q in self._kept() if not query.startswith(q) and q != query]
            local.set("searches", [query, *rest][:KEPT])


def begun(query: str) -> str:
    """Give a query whose last word is still being typed: its beginning counts."""
    growing = query.count('"') % 2 == 0 and _GROWING.search(query)
    return f"{query}*" if growing else query


def _page(request: SearchRequest, narrowing: Narrowing, desk: "doors.desk.Desk") -> SearchAnswer:
    return doors.find.search(desk, doors.facets.narrowed(desk, request, narrowing))


def _facets(
    request: SearchRequest, narrowing: Narrowing, desk: "doors.desk.Desk"
) -> tuple[str, Facets]:
    wanted = doors.facets.narrowed(desk, request, narrowing)
    return request.query, doors.facets.facets(desk, wanted)


def _search(request: SearchRequest, narrowing: Narrowing, desk: "doors.desk.Desk") -> Found:
    answer = _page(request, narrowing, desk)
    if not request.query.endswith("*"):  # a word that is still being typed is no search made
        doors.search_log.note(desk, answer)
    return Found(answer, tuple((each.query, each.total, each.words) for each in answer.suggestions))


def _what_to_try(found: Found) -> str:
    if found.tries:
        return tr("What would be found instead:")
    return tr("Try fewer words, word* for a beginning, word~ for another spelling.")
