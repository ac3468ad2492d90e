"""The parts of the page of case health: the verdict, a finding, a backup, lines of facts."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from casefile.jobs.progress import Progress
from casefile.model.change import CheckReport, Finding
from casefile.strings import later, tr, trn
from casefile.ui.dates import local_time
from casefile.ui.parts import LinkButton, Words, button, column, row, wrapped
from casefile.ui.status_bar import State
from casefile.ui.theme import Theme

if TYPE_CHECKING:
    from casefile.model.upkeep import Advice, Backup, Checked, CheckpointView, KeyState
    from casefile.model.view import CaseInfo

KINDS = {
    "ledger": later("History"),
    "content": later("Text"),
    "object": later("Original"),
    "database": later("Database"),
    "projection": later("Derived table"),
    "leftover": later("Left over"),
    "index": later("Search index"),
    "checkpoint": later("Signature"),
    "backup": later("Backup"),
    "purge": later("Deleted for good"),
    "meta": later("This copy"),
    "duplicate": later("Duplicate"),
    "link": later("Link"),
}
ACTS = {
    "repair": later("Repair a copy…"),
    "restore": later("Restore a backup…"),
    "reindex": later("Make the index anew"),
    "backup": later("Back up now"),
    "purge": later("Delete for good…"),
}
REASONS = {
    "daily": later("daily"),
    "upgrade": later("before an upgrade"),
    "merge": later("before a merge"),
    "purge": later("after deleting for good"),
    "manual": later("by hand"),
    "repair": later("before a repair"),
}


class Verdict(QWidget):
    """One sentence about the health of the case, with a sign, and what it rests on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.sign = State(theme, "shield-check", "")
        self.sign.setFixedWidth(24)
        self.sentence = wrapped(theme, "", "title")
        self.basis = wrapped(theme, "", "label", "text2")
        self.background = wrapped(theme, "", "label", "text3")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.hide()
        whole = row(self, (0, 0, 0, 8), 10)
        whole.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=3)
        for part in (self.sentence, self.basis, self.bar, self.background):
            words.addWidget(part)
        whole.addLayout(words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def say(self, sentence: str, basis: str, icon: str, ink: str) -> None:
        """Show other words."""
        self.sign.show_icon(icon)
        self.sign.tint(ink)
        self.sentence.setText(sentence)
        self.basis.setText(basis)
        self.basis.setVisible(bool(basis))
        self.bar.hide()

    def show_report(self, report: CheckReport) -> None:
        """Say what a check came to."""
        damage = sum(one.level == "damage" for one in report.findings)
        basis = tr("Checked just now: {ops} operations, {objects} originals, {size} MB.").format(
            ops=f"{report.ops:,}".replace(",", "\u202f"),
            objects=f"{report.objects:,}".replace(",", "\u202f"),
            size=f"{report.bytes / 1_000_000:,.1f}".replace(",", "\u202f"),
        )
        if damage:
            words = trn("{n} damage was found.", "{n} damages were found.", damage)
            self.say(words, basis, "alert-circle", "bad")
        else:
            self.say(tr("Every hash matches. Nothing is damaged."), basis, "shield-check", "good")

    def show_checked(self, checked: "Checked") -> None:
        """Say what earlier checks came to."""
        if checked.damaged:
            words = trn("{n} damage is known.", "{n} damages are known.", len(checked.damaged))
            self.say(words, tr("Found by the check in the background."), "alert-circle", "bad")
        else:
            self.say(tr("Not checked in this window yet."), "", "shield-check", "text3")

    def show_background(self, words: str) -> None:
        """Say how far the check in the background is."""
        self.background.setText(words)
        self.background.setVisible(bool(words))

    def show_progress(self, progress: Progress) -> None:
        """Show how far a check is."""
        seen = progress.step
        self.bar.setVisible(bool(seen.total))
        if seen.total:
            self.bar.setRange(0, seen.total)
            self.bar.setValue(seen.done)
            self.basis.setText(tr("{n} of {total}").format(n=seen.done, total=seen.total))
            self.basis.show()


class FindingRow(QWidget):
    """A finding, what to do about it, and a button that does it."""

    act_wanted = Signal(str)
    record_wanted = Signal(str)

    def __init__(self, theme: Theme, finding: Finding, advice: "Advice") -> None:
        super().__init__()
        self._finding = finding
        damage = finding.level == "damage"
        sign = State(theme, "alert-circle" if damage else "info-circle", "")
        sign.tint("bad" if damage else "text3")
        sign.setFixedWidth(22)
        kind = tr(KINDS.get(finding.kind, finding.kind))
        whole = row(self, (0, 5, 0, 5), 8)
        whole.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        title = tr("{kind}: damage").format(kind=kind) if damage else kind
        words.addWidget(Words(theme, title, "label_strong", "bad" if damage else "text2"))
        words.addWidget(wrapped(theme, finding.detail[:1].upper() + finding.detail[1:], "ui"))
        if advice.sentence:
            words.addWidget(wrapped(theme, advice.sentence, "label", "text2"))
        whole.addLayout(words, 1)
        if finding.record:
            record = finding.record
            show = LinkButton(theme, tr("Show"), lambda: self.record_wanted.emit(record))
            whole.addWidget(show, 0, Qt.AlignmentFlag.AlignTop)
        if advice.act in ACTS:
            act = advice.act
            run = button(theme, tr(ACTS[act]), lambda: self.act_wanted.emit(act))
            whole.addWidget(run, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(f"{title}. {finding.detail}. {advice.sentence}")


class BackupRow(QWidget):
    """A backup: when, why, how large, in which state."""

    def __init__(self, theme: Theme, backup: "Backup") -> None:
        super().__init__()
        good = backup.state == "verified"
        sign = State(theme, "circle-check" if good else "alert-triangle", "")
        sign.tint("good" if good else "warn")
        sign.setFixedWidth(22)
        line = row(self, (0, 2, 0, 2), 8)
        line.addWidget(sign)
        line.addWidget(Words(theme, local_time(backup.made), "ui_medium"))
        reason = tr(REASONS.get(backup.reason, backup.reason))
        size = f"{backup.size / 1_000_000:,.1f} MB".replace(",", "\u202f")
        line.addWidget(Words(theme, f"{reason} · {size}", "label", "text3"))
        state = tr("verified when written") if good else backup.detail or backup.state
        line.addWidget(wrapped(theme, state, "label", "text2" if good else "warn"), 1)


def checked_words(checked: "Checked") -> str:
    """Say how far the check in the background is."""
    if not checked.total:
        return ""
    done = checked.total - checked.never
    words = tr("In the background: {n} of {total} originals and texts read again").format(
        n=done, total=checked.total
    )
    if checked.oldest:
        words += tr(", the longest ago {when}").format(when=local_time(checked.oldest))
    return words + "."


def key_lines(key: "KeyState", signatures: "list[CheckpointView]") -> list[tuple[str, str]]:
    """Say what is known of the key and of the signatures."""
    states = {
        "none": tr("no key yet"),
        "locked": tr("locked by its passphrase"),
        "unlocked": tr("unlocked in this window"),
        "plain": tr("without a passphrase"),
    }
    lines = [(tr("Key"), states.get(key.state, key.state))]
    if key.fingerprint:
        lines.append((tr("Fingerprint"), key.fingerprint))
    if key.words:
        lines.append((tr("Aloud"), " ".join(key.words)))
    for each in signatures[:3]:
        state = tr("matches") if each.ok else each.detail or tr("does not match")
        said = tr("{when} by {who}: {ops} operations, {state}").format(
            when=local_time(each.made), who=each.who, ops=each.operations, state=state
        )
        lines.append((tr("Signed"), said))
    if not signatures:
        lines.append((tr("Signed"), tr("not yet")))
    return lines


def place_lines(info: "CaseInfo") -> list[tuple[str, str]]:
    """Say where the case lies and who may write."""
    writes = tr("this window") if info.writable else info.holder or tr("another program")
    lines = [(tr("Folder"), info.path), (tr("Written by"), writes)]
    return [*lines, *((tr("Mind"), f"{note.message} {note.hint}".strip()) for note in info.notes)]
