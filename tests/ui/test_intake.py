"""Archives, copies, state, another encoding, passwords and a watched folder, in the window."""

import zipfile
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from stage import Stage

from casefile.services import reading, watching
from casefile.ui.redecode_sheet import RedecodeSheet

WORDS = "The pumps of the upper valley stopped at noon and six villages are without water. " * 8


@pytest.fixture
def empty(stage: Stage, tmp_path):
    stage.open(tmp_path / "intake.casefile", new=True)
    return stage


def listed(stage: Stage) -> list[tuple[str, str, int]]:
    rows = stage.window.importing.model.rows
    return [(row.name, row.entry.status, row.depth) for row in rows]


def test_an_archive_shows_what_is_inside_and_counts_files(empty, tmp_path):
    archive = tmp_path / "pages.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a/one.txt", WORDS)
        made.writestr("two.txt", "")
    empty.import_files(archive)
    page = empty.window.importing
    assert listed(empty) == [
        ("pages.zip", "added", 0),
        ("a/one.txt", "added", 1),
        ("two.txt", "refused", 1),
    ]
    assert page.title.text() == "1 file added"
    page.toggle_trouble()
    assert listed(empty) == [("pages.zip", "added", 0), ("two.txt", "refused", 1)]


def test_copies_stand_side_by_side_and_are_merged(empty, tmp_path):
    (tmp_path / "one.txt").write_text(WORDS, "utf-8")
    (tmp_path / "two.txt").write_text(WORDS + "Nobody answered the questions.", "utf-8")
    empty.import_files(tmp_path / "one.txt", tmp_path / "two.txt")
    window = empty.window
    window.go_to_source(window.importing.entries[0].source)
    empty.settle()
    QTest.keyClick(window.reading.reader.viewport(), Qt.Key.Key_Y)
    empty.settle()
    page = window.pages.get("copies")
    assert window.panes.content.currentWidget() is page
    assert [copy.title for copy in page.model.rows] == ["two.txt"]
    assert len(page.right.text.extraSelections()) == 1
    page.merge(keep_left=True)
    empty.settle()
    assert reading.listing(window.bridge.desk) == [window.importing.entries[0].source]
    assert page.stack.currentWidget() is page.empty
    window.case.undo()
    empty.settle()
    assert len(reading.listing(window.bridge.desk)) == 2


def test_the_state_of_documents_is_listed_by_what_they_want(empty, tmp_path):
    (tmp_path / "one.txt").write_text(WORDS, "utf-8")
    (tmp_path / "odd.bin").write_bytes(bytes(range(256)) * 9)
    empty.import_files(tmp_path / "one.txt", tmp_path / "odd.bin")
    empty.window.run_id("case.condition")
    empty.settle()
    page = empty.window.pages.get("condition")
    assert len(page.model.ids) == 2
    page.choose("partly")
    empty.settle()
    assert page.model.ids == [empty.window.importing.entries[1].source]


def test_a_source_is_read_again_in_the_encoding_that_is_chosen(empty, tmp_path):
    (tmp_path / "koi.txt").write_bytes(("Отряд вошёл на станцию в марте.\n" * 20).encode("koi8-r"))
    empty.import_files(tmp_path / "koi.txt")
    window = empty.window
    window.go_to_source(window.importing.entries[0].source)
    empty.settle()
    window.run_id("source.redecode")
    empty.settle()
    (sheet,) = window.findChildren(RedecodeSheet)
    chosen = next(n for n, one in enumerate(sheet.model.rows) if one.encoding == "koi8-r")
    sheet.view.go_to(chosen)
    sheet.take.click()
    empty.settle()
    assert window.reading.opened.text.text.startswith("Отряд вошёл")


def test_a_locked_pdf_asks_for_its_password_and_is_read(empty, tmp_path):
    locked = pypdf.PdfWriter()
    locked.add_blank_page(200, 200)
    locked.encrypt("secret")
    locked.write(tmp_path / "minutes.pdf")
    empty.import_files(tmp_path / "minutes.pdf")
    tools = empty.window.importing.more
    assert len(tools.locked) == 1
    assert not tools.lock_row.isHidden()
    tools.field.setText("wrong")
    tools.try_password()
    empty.settle()
    assert "opens none" in tools.sentence.text()
    tools.field.setText("secret")
    tools.try_password()
    empty.settle()
    assert tools.locked == []
    assert tools.field.text() == ""
    case = empty.window.bridge.desk.store.path
    assert not any(b"secret" in p.read_bytes() for p in case.rglob("*") if p.is_file())


def test_what_appears_in_a_watched_folder_is_taken_in(empty, tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "QUIET_SECONDS", 0.0)
    folder = tmp_path / "incoming"
    folder.mkdir()
    tools = empty.window.importing.more
    tools.begin(folder)
    tools.watch.quiet = 0.0
    (folder / "one.txt").write_text(WORDS, "utf-8")
    empty.until(lambda: empty.window.importing.entries, 20_000)
    empty.until(lambda: not empty.window.importing.running, 20_000)
    assert [e.status for e in empty.window.importing.entries] == ["added"]
    assert empty.window.bridge.local.get("watched folder") == str(folder)
    tools.toggle.click()
    assert tools.watch is None


def test_a_page_without_letters_says_why_nothing_is_recognised(filled: Stage) -> None:
    """With or without a recogniser the person hears a sentence, and the source stays as it was."""
    window = filled.window
    filled.show(next(iter(filled.titles())))
    before = window.reading.opened.text
    said: list[BaseException] = []
    window.bridge.trouble.connect(said.append)
    window.run_id("source.recognise")
    filled.until(lambda: said)
    filled.settle()
    assert window.reading.opened.text == before


def test_warnings_of_a_whole_reading_stand_above_the_text(filled: Stage, tmp_path: Path) -> None:
    wall = tmp_path / "wall.html"
    wall.write_text(
        "<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>"
        "<p>Please enable JavaScript and cookies to continue</p></body></html>"
    )
    filled.import_files(wall)
    window = filled.window
    window.go_to_source(window.importing.entries[0].source)
    filled.settle()
    read = window.reading.opened.view.extraction
    assert read.warnings or not read.complete
    assert window.reading.opened.state[0]
