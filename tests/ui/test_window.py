"""The window as a whole: names for every control, plain strings, folds, settings, trouble."""

import json
import os
import signal
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QDialog,
    QLabel,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot
from stage import Gap, Stage

from casefile.model.errors import CasefileError
from casefile.ui.dialogs import AskLine, CrashSheet, Sheet, TableSheet
from casefile.ui.palette import Palette
from casefile.ui.settings_sheet import SettingsSheet


def nameless(root: QWidget) -> list[str]:
    """Give the focusable widgets that a screen reader could not name."""
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or isinstance(widget, QScrollBar):
            continue
        inside = widget.parent()
        popup = type(inside).__name__ in ("QComboBoxPrivateContainer", "QFrame")
        spun = isinstance(inside, QAbstractSpinBox)
        if not (widget.accessibleName() or popup or spun):
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def dialog(kind: type[QDialog]) -> QDialog:
    """Give the open dialog of a kind."""
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


def test_every_focusable_widget_has_a_name(filled: Stage) -> None:
    window = filled.window
    assert nameless(window) == []
    for mode in ("claims", "search", "sources"):
        window.show_mode(mode)
        filled.settle()
        assert nameless(window) == []
    unnamed = QLabel("x", window)
    unnamed.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    assert nameless(window) == ["QLabel in MainWindow"]


def test_every_dialog_has_names(filled: Stage) -> None:
    window = filled.window
    filled.show("Bridge")
    window.case.settings()
    window.case.keys()
    window.case.about()
    window.case.mark_names()
    window.open_palette()
    window.crashed("Traceback: here")
    filled.settle()
    kinds = (SettingsSheet, TableSheet, AskLine, Palette, CrashSheet)
    for kind in kinds:
        shown = dialog(kind)
        assert nameless(shown) == []
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, Sheet | Palette):
            widget.close()


def test_markup_in_a_title_is_shown_and_never_obeyed(
    filled: Stage, network_attempts: list[str]
) -> None:
    window = filled.window
    source = filled.source("<img src=//host.invalid/x.png>")
    window.sources.put_tags("<b>tag</b>")
    window.go_to_source(source)
    filled.settle()
    window.toast.say("<img src=//host.invalid/y.png>")
    window.trouble(CasefileError("<img src=//host.invalid/z.png>", "<b>hint</b>"))
    filled.settle()
    labels = [w for w in window.findChildren(QLabel) if w.isVisible()]
    assert labels
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
    window.grab()
    assert network_attempts == []


def test_panes_fold_by_key_and_by_width(filled: Stage) -> None:
    window = filled.window
    window.resize(1440, 900)
    filled.wait(30)
    assert window.inspector.isVisible()
    assert not window.sidebar.is_rail
    window.resize(1100, 700)
    filled.wait(30)
    assert not window.inspector.isVisible()
    assert window.sidebar.is_rail
    assert window.sidebar.width() <= 44
    window.run_id("view.inspector")
    filled.wait(30)
    assert window.inspector.isVisible()
    window.run_id("view.list")
    window.run_id("view.sidebar")
    filled.wait(30)
    assert not window.list.isVisible()
    assert not window.sidebar.isVisible()
    window.run_id("view.list")
    window.run_id("view.sidebar")
    filled.wait(30)
    assert window.list.isVisible()
    assert window.sidebar.isVisible()


def test_look_and_size_change_at_once_and_are_kept(filled: Stage, qtbot: QtBot) -> None:
    window = filled.window
    light = window.grab().toImage().pixelColor(30, 500)
    window.run_id("view.dark")
    window.run_id("view.larger")
    filled.wait(50)
    dark = window.grab().toImage().pixelColor(30, 500)
    assert dark.lightness() < 80 < light.lightness()
    assert filled.theme.scale == 110
    assert window.settings["look"] == "dark"
    window.run_id("view.normal")
    window.run_id("view.smaller")
    assert filled.theme.scale == 90
    window.run_id("view.full")
    window.run_id("view.full")


def test_settings_are_written_as_they_are_changed(filled: Stage) -> None:
    window = filled.window
    window.case.settings()
    filled.settle()
    sheet = dialog(SettingsSheet)
    assert isinstance(sheet, SettingsSheet)
    sheet._set("single_keys", False)
    assert not window.keys.single
    sheet._set("reader_scale", 120)
    assert filled.theme.reader_scale == 120
    sheet.close()


def test_f6_walks_the_panes_and_esc_goes_back(filled: Stage) -> None:
    window = filled.window
    window.list.view.setFocus()
    seen = []
    for _ in range(5):
        window.walk.next_pane(+1)
        seen.append(QApplication.focusWidget())
    assert len(set(seen)) == 5
    window.walk.leave()
    assert window.list.view.hasFocus()
    hints = [word for _, word in window.status.hints.hints()]
    assert {"next", "relevant", "commands"} <= set(hints)


def test_the_palette_runs_commands_and_finds_sources(filled: Stage, qtbot: QtBot) -> None:
    window = filled.window
    window.open_palette()
    palette = dialog(Palette)
    qtbot.keyClicks(palette.field, "market")
    filled.until(lambda: any("Market" in o.words for o in palette.model.rows))
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    number = next(n for n, o in enumerate(palette.model.rows) if "Market" in o.words)
    palette.view.go_to(number)
    palette.grab()
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    filled.settle()
    assert "Market" in window.reading.opened.view.title
    window.open_palette()
    palette = dialog(Palette)
    qtbot.keyClicks(palette.field, "claims")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    filled.settle()
    assert window.mode == "claims"


def test_a_defect_is_shown_with_text_to_copy(stage: Stage) -> None:
    stage.window.crashed("Traceback\nZeroDivisionError")
    sheet = dialog(CrashSheet)
    sheet.copy()
    assert QGuiApplication.clipboard().text().endswith("ZeroDivisionError")
    sheet.close()


def test_what_is_no_case_is_told_in_one_sentence(stage: Stage, tmp_path: Path) -> None:
    stage.window.open_case(tmp_path / "nothing")
    stage.until(stage.window.quiet.isVisible)
    assert not stage.window.has_case
    assert stage.window.quiet.hint.text()


def test_a_second_case_opens_in_a_process_of_its_own(filled: Stage, tmp_path: Path) -> None:
    other = tmp_path / "Other.casefile"
    title = filled.window.windowTitle()
    filled.window.open_case(other, new=True)
    lock = other / "case.lock"
    filled.until(lambda: lock.is_file() and _holder(lock) not in (0, os.getpid()), 60_000)
    os.kill(_holder(lock), signal.SIGTERM)
    assert filled.window.windowTitle() == title


def _holder(lock: Path) -> int:
    try:
        return int(json.loads(lock.read_text("utf-8"))["pid"])
    except (OSError, ValueError, KeyError):
        return 0


def test_the_drop_shade_covers_the_window(stage: Stage, tmp_path: Path) -> None:
    from PySide6.QtCore import QMimeData, QUrl

    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    event = QDragEnterEvent(
        QPointF(5, 5).toPoint(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    stage.window.dragEnterEvent(event)
    assert event.isAccepted()
    assert stage.window.shade.isVisible()
    stage.window.grab()
    stage.drop(tmp_path / "nothing")
    assert not stage.window.shade.isVisible()
    stage.settle()


def test_the_toast_waits_under_the_pointer(stage: Stage) -> None:
    toast = stage.window.toast
    toast.say("Done", lambda: None)
    assert toast._clock.isActive()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Enter))
    assert not toast._clock.isActive()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast._clock.isActive()


def test_the_gap_helper_sees_a_blocked_loop(stage: Stage) -> None:
    import time

    gap = Gap().start()
    stage.wait(50)
    time.sleep(0.15)
    stage.wait(50)
    assert gap.stop() >= 140


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_first_page_offers_three_ways(stage: Stage, look: str) -> None:
    window = stage.window
    window.look.choose(look)
    window.start.show_facts(window.desk.facts(), ["/somewhere/Old.casefile"])
    stage.wait(20)
    assert nameless(window.start) == []
    assert not window.strip.search.isVisible()
    window.grab()


def test_the_sidebar_opens_lists_and_comes_back_from_an_import(filled: Stage, qtbot: QtBot) -> None:
    window = filled.window
    bar = window.sidebar
    rows = {bar.entry(n).key: n for n in range(bar.model.rowCount()) if bar.entry(n).key}

    def press(key: str) -> None:
        place = bar.view.visualRect(bar.model.index(rows[key], 0)).center()
        qtbot.mouseClick(bar.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        filled.settle()

    press("kind:pdf")
    assert window.list.model.ids == []
    assert window.list.empty.sentence.text() == "Nothing here."
    press("all")
    assert len(window.list.model.ids) == 3
    window.run_id("case.add")
    assert window.importing.isVisible()
    press("all")
    assert window.list.isVisible()
    press("claims")
    assert window.mode == "claims"
    press("unread")
    assert window.mode == "sources"
    assert len(window.list.model.ids) == 3
