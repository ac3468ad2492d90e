"""What a person does with sources: triage, grade, tag, note, delete, walk back and forward."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QFileDialog, QMenu

from casefile.strings import tr, trn
from casefile.ui import doors
from casefile.ui.dialogs import AskLine
from casefile.ui.words import GRADES

if TYPE_CHECKING:
    from casefile.ui.window import MainWindow

_SAID = {
    "relevant": ("{n} set to relevant", "{n} set to relevant"),
    "later": ("{n} set to later", "{n} set to later"),
    "no": ("{n} set to no", "{n} set to no"),
    None: ("{n} unread again", "{n} unread again"),
}


class SourceActs:
    """Acts on the sources that are selected, or on the one that is read."""

    def __init__(self, window: "MainWindow") -> None:
        self._w = window
        self._trail: list[str] = []
        self._at = -1

    def targets(self) -> list[str]:
        """Give the sources that an act is about."""
        w = self._w
        if w.mode == "sources" and not w.reader_has_focus:
            chosen = w.list.selected_ids()
            if chosen:
                return chosen
        return [w.reading.source] if w.reading.source else []

    def triage(self, status: str | None) -> None:
        """Set the selected sources aside and go to the next."""
        ids = self.targets()
        if not ids:
            return
        one, many = _SAID[status]
        local = self._w.bridge.local
        if local is not None:
            local.mark_read(ids, read=status is not None)
        said = trn(one, many, len(ids))
        self._w.bridge.act(lambda desk: doors.reading.triage(desk, ids, status), said=said)
        self._w.list.view.viewport().update()
        if self._w.mode == "sources" and len(ids) == 1:
            self._w.list.view.step(+1)

    def grade(self) -> None:
        """Offer the grades of reliability."""
        if self._w.mode == "claims":
            self._w.judgement.take_focus()
            return
        menu = QMenu(self._w)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for letter, words in GRADES.items():
            action = menu.addAction(f"&{letter}   {tr(words)}")
            action.triggered.connect(partial(self.set_grade, letter))
        menu.addAction(tr("&Not graded")).triggered.connect(partial(self.set_grade, None))
        menu.popup(QCursor.pos())

    def set_grade(self, letter: str | None, *_: object) -> None:
        """Grade the selected sources."""
        ids = self.targets()
        if ids:
            said = tr("Graded {letter}").format(letter=letter) if letter else tr("Grade taken back")
            self._w.bridge.act(lambda desk: doors.reading.grade(desk, ids, letter), said=said)

    def tag(self) -> None:
        """Ask for tags, separated by commas."""
        if self.targets():
            AskLine(self._w.theme, self._w, tr("Tags, separated by commas"), self.put_tags).open()

    def put_tags(self, text: str) -> None:
        """Put tags on the selected sources."""
        ids, names = self.targets(), [name.strip() for name in text.split(",") if name.strip()]
        if ids and names:
            said = tr("Tagged {names}").format(names=", ".join(names))
            self._w.bridge.act(lambda desk: doors.notes.tag(desk, ids, names), said=said)

    def note(self) -> None:
        """Write a note beside the mark that is current, or about the source."""
        mark = self._w.reading.current_mark() if self._w.reader_has_focus else None
        if mark is not None:
            key, body = mark.annotation.id, mark.annotation.body or ""

            def keep(words: str) -> None:
                self._w.bridge.act(
                    lambda desk: doors.annotate.write_note(desk, key, words),
                    said=tr("Note beside the mark kept"),
                )

            title = tr("Note beside the mark")
            AskLine(self._w.theme, self._w, title, keep, text=body, tall=True).open()
        elif ids := self.targets():
            title = tr("Note about the source")
            AskLine(self._w.theme, self._w, title, partial(self._note, ids[0]), tall=True).open()

    def rename(self) -> None:
        """Give the source another title."""
        opened = self._w.reading.opened
        if opened is None:
            return
        key = opened.view.source.id

        def keep(title: str) -> None:
            if title:
                self._w.bridge.act(
                    lambda desk: doors.reading.edit(desk, key, title=title),
                    said=tr("Title changed"),
                )

        AskLine(
            self._w.theme, self._w, tr("Title of the source"), keep, text=opened.view.title
        ).open()

    def delete(self) -> None:
        """Delete the selected sources; the toast brings them back."""
        ids = self.targets()
        if ids:
            said = trn("{n} source deleted", "{n} sources deleted", len(ids))
            self._w.bridge.act(lambda desk: doors.reading.delete(desk, ids), said=said)

    def export(self, *, marked: bool = False) -> None:
        """Ask for a file and write the original bytes there, or a copy with the marks."""
        opened = self._w.reading.opened
        if opened is None:
            return
        key = opened.view.source.id
        title = tr("Save a copy with the marks") if marked else tr("Save the original as")
        dialog = QFileDialog(self._w, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = (opened.view.file.name if opened.view.file else "") or "original"
        dialog.selectFile(f"{Path(name).stem}, {tr('marked')}.pdf" if marked else name)
        write = self.write_marked if marked else self.write_original
        dialog.fileSelected.connect(lambda name: write(key, Path(name)))
        dialog.open()

    def write_original(self, key: str, file: Path) -> None:
        """Write the original bytes of a source to a file."""
        self._w.bridge.ask(
            lambda desk: doors.reading.export_original(desk, key, file),
            lambda _: self._w.toast.say(tr("Original written: {name}").format(name=file.name)),
        )

    def write_marked(self, key: str, file: Path) -> None:
        """Write a copy of a PDF with the marks of this case."""
        self._w.bridge.ask(
            lambda desk: doors.marked_copy.write(desk, key, file),
            lambda count: self._w.toast.say(
                trn("A copy with {n} mark is written.", "A copy with {n} marks is written.", count)
            ),
        )

    def preview(self) -> None:
        """Show the current source without counting it as read."""
        current = self._w.list.current_id()
        if current and self._w.mode == "sources":
            self._w.reading.show_source(current)

    def toggle(self) -> None:
        """Take the current row into the selection or out of it."""
        self._w.list.view.toggle()

    def extend(self, by: int) -> None:
        """Take the next or the previous row into the selection."""
        self._w.list.view.extend(by)

    def filter(self) -> None:
        """Open the filter of the list."""
        self._w.show_mode("sources")
        self._w.list.show_filter()

    def visited(self, source: str) -> None:
        """Note that a source was opened, for back and forward."""
        if self._at >= 0 and self._trail[self._at] == source:
            return
        self._trail = [*self._trail[: self._at + 1], source][-200:]
        self._at = len(self._trail) - 1

    def back(self) -> None:
        """Go to the source before."""
        self._walk(-1)

    def forward(self) -> None:
        """Go to the source that was left by going back."""
        self._walk(+1)

    def _walk(self, by: int) -> None:
        if 0 <= self._at + by < len(self._trail):
            self._at += by
            self._w.go_to_source(self._trail[self._at])

    def _note(self, source: str, body: str) -> None:
        if body:
            self._w.bridge.act(
                lambda desk: doors.notes.note(desk, source, body), said=tr("Note written")
            )
