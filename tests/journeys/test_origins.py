"""How many origins a claim has is seen, joined and parted in the real window."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from stage import Stage

from casefile.ui.claims_page import origins_words
from casefile.ui.origins_sheet import OriginsSheet


def _sheet() -> OriginsSheet:
    (found,) = [
        w for w in QApplication.topLevelWidgets() if isinstance(w, OriginsSheet) and w.isVisible()
    ]
    return found


def test_origins_are_joined_parted_and_undone(stage: Stage, case: Path, qtbot: QtBot) -> None:
    stage.open(case)
    window = stage.window
    window.show_mode("claims")
    stage.settle()
    row = max(window.claim_list.model.rows, key=lambda claim: claim.sources)
    window.go_to_claim(row.id)
    stage.settle()
    stage.until(lambda: window.claim_list._origins.get(row.id))
    page = window.claims_page
    before = page.view.origins
    assert len(before) >= 2
    assert window.claim_list._origins[row.id] == len(before)
    assert f"{len(before)} origin" in origins_words(page.view)[0]
    qtbot.keyClick(page.area, Qt.Key.Key_O)
    sheet = _sheet()
    one, other = before[0][0][0], before[1][0][0]
    sheet.one.setCurrentIndex(sheet.one.findData(one))
    sheet.other.setCurrentIndex(sheet.other.findData(other))
    sheet.join.click()
    assert sheet.isVisible()  # how one knows is asked for
    sheet.why.setText("the editor says so")
    sheet.join.click()
    stage.settle()
    after = page.view.origins
    assert len(after) == len(before) - 1
    joined = next(reasons for sources, reasons in after if one in sources)
    assert "the editor says so" in joined
    window.run_id("edit.undo")
    stage.settle()
    assert page.view.origins == before
