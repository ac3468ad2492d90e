"""Case health in the window: checks, what to do, backups, the key, repair, deleting for good."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from stage import Stage

from casefile.services import history, reading, upkeep
from casefile.ui.health_parts import BackupRow, FindingRow
from casefile.ui.health_sheets import KeySheet, PurgeSheet, RepairSheet, UnlockSheet
from casefile.ui.parts import Button

PASSPHRASE = "seven quiet rivers"


def dialog(kind: type[QDialog]) -> QDialog:
    """Give the open dialog of a kind."""
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


def press(inside: QWidget, words: str) -> None:
    """Press the button of these words."""
    next(b for b in inside.findChildren(Button) if b.text() == words and b.isVisible()).click()


def checked(stage: Stage) -> list[FindingRow]:
    """Check everything from the menu and give what was found."""
    page = stage.window.health.page
    page.report = None
    stage.window.run_id("case.check")
    stage.until(lambda: page.report is not None, 60_000)
    stage.settle()
    return page.findings.findChildren(FindingRow)


def damage(case: Path) -> None:
    """Change one byte of one original."""
    original = next(p for p in sorted((case / "objects").rglob("*")) if p.is_file())
    original.chmod(0o600)
    original.write_bytes(b"?" + original.read_bytes()[1:])


def test_a_sound_case_is_said_to_be_sound(filled: Stage) -> None:
    found = checked(filled)
    page = filled.window.health.page
    assert page.verdict.sentence.text() == "Every hash matches. Nothing is damaged."
    assert not any("damage" in row.accessibleName() for row in found)
    assert "3 originals" in page.verdict.basis.text()


def test_a_changed_original_is_found_with_what_to_do(filled: Stage) -> None:
    damage(filled.window.bridge.desk.store.path)
    rows = [row for row in checked(filled) if "damage" in row.accessibleName()]
    page = filled.window.health.page
    assert page.verdict.sentence.text() == "1 damage was found."
    assert len(rows) == 1
    assert "has changed" in rows[0].accessibleName()
    rows[0].record_wanted.emit(rows[0]._finding.record)
    filled.settle()
    assert filled.window.reading.isVisible()


def test_backups_are_made_and_restored(filled: Stage, tmp_path: Path) -> None:
    window = filled.window
    window.health.show()
    filled.settle()
    assert "No backup yet" in " ".join(w.text() for w in _words(window.health.page.backups))
    press(window.health.page, "Back up now")
    filled.until(lambda: window.health.page.backups.findChildren(BackupRow), 30_000)
    file = tmp_path / "whole.casebackup"
    window.health.write_backup(file)
    filled.until(lambda: file.is_file() and not window.bridge.is_busy, 30_000)
    restored = upkeep.restore(file, tmp_path / "Restored.casefile", window.places)
    assert restored.ok
    assert restored.objects == 3


def test_a_key_is_made_unlocked_and_signs(filled: Stage) -> None:
    window = filled.window
    window.health.show()
    filled.settle()
    press(window.health.page, "Make a key…")
    sheet = dialog(KeySheet)
    sheet.first.setText("short")
    sheet.keep()
    assert "letters or more" in sheet.trouble.text()
    sheet.first.setText(PASSPHRASE)
    sheet.again.setText(PASSPHRASE + "!")
    sheet.keep()
    assert "not the same" in sheet.trouble.text()
    sheet.again.setText(PASSPHRASE)
    sheet.keep()
    filled.until(lambda: window.bridge.desk.signer is not None, 30_000)
    filled.settle()
    press(window.health.page, "Sign now")
    filled.until(lambda: window.health.page._signatures, 30_000)
    assert window.health.page._signatures[0].ok


def test_a_wrong_passphrase_is_said_kindly(filled: Stage) -> None:
    window = filled.window
    window.health.new_key(PASSPHRASE)
    filled.settle()
    window.bridge.desk.signer = None
    window.health.unlock()
    sheet = dialog(UnlockSheet)
    sheet.field.setText("another passphrase")
    sheet.keep()
    filled.until(window.quiet.message.text, 30_000)
    assert "does not fit" in window.quiet.message.text()


def test_deleting_for_good_asks_for_a_reason_and_stays_deleted(filled: Stage) -> None:
    window = filled.window
    filled.show("Market")
    source = window.reading.source
    original = window.reading.opened.view.file.object
    path = window.bridge.desk.store.objects.path(original)
    assert path.is_file()
    window.run_id("source.purge")
    filled.settle()
    sheet = dialog(PurgeSheet)
    assert not sheet.go.isEnabled()
    sheet.reason.setText("court order of 3 May")
    sheet.go.click()
    filled.until(lambda: not path.exists(), 30_000)
    filled.settle()
    assert source not in window.list.model.ids
    assert history.acts(window.bridge.desk)[0].key == "purge"
    assert [f for f in checked(filled) if "damage" in f.accessibleName()] == []


@pytest.mark.slow
def test_a_repair_closes_the_case_and_opens_it_again(filled: Stage) -> None:
    window = filled.window
    upkeep.back_up(window.bridge.desk)
    filled.show("Market")
    desk = window.bridge.desk
    window.health.repair()
    begin = dialog(RepairSheet)
    press(begin, "Repair")
    filled.until(lambda: window.has_case and window.bridge.desk is not desk, 60_000)
    filled.settle()
    assert "nothing to repair" in window.quiet.message.text()
    assert len(window.list.model.ids) == 3
    assert len(reading.listing(window.bridge.desk)) == 3


def test_the_background_backs_up_and_then_looks_at_originals(filled: Stage) -> None:
    window = filled.window
    filled.settle()
    window.health._background()
    filled.until(lambda: not window.bridge.is_busy, 30_000)
    assert [b.reason for b in upkeep.backups(window.bridge.desk)] == ["daily"]
    window.health._background()
    filled.until(lambda: not window.bridge.is_busy, 30_000)
    state = upkeep.last_checked(window.bridge.desk)
    assert state.never == 0
    window.health.stop()


def _words(inside: QWidget) -> list[QWidget]:
    return [w for w in inside.findChildren(QWidget) if hasattr(w, "text") and hasattr(w, "tint")]
