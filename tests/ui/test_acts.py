"""What a person does with sources, marks and claims, through the window."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from stage import Stage

from casefile.ui.dialogs import AskLine, LinkSheet


def dialog(kind: type[QDialog]) -> QDialog:
    """Give the open dialog of a kind."""
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


def test_find_in_this_source(filled: Stage, qtbot: QtBot) -> None:
    window = filled.window
    text = filled.show("Market")
    window.run_id("edit.find")
    bar = window.reading.find_bar
    qtbot.keyClicks(bar.field, "BURNED for")
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    filled.settle()
    assert bar.count.text() == "1 place"
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    window.run_id("edit.nexthit")
    window.run_id("edit.prevhit")
    assert text.count("burned for") == 1
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_copying_gives_the_words_with_where_they_stand(filled: Stage) -> None:
    window = filled.window
    filled.show("Market")
    filled.select("burned for two hours")
    window.run_id("edit.cite")
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("“burned for two hours” (Market burned")
    assert window.inspector.hash.value in copied
    window.run_id("edit.copy")
    assert QGuiApplication.clipboard().text() == "burned for two hours"
    window.inspector.hash.copy()
    assert QGuiApplication.clipboard().text() == window.inspector.hash.value


def test_marks_are_recoloured_noted_and_deleted(filled: Stage, qtbot: QtBot) -> None:
    window = filled.window
    filled.show("Market")
    reader = window.reading.reader
    reader.setFocus()
    qtbot.keyClick(reader, Qt.Key.Key_H)
    assert "Select some words" in window.toast.words.text()
    filled.select("two hours")
    qtbot.keyClick(reader, Qt.Key.Key_H)
    filled.settle()
    qtbot.keyClick(reader, Qt.Key.Key_BracketRight)
    assert window.reading.current_mark().annotation.mark == 1
    qtbot.keyClick(reader, Qt.Key.Key_5)
    filled.settle()
    assert window.reading.current_mark().annotation.mark == 5
    qtbot.keyClick(reader, Qt.Key.Key_M)
    sheet = dialog(AskLine)
    sheet.field.setPlainText("Who timed it?")
    sheet.keep()
    filled.settle()
    assert window.reading.current_mark().annotation.body == "Who timed it?"
    qtbot.keyClick(reader, Qt.Key.Key_BracketLeft)
    qtbot.keyClick(reader, Qt.Key.Key_B)
    qtbot.keyClick(reader, Qt.Key.Key_Delete)
    filled.settle()
    assert window.reading.opened.marks == []
    assert window.toast.words.text() == "1 mark deleted"


def test_titles_notes_and_originals(filled: Stage, tmp_path: Path) -> None:
    window = filled.window
    filled.show("Market")
    window.reading.reader.setFocus()
    window.sources.rename()
    sheet = dialog(AskLine)
    sheet.field.setText("Fire at the market")
    sheet.keep()
    filled.settle()
    assert window.reading.head.title.text() == "Fire at the market"
    window.sources.note()
    sheet = dialog(AskLine)
    sheet.field.setPlainText("Ask the fire service.")
    sheet.keep()
    filled.settle()
    assert [n.body for n in window.inspector.view.notes] == ["Ask the fire service."]
    window.sources.write_original(window.reading.source, tmp_path / "copy.html")
    filled.settle()
    assert (tmp_path / "copy.html").read_text("utf-8").startswith("<html")
    window.sources.write_original(window.reading.source, tmp_path / "copy.html")
    filled.settle()
    assert "name already" in window.quiet.message.text()


def test_back_and_forward_walk_the_sources_that_were_opened(filled: Stage) -> None:
    window = filled.window
    for words in ("Bridge", "Market"):
        filled.show(words)
    window.run_id("go.back")
    filled.settle()
    assert "Bridge" in window.reading.opened.view.title
    window.run_id("go.forward")
    filled.settle()
    assert "Market" in window.reading.opened.view.title


def test_the_check_says_what_it_found(filled: Stage) -> None:
    filled.window.run_id("case.check")
    filled.settle()
    filled.until(lambda: filled.window.health.page.report is not None)
    assert "Nothing is damaged" in filled.window.health.page.verdict.sentence.text()


def test_case_title_and_mark_names_are_changed(filled: Stage) -> None:
    window = filled.window
    window.run_id("case.rename")
    sheet = dialog(AskLine)
    sheet.field.setText("Orlova")
    sheet.keep()
    filled.settle()
    assert window.windowTitle() == "Orlova – Casefile"
    window.run_id("case.marks")
    sheet = dialog(AskLine)
    sheet.field.setPlainText("assertion\nwhen, where\nspeaker\ndoubt\nbackground")
    sheet.keep()
    filled.settle()
    assert window.meanings[1] == "assertion"


def test_a_claim_is_judged_restated_and_deleted(filled: Stage, qtbot: QtBot) -> None:
    window = filled.window
    filled.show("Bridge")
    filled.select("was closed on 3 May 2024")
    window.marks.claim()
    filled.settle()
    qtbot.keyClick(window.claim_form.statement, Qt.Key.Key_Escape)
    assert not window.claim_form.isVisible()
    window.marks.claim()
    window.claim_form.about.edit.setText("3 May 2024")
    window.claim_form.keep()
    filled.settle()
    window.show_mode("claims")
    filled.settle()
    judgement = window.judgement
    judgement.credibility.button(2).click()
    filled.settle()
    judgement.likelihood.button("likely").click()
    filled.settle()
    mine = window.claims_page.view.assessments[0]
    assert (mine.credibility, mine.likelihood) == (2, "likely")
    judgement.credibility.button(1).click()
    filled.settle()
    assert "two independent origins" in window.quiet.message.text()
    assert judgement.credibility.value == 2


def test_evidence_is_linked_restated_and_a_claim_deleted(filled: Stage) -> None:
    window = filled.window
    filled.show("Bridge")
    filled.select("was closed on 3 May 2024")
    window.marks.claim()
    window.claim_form.keep()
    filled.settle()
    filled.show("Market")
    window.reading.reader.setFocus()
    window.marks.link()
    filled.settle()
    sheet = dialog(LinkSheet)
    sheet.buttons["context"].click()
    filled.settle()
    window.show_mode("claims")
    filled.settle()
    assert [e.stance for e in window.claims_page.view.evidence] == ["supports", "context"]
    window.claims.set_stance(window.claims_page.current_card().evidence.link, "supports")
    filled.settle()
    assert [e.stance for e in window.claims_page.view.evidence] == ["supports", "supports"]
    window.run_id("source.delete")
    filled.settle()
    assert window.claim_list.model.rows == []
    window.run_id("edit.undo")
    filled.settle()
    assert len(window.claim_list.model.rows) == 1
