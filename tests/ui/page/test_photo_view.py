"""A photo is fitted, zoomed and moved, with its data as plain text."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from casefile.model.values import Picture
from casefile.ui.page import PhotoView
from casefile.ui.page.picture import image_of
from casefile.ui.theme import LIGHT, Theme


@pytest.fixture
def picture() -> Picture:
    """A red half and a blue half, 800 by 400."""
    row = b"\xff\x00\x00\xff" * 400 + b"\x00\x00\xff\xff" * 400
    return Picture(800, 400, row * 400)


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> PhotoView:
    made = PhotoView(theme)
    qtbot.addWidget(made)
    made.resize(600, 500)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_raw_pixels_keep_their_colours(picture: Picture) -> None:
    image = image_of(picture)
    assert (image.width(), image.height()) == (800, 400)
    assert image.pixelColor(10, 10) == QColor("#FF0000")
    assert image.pixelColor(790, 390) == QColor("#0000FF")


def test_a_photo_is_fitted_and_never_recoloured(view: PhotoView, picture: Picture) -> None:
    view.set_picture(picture)
    canvas = view.canvas
    assert canvas.fits
    assert canvas.zoom() < 1
    image = canvas.viewport().grab().toImage()
    rect = canvas._rect().toRect()
    assert image.pixelColor(rect.left() + 20, rect.center().y()) == QColor("#FF0000")
    assert image.pixelColor(rect.right() - 20, rect.center().y()) == QColor("#0000FF")
    assert image.pixelColor(2, 2) == QColor(LIGHT.win)


def test_zoom_and_move(qtbot: QtBot, view: PhotoView, picture: Picture) -> None:
    view.set_picture(picture)
    canvas = view.canvas
    canvas.set_zoom(2.0, QPointF(100, 100))
    assert not canvas.fits
    assert canvas.zoom() == 2.0
    across = canvas.horizontalScrollBar()
    across.setValue(300)
    start = QPoint(200, 100)
    qtbot.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(canvas.viewport(), start - QPoint(50, 0))
    qtbot.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start - QPoint(50, 0))
    assert across.value() == 350
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.zoom() == pytest.approx(1.6)
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.fits
    qtbot.mouseDClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    assert canvas.zoom() == 1.0
    canvas.set_zoom(0.001)
    assert canvas.fits


def test_rows_are_plain_text(view: PhotoView) -> None:
    view.set_rows([("Camera", "<img src=//host/x>"), ("Place", "not said")])
    labels = view._sheet.findChildren(QLabel)
    assert [label.text() for label in labels] == [
        "Camera",
        "<img src=//host/x>",
        "Place",
        "not said",
    ]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_the_sheet_stands_beside_where_there_is_room(view: PhotoView) -> None:
    view.set_rows([("Camera", "A")])
    assert view._sheet.geometry().top() > view.canvas.geometry().top()
    view.resize(900, 500)
    view.layout().activate()
    assert view._sheet.geometry().left() >= view.canvas.geometry().right()


def test_tools_have_names_and_work(qtbot: QtBot, view: PhotoView, picture: Picture) -> None:
    view.set_picture(picture)
    tools = {tool.accessibleName(): tool for tool in view.findChildren(QToolButton)}
    before = view.canvas.zoom()
    qtbot.mouseClick(tools["Larger photo"], Qt.MouseButton.LeftButton)
    assert view.canvas.zoom() > before
    qtbot.mouseClick(tools["Fit the photo"], Qt.MouseButton.LeftButton)
    assert view.canvas.fits


def test_a_photo_that_cannot_be_shown_says_why(view: PhotoView, theme: Theme) -> None:
    before = view.canvas.viewport().grab().toImage()
    view.set_trouble("This photo could not be read.")
    assert view.canvas.viewport().grab().toImage() != before
    theme.set_look("dark")
    view.set_picture(None)
    assert view.canvas.zoom() == 1.0
