"""The sheet that asks what a report is to hold, and the log of searches in what is written."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from stage import Stage

from casefile.ui.report_sheet import ReportSheet, ReportWish


def sheet_of(stage: Stage) -> ReportSheet:
    stage.window.run_id("case.report")
    stage.settle()
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, ReportSheet))


def test_a_report_prints_the_log_of_searches_when_it_is_asked_to(
    filled: Stage, tmp_path: Path
) -> None:
    window = filled.window
    sheet = sheet_of(filled)
    assert not sheet.searches.isEnabled()  # nothing is logged unless it is wanted
    assert not sheet.only.isVisible()
    sheet.close()
    filled.settle()
    window.settings["search_log"] = True
    filled.search("bridge")
    window.search.ask_now()
    filled.settle()
    sheet = sheet_of(filled)
    filled.until(sheet.searches.isEnabled, 30_000)
    assert "searched" in sheet.logged.text()
    assert "“bridge”" in sheet.only.text()
    wishes: list[ReportWish] = []
    sheet._then = wishes.append
    for box in (sheet.searches, sheet.only):
        box.setChecked(True)
    sheet.go()
    assert wishes == [ReportWish(query="bridge", searches=True)]
    filled.settle()
    file = tmp_path / "r.md"
    window.case.write_report(file, wishes[0])
    filled.until(file.exists, 30_000)
    filled.settle()
    assert "Searches made" in file.read_text("utf-8")
