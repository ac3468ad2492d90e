"""What a person does with words of a source: mark, claim, link as evidence, copy with citation."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit

from casefile.model.area import Area
from casefile.model.change import Changes
from casefile.model.view import ClaimRow
from casefile.strings import tr, trn
from casefile.ui import doors
from casefile.ui.claim_form import FormValues
from casefile.ui.dates import short_date
from casefile.ui.dialogs import LinkSheet

if TYPE_CHECKING:
    from casefile.ui.window import MainWindow


Place = tuple[int, int] | Area  # what a mark stands on: code points, or a box


class MarkActs:
    """Acts on the selection in the reader, or on the mark that is current there."""

    def __init__(self, window: "MainWindow") -> None:
        self._w = window
        self._last = 1
        self._claim_quote: str | None = None
        self._claim_place: Place | None = None
        self._claim_source: str | None = None
        self._keeping = False  # a claim is on its way to the disk

    def highlight(self, number: int | None) -> None:
        """Mark the selection; with nothing selected the current mark gets the number."""
        pane = self._w.reading
        source, place, mark = pane.source, pane.chosen(), pane.current_mark()
        number = number or self._last
        self._last = number
        meaning = self._w.meanings.get(number, "")
        if source is not None and place is not None:
            self._w.bridge.act(
                partial(_mark, source, place, number),
                lambda _: pane.clear_selection(),
                said=tr("Marked as {n}, {name}").format(n=number, name=meaning),
            )
        elif mark is not None:
            key = mark.annotation.id
            self._w.bridge.act(
                lambda desk: doors.annotate.recolour(desk, key, number),
                said=tr("Mark changed to {n}, {name}").format(n=number, name=meaning),
            )
        else:
            self._w.toast.say(tr("Select some words first, or press . for the sentence."))

    def claim(self) -> None:
        """Open the form of a new claim from the selection or the current mark."""
        pane = self._w.reading
        place, mark, source = pane.chosen(), pane.current_mark(), pane.source
        if source is None or (place is None and mark is None):
            self._w.toast.say(tr("Select some words first, or press . for the sentence."))
            return
        self._claim_source = source
        if place is None and mark is not None:
            self._claim_quote, self._claim_place = mark.annotation.id, mark.annotation.span
            quote = mark.annotation.quote
        else:
            self._claim_quote, self._claim_place = None, place
            quote = pane.selected_words()
        self._w.show_claim_form(quote)
        if isinstance(self._claim_place, tuple):
            start, end = self._claim_place
            self._w.bridge.ask(
                lambda desk: doors.claims.propose(desk, source, start, end),
                self._proposed,
                topic="propose",
            )

    def keep_claim(self, values: FormValues) -> None:
        """Keep what stands in the form; words that bear no mark yet are marked first."""
        source, place, quote = self._claim_source, self._claim_place, self._claim_quote
        if source is None or self._keeping:
            return
        self._keeping = True

        def kept(found: tuple[str, Changes]) -> None:
            self._keeping = False
            if isinstance(place, Area):
                self._w.reading.clear_selection()
            self._w.leave_claim_form()
            self._w.claim_kept(found[0])

        def failed(error: BaseException) -> None:
            self._keeping = False  # the form stays, with what was written
            self._w.bridge.report(error)

        work = partial(_keep, source, place, quote, values)
        self._w.bridge.act(work, kept, failed, said=tr("Claim made"))

    def link(self, claim: str | None = None) -> None:
        """Ask which claim the selection, the mark or the source bears on, and how."""
        pane = self._w.reading
        source, place, mark = pane.source, pane.chosen(), pane.current_mark()
        if source is None:
            return
        words = pane.selected_words() or (mark.annotation.quote if mark and not place else "")
        key = mark.annotation.id if mark is not None and place is None else None

        def show(rows: list[ClaimRow]) -> None:
            if not rows:
                self._w.toast.say(tr("There are no claims yet. C makes one."))
                return
            first = sorted(rows, key=lambda r: r.id != claim)
            LinkSheet(
                self._w.theme,
                self._w,
                " ".join(words.split()),
                [(r.id, r.statement) for r in first],
                lambda c, stance, why: self._link(c, stance, why, (source, place, key)),
            ).open()

        self._w.bridge.ask(_claims, show, topic="claims to link")

    def delete(self) -> bool:
        """Delete the current mark; False when there is none."""
        mark = self._w.reading.current_mark()
        if mark is None:
            return False
        key = mark.annotation.id
        self._w.bridge.act(
            lambda desk: doors.reading.delete(desk, [key]),
            said=trn("{n} mark deleted", "{n} marks deleted", 1),
        )
        return True

    def copy(self, *, cited: bool) -> None:
        """Copy the selected words, with where they stand unless plain text is wanted."""
        focus = self._w.focusWidget()
        if isinstance(focus, QLineEdit | QPlainTextEdit):
            focus.copy()
            return
        if isinstance(focus, QLabel) and focus.hasSelectedText():
            QGuiApplication.clipboard().setText(focus.selectedText())
            return
        pane = self._w.reading
        words = pane.selected_words()
        mark = pane.current_mark()
        if not words and mark is not None:
            words = mark.annotation.quote
        if not words or pane.opened is None:
            return
        text = f"“{' '.join(words.split())}” {citation(pane.opened.view)}" if cited else words
        QGuiApplication.clipboard().setText(text)
        self._w.toast.say(tr("Copied with citation.") if cited else tr("Copied."))

    def _proposed(self, found: Any) -> None:
        if self._w.claim_form.isVisible():
            self._w.claim_form.propose(
                found.statement, speaker=found.speaker, attribution=found.attribution
            )

    def _link(
        self, claim: str, stance: str, why: str,
        what: tuple[str, Place | None, str | None],
    ) -> None:  # fmt: skip
        self._w.bridge.act(
            partial(_link, claim, stance, why or None, what), said=tr("Evidence linked")
        )


def citation(view: Any) -> str:
    """Say where words stand: publisher, title, date, SHA-256."""
    source = view.source
    parts = [source.publisher, view.title, short_date(source.published)]
    if view.file is not None and view.file.object:
        parts.append(f"SHA-256 {view.file.object}")
    return "(" + ", ".join(part for part in parts if part) + ")"


def _mark(source: str, place: Place, number: int, desk: "doors.desk.Desk") -> tuple[str, Changes]:
    if isinstance(place, Area):
        return doors.areas.mark(desk, source, place, doors.annotate.MarkAs(number))
    return doors.annotate.mark(desk, source, place, doors.annotate.MarkAs(number))


def _claims(desk: "doors.desk.Desk") -> list[ClaimRow]:
    return doors.claims.rows(desk)


def _keep(
    source: str, place: Place | None, quote: str | None, values: FormValues,
    desk: "doors.desk.Desk",
) -> tuple[str, Changes]:  # fmt: skip
    marked: Changes | None = None
    if quote is None and place is not None:
        quote, marked = _mark(source, place, 1, desk)
    draft = doors.claims.ClaimDraft(
        statement=values.statement,
        quote=quote,
        speaker=values.speaker,
        speaker_kind=values.speaker_kind,
        attribution=values.attribution,
        about=values.about,
        place=values.place,
    )
    key, made = doors.claims.add(desk, draft)
    return key, doors.desk.merged([marked, made] if marked else [made])


def _link(
    claim: str, stance: str, why: str | None,
    what: tuple[str, Place | None, str | None], desk: "doors.desk.Desk",
) -> tuple[str, Changes]:  # fmt: skip
    source, place, key = what
    marked: Changes | None = None
    if place is not None:
        key, marked = _mark(source, place, 4 if stance == "contradicts" else 1, desk)
    target = {"annotation": key} if key else {"source": source}
    link, made = doors.claims.link(desk, claim, stance=stance, warrant=why, **target)
    return link, doors.desk.merged([marked, made] if marked else [made])
