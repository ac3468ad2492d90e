"""Case health: what a check found and what to do, backups, the key and its signatures."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from casefile.jobs.progress import Progress
from casefile.model.change import CheckReport
from casefile.model.errors import Cancelled
from casefile.strings import tr, trn
from casefile.ui import doors
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.health_parts import (
    BackupRow,
    FindingRow,
    Verdict,
    checked_words,
    key_lines,
    place_lines,
)
from casefile.ui.pages import Page
from casefile.ui.pane import PaneHead
from casefile.ui.parts import Button, button, column, row, wrapped
from casefile.ui.section import FactRow, Section
from casefile.ui.theme import Theme

if TYPE_CHECKING:
    from casefile.model.upkeep import Backup, Checked, CheckpointView, KeyState
    from casefile.model.view import CaseInfo
    from casefile.services.desk import Desk

POLL_MS = 100
SHOWN = 100  # findings that are listed
BACKUPS = 20


@dataclass(frozen=True, slots=True)
class Health:
    """What is known without checking."""

    checked: "Checked"
    backups: "list[Backup]"
    key: "KeyState"
    info: "CaseInfo"
    writable: bool


class HealthPage(Page):
    """Shows the health of the case.

    `act_wanted` carries what is to be done: "repair", "restore", "backup", "backup file",
    "reindex", "purge", "key", "unlock", "sign"; `record_wanted` the id of a record.
    """

    scopes = ()
    act_wanted = Signal(str)
    record_wanted = Signal(str)

    def __init__(self, theme: Theme, bridge: DeskBridge) -> None:
        super().__init__(theme, "health", tr("Case health"), "panel")
        self._bridge = bridge
        self.report: CheckReport | None = None
        self.progress: Progress | None = None
        self._health: Health | None = None
        self._signatures: list[CheckpointView] = []
        self.head = PaneHead(theme, tr("Case health"))
        self.quick = button(theme, tr("Check now"), lambda: self.check(full=False), "shield-check")
        self.full = button(theme, tr("Check everything"), lambda: self.check(full=True))
        self.stop = button(theme, tr("Stop"), self.stop_check, "player-stop")
        self.verdict = Verdict(theme)
        self.findings = Section(theme, tr("Findings"))
        self.backups = Section(theme, tr("Backups"))
        self.key = Section(theme, tr("Key and signatures"))
        self.place = Section(theme, tr("Place"))
        self.view = self.area = QScrollArea()
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._tell_progress)
        self._build()

    @override
    def refresh(self) -> None:
        self._bridge.ask(_read, self._arrived, topic="health")
        # Holding signatures against the chains walks the whole history.
        self._bridge.ask(_signatures, self._signed, topic="signatures")

    def check(self, *, full: bool) -> None:
        """Check the case in a lane of its own; it reads only."""
        if self.progress is not None:
            return
        progress = self.progress = Progress()
        self._running(running=True)
        self._bridge.apart(
            "check",
            lambda desk: doors.upkeep.check(desk, full=full, progress=progress),
            self.show_report,
            self._not_checked,
        )

    def stop_check(self) -> None:
        """Stop the check that runs; nothing was changed by it."""
        if self.progress is not None:
            self.progress.cancel()

    def show_report(self, report: CheckReport) -> None:
        """Show what a check found."""
        self.progress, self.report = None, report
        self._running(running=False)
        self.verdict.show_report(report)
        self.findings.empty()
        self.findings.set_count(len(report.findings))
        order = sorted(report.findings, key=lambda one: one.level != "damage")
        for finding in order[:SHOWN]:
            advice = doors.upkeep.what_to_do(finding)
            line = FindingRow(self.theme, finding, advice)
            line.act_wanted.connect(self.act_wanted)
            line.record_wanted.connect(self.record_wanted)
            self.findings.rows.addWidget(line)
        if len(order) > SHOWN:
            more = trn("{n} more finding", "{n} more findings", len(order) - SHOWN)
            self.findings.rows.addWidget(wrapped(self.theme, more, "label", "text3"))
        if not order:
            self.findings.say(tr("Nothing was found."))
        self.refresh()

    def _build(self) -> None:
        theme = self.theme
        for part in (self.stop, self.quick, self.full):
            self.head.add(part)
        self.stop.hide()
        inside = QWidget()
        rows = column(inside, (24, 16, 24, 24), 6)
        rows.addWidget(self.verdict)
        for section in (self.findings, self.backups, self.key, self.place):
            rows.addWidget(section)
        rows.addStretch(1)
        inside.setMaximumWidth(round(theme.dip(900)))
        self.area.setWidget(inside)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(tr("Case health"))
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.findings.say(tr("Check the case to see findings here. A check reads only."))
        layout = column(self)
        layout.addWidget(self.head)
        layout.addWidget(self.area, 1)

    def _running(self, *, running: bool) -> None:
        self.quick.setEnabled(not running)
        self.full.setEnabled(not running)
        self.stop.setVisible(running)
        (self._poll.start if running else self._poll.stop)()
        if running:
            self.verdict.say(tr("Checking…"), "", "clock", "text3")

    def _tell_progress(self) -> None:
        if self.progress is not None:
            self.verdict.show_progress(self.progress)

    def _not_checked(self, error: BaseException) -> None:
        self.progress = None
        self._running(running=False)
        self.verdict.say(tr("The check was stopped."), tr("Nothing was changed."), "clock", "text3")
        if not isinstance(error, Cancelled):
            self._bridge.report(error)

    def _arrived(self, found: Health) -> None:
        if self.report is None and self.progress is None:
            self.verdict.show_checked(found.checked)
        self.verdict.show_background(checked_words(found.checked))
        self._backups(found)
        self._health = found
        self._key()
        self.place.empty()
        for name, value in place_lines(found.info):
            self.place.rows.addWidget(FactRow(self.theme, name, value))

    def _backups(self, found: Health) -> None:
        section = self.backups
        section.empty()
        section.set_count(len(found.backups))
        words = tr("Made daily at the first change, before upgrades and merges; verified, rotated.")
        section.rows.addWidget(wrapped(self.theme, words, "label", "text3"))
        for each in found.backups[:BACKUPS]:
            section.rows.addWidget(BackupRow(self.theme, each))
        if not found.backups:
            none = tr("No backup yet.")
            section.rows.addWidget(wrapped(self.theme, none, "label_strong", "warn"))
        self._buttons(
            section,
            (
                (tr("Back up now"), "backup", found.writable),
                (tr("Back up to a file…"), "backup file", True),
                (tr("Restore a backup…"), "restore", True),
                (tr("Repair a copy…"), "repair", found.writable),
            ),
        )

    def _signed(self, signatures: "list[CheckpointView]") -> None:
        self._signatures = signatures
        self._key()

    def _key(self) -> None:
        section, found = self.key, self._health
        if found is None:
            return
        section.empty()
        for name, value in key_lines(found.key, self._signatures):
            section.rows.addWidget(FactRow(self.theme, name, value))
        for words in doors.keys.what_it_proves():
            section.rows.addWidget(wrapped(self.theme, words, "label", "text3"))
        state = found.key.state
        self._buttons(
            section,
            (
                (tr("Make a key…"), "key", state == "none"),
                (tr("Unlock the key…"), "unlock", state == "locked"),
                (tr("Sign now"), "sign", found.writable and state in ("unlocked", "plain")),
            ),
        )

    def _buttons(self, section: Section, offered: tuple[tuple[str, str, bool], ...]) -> None:
        line = row(gap=8)
        for words, act, possible in offered:
            if possible:
                line.addWidget(self._button(words, act))
        line.addStretch(1)
        section.rows.addLayout(line)

    def _button(self, words: str, act: str) -> Button:
        return button(self.theme, words, partial(self.act_wanted.emit, act))


def _read(desk: "Desk") -> Health:
    return Health(
        checked=doors.upkeep.last_checked(desk),
        backups=doors.upkeep.backups(desk),
        key=doors.keys.state(desk.places, desk),
        info=doors.cases.info(desk),
        writable=desk.store.writable,
    )


def _signatures(desk: "Desk") -> "list[CheckpointView]":
    return doors.keys.listed(desk)
