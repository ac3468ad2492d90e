"""Starting: a picture of the window, a case that is none, the sample, text to copy on a defect."""

import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from casefile.services.places import Places
from casefile.ui import start
from casefile.ui.dialogs import CrashSheet


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "cache", tmp_path / "config")


def test_a_picture_of_a_case_is_written(
    qapp: QApplication, small_case: Path, places: Places, tmp_path: Path
) -> None:
    case = tmp_path / "Case.casefile"
    shutil.copytree(small_case, case)
    hook = sys.excepthook
    assert start.open_window(case, places, picture=tmp_path / "window.png") == 0
    image = QImage(str(tmp_path / "window.png"))
    assert (image.width(), image.height()) == (1440, 900)
    colors = {image.pixel(x, y) for x in range(0, 1440, 7) for y in range(0, 900, 7)}
    assert len(colors) > 50
    assert sys.excepthook is hook


def test_what_is_no_case_gives_another_status(
    qapp: QApplication, places: Places, tmp_path: Path
) -> None:
    assert start.open_window(tmp_path / "none", places, picture=tmp_path / "w.png") == 1
    assert (tmp_path / "w.png").is_file()


def test_a_defect_while_the_window_runs_is_shown(
    qapp: QApplication, places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    shown: list[bool] = []

    def choose(window: start.MainWindow, case: Path | None, *, sample: bool) -> None:
        sys.excepthook(ZeroDivisionError, ZeroDivisionError(str(sample)), None)
        shown.extend(isinstance(w, CrashSheet) for w in QApplication.topLevelWidgets())
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, CrashSheet):
                widget.close()

    monkeypatch.setattr(start, "_go", choose)
    start.open_window(None, places, picture=tmp_path / "w.png")
    assert any(shown)
    assert "ZeroDivisionError" in capsys.readouterr().err
