"""Exchange: write a bundle for somebody, look at one that came, merge it."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QScrollArea, QWidget
from typing_extensions import override

from casefile.jobs.progress import Progress
from casefile.model.exchange import Merged, Opening, Preview, Wanted, Written
from casefile.strings import tr, trn
from casefile.ui import doors
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.exchange_parts import PreviewView, WriteSheet
from casefile.ui.pages import Page
from casefile.ui.pane import PaneHead
from casefile.ui.parts import button, clear, column, row, wrapped
from casefile.ui.people_page import LogRow
from casefile.ui.people_sheets import PersonSheet
from casefile.ui.section import Section
from casefile.ui.theme import Theme

if TYPE_CHECKING:
    from casefile.model.people import Exchange
    from casefile.services.desk import Desk

SHOWN = 100  # lines of the log
SUFFIX = ".casebundle"


class ExchangePage(Page):
    """`merged` tells what a merge did, `written` what was written.

    `undo_wanted` carries the id of a merge that is to be taken back.
    """

    scopes = ()
    merged = Signal(object)
    written = Signal(object)
    undo_wanted = Signal(str)

    def __init__(self, theme: Theme, bridge: DeskBridge) -> None:
        super().__init__(theme, "exchange", tr("Exchange"), "panel")
        self._bridge = bridge
        self.file: Path | None = None
        self.preview: Preview | None = None
        self.head = PaneHead(theme, tr("Exchange"))
        self.opens = button(theme, tr("Open a bundle…"), self.choose, "package-import")
        self.writes = button(theme, tr("Write a bundle…"), self.write, "package-export")
        self.trouble = wrapped(theme, "", "ui", "bad")
        self.hint = wrapped(theme, "", "label", "text2")
        self.nothing = wrapped(
            theme,
            tr("Open a bundle that a colleague sent, and see what merging it would do; or write "
               "one, with everything or with what is new."),
            "ui", "text2",
        )  # fmt: skip
        self.passphrase = QLineEdit()
        self.foreseen = column(None, gap=10)
        self.log = Section(theme, tr("Sent and received"))
        self.view = self.area = QScrollArea()
        self._build()

    def _build(self) -> None:
        self.head.add(self.opens)
        self.head.add(self.writes)
        field = self.passphrase
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(tr("Passphrase of the bundle"))
        field.setPlaceholderText(tr("Passphrase of the bundle, then Enter"))
        field.setMaximumWidth(round(self.theme.dip(360)))
        field.returnPressed.connect(self.ask)
        inside = QWidget()
        rows = column(inside, (24, 16, 24, 24), 10)
        for part in (self.trouble, self.hint, field, self.nothing):
            rows.addWidget(part)
        rows.addLayout(self.foreseen)
        rows.addWidget(self.log)
        rows.addStretch(1)
        inside.setMaximumWidth(round(self.theme.dip(900)))
        self.area.setWidget(inside)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(tr("Exchange"))
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = column(self)
        layout.addWidget(self.head)
        layout.addWidget(self.area, 1)
        for part in (self.trouble, self.hint, field):
            part.hide()

    @override
    def refresh(self) -> None:
        self._bridge.ask(_log, self._show_log, topic="exchange log")

    # What came

    def choose(self) -> None:
        """Ask for a bundle and look at it."""
        dialog = QFileDialog(self, tr("Open a bundle"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([f"{tr('Bundles')} (*{SUFFIX})", f"{tr('All files')} (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.look(Path(name)))
        dialog.open()

    def look(self, file: Path) -> None:
        """See what merging a bundle would do; nothing is changed."""
        self.leave()
        self.file = file
        self.ask()

    def ask(self) -> None:
        """Read the bundle, with the passphrase that was typed."""
        file, opening = self.file, Opening(passphrase=self.passphrase.text())
        if file is not None:
            self.hint.setText(tr("Reading {name}…").format(name=file.name))
            self.hint.show()
            self._bridge.ask(
                lambda desk: doors.exchange.preview(desk, file, opening),
                self.show_preview, self._refused, topic="bundle",
            )  # fmt: skip

    def show_preview(self, found: Preview) -> None:
        """Show what merging would do, and ask."""
        self.preview = found
        clear(self.foreseen)
        for part in (self.trouble, self.hint, self.nothing, self.passphrase):
            part.hide()
        self.foreseen.addWidget(PreviewView(self.theme, found, self.file))
        desk = self._bridge.desk
        if desk is None or not desk.store.writable:
            self.hint.setText(tr("This case is open for reading only: nothing can be merged."))
            self.hint.show()
            return
        line = row(gap=8)
        count = found.new_records + found.changed_records
        words = trn("Merge {n} change", "Merge {n} changes", count) if count else tr("Take it in")
        go = button(self.theme, words, self.merge, primary=True)
        line.addWidget(go)
        line.addWidget(button(self.theme, tr("Leave it"), self.leave))
        if found.verified.signature == "unknown key":
            line.addWidget(button(self.theme, tr("I know this person…"), self.trust, "users"))
        line.addStretch(1)
        self.foreseen.addLayout(line)
        go.setFocus()

    def trust(self) -> None:
        """Say whose key the bundle was signed with."""
        if self.preview is not None:
            PersonSheet(self.theme, self.window(), self._trust, self.preview.verified.key).open()

    def _trust(self, key: str, name: str) -> None:
        def work(desk: "Desk") -> object:
            return doors.people.trust(desk.places, doors.people.public_of(key), name)

        self._bridge.act(work, lambda _: self.ask())

    def merge(self) -> None:
        """Take the bundle in: backup, one transaction; conflicts stay open."""
        file, opening = self.file, Opening(passphrase=self.passphrase.text())
        if file is not None:
            self._bridge.act(
                lambda desk: doors.exchange.merge(desk, file, opening), self._merged, self._refused
            )

    def leave(self) -> None:
        """Leave the bundle alone."""
        self.file = self.preview = None
        clear(self.foreseen)
        self.passphrase.clear()
        for part in (self.trouble, self.hint, self.passphrase):
            part.hide()
        self.nothing.show()

    def _merged(self, found: Merged) -> None:
        self.leave()
        self._bridge.changed.emit(found.changes, self)
        self.merged.emit(found)
        self.refresh()

    def _refused(self, error: BaseException) -> None:
        message = getattr(error, "message", "")
        if not message:
            self._bridge.report(error)
            return
        clear(self.foreseen)
        self.trouble.setText(message)
        self.hint.setText(f"{getattr(error, 'hint', '')} {tr('Your case is as it was.')}".strip())
        for part in (self.trouble, self.hint, self.passphrase):
            part.show()
        self.nothing.hide()
        self.refresh()

    # What goes

    def write(self) -> None:
        """Ask what is to be sent, and where to."""
        WriteSheet(self.theme, self.window(), self.place).open()

    def place(self, wanted: Wanted) -> None:
        """Ask for a file."""
        dialog = QFileDialog(self, tr("Write a bundle"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.write_to(Path(name), wanted))
        dialog.open()

    def write_to(self, file: Path, wanted: Wanted) -> None:
        """Write a bundle."""
        self.hint.setText(tr("Writing {name}…").format(name=file.name))
        self.hint.show()
        work = partial(_write, file, wanted, Progress())
        self._bridge.apart("bundle", work, self._written, self._refused)

    def _written(self, done: Written) -> None:
        self.hint.hide()
        self.trouble.hide()
        self.written.emit(done)
        self.refresh()

    def _show_log(self, told: "tuple[list[Exchange], list[str]]") -> None:
        log, standing = told
        self.log.empty()
        self.log.set_count(len(log))
        for one in log[:SHOWN]:
            undo = partial(self.undo_wanted.emit, one.merge)
            mine = one.way == "received" and one.merge in standing
            self.log.rows.addWidget(LogRow(self.theme, one, undo if mine else None))
        if not log:
            self.log.say(tr("Nothing of this case was sent or received from here."))


def _log(desk: "Desk") -> "tuple[list[Exchange], list[str]]":
    standing = doors.exchange.standing_merges(desk) if desk.store.writable else []
    return doors.exchange_log.entries(desk), standing


def _write(file: Path, wanted: Wanted, progress: Progress, desk: "Desk") -> Written:
    if wanted.kind == "delta":
        wanted = replace(wanted, base=doors.exchange.base_of(desk, None))
    return doors.exchange.write(desk, file, wanted, progress)
