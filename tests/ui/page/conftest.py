"""Pages whose letters stand where the tests put them."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.model.values import Picture
from casefile.model.view import PageBoxes
from casefile.ui.page import PageView
from casefile.ui.theme import Theme

LETTER = 0.02  # width of a letter as a fraction of the page


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme("light")
    made.apply(qapp)
    return made


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> PageView:
    made = PageView(theme)
    qtbot.addWidget(made)
    made.resize(640, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def blank() -> Callable[[int], Picture]:
    """Make a white page of a width, shaped 1 : 1.4."""
    return lambda width: Picture(
        width, round(width * 1.4), b"\xff" * 4 * width * round(width * 1.4)
    )


@pytest.fixture
def set_text() -> Callable[[str], PageBoxes]:
    """Set lines of letters on a page; spaces and line ends have no box, capitals run leftward."""

    def make(text: str) -> PageBoxes:
        boxes: list[tuple[float, float, float, float] | None] = []
        for number, line in enumerate(text.split("\n")):
            top = 0.1 + number * 0.05
            for column, letter in enumerate(line):
                at = 0.9 - column * LETTER if line.isupper() else 0.1 + column * LETTER
                box = (at, top, at + LETTER, top + 0.02)
                boxes.append(None if letter == " " else box)
            boxes.append(None)
        return PageBoxes(boxes=tuple(boxes[:-1]))

    return make
