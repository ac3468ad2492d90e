"""Beside the drop zone: a folder that is watched, and passwords for what is locked."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from casefile.model.change import Changes
from casefile.model.errors import Refused
from casefile.model.view import AddReport
from casefile.strings import tr, trn
from casefile.ui import doors
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.parts import Words, button, column, row
from casefile.ui.theme import Theme

if TYPE_CHECKING:
    from casefile.services.desk import Desk
    from casefile.services.watching import Watch

WATCH_MS = 2000
WATCHED = "watched folder"
_LOCKED = "password"


class _Taker(Protocol):
    def add(self, paths: Sequence[Path]) -> None:
        """Take files in."""


class ImportTools(QWidget):
    """Hands what appears in a watched folder to the page, and typed passwords to the readers."""

    def __init__(self, theme: Theme, bridge: DeskBridge, page: _Taker) -> None:
        super().__init__()
        self._bridge, self._page = bridge, page
        self.watch: Watch | None = None
        self.locked: list[str] = []
        self._asking = False
        self._clock = QTimer(self)
        self._clock.setInterval(WATCH_MS)
        self._clock.timeout.connect(self._look)
        self.watched = Words(theme, "", "ui", "text2")
        self.toggle = button(theme, tr("Watch a folder …"), self._toggle, "eye")
        self.sentence = Words(theme, "", "ui", "warn")
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(tr("Password"))
        self.field.setPlaceholderText(tr("Password"))
        self.field.setMaximumWidth(round(theme.dip(220)))
        self.field.returnPressed.connect(self.try_password)
        self.lock_row = QWidget()
        lock = row(self.lock_row, gap=8)
        lock.addWidget(self.sentence)
        lock.addWidget(self.field)
        lock.addWidget(button(theme, tr("Try it"), self.try_password))
        lock.addWidget(Words(theme, tr("It is kept in memory only."), "label", "text3"), 1)
        line = row(gap=8)
        line.addWidget(self.toggle)
        line.addWidget(self.watched, 1)
        layout = column(self, gap=8)
        layout.addLayout(line)
        layout.addWidget(self.lock_row)
        self.lock_row.hide()

    # A watched folder

    def resume(self) -> None:
        """Watch the folder again that was watched when the case was last open here."""
        self._stop()
        self.locked.clear()
        self.lock_row.hide()
        local = self._bridge.local
        folder = local.get(WATCHED) if local is not None else None
        if isinstance(folder, str) and folder and Path(folder).is_dir():
            self.begin(Path(folder))

    def begin(self, folder: Path) -> None:
        """Watch a folder."""
        desk = self._bridge.desk
        if desk is None or not desk.store.writable:
            return
        self.watch = doors.watching.Watch(folder)
        self._remember(str(folder))
        self.watched.setText(
            tr("Watching {folder}: what appears there is taken in.").format(
                folder=f"\u2068{folder}\u2069"
            )
        )
        self.toggle.setText(tr("Stop watching"))
        self._clock.start()

    def _stop(self) -> None:
        self.watch = None
        self._clock.stop()
        self.watched.setText("")
        self.toggle.setText(tr("Watch a folder …"))

    def _toggle(self) -> None:
        if self.watch is not None:
            self._stop()
            self._remember("")
            return
        dialog = QFileDialog(self, tr("Choose a folder to watch"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self.begin(Path(name)))
        dialog.open()

    def _remember(self, folder: str) -> None:
        local = self._bridge.local
        if local is not None:
            local.set(WATCHED, folder)

    def _look(self) -> None:
        watch = self.watch
        if watch is None or self._asking or self._bridge.desk is None:
            return
        self._asking = True
        self._bridge.ask(lambda _desk: watch.take(), self._found, self._lost, topic="watch")

    def _found(self, paths: list[Path]) -> None:
        self._asking = False
        if paths and self.watch is not None:
            self._page.add(paths)

    def _lost(self, error: BaseException) -> None:
        self._asking = False
        self._stop()
        self._bridge.report(error)

    # What is locked

    def look_for_locked(self, report: AddReport) -> None:
        """Offer to unlock what asks for a password."""
        files = [each for entry in report.entries for each in entry.whole]
        found = [e.source for e in files if e.source and _LOCKED in (e.reason or "")]
        self.locked = list(dict.fromkeys([*self.locked, *found]))
        self._show_locked()

    def try_password(self) -> None:
        """Try what was typed on all that is locked."""
        typed, ids = self.field.text(), list(self.locked)
        self.field.clear()
        if typed and ids:
            self._bridge.act(lambda desk: _unlock(desk, typed, ids), self._tried)

    def _tried(self, answer: tuple[list[str], Changes]) -> None:
        opened = set(answer[0])
        self.locked = [source for source in self.locked if source not in opened]
        self._show_locked()
        if not opened:
            self.sentence.setText(tr("This password opens none of them."))

    def _show_locked(self) -> None:
        count = len(self.locked)
        self.sentence.setText(
            trn("{n} file asks for a password.", "{n} files ask for a password.", count)
        )
        self.lock_row.setVisible(bool(count))


def _unlock(desk: "Desk", typed: str, ids: list[str]) -> tuple[list[str], Changes]:
    desk.extractor.try_passwords([typed])
    opened, parts = [], []
    for source in ids:
        try:
            found = doors.rereading.read_again(desk, source)
        except Refused:
            continue  # this one has another password
        parts.append(found.changes)
        if _LOCKED not in (found.draft.reason or ""):
            opened.append(source)
    return opened, doors.desk.merged(parts)
