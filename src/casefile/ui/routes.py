"""The ways between the panels: they never call each other, the window joins them here."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from casefile.model.hit import Hit, Sought
from casefile.model.view import EvidenceView, SourceView
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.ui.window import MainWindow


class Routes(QObject):
    """Joins what one panel says to what another shows."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._w = window
        self._join_lists()
        self._join_search()
        self._join_claims()

    def _join_lists(self) -> None:
        w = self._w
        w.bridge.trouble.connect(w.trouble)
        w.bridge.crashed.connect(w.crashed)
        w.bridge.said.connect(self._act_done)
        w.list.followed.connect(self._followed)
        w.list.opened.connect(self._opened)
        w.reading.shown.connect(self._source_shown)
        w.reading.marks_shown.connect(w.inspector.show_marks)
        w.inspector.go_to_mark.connect(w.reading.go_to_mark)
        w.inspector.go_to_claim.connect(w.go_to_claim)
        w.inspector.go_to_source.connect(w.go_to_source)
        w.importing.opened.connect(w.go_to_source)
        w.case_opened.connect(w.importing.more.resume)
        w.importing.worked.connect(w.status.show_work)

    def _join_search(self) -> None:
        w = self._w
        w.search.followed.connect(self._hit_followed)
        w.search.opened.connect(self._hit_opened)
        w.search.trying.connect(self._try_query)
        field = w.strip.search
        field.textEdited.connect(self._query_typed)
        field.returnPressed.connect(self._query_entered)
        field.left.connect(self._leave_search)
        field.down.connect(lambda: w.walk.current_list().setFocus())

    def _join_claims(self) -> None:
        w = self._w
        w.claim_list.followed.connect(w.claims_page.show_claim)
        w.claim_list.followed.connect(lambda _: w.say_selected())
        w.claim_list.opened.connect(lambda _: w.claims_page.area.setFocus())
        w.claims_page.shown.connect(w.judgement.show_claim)
        w.claims_page.place_wanted.connect(self._place_wanted)
        w.claim_form.kept.connect(w.marks.keep_claim)
        w.claim_form.left.connect(w.leave_claim_form)

    def _followed(self, source: str) -> None:
        if self._w.mode == "sources":
            self._w.reading.show_source(source)
        self._w.say_selected()

    def _opened(self, source: str) -> None:
        self._w.reading.show_source(source, reading=True)
        self._w.sources.visited(source)
        self._w.reading.current_view().setFocus()

    def _source_shown(self, view: SourceView) -> None:
        self._w.inspector.meanings = self._w.meanings
        self._w.inspector.show_source(view)

    def _hit_followed(self, hit: Hit, sought: tuple[Sought, ...]) -> None:
        w = self._w
        if hit.kind == "claim":
            w.panes.main.setCurrentWidget(w.claims_page)
            w.claims_page.show_claim(hit.record)
            return
        w.panes.main.setCurrentWidget(w.reading)
        if hit.source is None:
            w.reading.clear(
                tr("A name of this case."), tr("Write speaker: before it to find what it said.")
            )
            return
        marks = hit.snippet.marks
        place = hit.snippet.start + marks[0][0] if marks and hit.kind == "source" else None
        form = "page" if hit.snippet.page and hit.source_kind == "pdf" else "text"
        w.reading.show_source(hit.source, sought=sought, place=place, form=form)

    def _hit_opened(self, hit: Hit, sought: tuple[Sought, ...]) -> None:
        if hit.kind == "claim":
            self._w.go_to_claim(hit.record)
            return
        self._hit_followed(hit, sought)
        if hit.source:
            self._w.sources.visited(hit.source)
        self._w.reading.current_view().setFocus()

    def _query_typed(self, words: str) -> None:
        if words.strip() and self._w.mode != "search":
            self._w.show_mode("search")
        self._w.search.typed(words)

    def _query_entered(self) -> None:
        if self._w.mode != "search":
            self._w.show_mode("search")
        self._w.search.query = self._w.strip.search.text()
        self._w.search.ask_now()
        self._w.search.view.setFocus()

    def _try_query(self, words: str) -> None:
        self._w.strip.search.setText(words)
        self._query_entered()

    def _leave_search(self) -> None:
        if self._w.strip.search.text():
            self._w.strip.search.clear()
            self._w.search.typed("")
            self._w.show_mode("sources")
        self._w.walk.current_list().setFocus()

    def _place_wanted(self, evidence: EvidenceView) -> None:
        if evidence.source is None:
            return
        mark = evidence.annotation
        self._w.go_to_source(evidence.source)
        if mark is not None:
            self._w.desk.when_shown(evidence.source, partial(self._w.reading.go_to_mark, mark))
        self._w.reading.current_view().setFocus()

    def _act_done(self, words: str) -> None:
        self._w.toast.button.setText(tr("Undo"))
        self._w.toast.say(words, self._w.case.undo)


def elsewhere(window: "MainWindow", key: str) -> bool:
    """Show what a line of the sidebar stands for where that is no list of sources."""
    if key == "claims":
        window.show_mode(key)
    elif key in ("conflicts", "entities"):
        window.pages.show(key)
    elif key.startswith("search:"):
        window.finding.show(key)
    else:
        return False
    return True
