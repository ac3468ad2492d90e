"""What a person does for the health of the case: check, back up, restore, repair, sign, purge."""

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QFileDialog

from casefile.jobs.progress import Progress
from casefile.strings import tr
from casefile.ui import doors
from casefile.ui.another import open_elsewhere
from casefile.ui.health_sheets import KeySheet, PurgeSheet, RepairSheet, UnlockSheet

if TYPE_CHECKING:
    from casefile.model.upkeep import (
        BackupReport,
        CheckpointView,
        PurgePlan,
        PurgeReport,
        RepairReport,
        RestoreReport,
    )
    from casefile.services.desk import Desk
    from casefile.ui.health_page import HealthPage
    from casefile.ui.window import MainWindow

FIRST_MS = 20_000  # after opening, before anything is done in the background
SLICE_MS = 30_000  # between two slices of the check in the background


class HealthActs(QObject):
    """Acts of one window; backs up daily and checks originals in the background, a slice at a time."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._w = window
        self._slice = QTimer(self)
        self._slice.setSingleShot(True)
        self._slice.timeout.connect(self._background)
        self._backed_up = False
        self._progress: Progress | None = None
        window.case_opened.connect(self.begin)

    @cached_property
    def page(self) -> "HealthPage":
        """The page of case health, joined to the window."""
        from casefile.ui.health_page import HealthPage

        page = HealthPage(self._w.theme, self._w.bridge)
        page.act_wanted.connect(self.run)
        page.record_wanted.connect(self._w.history.go)
        return page

    def show(self) -> None:
        """Show the health of the case."""
        self._w.pages.show("health")

    def check(self) -> None:
        """Show the health of the case and check all of it."""
        self.show()
        self.page.check(full=True)

    def run(self, act: str) -> None:
        """Do what the page asks for."""
        acts = {
            "backup": self.back_up,
            "backup file": self.back_up_to,
            "restore": self.restore,
            "repair": self.repair,
            "reindex": self.reindex,
            "purge": self.purge,
            "key": self.make_key,
            "unlock": self.unlock,
            "sign": self.sign,
        }
        acts[act]()

    # Backups

    def back_up(self) -> None:
        """Make a verified backup of the database in the case folder."""
        self._w.status.show_work(tr("Backing up"))
        self._w.bridge.apart("backup", _back_up, self._backed)

    def back_up_to(self) -> None:
        """Ask for a file and write the whole case there, originals included."""
        dialog = QFileDialog(self._w, tr("Backup with the originals"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.selectFile(f"{self._w.case_title or 'case'}.casebackup")
        dialog.fileSelected.connect(lambda name: self.write_backup(Path(name)))
        dialog.open()

    def write_backup(self, file: Path) -> None:
        """Write the whole case into one file."""
        self._w.status.show_work(tr("Backing up"))
        self._w.bridge.apart(
            "backup", lambda desk: doors.upkeep.export_backup(desk, file), self._backed
        )

    def restore(self) -> None:
        """Ask for a backup and a new folder, and restore it there; this case stays as it is."""
        dialog = QFileDialog(self._w, tr("Backup to restore"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        desk = self._w.bridge.desk
        if desk is not None:
            dialog.setDirectory(str(desk.store.path / "backups"))
        dialog.fileSelected.connect(lambda name: self._restore_where(Path(name)))
        dialog.open()

    def restore_to(self, backup: Path, case: Path) -> None:
        """Restore a backup as a new case and open it in a window of its own."""
        places = self._w.places
        self._w.bridge.later(
            lambda: doors.upkeep.restore(backup, case, places), self._restored, self._failed
        )

    # The rest

    def repair(self) -> None:
        """Say what repairing does, then close the case, repair a copy and open it again."""
        RepairSheet(self._w.theme, self._w, self.repair_now).open()

    def repair_now(self) -> None:
        """Close the case, repair a copy of its database, and open the case again."""
        desk, places = self._w.bridge.desk, self._w.places
        if desk is None:
            return
        path = desk.store.path
        self.stop()

        def done(report: "RepairReport") -> None:
            self._w.desk.open(path)
            words = " ".join((*report.done, *(one.detail for one in report.lost)))
            self._w.quiet.say(report.sentence, words, "info" if report.repaired else "warn")

        def failed(error: BaseException) -> None:
            self._w.desk.open(path)
            self._w.bridge.report(error)

        def closed() -> None:
            self._w.bridge.later(lambda: doors.upkeep.repair(path, places), done, failed)

        self._w.desk.leave(closed)
        self._w.start.say(tr("Repairing a copy of the case…"))

    def reindex(self) -> None:
        """Make the search index anew."""
        self._w.bridge.apart("reindex", _reindex, lambda _: self._w.desk.catch_up())

    def purge(self) -> None:
        """Delete the source in the reader for good, once a reason is given."""
        source = self._w.reading.source
        if source is None:
            self._w.toast.say(tr("Open the source that is to be deleted for good first."))
            return
        self._w.bridge.ask(
            lambda desk: doors.purges.preview(desk, source),
            partial(self._purge_sheet, source),
            topic="purge",
        )

    def purge_now(self, source: str, reason: str, *, backups: bool) -> None:
        """Delete a source for good."""
        self._w.reading.clear()
        self._w.bridge.act(
            lambda desk: doors.purges.purge(desk, source, reason, with_backups=backups),
            self._purged,
        )

    def make_key(self) -> None:
        """Ask for a passphrase and make this person's key."""
        KeySheet(self._w.theme, self._w, self.new_key).open()

    def new_key(self, passphrase: str | None) -> None:
        """Make this person's key; None leaves it without a passphrase."""
        places = self._w.places
        self._w.bridge.act(
            lambda _: doors.keys.new(places, passphrase),
            lambda _: self._key_ready(passphrase),
        )

    def unlock(self) -> None:
        """Ask for the passphrase and unlock the key for this window."""
        UnlockSheet(self._w.theme, self._w, self.unlock_with).open()

    def unlock_with(self, passphrase: str) -> None:
        """Unlock the key; checkpoints are signed from then on."""
        places = self._w.places
        self._w.bridge.act(
            lambda desk: doors.keys.give(desk, doors.keys.unlock(places, passphrase)),
            lambda _: self._refresh(tr("Key unlocked for this window")),
        )

    def sign(self) -> None:
        """Sign the heads of the history."""
        self._w.bridge.act(
            _sign,
            lambda made: self._refresh(
                tr("Signed") if made is not None else tr("Everything is signed already.")
            ),
        )

    # In the background

    def begin(self) -> None:
        """Back up when it is due, then check originals from time to time."""
        self._backed_up = False
        self._slice.start(FIRST_MS)

    def stop(self) -> None:
        """Do no more in the background."""
        self._slice.stop()
        if self._progress is not None:
            self._progress.cancel()

    def _background(self) -> None:
        window = self._w
        if not window.writable or window.importing.running or window.bridge.is_busy:
            self._slice.start(SLICE_MS)
            return
        progress = self._progress = Progress()
        if self._backed_up:
            window.bridge.apart(
                "upkeep",
                lambda desk: doors.upkeep.slice_of_check(desk, progress=progress),
                lambda _: self._slice.start(SLICE_MS),
                self._failed_quietly,
            )
            return
        self._backed_up = True
        window.bridge.apart(
            "upkeep",
            lambda desk: doors.upkeep.back_up_if_due(desk, progress=progress),
            lambda _: self._slice.start(SLICE_MS),
            self._failed_quietly,
        )

    def _failed_quietly(self, error: BaseException) -> None:
        self._slice.start(SLICE_MS)
        self._w.bridge.report(error)

    # Answers

    def _backed(self, report: "BackupReport") -> None:
        self._w.status.show_work("")
        self._refresh(report.sentence)

    def _restore_where(self, backup: Path) -> None:
        dialog = QFileDialog(self._w, tr("Folder of the restored case"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.selectFile(tr("Restored") + ".casefile")
        dialog.fileSelected.connect(lambda name: self.restore_to(backup, Path(name)))
        dialog.open()

    def _restored(self, report: "RestoreReport") -> None:
        self._w.quiet.say(report.sentence, str(report.path), "info")
        open_elsewhere(report.path)

    def _failed(self, error: BaseException) -> None:
        self._w.status.show_work("")
        self._w.bridge.report(error)

    def _purge_sheet(self, source: str, plan: "PurgePlan") -> None:
        PurgeSheet(
            self._w.theme,
            self._w,
            plan,
            lambda reason, backups: self.purge_now(source, reason, backups=backups),
        ).open()

    def _purged(self, report: "PurgeReport") -> None:
        self._w.quiet.say(tr("Deleted for good."), " ".join(report.words), "info")
        self._w.desk.ask_list()
        self._refresh("")

    def _key_ready(self, passphrase: str | None) -> None:
        if passphrase is not None:
            self.unlock_with(passphrase)
        else:
            self._refresh(tr("Key made"))

    def _refresh(self, said: str) -> None:
        if said:
            self._w.toast.say(said)
        if self.page.isVisible():
            self.page.refresh()


def _back_up(desk: "Desk") -> "BackupReport":
    return doors.upkeep.back_up(desk)


def _reindex(desk: "Desk") -> int:
    return doors.find.reindex(desk)


def _sign(desk: "Desk") -> "CheckpointView | None":
    return doors.keys.sign(desk)
