"""A case is handed on from the window: exports, conflicts settled by key, keys and people."""

import shutil
from pathlib import Path

import pytest
from exchange_scenes import carry
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from stage import Stage

from casefile.services import claims, exchange_log, keys, people
from casefile.services.claims import ClaimDraft
from casefile.services.desk import open_desk
from casefile.services.places import Places
from casefile.ui import exchange_acts
from casefile.ui.dialogs import AskLine
from casefile.ui.people_page import LogRow, PersonRow
from casefile.ui.people_sheets import CompareSheet, PersonSheet

BASE = "The bridge was closed in May"


def dialog(kind: type[QDialog]) -> QDialog:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


@pytest.mark.parametrize("form", ["csv", "jsonl", "markdown"])
def test_a_case_is_exported_and_what_is_left_out_is_told(
    filled: Stage, tmp_path: Path, form: str
) -> None:
    out = tmp_path / "handed on"
    exchange_acts.write_export(filled.window, out, form)
    filled.until(lambda: "LOSSES.txt" in filled.window.quiet.hint.text())
    assert out.exists()
    exchange_acts.write_export(filled.window, out, form)
    filled.until(lambda: "already" in filled.window.quiet.message.text())


@pytest.fixture
def disagreed(stage: Stage, tmp_path: Path, small_case: Path) -> Stage:
    """A window on a case in which three claims were changed by two people."""
    mine, theirs = tmp_path / "Mine.casefile", tmp_path / "Theirs.casefile"
    shutil.copytree(small_case, mine)
    other = Places(tmp_path / "other" / "cache", tmp_path / "other" / "config")
    with open_desk(mine, stage.places) as here:
        made = [claims.add(here, ClaimDraft(statement=f"{BASE} {n}"))[0] for n in range(3)]
    shutil.copytree(mine, theirs)
    with open_desk(mine, stage.places) as here, open_desk(theirs, other) as there:
        for n, claim in enumerate(made):
            claims.edit(here, claim, statement=f"Surely: {BASE} {n}")
            claims.edit(there, claim, statement=f"{BASE} {n}, they say")
        carry(there, here)
    return stage.open(mine)


def test_conflicts_are_settled_by_key(disagreed: Stage, qtbot: QtBot) -> None:
    window = disagreed.window
    assert window.sidebar.entry(next(
        n for n in range(99) if window.sidebar.entry(n).key == "conflicts"
    )).count == 3  # fmt: skip
    window.run_id("go.conflicts")
    disagreed.settle()
    page = window.pages.get("conflicts")
    assert page.view.hasFocus()
    seen = {}
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3):
        seen[key] = page.shown
        qtbot.keyClick(page.view, key)
        disagreed.settle()
    desk = window.bridge.desk
    said = {one.record: claims.view(desk, one.record).claim.statement for one in seen.values()}
    mine, theirs, both = (seen[k] for k in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3))
    assert said[mine.record] == mine.mine.value
    assert said[theirs.record] == theirs.theirs.value
    assert said[both.record].startswith("Surely: ")
    assert said[both.record].endswith(", they say")
    assert page.model.rows == []
    assert page.empty.isVisible()
    window.case.undo()
    disagreed.settle()
    assert [one.record for one in page.model.rows] == [both.record]


def test_another_wording_can_be_written(disagreed: Stage, qtbot: QtBot) -> None:
    window = disagreed.window
    window.run_id("go.conflicts")
    disagreed.settle()
    page = window.pages.get("conflicts")
    one = page.shown
    qtbot.keyClick(page.view, Qt.Key.Key_E)
    sheet = dialog(AskLine)
    assert sheet.text() == one.merged
    sheet.field.setPlainText("Closed, by both accounts")
    sheet.keep()
    disagreed.settle()
    assert claims.view(window.bridge.desk, one.record).claim.statement == "Closed, by both accounts"
    assert len(page.model.rows) == 2


def test_people_are_added_and_their_words_compared(filled: Stage) -> None:
    window, key = filled.window, "ab" * 32
    exchange_log.note(window.bridge.desk, "sent", "full", "a.casebundle", to=("Noor",))
    window.run_id("case.people")
    filled.settle()
    page = window.pages.get("people")
    assert len(page.log.findChildren(LogRow)) == 1
    page.add()
    sheet = dialog(PersonSheet)
    sheet.name.setText("Noor")
    sheet.key.setText(key)
    sheet.keep()
    filled.settle()
    (row,) = page.people.findChildren(PersonRow)
    assert "words not compared yet" in row.accessibleName()
    page.compare(page.known.people[0])
    sheet = dialog(CompareSheet)
    sheet.field.setPlainText("these are other words")
    sheet.keep()
    filled.until(lambda: "not the words" in window.quiet.message.text())
    assert sheet.isVisible()
    sheet.field.setPlainText(" ".join(keys.spoken(bytes.fromhex(key))))
    sheet.keep()
    filled.settle()
    assert people.known(filled.places)[0].verified
    page.trust("cd" * 32, "N00r")
    filled.until(lambda: "looks like" in window.quiet.message.text())
    page.forget(key)
    filled.settle()
    assert people.known(filled.places) == []


def test_a_damaged_list_of_people_is_told(filled: Stage) -> None:
    (filled.places.config / people.FILE).write_text("{", "utf-8")
    filled.window.run_id("case.people")
    filled.settle()
    page = filled.window.pages.get("people")
    assert "cannot be read" in page.trouble.text()
    assert page.trouble.isVisible()
