"""The reading pane: one source as text, as page pictures or as the photo itself."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget

from casefile.model.area import Area
from casefile.model.hit import Sought
from casefile.model.view import MarkView
from casefile.strings import tr
from casefile.ui import doors
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.empty_state import EmptyState
from casefile.ui.find_bar import FindBar
from casefile.ui.opened import Opened, open_source, sought_in_source, spans_of
from casefile.ui.page.page_view import PageView
from casefile.ui.page.photo_view import PhotoView
from casefile.ui.pane import Pane, PaneHead, holds
from casefile.ui.parts import IconButton, column
from casefile.ui.picture_feed import PictureFeed
from casefile.ui.reader.reader import Reader
from casefile.ui.tabs import Tabs
from casefile.ui.theme import Theme

READ_MS = 2000


class ReadingPane(Pane):
    """Shows a source.

    `shown` carries its `SourceView`, `marks_shown` its marks, `read` its id once it was read for a
    while, `mark_chosen` the id of a mark that was pressed.
    """

    shown = Signal(object)
    marks_shown = Signal(object)
    read = Signal(str)
    mark_chosen = Signal(str)

    def __init__(self, theme: Theme, bridge: DeskBridge) -> None:
        super().__init__(theme, "reader", tr("Reader"))
        self._bridge = bridge
        self.opened: Opened | None = None
        self.source: str | None = None
        self.form = "text"
        self._wanted_place: int | None = None
        self._wanted_form: str | None = None
        self._new_hits = False
        self._loading: tuple[Sought, ...] | None = None  # what a pending load sought
        self._forms_kept = {"pdf": "text", "photo": "original"}  # how each kind was looked at last
        self.reader = Reader(theme)
        self.page = PageView(theme)
        self.photo = PhotoView(theme)
        self.empty = EmptyState(
            theme, "article", tr("Choose a source."), tr("J and K walk through the list.")
        )
        self.head = PaneHead(theme, "")
        self.find_bar = FindBar(theme)
        self.tabs = Tabs(
            theme, [("text", tr("Text")), ("page", tr("Page")), ("original", tr("Original"))]
        )
        self._stack = QStackedWidget()
        self._read_clock = QTimer(self)
        self._build()

    # What is shown

    def show_source(
        self, source: str, *, sought: tuple[Sought, ...] = (), place: int | None = None,
        form: str | None = None, reading: bool = False,
    ) -> None:  # fmt: skip
        """Show a source; with the words that were sought and a place (code point) to go to.

        `reading` says that it was opened to be read, which counts as read after two seconds.
        """
        self._read_clock.stop()
        if reading:
            self._read_clock.start()
        again = source == self.source
        if again and self.opened is not None and not sought and place is None:
            return
        self.source, self._wanted_place, self._wanted_form = source, place, form
        self._loading = tuple(sought)
        self._load(source, sought)

    def _load(self, source: str, sought: tuple[Sought, ...] | None) -> None:
        """Read everything of a source; without `sought` the hits that are shown stay."""
        self._bridge.ask(
            lambda desk: open_source(desk, source, sought),
            self._arrived,
            self._failed,
            topic="reader",
        )

    def clear(self, sentence: str = "", hint: str = "") -> None:
        """Show nothing, and say why."""
        self.source = self.opened = None
        self.empty.say(
            sentence or tr("Choose a source."), hint or tr("J and K walk through the list.")
        )
        self._read_clock.stop()
        self.head.set_title("")
        self.tabs.offer([])
        self._stack.setCurrentWidget(self.empty)

    def refresh(self, *, marks_only: bool) -> None:
        """Read again what changed of the source that is shown."""
        source = self.source
        if source is None:
            return
        if marks_only:
            self._bridge.ask(
                lambda desk: doors.reading.marks(desk, source), self._new_marks, topic="marks"
            )
        else:
            self._load(source, self._loading)

    def show_form(self, form: str) -> None:
        """Show the text, the page or the original; a form that there is not is passed over."""
        if self.opened is None or form not in self.opened.forms or form == self.form:
            return
        place = self._place_here()
        self._forms_kept[self.opened.view.source.kind or ""] = form
        self._show_form(form)
        if place is not None:
            self.go_to(place)

    def current_view(self) -> "Reader | PageView | PhotoView":
        """Give the widget that shows the source now."""
        if self.form == "page":
            return self.page
        return self.reader if self.form == "text" else self.photo

    @property
    def is_pdf(self) -> bool:
        """Whether what is shown is a PDF."""
        return self.opened is not None and self.opened.view.source.kind == "pdf"

    # Words that are chosen

    def selection(self) -> tuple[int, int] | None:
        """Give the selected range of code points, in the text or on a page."""
        if self.opened is None or self.opened.text is None or self.form == "original":
            return None
        found = self.page.selection() if self.form == "page" else self.reader.selection()
        return found if found and found[0] < found[1] else None

    def chosen(self) -> tuple[int, int] | Area | None:
        """Give what a mark would be put on: a box that is drawn, or the selected words."""
        view = self.current_view()
        drawn = None if isinstance(view, Reader) else view.area()
        if drawn is None:
            return self.selection()
        try:
            return Area.of_box(drawn[1], drawn[0] or None)
        except ValueError:  # a box too small to be seen again
            return None

    def draw_area(self) -> None:
        """Offer a box on the photo, or on a page of the PDF."""
        if self.form == "text":
            self.show_form("page")
        view = self.current_view()
        if not isinstance(view, Reader):
            view.draw_area()

    def current_mark(self) -> MarkView | None:
        """Give the mark that the caret stands on, or that was pressed last."""
        if self.opened is None:
            return None
        key = self.current_view().current_mark()
        return next((m for m in self.opened.marks if m.annotation.id == key), None)

    def selected_words(self) -> str:
        """Give the selected words as they are stored."""
        span = self.selection()
        if span is None or self.opened is None or self.opened.text is None:
            return ""
        return self.opened.text.text[span[0] : span[1]]

    def select_sentence(self) -> None:
        """Select the sentence at the caret."""
        if self.form == "text":
            self.reader.select_sentence()

    def clear_selection(self) -> None:
        """Select nothing."""
        self.current_view().clear_selection()

    def go_to_mark(self, key: str) -> None:
        """Go to a mark."""
        if self.opened is None:
            return
        if any(area.id == key for area in self.opened.areas):
            self.show_form("page" if "page" in self.opened.forms else "original")
        elif self.form == "original":
            self.show_form("text")
        self.current_view().activate_mark(key)

    def go_to(self, place: int) -> None:
        """Go to a place in the text, in the form that is shown."""
        if self.form == "original":
            self.show_form("text")
        (self.page if self.form == "page" else self.reader).scroll_to(place)

    def next_mark(self) -> None:
        """Go to the next mark."""
        self.current_view().next_mark()

    def previous_mark(self) -> None:
        """Go to the mark before."""
        self.current_view().previous_mark()

    def next_hit(self) -> None:
        """Go to the next place that was sought."""
        self._step_hit(+1)

    def previous_hit(self) -> None:
        """Go to the place before that was sought."""
        self._step_hit(-1)

    def toggle_furniture(self) -> None:
        """Open or fold the page furniture."""
        self.reader.fold_boilerplate(not self.reader.folded)

    def toggle_dim(self) -> None:
        """Dim the page picture, or show it as it is."""
        self.page.set_dimmed(not self.page.dimmed)

    def open_find(self) -> None:
        """Open the find bar with the selected words."""
        words = self.selected_words()
        self.find_bar.open(" ".join(words.split())[:80])
        if words:
            self._find(self.find_bar.field.text())

    # Inside

    def _build(self) -> None:
        self._read_clock.setSingleShot(True)
        self._read_clock.setInterval(READ_MS)
        self._read_clock.timeout.connect(self._count_as_read)
        for part in (self.reader, self.page, self.photo, self.empty):
            self._stack.addWidget(part)
        self.reader.setAccessibleName(tr("Text of the source"))
        self.page.setAccessibleName(tr("Pages of the source"))
        self.photo.setAccessibleName(tr("The photo"))
        self._stack.setCurrentWidget(self.empty)
        self.head.add(self.tabs)
        self.head.add(IconButton(self.theme, "search", tr("Find in this source"), self.open_find))
        layout = column(self)
        layout.addWidget(self.head)
        layout.addWidget(self.find_bar)
        layout.addWidget(self._stack, 1)
        self.tabs.chosen.connect(self.show_form)
        self.reader.mark_activated.connect(self.mark_chosen)
        self.page.mark_activated.connect(self.mark_chosen)
        self.photo.mark_activated.connect(self.mark_chosen)
        self._feed = PictureFeed(self._bridge, self.page, self.photo)
        self.find_bar.asked.connect(self._find)
        self.find_bar.stepped.connect(self._step_hit)
        self.find_bar.closed.connect(self._leave_find)
        self.tabs.offer([])

    def _count_as_read(self) -> None:
        if self.source:
            self.read.emit(self.source)

    def _arrived(self, opened: Opened) -> None:
        before, self._loading = self.opened, None
        view = opened.view
        again = before is not None and before.view.source.id == view.source.id
        self._new_hits = bool(opened.hits)
        if opened.hits is None:
            opened = replace(opened, hits=before.hits if before is not None and again else [])
        self.opened = opened
        self.head.set_title(view.title)
        if again and before is not None and before.text == opened.text:
            self._set_marks(opened.marks)
            self._set_hits(opened.hits or [])
        else:
            self._fill(opened)
        self._choose_form(opened, again=again)
        self.reader.set_banner(*opened.state)
        self._go_to_wanted(opened)
        self.shown.emit(view)
        self.marks_shown.emit(opened.marks)

    def _choose_form(self, opened: Opened, *, again: bool) -> None:
        forms = opened.forms
        self.tabs.offer(forms)
        kept = self._forms_kept.get(opened.view.source.kind or "", "text")
        wanted = self._wanted_form or (self.form if again else kept)
        self._wanted_form = None
        self._show_form(wanted if wanted in forms else forms[0])

    def _fill(self, opened: Opened) -> None:
        self._feed.show(opened.view, opened.text)
        if opened.text is not None:
            self.reader.set_text(opened.text, opened.blocks)
        kind = opened.view.source.kind
        if kind == "pdf" and opened.text is not None:
            self.page.set_pages(len(opened.text.pages), None, opened.text.pages)
            document = opened.view.facts.document
            self.page.set_headings(document.outline if document else ())
        if kind == "photo":
            self._feed.draw_photo(opened.view)
        self._set_marks(opened.marks)
        self._set_hits(opened.hits or [])

    def _set_marks(self, marks: list[MarkView]) -> None:
        self.reader.set_marks(marks)
        self.page.set_marks(spans_of(marks))
        areas = self.opened.areas if self.opened else []
        self.page.set_areas(areas)
        self.photo.set_areas(areas)

    def _set_hits(self, hits: Sequence[tuple[int, int]]) -> None:
        self.reader.set_hits(list(hits))
        self.page.set_hits(list(hits))

    def _new_marks(self, marks: list[MarkView]) -> None:
        if self.opened is None or any(m.annotation.source != self.source for m in marks):
            return
        self.opened = replace(self.opened, marks=marks)
        self._set_marks(marks)
        self.marks_shown.emit(marks)

    def _go_to_wanted(self, opened: Opened) -> None:
        place, self._wanted_place = self._wanted_place, None
        if place is None and not self._new_hits:
            return
        self._new_hits = False
        if opened.hits:
            place = min(opened.hits, key=lambda hit: abs(hit[0] - (place or 0)))[0]
        if place is not None:
            self.go_to(place)

    def _failed(self, error: BaseException) -> None:
        self.clear()
        self._bridge.report(error)

    def _show_form(self, form: str) -> None:
        self.form = form
        self.tabs.show_form(form)
        had_focus = holds(self, QApplication.focusWidget())
        self._stack.setCurrentWidget(self.current_view())
        if had_focus:
            self.current_view().setFocus()

    def _place_here(self) -> int | None:
        """Give the code point that is looked at, to find it again in another form."""
        span = self.selection()
        if span is not None:
            return span[0]
        if self.form == "text":
            return self.reader.top_position()
        text = self.opened.text if self.opened else None
        shown = self.page.page()
        return text.pages[shown - 1][0] if text and 1 <= shown <= len(text.pages) else None

    def _step_hit(self, by: int) -> None:
        view = self.page if self.form == "page" else self.reader
        (view.next_hit if by > 0 else view.previous_hit)()

    def _find(self, words: str) -> None:
        source = self.source
        if source is None:
            return
        if not words.strip():
            self._set_hits([])
            self.find_bar.say(0)
            return
        sought = sought_in_source(words)
        self._bridge.ask(
            lambda desk: doors.find.marks_in(desk, source, sought, boilerplate=True),
            self._found,
            topic="find",
        )

    def _found(self, hits: list[tuple[int, int]]) -> None:
        self.find_bar.say(len(hits))
        self._set_hits(hits)
        if hits:
            self.go_to(hits[0][0])

    def _leave_find(self) -> None:
        self._set_hits((self.opened.hits if self.opened else None) or [])
        self.current_view().setFocus()
