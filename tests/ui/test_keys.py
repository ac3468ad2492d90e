"""Single keys: by letter, by physical key on other keyboards, never in a text field."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from casefile.ui.commands import Command
from casefile.ui.keys import Keys, control_key, single_key

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def event(
    key: int, modifiers: Qt.KeyboardModifier, text: str, scan: int = 0, virtual: int = 0
) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan, virtual, 0, text)


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (event(Qt.Key.Key_R, NONE, "r", 27), "R"),
        (event(Qt.Key.Key_J, SHIFT, "J", 44), "Shift+J"),
        (event(Qt.Key.Key_BracketLeft, NONE, "[", 34), "["),
        (event(Qt.Key.Key_Question, SHIFT, "?", 61), "?"),
        (event(Qt.Key.Key_3, NONE, "3", 12), "3"),
        (event(Qt.Key.Key_Return, NONE, "\r", 36), "Return"),
        (event(Qt.Key.Key_Delete, NONE, "", 119), "Delete"),
        (event(Qt.Key.Key_R, CTRL, "", 27), ""),
        (event(0x0420, NONE, "к", 27), "R"),  # Cyrillic ka on the key of R
        (event(0x0642, NONE, "ق", 27), "R"),  # Arabic qaf on the key of R
        (event(0x062C, NONE, "ج", 34), "["),
        (event(0x041A, NONE, "к", 0, 0x52), "R"),  # Windows gives the virtual key
        (event(Qt.Key.Key_F5, NONE, "", 71), ""),
    ],
)
def test_keys_are_named_by_the_letter_of_the_key(made: QKeyEvent, name: str) -> None:
    assert single_key(made) == name


def test_control_letters_of_another_keyboard_are_translated() -> None:
    assert control_key(event(0x041B, CTRL, "", 45)) == "Ctrl+K"
    assert control_key(event(0x0410, CTRL | SHIFT, "", 41)) == "Ctrl+Shift+F"
    assert control_key(event(Qt.Key.Key_K, CTRL, "", 45)) == ""


@pytest.fixture
def ran(qtbot: QtBot) -> Iterator[tuple[Keys, list[str], QListView, QLineEdit]]:
    window = QWidget()
    view, field = QListView(window), QLineEdit(window)
    qtbot.addWidget(window)
    done: list[str] = []
    table = {
        ("list", "J"): Command(id="list.j", text="", run=lambda _: None),
        ("item", "R"): Command(id="item.r", text="", run=lambda _: None),
        ("all", "Ctrl+K"): Command(id="all.k", text="", run=lambda _: None),
        ("item", "Delete"): Command(id="item.del", text="", run=lambda _: None),
    }
    keys = Keys(lambda scope, key: table.get((scope, key)), lambda c: done.append(c.id), window)
    keys.watch(view, "list", "item")
    window.show()
    yield keys, done, view, field
    window.close()


def test_keys_act_in_a_watched_pane_only(
    ran: tuple[Keys, list[str], QListView, QLineEdit], qtbot: QtBot
) -> None:
    keys, done, view, field = ran
    qtbot.keyClick(view, Qt.Key.Key_J)
    qtbot.keyClick(view, Qt.Key.Key_R)
    qtbot.keyClicks(field, "jr")
    assert done == ["list.j", "item.r"]
    assert field.text() == "jr"
    assert keys.scopes_of(view.viewport()) == ("list", "item")
    assert keys.scopes_of(field) == ()


def test_single_letters_can_be_switched_off(
    ran: tuple[Keys, list[str], QListView, QLineEdit], qtbot: QtBot
) -> None:
    keys, done, view, _ = ran
    keys.single = False
    qtbot.keyClick(view, Qt.Key.Key_R)
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert done == ["item.del"]


def test_control_letters_pass_where_the_window_hands_its_keys_on(
    ran: tuple[Keys, list[str], QListView, QLineEdit],
) -> None:
    keys, done, view, _ = ran
    handle = view.window().windowHandle()
    handle.installEventFilter(keys)
    QApplication.sendEvent(handle, event(0x041B, CTRL, "", 45))
    assert done == ["all.k"]
