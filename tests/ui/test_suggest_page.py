"""Suggestions in the window: one key keeps, changes or refuses, and the next one comes up."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from stage import Stage

from casefile.services import claims, suggesting

if TYPE_CHECKING:
    from casefile.ui.suggest_page import SuggestPage

PAGE = """Gates shut at Orlova

The gates were shut on 3 May 2024, mayor Nora Keller said. She added that the water rose.

"Nobody asked the river," Keller told reporters. The market stayed open that day.
"""


def test_one_key_keeps_changes_or_refuses(filled: Stage, tmp_path: Path) -> None:
    (tmp_path / "gates.txt").write_text(PAGE, "utf-8")
    filled.import_files(tmp_path / "gates.txt")
    filled.window.go_to_source(filled.window.importing.entries[0].source or "")
    filled.settle()
    filled.window.run_id("source.suggest")
    filled.settle()
    page = cast("SuggestPage", filled.window.pages.get("suggestions"))
    assert page.view.hasFocus()
    offered = [each.key for each in page.model.rows]
    assert len(offered) > 2
    desk = filled.window.bridge.desk
    assert desk is not None
    before = len(claims.rows(desk))
    refused = page.current()
    QTest.keyClick(page.view, Qt.Key.Key_N)
    filled.settle()
    kept = page.current()
    assert refused is not None
    assert kept is not None
    assert kept.key == offered[1]
    QTest.keyClick(page.view, Qt.Key.Key_A)
    filled.settle()
    assert [each.key for each in page.model.rows] == offered[2:]
    assert page.current() == page.model.rows[0]
    assert suggesting.refused(desk, page.source or "") == {refused.key}
    if kept.kind == "claim":
        assert len(claims.rows(desk)) == before + 1
    QTest.keyClick(page.view, Qt.Key.Key_E)
    assert page.form.isVisible() == (page.model.rows[0].kind == "claim")
