"""The inspector: facts of a source, its grade and tags, where it came from, what hangs on it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from casefile.model.view import ClaimRow, MarkView, SourceView
from casefile.strings import tr, trn
from casefile.ui import doors
from casefile.ui.choices import Choice
from casefile.ui.dates import local_time, short_date, utc_time
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.empty_state import EmptyState
from casefile.ui.mark_row import MarkRow
from casefile.ui.pane import Pane
from casefile.ui.parts import Chip, ClickRow, OneLine, Words, clear, column, row, wrapped
from casefile.ui.provenance import Chain, HashCard
from casefile.ui.section import FactRow, Section
from casefile.ui.tag_editor import TagEditor
from casefile.ui.theme import Theme
from casefile.ui.words import GRADES, TRIAGE, kind_words, language_words

SHOWN = 12  # marks and claims listed before "n more"


class Inspector(Pane):
    """Says everything about one source.

    `go_to_mark`, `go_to_claim` and `go_to_source` carry the id of what was pressed.
    """

    go_to_mark = Signal(str)
    go_to_claim = Signal(str)
    go_to_source = Signal(str)

    def __init__(self, theme: Theme, bridge: DeskBridge) -> None:
        super().__init__(theme, "inspector", tr("Inspector"), "panel")
        self._bridge = bridge
        self.view: SourceView | None = None
        self.meanings: dict[int, str] = {}
        self.stack = QStackedWidget()
        self._empty = EmptyState(theme, "info-circle", tr("Nothing selected."), "", "panel")
        self._page = QScrollArea()
        self._inside = QWidget()
        self._status = Chip(theme, "", "text2", "sunken")
        self._facts = QVBoxLayout()
        self.grade = Choice(
            theme,
            tr("Reliability"),
            [(letter, letter, f"{letter}, {tr(words)}") for letter, words in GRADES.items()],
        )
        self._grade_words = Words(theme, "", "label", "text3")
        self.tags = TagEditor(theme, self._suggest_tags)
        self.notes = Section(theme, tr("Notes"))
        self.provenance = Section(theme, tr("Provenance"))
        self.hash = HashCard(theme)
        self.chain = Chain(theme)
        self.marks = Section(theme, tr("Marks"))
        self.claims = Section(theme, tr("Claims from this source"))
        self.copies = Section(theme, tr("Copies and echoes"))
        self._build()

    def show_source(self, view: SourceView) -> None:
        """Show a source."""
        again = self.view is not None and self.view.source.id == view.source.id
        self.view = view
        self._fill(view)
        self.stack.setCurrentIndex(1)
        self.ask_claims()
        if not again:
            self._page.verticalScrollBar().setValue(0)

    def show_nothing(self) -> None:
        """Show that nothing is selected."""
        self.view = None
        self.stack.setCurrentIndex(0)

    def show_marks(self, marks: list[MarkView]) -> None:
        """List the marks of the source."""
        self.marks.set_count(len(marks))
        self.marks.empty()
        for mark in marks[:SHOWN]:
            key = mark.annotation.id
            meaning = self.meanings.get(mark.annotation.mark or 1, "")
            made = MarkRow(self.theme, mark, meaning, partial(self.go_to_mark.emit, key))
            self.marks.rows.addWidget(made)
        self._more(self.marks, len(marks))
        if not marks:
            self.marks.say(tr("No marks yet. Select words and press H or 1 to 5."))

    def ask_claims(self) -> None:
        """Read the claims that rest on the source."""
        if self.view is None:
            return
        source = self.view.source.id
        self._bridge.ask(
            lambda desk: doors.claims.of_source(desk, source),
            partial(self._show_claims, source),
            topic="inspector claims",
        )

    def set_writable(self, *, writable: bool) -> None:
        """Take away what changes the case while it is open for reading only."""
        self.grade.setEnabled(writable)
        self.tags.setEnabled(writable)

    def _build(self) -> None:
        layout = column(self)
        layout.addWidget(self.stack)
        self.stack.addWidget(self._empty)
        self.stack.addWidget(self._page)
        self._page.setWidgetResizable(True)
        self._page.setFrameShape(QFrame.Shape.NoFrame)
        self._page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page.setAccessibleName(tr("Facts of the source"))
        self._page.setWidget(self._inside)
        rows = column(self._inside)
        head = row(margins=(14, 10, 14, 6))
        head.addWidget(Words(self.theme, tr("Source"), "ui_strong"), 1)
        head.addWidget(self._status)
        rows.addLayout(head)
        self._facts.setContentsMargins(14, 0, 14, 4)
        self._facts.setSpacing(4)
        rows.addLayout(self._facts)
        more = column(margins=(14, 4, 14, 10), gap=6)
        more.addWidget(Words(self.theme, tr("Reliability"), "label", "text3"))
        more.addWidget(self.grade)
        more.addWidget(self._grade_words)
        more.addWidget(self.tags)
        rows.addLayout(more)
        self.provenance.rows.addWidget(self.hash)
        self.provenance.rows.addSpacing(4)
        self.provenance.rows.addWidget(self.chain)
        for part in (self.provenance, self.marks, self.claims, self.notes, self.copies):
            rows.addWidget(part)
        rows.addStretch(1)
        self.grade.chosen.connect(self._grade)
        self.tags.added.connect(self._add_tag)
        self.tags.removed.connect(self._remove_tag)

    def _fill(self, view: SourceView) -> None:
        source = view.source
        clear(self._facts)
        for name, value in fact_rows(view):
            self._facts.addWidget(FactRow(self.theme, name, value))
        words, icon, ink = TRIAGE.get(source.status or "", ("", "", ""))
        self._status.setVisible(bool(words))
        soft = f"{ink}_soft" if ink in ("good", "warn") else "sunken"
        if words:
            self._status.show_as(tr(words), ink if ink != "text3" else "text2", soft, icon)
        self.grade.show_value(source.reliability)
        said = GRADES.get(source.reliability or "")
        self._grade_words.setText(tr(said) if said else tr("Not graded yet."))
        self.tags.show_tags(view.tags)
        self.hash.setVisible(view.file is not None)
        if view.file is not None:
            self.hash.show_hash(view.file.object or "")
        self.chain.show_steps(chain_steps(view))
        self.notes.setVisible(bool(view.notes))
        self.notes.set_count(len(view.notes))
        self.notes.empty()
        for note in view.notes:
            self.notes.rows.addWidget(wrapped(self.theme, note.body or "", "label"))
        self._fill_copies(view)

    def _fill_copies(self, view: SourceView) -> None:
        self.copies.setVisible(bool(view.duplicates))
        self.copies.set_count(len(view.duplicates))
        self.copies.empty()
        for other in view.duplicates:
            run = partial(self.go_to_source.emit, other.source)
            made = ClickRow(self.theme, run, f"{other.title}, {other.how}")
            lines = column(made, (4, 3, 4, 3), 0)
            lines.addWidget(OneLine(self.theme, other.title, "label_strong"))
            lines.addWidget(OneLine(self.theme, other.how, "label", "text3"))
            self.copies.rows.addWidget(made)

    def _show_claims(self, source: str, found: list[ClaimRow]) -> None:
        if self.view is None or self.view.source.id != source:
            return
        self.claims.set_count(len(found))
        self.claims.empty()
        for claim in found[:SHOWN]:
            run = partial(self.go_to_claim.emit, claim.id)
            made = ClickRow(self.theme, run, claim.statement)
            lines = column(made, (4, 3, 4, 3), 0)
            lines.addWidget(OneLine(self.theme, claim.statement, "label"))
            ink = "good" if claim.sources > 1 else "warn"
            said = trn("{n} source", "{n} sources", claim.sources)
            if claim.speaker:
                said = f"{claim.speaker}, {said}"
            lines.addWidget(OneLine(self.theme, said, "label_strong", ink))
            self.claims.rows.addWidget(made)
        self._more(self.claims, len(found))
        if not found:
            self.claims.say(tr("No claims yet. Select words in the text and press C."))

    def _more(self, section: Section, count: int) -> None:
        if count > SHOWN:
            more = trn("{n} more", "{n} more", count - SHOWN)
            section.rows.addWidget(Words(self.theme, more, "label", "text3"))

    def _grade(self, letter: object) -> None:
        if self.view is None:
            return
        ids, value = [self.view.source.id], str(letter) if letter else None
        said = tr("Graded {letter}").format(letter=value) if value else tr("Grade taken back")
        self._bridge.act(lambda desk: doors.reading.grade(desk, ids, value), said=said)

    def _add_tag(self, name: str) -> None:
        if self.view is not None:
            ids = [self.view.source.id]
            said = tr("Tagged {name}").format(name=name)
            self._bridge.act(lambda desk: doors.notes.tag(desk, ids, [name]), said=said)

    def _remove_tag(self, name: str) -> None:
        if self.view is not None:
            ids = [self.view.source.id]
            said = tr("Tag {name} taken off").format(name=name)
            self._bridge.act(lambda desk: doors.notes.untag(desk, ids, name), said=said)

    def _suggest_tags(self, then: "object") -> None:
        if callable(then):
            self._bridge.ask(
                lambda desk: [tag.name or "" for tag, _ in doors.notes.tags(desk)],
                then,
                topic="tags",
            )


def fact_rows(view: SourceView) -> list[tuple[str, str]]:
    """Give the facts of a source by name; what is unknown is said to be unknown."""
    source, unknown = view.source, tr("not said")
    rows = [
        (tr("Kind"), kind_words(source.kind)),
        (tr("Publisher"), source.publisher or unknown),
        (tr("By"), ", ".join(source.byline or ()) or unknown),
        (tr("Published"), short_date(source.published) or unknown),
        (tr("Language"), language_words(source.language)),
    ]
    if view.facts.published_from and source.published:
        rows.insert(4, (tr("Date from"), view.facts.published_from))
    if source.url:
        rows.append((tr("Address"), source.url))
    if view.file is not None and view.file.name:
        rows.append((tr("File"), view.file.name))
    return rows


def chain_steps(view: SourceView) -> list[tuple[str, str, str]]:
    """Give the steps by which a source came here and was read: what, when, how."""
    steps = []
    first = view.acquisitions[0] if view.acquisitions else None
    captured = first.captured_at if first else None
    how = (first.from_uri or "") if first else ""
    steps.append(
        (tr("Captured"), utc_time(captured) or tr("time unknown"), how or tr("from a file"))
    )
    for each in view.acquisitions:
        via = ", ".join(part for part in (each.method, each.name) if part)
        steps.append((tr("Acquired"), utc_time(each.acquired_at), via))
    read = view.extraction
    if read is not None:
        state = tr("complete") if read.complete else tr("partly read")
        tool = " ".join(part for part in (read.extractor, read.version) if part)
        steps.append((tr("Text taken"), local_time(read.made), f"{state}, {tool}"))
    return steps
