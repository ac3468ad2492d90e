"""The disk is full while somebody works: it is said, no word typed is lost, the window closes."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from casefile.services import upkeep
from casefile.services.desk import open_desk
from casefile.ui.dialogs import AskLine


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process may grow any more."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def said(stage) -> bool:
    quiet = stage.window.quiet
    return quiet.isVisible() and "disk" in quiet.message.text()


@pytest.fixture
def reading(filled):
    filled.show("Bridge")
    filled.select("closed on 3 May")
    return filled


def test_a_mark_that_cannot_be_saved_is_said_and_can_be_made_again(reading, qtbot):
    with full_disk():
        qtbot.keyClick(reading.window.reading.reader, Qt.Key.Key_1)
        reading.until(lambda: said(reading))
    assert reading.window.reading.selected_words() == "closed on 3 May"
    qtbot.keyClick(reading.window.reading.reader, Qt.Key.Key_1)
    reading.settle()
    opened = reading.window.reading.opened
    assert [mark.annotation.quote for mark in opened.marks] == ["closed on 3 May"]


def test_a_note_that_cannot_be_saved_comes_back_with_its_words(reading, qtbot):
    reading.window.sources.note()
    (sheet,) = reading.window.findChildren(AskLine)
    assert isinstance(sheet.field, QPlainTextEdit)
    sheet.field.setPlainText("seen by two engineers")
    with full_disk():
        sheet.keep()
        reading.until(lambda: said(reading))
        reading.until(sheet.isVisible)
    assert sheet.text() == "seen by two engineers"
    sheet.keep()
    reading.settle()
    assert not reading.window.findChildren(AskLine)
    assert reading.window.bridge.desk is not None


def test_a_claim_that_cannot_be_saved_stays_in_its_form(reading, qtbot):
    reading.window.marks.claim()
    reading.settle()
    form = reading.window.claim_form
    form.statement.setPlainText("The bridge was closed.")
    form.place.edit.setText("Orlova")
    with full_disk():
        form.keep()
        reading.until(lambda: said(reading))
    assert form.isVisible()
    assert form.statement.toPlainText() == "The bridge was closed."
    assert form.place.text() == "Orlova"
    form.keep()
    reading.settle()
    assert not form.isVisible()


def test_the_window_closes_and_the_case_is_whole(reading, qtbot):
    path, places = reading.window.bridge.desk.store.path, reading.places
    qtbot.keyClick(reading.window.reading.reader, Qt.Key.Key_1)
    reading.settle()
    with full_disk():
        reading.select("the mayor said")
        qtbot.keyClick(reading.window.reading.reader, Qt.Key.Key_2)
        reading.until(lambda: said(reading))
        reading.close()
    with open_desk(path, places) as desk:
        report = upkeep.check(desk, full=True)
        assert [f for f in report.findings if f.level == "damage"] == []
        assert desk.store.writable
