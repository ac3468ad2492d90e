"""Scenes of marked areas on photos and pages, and of the outline of a PDF."""

from pathlib import Path

import pypdf
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from scenes import scene
from stage import Stage

from casefile import resources
from casefile.services import samples


def _photo(stage: Stage, case: Path) -> None:
    stage.open(case)
    window = stage.window
    window.go_to_source(stage.source("IMG_2218"))
    stage.settle()
    window.reading.show_form("original")
    stage.settle()
    canvas = window.reading.photo.canvas
    for number, steps in ((2, 6), (4, -8)):
        window.run_id("mark.area")
        key = Qt.Key.Key_Right if steps > 0 else Qt.Key.Key_Left
        for _ in range(abs(steps)):
            QTest.keyClick(canvas, key)
        window.run_id(f"mark.{number}")
        stage.settle()


@scene("50-area-photo")
def _photo_light(stage: Stage, case: Path) -> None:
    _photo(stage, case)


@scene("51-area-photo-turned", "dark")
def _photo_dark(stage: Stage, case: Path) -> None:
    _photo(stage, case)
    canvas = stage.window.reading.photo.canvas
    canvas.turn()
    stage.window.run_id("mark.area")
    stage.settle()


@scene("52-area-page")
def _page(stage: Stage, case: Path) -> None:
    stage.open(case)
    window = stage.window
    stage.show("shift log")
    window.reading.show_form("page")
    stage.settle()
    window.run_id("mark.area")
    for _ in range(4):
        QTest.keyClick(window.reading.page, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    window.run_id("mark.3")
    stage.settle()
    window.run_id("mark.area")
    for _ in range(5):
        QTest.keyClick(window.reading.page, Qt.Key.Key_Up)
    stage.settle()


@scene("53-outline")
def _outline(stage: Stage, case: Path) -> None:
    stage.open(case)
    writer = pypdf.PdfWriter()
    with pypdf.PdfReader(resources.path(samples.FOLDER) / "station-log.pdf") as log:
        for page in log.pages:
            writer.add_page(page)
    for n, title in enumerate(("The week", "Pumps", "Фильтры и насосы", "ملاحظات المدير")):
        part = writer.add_outline_item(title, 2 * n)
        writer.add_outline_item(f"{title}: <b>by hour</b>", 2 * n + 1, parent=part)
    file = case.parent / "outlined.pdf"
    writer.write(file)
    stage.import_files(file)
    window = stage.window
    window.go_to_source(window.importing.entries[0].source or "")
    stage.settle()
    window.reading.show_form("page")
    stage.settle()
    window.reading.page.open_outline(opened=True)
    window.reading.page.scroll_to_page(6)
    stage.settle()
