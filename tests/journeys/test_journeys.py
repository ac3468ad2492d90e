"""A person's paths through the real window over real services, offscreen."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from stage import Stage

from casefile.ui import doors
from casefile.ui.dialogs import LinkSheet

pytestmark = pytest.mark.journey
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def marks(stage: Stage) -> list[str]:
    """Give the marked words of the source that is shown."""
    opened = stage.window.reading.opened
    return [m.annotation.quote for m in opened.marks] if opened else []


def test_drop_files_and_read_them(
    stage: Stage, tmp_path: Path, sample_files: Path, qtbot: QtBot
) -> None:
    stage.open(tmp_path / "New.casefile", new=True)
    window = stage.window
    assert window.list.empty.sentence.text() == "No evidence yet."
    broken = tmp_path / "nothing.html"
    broken.write_bytes(b"")
    stage.import_files(sample_files / "sarmen-post-armoured-column.html", broken)
    states = {Path(e.path).name: (e.status, bool(e.reason)) for e in window.importing.entries}
    assert states["sarmen-post-armoured-column.html"][0] == "added"
    assert states["nothing.html"] == ("refused", True)
    assert len(window.list.model.ids) == 1
    window.list.view.setFocus()
    window.list.view.go_to(0)
    stage.settle()
    text = window.reading.opened.text.text
    assert "six villages" in text
    assert window.inspector.hash.value == window.reading.opened.view.file.object
    source = window.reading.source
    assert not window.bridge.local.is_read(source)
    qtbot.keyClick(window.list.view, Qt.Key.Key_Return)
    stage.until(lambda: window.bridge.local.is_read(source), 5_000)
    assert window.reading.reader.hasFocus() or not window.isActiveWindow()


def test_search_a_word_and_open_the_hit(stage: Stage, case: Path, qtbot: QtBot) -> None:
    stage.open(case)
    window = stage.window
    qtbot.keyClicks(window.strip.search, "diesel")
    stage.until(lambda: window.search.answer is not None)
    assert window.mode == "search"
    assert window.search.answer.total > 0
    assert "diesel" in window.search.head.understood.text()
    stage.settle()
    number = next(
        n
        for n, h in enumerate(window.search.model.rows)
        if (h.kind, h.source_kind) == ("source", "article")
    )
    window.search.view.go_to(number)
    qtbot.keyClick(window.search.view, Qt.Key.Key_Return)
    stage.settle()
    opened = window.reading.opened
    found = {opened.text.text[a:b].casefold() for a, b in opened.hits}
    assert found == {"diesel"}
    stage.search("diesel zeppelin")
    assert window.search.answer.total == 0
    assert window.search.empty.sentence.text() == "Nothing in this case contains this."


def test_mark_words_make_a_claim_and_report_it(
    stage: Stage, case: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    stage.open(case)
    window = stage.window
    stage.show("Armoured column")
    words = "They came from the north road shortly before"
    stage.select(words)
    before = len(marks(stage))
    qtbot.keyClick(window.reading.reader, Qt.Key.Key_C)
    assert window.claim_form.isVisible()
    stage.settle()
    assert window.claim_form.speaker.text() == "Yusuf al-Harith"
    assert window.claim_form.speaker.proposed
    window.claim_form.statement.setPlainText("They came by the north road.")
    qtbot.keyClick(window.claim_form.statement, Qt.Key.Key_Return, CTRL)
    stage.settle()
    assert len(marks(stage)) == before + 1
    assert words in marks(stage)
    window.show_mode("claims")
    stage.settle()
    row = next(r for r in window.claim_list.model.rows if r.statement.startswith("They came"))
    assert row.speaker == "Yusuf al-Harith"
    file = tmp_path / "report.html"
    window.case.write_report(file)
    stage.settle()
    printed = file.read_text("utf-8")
    sha = window.reading.opened.view.file.object
    for needed in ("They came by the north road.", words, "Yusuf al-Harith", sha):
        assert needed in printed


def test_link_evidence_that_contradicts(stage: Stage, case: Path, qtbot: QtBot) -> None:
    stage.open(case)
    window = stage.window
    window.show_mode("claims")
    stage.settle()
    claim = next(r for r in window.claim_list.model.rows if "six villages" in r.statement)
    stage.window.show_mode("sources")
    text = stage.show("Governor promises")
    words = text.split(".")[3].strip()[:40].strip()
    stage.select(words)
    qtbot.keyClick(window.reading.reader, Qt.Key.Key_E)
    stage.settle()
    sheet = next(w for w in stage.app.topLevelWidgets() if isinstance(w, LinkSheet))
    sheet.claim.setCurrentIndex(sheet.claim.findData(claim.id))
    qtbot.mouseClick(sheet.buttons["contradicts"], Qt.MouseButton.LeftButton)
    stage.settle()
    window.go_to_claim(claim.id)
    stage.settle()
    against = [e for e in window.claims_page.view.evidence if e.stance == "contradicts"]
    assert len(against) == claim.contradicts + 1
    assert words in [e.quote for e in against]
    card = next(c for c in window.claims_page.cards if c.evidence.quote == words)
    qtbot.keyClick(card, Qt.Key.Key_Return)
    stage.settle()
    assert window.mode == "sources"
    assert window.reading.current_mark().annotation.quote == words


def test_undo_and_redo_survive_closing(make_stage, case: Path, qtbot: QtBot) -> None:
    words = "at least six villages"

    def opened() -> Stage:
        stage = make_stage().open(case)
        stage.show("Armoured column")
        return stage

    stage = opened()
    before = len(marks(stage))
    stage.select("dawn")
    qtbot.keyClick(stage.window.reading.reader, Qt.Key.Key_4)
    stage.settle()
    assert len(marks(stage)) == before + 1
    assert stage.window.toast.isVisible()
    stage.window.toast.button.click()
    stage.settle()
    assert len(marks(stage)) == before
    assert "Undone" in stage.window.toast.words.text()
    stage.window.run_id("edit.redo")
    stage.settle()
    assert len(marks(stage)) == before + 1
    stage.close()
    again = opened()
    assert "dawn" in marks(again)
    again.window.run_id("edit.undo")
    again.settle()
    assert "dawn" not in marks(again)
    again.close()
    last = opened()
    assert "dawn" not in marks(last)
    last.window.run_id("edit.redo")
    last.settle()
    assert "dawn" in marks(last)
    assert any(words in quote for quote in marks(last))


def test_a_word_on_page_three_is_shown_on_its_page(stage: Stage, case: Path) -> None:
    stage.open(case)
    window = stage.window
    text = stage.show("shift log")
    pages = window.reading.opened.text.pages
    third = text[pages[2][0] : pages[2][1]].split()
    elsewhere = text[: pages[2][0]] + text[pages[2][1] :]
    word = next(w for w in third if w.isalpha() and len(w) > 5 and w not in elsewhere)
    stage.search(word)
    hit = next(h for h in window.search.model.rows if (h.kind, h.source_kind) == ("source", "pdf"))
    window.search.view.go_to(window.search.model.rows.index(hit))
    stage.settle()
    assert hit.snippet.page == 3
    assert window.reading.form == "page"
    stage.until(lambda: window.reading.page.page() == 3)
    spans = window.reading.opened.hits
    assert {text[a:b] for a, b in spans} == {word}
    picture = window.reading.page.grab().toImage()
    hit_color = stage.theme.color("hit")
    found = sum(
        picture.pixelColor(x, y) == hit_color
        for x in range(0, picture.width(), 3)
        for y in range(0, picture.height(), 3)
    )
    assert found > 5


def test_mark_an_arabic_article(stage: Stage, case: Path, qtbot: QtBot) -> None:
    stage.open(case)
    window = stage.window
    text = stage.show("رتل")
    words = "الطريق الشمالي"
    assert words in text
    stage.select(words)
    reader = window.reading.reader
    qtbot.keyClick(reader, Qt.Key.Key_2)
    stage.settle()
    found = next(m for m in window.reading.opened.marks if m.annotation.quote == words)
    assert found.annotation.span == (text.index(words), text.index(words) + len(words))
    assert found.annotation.mark == 2
    stage.search(words)
    assert any(h.title.startswith("رتل") for h in window.search.model.rows)


def test_stopping_an_import_keeps_what_is_finished(stage: Stage, tmp_path: Path) -> None:
    stage.open(tmp_path / "New.casefile", new=True)
    window = stage.window
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(300):
        words = f"Report {n}. " + f"The convoy number {n} passed the bridge. " * 20
        (folder / f"{n:03}.txt").write_text(words, "utf-8")
    stage.drop(folder)
    stage.until(lambda: len(window.importing.entries) >= 5)
    window.importing.toggle_pause()
    assert window.importing.pause.text() == "Go on"
    window.importing.toggle_pause()
    window.importing.stop_here()
    stage.until(lambda: not window.importing.running)
    stage.settle()
    kept = sum(e.status == "added" for e in window.importing.entries)
    assert 5 <= kept < 300
    assert "Stopped" in window.importing.title.text()
    window.show_mode("sources")
    stage.settle()
    assert len(window.list.model.ids) == kept
    report = doors.upkeep.check(window.bridge.desk, full=True)
    assert report.ok


def test_triage_grade_tag_and_filter(stage: Stage, case: Path, qtbot: QtBot) -> None:
    stage.open(case)
    window = stage.window
    source = stage.source("Governor")
    window.list.view.setFocus()
    window.list.view.go_to(window.list.model.place(source))
    stage.settle()
    qtbot.keyClick(window.list.view, Qt.Key.Key_L)
    stage.settle()
    assert window.list.model.known(source).status == "later"
    assert window.list.current_id() != source
    assert window.toast.words.text() == "1 set to later"
    window.desk.go("status:later")
    stage.settle()
    assert source in window.list.model.ids
    window.list.view.go_to(window.list.model.place(source))
    window.sources.set_grade("D")
    window.sources.put_tags("bridge, repair")
    stage.settle()
    assert window.list.model.known(source).reliability == "D"
    assert set(window.inspector.view.tags) >= {"bridge", "repair"}
    window.desk.go("all")
    window.list.show_filter()
    qtbot.keyClicks(window.list.filter_field, "governor")
    stage.until(lambda: window.list.model.ids == [source])
    window.walk.leave()
    stage.settle()
    assert len(window.list.model.ids) > 5
    window.walk.delete_current()
    stage.settle()
    assert source not in window.list.model.ids
    window.case.undo()
    stage.settle()
    assert source in window.list.model.ids


def test_a_second_window_reads_only(make_stage, case: Path, qtbot: QtBot) -> None:
    first = make_stage().open(case)
    second = make_stage().open(case)
    assert not second.window.writable
    assert "reading only" in second.window.quiet.message.text()
    second.show("Armoured column")
    second.window.quiet.hide()
    second.select("dawn")
    qtbot.keyClick(second.window.reading.reader, Qt.Key.Key_1)
    assert second.window.quiet.isVisible()
    assert first.window.writable


def test_mark_an_area_of_a_photo_and_claim_from_it(
    stage: Stage, case: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    stage.open(case)
    window = stage.window
    window.go_to_source(stage.source("IMG_2218"))
    stage.settle()
    window.reading.show_form("original")
    canvas = window.reading.photo.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_X)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    drawn = window.reading.chosen()
    qtbot.keyClick(canvas, Qt.Key.Key_4)
    stage.settle()
    (mark,) = [m for m in window.reading.opened.marks if m.annotation.area]
    assert mark.annotation.area == drawn
    assert mark.annotation.mark == 4
    assert window.reading.chosen() is None
    window.reading.go_to_mark(mark.annotation.id)
    qtbot.keyClick(canvas, Qt.Key.Key_C)
    window.claim_form.statement.setPlainText("A white van stands at the gate")
    qtbot.keyClick(window.claim_form.statement, Qt.Key.Key_Return, CTRL)
    stage.settle()
    again = next(m for m in window.reading.opened.marks if m.annotation.area)
    window.show_mode("claims")
    stage.settle()
    (claim,) = [r for r in window.claim_list.model.rows if r.statement.startswith("A white van")]
    assert again.claims == (claim.id,)
