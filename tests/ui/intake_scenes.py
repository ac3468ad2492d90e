"""Scenes of archives, copies, the state of documents and another encoding."""

import zipfile
from pathlib import Path

import pypdf
from PIL import Image
from scenes import scene
from stage import Stage

from casefile import resources
from casefile.services import samples


def _copies(stage: Stage, case: Path) -> None:
    stage.open(case)
    window = stage.window
    text = (resources.path(samples.FOLDER) / "harbour-times-six-villages.txt").read_text("utf-8")
    copy = case.parent / "echo.txt"
    copy.write_text(text.replace("villages", "hamlets").replace("said", "told us"), "utf-8")
    stage.import_files(copy)
    window.go_to_source(window.importing.entries[0].source or "")
    stage.settle()
    window.run_id("source.copies")


@scene("30-copies")
def _copies_light(stage: Stage, case: Path) -> None:
    _copies(stage, case)


@scene("31-copies-dark", "dark")
def _copies_dark(stage: Stage, case: Path) -> None:
    _copies(stage, case)


@scene("32-copies-arabic")
def _copies_arabic(stage: Stage, case: Path) -> None:
    stage.open(case)
    window = stage.window
    page = (resources.path(samples.FOLDER) / "sada-nahra-tell-marun.html").read_text("utf-8")
    copy = case.parent / "echo.html"
    copy.write_text(page.replace("قال", "صرح"), "utf-8")
    stage.import_files(copy)
    window.go_to_source(window.importing.entries[0].source or "")
    stage.settle()
    window.run_id("source.copies")


@scene("33-copies-photo")
def _copies_photo(stage: Stage, case: Path) -> None:
    stage.open(case)
    window = stage.window
    with Image.open(resources.path(samples.FOLDER) / "IMG_2218.jpg") as photo:
        width, height = photo.size
        box = (width // 12, height // 12, width, height)
        photo.crop(box).save(case.parent / "cut.jpg", quality=60)
    stage.import_files(case.parent / "cut.jpg")
    window.go_to_source(window.importing.entries[0].source or "")
    stage.settle()
    window.run_id("source.copies")


@scene("34-copies-none")
def _copies_none(stage: Stage, case: Path) -> None:
    stage.open(case)
    stage.window.go_to_source(stage.source("IMG_2231"))
    stage.settle()
    stage.window.run_id("source.copies")


@scene("35-condition")
def _condition(stage: Stage, case: Path) -> None:
    stage.open(case)
    odd = case.parent / "odd.bin"
    odd.write_bytes(bytes(range(256)) * 9)
    stage.import_files(odd)
    stage.window.run_id("case.condition")


@scene("36-condition-dark", "dark")
def _condition_dark(stage: Stage, case: Path) -> None:
    _condition(stage, case)


@scene("37-redecode")
def _redecode(stage: Stage, case: Path) -> None:
    stage.open(case)
    words = "Колонна вошла на насосную станцию.\n" * 20
    file = case.parent / "koi.txt"
    file.write_bytes(words.encode("koi8-r"))
    stage.import_files(file)
    stage.window.go_to_source(stage.window.importing.entries[0].source or "")
    stage.settle()
    stage.window.run_id("source.redecode")


def _archive(stage: Stage, case: Path) -> None:
    stage.window.open_case(case.parent / f"A{stage.window.theme.look}.casefile", new=True)
    stage.settle()
    archive = case.parent / "pages.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for file in sorted(resources.path(samples.FOLDER).iterdir()):
            made.write(file, f"capture/{file.name}")
        made.writestr("capture/empty.html", b"")
    locked = pypdf.PdfWriter()
    locked.add_blank_page(200, 200)
    locked.encrypt("secret")
    locked.write(case.parent / "minutes.pdf")
    stage.import_files(archive, case.parent / "minutes.pdf")
    stage.window.importing.more.begin(case.parent)
    stage.window.show_import()


@scene("38-import-archive")
def _archive_light(stage: Stage, case: Path) -> None:
    _archive(stage, case)


@scene("39-import-archive-dark", "dark")
def _archive_dark(stage: Stage, case: Path) -> None:
    _archive(stage, case)
