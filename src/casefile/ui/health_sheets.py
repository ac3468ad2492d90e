"""Dialogs of case health: a new key, its passphrase, a repair, deleting for good."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from casefile.strings import tr, trn
from casefile.ui.dialogs import Sheet
from casefile.ui.parts import button, wrapped
from casefile.ui.theme import Theme

if TYPE_CHECKING:
    from casefile.model.upkeep import PurgePlan

LEAST = 12  # letters of a passphrase


def _secret(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    field.setPlaceholderText(name)
    return field


class KeySheet(Sheet):
    """Asks for the passphrase of a new key, twice; or for none, when the person says so."""

    def __init__(self, theme: Theme, window: QWidget, then: Callable[[str | None], object]) -> None:
        super().__init__(theme, window, tr("A key of your own"))
        self._then = then
        words = tr(
            "The key signs what you do, so that others can tell that nothing was changed since. "
            "It stays in the configuration folder of this computer, locked by a passphrase. "
            "Nobody can recover a passphrase."
        )
        self.rows.addWidget(wrapped(theme, words))
        self.first, self.again = _secret(tr("Passphrase")), _secret(tr("The same again"))
        self.without = QCheckBox(
            tr("Without a passphrase: whoever has this computer can sign as me")
        )
        self.trouble = wrapped(theme, "", "label", "warn")
        for part in (self.first, self.again, self.without, self.trouble):
            self.rows.addWidget(part)
        self.without.toggled.connect(self._toggled)
        keep = button(theme, tr("Make the key"), self.keep, primary=True)
        self.close_row(button(theme, tr("Leave"), self.close), keep)
        self.first.setFocus()

    def keep(self) -> None:
        """Hand the passphrase over, or say what is missing."""
        words = self.first.text()
        if self.without.isChecked():
            self.close()
            self._then(None)
        elif len(words) < LEAST:
            self.trouble.setText(tr("A passphrase has {n} letters or more.").format(n=LEAST))
        elif words != self.again.text():
            self.trouble.setText(tr("The two are not the same."))
        else:
            self.close()
            self._then(words)

    def _toggled(self, on: bool) -> None:  # noqa: FBT001 - Qt's signature
        self.first.setEnabled(not on)
        self.again.setEnabled(not on)


class UnlockSheet(Sheet):
    """Asks for the passphrase of the key."""

    def __init__(self, theme: Theme, window: QWidget, then: Callable[[str], object]) -> None:
        super().__init__(theme, window, tr("Unlock the key"))
        self._then = then
        self.field = _secret(tr("Passphrase"))
        self.field.returnPressed.connect(self.keep)
        self.rows.addWidget(self.field)
        keep = button(theme, tr("Unlock"), self.keep, primary=True)
        self.close_row(button(theme, tr("Leave"), self.close), keep)
        self.field.setFocus()

    def keep(self) -> None:
        """Hand the passphrase over."""
        words = self.field.text()
        self.close()
        if words:
            self._then(words)


class RepairSheet(Sheet):
    """Says what a repair does before it is begun."""

    def __init__(self, theme: Theme, window: QWidget, then: Callable[[], object]) -> None:
        super().__init__(theme, window, tr("Repair a copy"))
        words = tr(
            "The case is closed, and a copy of its database is put right from the history and the "
            "originals. The database as it is now is kept beside it. What cannot be put right is "
            "listed. Then this window opens the case again."
        )
        self.rows.addWidget(wrapped(theme, words))

        def go() -> None:
            self.close()
            then()

        begin = button(theme, tr("Repair"), go, primary=True)
        self.close_row(button(theme, tr("Leave"), self.close), begin)
        begin.setFocus()


class PurgeSheet(Sheet):
    """Asks for the reason before a source is deleted for good: this cannot be undone."""

    def __init__(
        self, theme: Theme, window: QWidget, plan: "PurgePlan",
        then: Callable[[str, bool], object],
    ) -> None:  # fmt: skip
        super().__init__(theme, window, tr("Delete for good"))
        self._then = then
        self.rows.addWidget(wrapped(theme, plan.title, "ui_strong"))
        counted = trn("{n} record", "{n} records", len(plan.records))
        files = trn("{n} original", "{n} originals", len(plan.objects))
        size = f"{plan.bytes / 1000:,.0f} kB".replace(",", "\u202f")
        words = tr("{records}, {files}, {size}. This cannot be undone; only the hashes stay.")
        self.rows.addWidget(wrapped(theme, words.format(records=counted, files=files, size=size)))
        for each in plan.stays:
            self.rows.addWidget(wrapped(theme, each, "label", "text2"))
        disk = tr("Disks of the SSD kind, and copies made by others, may keep the bytes.")
        self.rows.addWidget(wrapped(theme, disk, "label", "text2"))
        self.reason = QLineEdit()
        self.reason.setAccessibleName(tr("Reason"))
        self.reason.setPlaceholderText(tr("Reason, for example: court order of 3 May"))
        self.backups = QCheckBox(
            trn(
                "Also delete {n} backup that holds it",
                "Also delete {n} backups that hold it",
                plan.backups,
            )
        )
        self.backups.setVisible(plan.backups > 0)
        self.go = button(theme, tr("Delete for good"), self.keep)
        self.go.setEnabled(False)
        self.reason.textChanged.connect(lambda text: self.go.setEnabled(bool(text.strip())))
        self.rows.addWidget(self.reason)
        self.rows.addWidget(self.backups)
        self.close_row(button(theme, tr("Leave"), self.close, primary=True), self.go)
        self.reason.setFocus()

    def keep(self) -> None:
        """Hand the reason over."""
        reason, backups = self.reason.text().strip(), self.backups.isChecked()
        self.close()
        self._then(reason, backups)
