"""Suggestions of one source, one after the other: keep, change or refuse each with one key."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from casefile.model.suggestion import Suggestion, Suggestions
from casefile.strings import later, tr, trn
from casefile.ui import doors
from casefile.ui.claim_form import ClaimForm, FormValues
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.dialogs import AskLine
from casefile.ui.empty_state import EmptyState
from casefile.ui.lettering import line, mirrored_rect
from casefile.ui.lists.plain_model import PlainModel
from casefile.ui.lists.record_list import RecordList
from casefile.ui.lists.source_painter import RowState, ground
from casefile.ui.pages import Page
from casefile.ui.pane import PaneHead
from casefile.ui.parts import Words, button, clear, column, row, wrapped
from casefile.ui.theme import Theme

_KINDS = {
    "claim": later("Claim"),
    "date": later("When"),
    "person": later("Person"),
    "organisation": later("Organisation"),
    "place": later("Place"),
}
_SPLIT = (380, 900)


class SuggestPage(Page):
    """Walks through what rules propose; `place_wanted` carries a source and a place in its text."""

    place_wanted = Signal(str, int)
    kinds = ("claim", "annotation", "mention", "entity", "extraction", "source")
    scopes = ("suggest", "rows")

    def __init__(self, theme: Theme, bridge: DeskBridge) -> None:
        super().__init__(theme, "suggestions", tr("Suggestions"))
        self._bridge = bridge
        self.source: str | None = None
        self.found: Suggestions | None = None
        self.model = PlainModel[Suggestion](lambda each: f"{_kind(each)}, {_title(each)}")
        self.view = self.list = RecordList(theme, tr("Suggestions"), self._draw, self._height)
        self.list.setModel(self.model)
        self.head = PaneHead(theme, tr("Suggestions"))
        self._said = wrapped(theme, "", "label", "text3")
        self.form = ClaimForm(theme)
        self._card = QWidget()
        self._rows = QVBoxLayout()
        self._side = QStackedWidget()
        self.empty = EmptyState(
            theme, "quote", tr("No suggestions are left for this source."),
            tr("Select words in the text and press C to make a claim yourself."),
        )  # fmt: skip
        self.stack = QStackedWidget()
        self._build()

    def show_source(self, source: str) -> None:
        """Show the suggestions of a source."""
        if source != self.source:
            self.model.set_rows([])
            self.found = None
        self.source = source

    @override
    def refresh(self) -> None:
        source = self.source
        if source is not None:
            self._bridge.ask(
                lambda desk: doors.suggesting.suggestions(desk, source),
                self._arrived, topic="suggestions",
            )  # fmt: skip

    def current(self) -> Suggestion | None:
        """Give the suggestion that the list stands on."""
        number = self.list.current()
        return self.model.rows[number] if 0 <= number < len(self.model.rows) else None

    def keep(self) -> None:
        """Keep the current suggestion as it is; the next one comes up."""
        chosen = self.current()
        if chosen is not None:
            self._accept(chosen, {})

    def change(self) -> None:
        """Change the current suggestion before it is kept."""
        chosen = self.current()
        if chosen is None:
            return
        if chosen.kind == "claim":
            self.form.begin(chosen.quote)
            self.form.propose(
                chosen.statement, speaker=chosen.name, attribution=chosen.attribution,
                about=chosen.when.text if chosen.when else None, place=chosen.where or None,
            )  # fmt: skip
            self._side.setCurrentWidget(self.form)
        else:
            title = tr("Words of the date") if chosen.kind == "date" else tr("Name")
            words = chosen.name
            AskLine(
                self.theme, self, title, lambda said: self._accept(chosen, {"name": said}),
                text=words,
            ).open()  # fmt: skip

    def refuse(self) -> None:
        """Do not offer the current suggestion again; the next one comes up."""
        chosen, source = self.current(), self.source
        if chosen is not None and source is not None:
            self._next()
            self._bridge.act(
                lambda desk: doors.suggesting.refuse(desk, source, chosen.key),
                lambda _: self.refresh(),
            )

    def _accept(self, chosen: Suggestion, changed: dict[str, str | None]) -> None:
        source, found = self.source, self.found
        if source is None or found is None:
            return
        self._side.setCurrentIndex(0)
        self._next()
        said = {"claim": tr("Claim made"), "date": tr("Marked")}.get(chosen.kind, tr("Name added"))
        self._bridge.act(
            lambda desk: doors.suggesting.accept(desk, source, chosen, found.text_hash, **changed),
            said=said, failed=self._failed,
        )  # fmt: skip
        self.list.setFocus()

    def _failed(self, error: BaseException) -> None:
        self._bridge.report(error)
        self.refresh()

    def _next(self) -> None:
        """Take the current row away and stand on the one that follows."""
        at = self.list.current()
        rows = [each for n, each in enumerate(self.model.rows) if n != at]
        self._show(rows, min(at, len(rows) - 1))

    def _arrived(self, found: Suggestions) -> None:
        if found.source != self.source:
            return
        kept, self.found = self.current(), found
        keys = [each.key for each in found.found]
        at = keys.index(kept.key) if kept and kept.key in keys else max(0, self.list.current())
        self._show(list(found.found), min(at, len(keys) - 1))
        self._said.setText(_told(found))

    def _show(self, rows: list[Suggestion], at: int) -> None:
        self.head.set_title(tr("Suggestions"), len(rows))
        self.model.set_rows(rows)
        self.stack.setCurrentIndex(1 if rows else 0)
        if rows:
            self.list.go_to(at, quietly=True)
            self._follow()

    def _build(self) -> None:
        self.form.kept.connect(self._kept)
        self.form.left.connect(self._left)
        inside = column(self._card, (24, 18, 24, 20), 0)
        inside.addLayout(self._rows)
        inside.addStretch(1)
        self._rows.setSpacing(6)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(tr("Suggestion"))
        area.setWidget(self._card)
        self._side.addWidget(area)
        self._side.addWidget(self.form)
        left = QWidget()
        listed = column(left)
        listed.addWidget(self.list, 1)
        foot = row(None, (14, 6, 14, 8), 0)
        foot.addWidget(self._said, 1)
        listed.addLayout(foot)
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.setChildrenCollapsible(False)
        whole.setHandleWidth(1)
        whole.addWidget(left)
        whole.addWidget(self._side)
        whole.setStretchFactor(1, 1)
        whole.setSizes([round(self.theme.dip(n)) for n in _SPLIT])
        self.stack.addWidget(self.empty)
        self.stack.addWidget(whole)
        outer = column(self)
        outer.addWidget(self.head)
        outer.addWidget(self.stack, 1)
        self.list.chosen.connect(lambda _: self._follow())
        self.list.opened.connect(lambda _: self._open())

    def _kept(self, values: FormValues) -> None:
        chosen = self.current()
        if chosen is not None:
            self._accept(
                chosen,
                {
                    "statement": values.statement, "speaker": values.speaker,
                    "speaker_kind": values.speaker_kind, "attribution": values.attribution,
                    "about": values.about, "place": values.place,
                },
            )  # fmt: skip

    def _left(self) -> None:
        self._side.setCurrentIndex(0)
        self.list.setFocus()

    def _open(self) -> None:
        chosen = self.current()
        if chosen is not None and self.source is not None:
            self.place_wanted.emit(self.source, chosen.place.start)

    def _follow(self) -> None:
        self._side.setCurrentIndex(0)
        chosen = self.current()
        if chosen is None:
            return
        theme = self.theme
        clear(self._rows)
        self._rows.addWidget(Words(theme, _kind(chosen), "label", "text3"))
        self._rows.addWidget(wrapped(theme, _title(chosen), "claim"))
        self._rows.addSpacing(6)
        for name, value in _facts(chosen):
            facts = row(gap=8)
            facts.addWidget(Words(theme, name, "label_strong", "text3"))
            facts.addWidget(wrapped(theme, value, "ui", "text2"), 1)
            self._rows.addLayout(facts)
        self._rows.addSpacing(10)
        self._rows.addWidget(Words(theme, tr("The words in the source"), "label_strong", "text3"))
        self._rows.addWidget(wrapped(theme, " ".join(chosen.quote.split()), "quote"))
        self._rows.addSpacing(12)
        acts = row(gap=8)
        acts.addWidget(button(theme, tr("Keep"), self.keep, "check", primary=True))
        acts.addWidget(button(theme, tr("Change…"), self.change, "pencil"))
        acts.addWidget(button(theme, tr("Refuse"), self.refuse, "x"))
        acts.addStretch(1)
        self._rows.addLayout(acts)

    def _height(self) -> int:
        return round(2 * self.theme.metrics("ui").height() + 17)

    def _draw(self, painter: QPainter, rect: QRectF, number: int, state: RowState) -> None:
        if number >= len(self.model.rows):
            return
        each, theme = self.model.rows[number], self.theme
        ground(painter, theme, rect, state)
        half = rect.height() / 2
        upper = QRectF(rect.left() + 14, rect.top() + 3, rect.width() - 28, half - 2)
        place = mirrored_rect(upper, rect, mirrored=state.mirrored)
        look = (theme.font("ui_medium"), theme.color("text"))
        line(painter, place, _title(each), look, mirrored=state.mirrored)
        quiet = (theme.font("label"), theme.color("text2" if state.selected else "text3"))
        who = each.name if each.kind == "claim" else tr(each.rule)
        below = place.translated(0, half - 3)
        line(painter, below, f"{_kind(each)}: {who}", quiet, mirrored=state.mirrored)


def _kind(each: Suggestion) -> str:
    key = each.kind_of if each.kind == "entity" else each.kind
    return tr(_KINDS.get(key, key))


def _title(each: Suggestion) -> str:
    return each.statement if each.kind == "claim" else each.name


def _facts(each: Suggestion) -> list[tuple[str, str]]:
    when = each.when
    computed = ""
    if when is not None:
        days = f"{when.earliest} – {when.latest}" if when.earliest or when.latest else ""
        computed = days or when.edtf or tr("not computed: the day it was said on is not known")
    said = [
        (tr("Who said it"), each.name if each.kind == "claim" else ""),
        (tr("Words that say so"), each.attribution),
        (tr("When it happened") if each.kind == "claim" else tr("Days"), computed),
        (tr("Counted from"), (when.anchor or "") if when else ""),
        (tr("Where"), each.where),
        (tr("Other names"), ", ".join(each.also)),
        (tr("Mentions"), str(len(each.mentions)) if each.mentions else ""),
        (tr("Found by rule"), tr(each.rule)),
    ]
    return [(name, value) for name, value in said if value]


def _told(found: Suggestions) -> str:
    said = tr("Nothing is stored before you keep it.")
    if found.settled:
        said += " " + trn("{n} settled before.", "{n} settled before.", found.settled)
    if found.anchor:
        day = tr("Days are counted from {day}, when the source came out.")
        said += " " + day.format(day=found.anchor)
    return said
