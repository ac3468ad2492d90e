"""The search page: what was understood, how many and how fast, the hits, and what to try."""

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from casefile.model.errors import CasefileError
from casefile.model.hit import Hit, SearchAnswer, SearchRequest
from casefile.strings import tr, trn
from casefile.ui import doors
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.empty_state import EmptyState
from casefile.ui.lists.hit_painter import HitPainter
from casefile.ui.lists.plain_model import PlainModel
from casefile.ui.lists.record_list import RecordList
from casefile.ui.lists.source_painter import RowState
from casefile.ui.pane import Pane
from casefile.ui.parts import Chip, Ground, LinkButton, Words, clear, column, row, wrapped
from casefile.ui.theme import Theme

PAUSE_MS = 250
LEAST = 3  # letters from which typing asks by itself
PAGE = 50
KEPT = 8  # last searches


@dataclass(frozen=True, slots=True)
class Found:
    """An answer with what else could be tried when it is empty: (query, number)."""

    answer: SearchAnswer
    tries: tuple[tuple[str, int], ...] = ()


class SearchPage(Pane):
    """Asks on each pause and shows hits.

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
        self.understood = wrapped(theme, "", "ui", "text2")
        self.trouble = wrapped(theme, "", "label", "warn")
        self.count = Words(theme, "", "ui_strong")
        self.took = Words(theme, "", "label", "text3")
        self.coverage = wrapped(theme, "", "label", "text3")
        self.furniture = Chip(theme, "", "text2", "surface")
        self.order = QComboBox()
        self.empty = EmptyState(theme, "list-search", "", "")
        self._tries = QWidget()
        self._stack = QStackedWidget()
        self._pause = QTimer(self)
        self._more_asked = False
        self._build()

    def typed(self, query: str) -> None:
        """Take what stands in the search field; ask after a pause, from three letters."""
        self.query = query
        if len(query.strip()) >= LEAST:
            self._pause.start()
        elif not query.strip():
            self._pause.stop()
            self.show_start()

    def ask_now(self) -> None:
        """Ask at once."""
        self._pause.stop()
        if not self.query.strip():
            self.show_start()
            return
        request = SearchRequest(
            query=self.query,
            boilerplate=self.furniture.isChecked(),
            sort=str(self.order.currentData()),
            limit=PAGE,
        )
        if self.answer is not None:
            self.took.setText(tr("searching…"))
        self._bridge.ask(partial(_search, request), self._arrived, self._failed, topic="search")

    def show_start(self) -> None:
        """Show the last searches before anything is sought."""
        self.answer = None
        self.model.set_rows([])
        self.empty.say(tr("Search titles, texts, marks, claims and notes."),
                       tr("“a phrase”, word OR other, -without, title:word"), "list-search")  # fmt: skip
        kept = self._kept()
        self._offer([(words, words) for words in kept])
        self._say_head("", "")
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

    def _build(self) -> None:
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.ask_now)
        head = Ground(self.theme, "surface")
        rows = column(head, (14, 10, 14, 8), 6)
        rows.addWidget(self.understood)
        rows.addWidget(self.trouble)
        options = row(gap=8)
        self.furniture.setCheckable(True)
        self.furniture.toggled.connect(self._furniture_toggled)
        options.addWidget(self.furniture)
        options.addStretch(1)
        for key, words in (
            ("relevance", tr("By relevance")),
            ("date", tr("By date")),
            ("added", tr("By when it was added")),
        ):
            self.order.addItem(words, key)
        self.order.setAccessibleName(tr("Order of the results"))
        self.order.currentIndexChanged.connect(lambda _: self.ask_now())
        rows.addLayout(options)
        counts = row(gap=10)
        counts.addWidget(self.count)
        counts.addWidget(self.took, 1)
        counts.addWidget(self.order)
        rows.addLayout(counts)
        rows.addWidget(self.coverage)
        self._name_furniture()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty_page())
        layout = column(self)
        layout.addWidget(head)
        layout.addWidget(self._stack, 1)
        self.view.chosen.connect(lambda _: self._tell(self.followed))
        self.view.opened.connect(lambda _: self._tell(self.opened))
        self.view.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._say_head("", "")

    def _empty_page(self) -> QWidget:
        page = Ground(self.theme, "surface")
        layout = column(page, (20, 40, 20, 20), 6)
        layout.addWidget(self.empty)
        self._tries_row = column(self._tries, (60, 0, 60, 0), 2)
        layout.addWidget(self._tries)
        layout.addStretch(1)
        return page

    def _name_furniture(self) -> None:
        on = self.furniture.isChecked()
        words = tr("Page furniture: searched") if on else tr("Page furniture: left out")
        self.furniture.show_as(words, "text2", "surface")

    def _furniture_toggled(self) -> None:
        self._name_furniture()
        self.ask_now()

    def _arrived(self, found: Found) -> None:
        answer = found.answer
        if answer.query != self.query:
            return
        self.answer = answer
        self.model.set_rows(answer.hits)
        self._more_asked = False
        self._say_head(answer.understood, "; ".join(answer.trouble))
        self.count.setText(trn("{n} result", "{n} results", answer.total))
        self.took.setText(tr("in {n} ms").format(n=round(answer.took_ms)))
        self.coverage.setText(" ".join(answer.coverage))
        self.coverage.setVisible(bool(answer.coverage))
        if answer.hits:
            self._stack.setCurrentIndex(0)
            self.view.go_to(0)
            self._keep(answer.query)
        else:
            self.empty.say(tr("Nothing in this case contains this."), _what_to_try(found), "search")
            self._offer(
                [
                    (query, f"{query}   {trn('{n} result', '{n} results', n)}")
                    for query, n in found.tries
                ]
            )
            self._stack.setCurrentIndex(1)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, CasefileError):
            self._bridge.report(error)
            return
        self.answer = None
        self.model.set_rows([])
        self._say_head("", "")
        self.empty.say(error.message, error.hint, "database")
        self._offer([])
        self._stack.setCurrentIndex(1)

    def _say_head(self, understood: str, trouble: str) -> None:
        self.understood.setText(understood)
        self.understood.setVisible(bool(understood))
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        if not understood:
            self.count.setText("")
            self.took.setText("")
            self.coverage.hide()

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
        request = SearchRequest(
            query=answer.query,
            boilerplate=self.furniture.isChecked(),
            sort=str(self.order.currentData()),
            limit=PAGE,
            offset=len(self.model.rows),
        )
        self._bridge.ask(
            lambda desk: doors.find.search(desk, request), self._more, topic="search more"
        )

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


def _search(request: SearchRequest, desk: "doors.desk.Desk") -> Found:
    answer = doors.find.search(desk, request)
    words = request.query.split()
    if answer.total or not 2 <= len(words) <= 6 or '"' in request.query:
        return Found(answer)
    tries = []
    for n in range(len(words)):
        less = " ".join(words[:n] + words[n + 1 :])
        total = doors.find.search(desk, replace(request, query=less, limit=1)).total
        if total:
            tries.append((less, total))
    return Found(answer, tuple(sorted(tries, key=lambda pair: -pair[1])[:4]))


def _what_to_try(found: Found) -> str:
    if found.tries:
        return tr("With one word less:")
    return tr("Try fewer words, word* for a beginning, word~ for another spelling.")
