"""Areas are drawn by mouse and by keys, on photos that are turned and on pages."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from casefile.model.values import Picture
from casefile.ui.page import PageView, PhotoView
from casefile.ui.page.areas import AreaMark, turned, upright
from casefile.ui.theme import Theme

GREY = Picture(800, 400, b"\x80\x80\x80\xff" * 800 * 400)


@pytest.fixture
def photo(qtbot: QtBot, theme: Theme) -> PhotoView:
    made = PhotoView(theme)
    qtbot.addWidget(made)
    made.resize(600, 500)
    with qtbot.waitExposed(made):
        made.show()
    made.set_picture(GREY, 3200)
    return made


def _drag(qtbot: QtBot, view: PhotoView, begin: QPoint, end: QPoint) -> None:
    port, left = view.canvas.viewport(), Qt.MouseButton.LeftButton
    qtbot.mousePress(port, left, pos=begin)
    qtbot.mouseMove(port, end)
    qtbot.mouseRelease(port, left, pos=end)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_box_drawn_on_a_turned_photo_is_that_of_the_upright_one(
    qtbot: QtBot, photo: PhotoView, turns: int
) -> None:
    for _ in range(turns):
        photo.canvas.turn()
    rect = photo.canvas._rect()
    wanted = (0.25, 0.5, 0.5, 0.75)
    left, top, right, bottom = turned(wanted, turns)
    photo.draw_area()
    _drag(
        qtbot,
        photo,
        QPoint(round(rect.left() + left * rect.width()), round(rect.top() + top * rect.height())),
        QPoint(
            round(rect.left() + right * rect.width()),
            round(rect.top() + bottom * rect.height()),
        ),
    )
    page, box = photo.area() or (9, (0, 0, 0, 0))
    assert page == 0
    assert box == pytest.approx(wanted, abs=0.01)


def test_turning_four_times_changes_nothing() -> None:
    box = (0.1, 0.2, 0.4, 0.9)
    assert turned(box, 4) == box
    for turns in range(4):
        assert upright(turned(box, turns), turns) == pytest.approx(box)
    assert turned((0, 0, 0.1, 0.1), 1) == pytest.approx((0.9, 0, 1, 0.1))  # clockwise


def test_keys_move_and_stretch_the_box_and_escape_takes_it_away(
    qtbot: QtBot, photo: PhotoView
) -> None:
    photo.draw_area()
    before = photo.area()[1]
    qtbot.keyClick(photo.canvas, Qt.Key.Key_Right)
    qtbot.keyClick(photo.canvas, Qt.Key.Key_Up)
    qtbot.keyClick(photo.canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    after = photo.area()[1]
    assert after[0] - before[0] == pytest.approx(0.02)
    assert after[1] - before[1] == pytest.approx(-0.02)
    assert after[3] - before[3] == pytest.approx(0)
    for _ in range(80):
        qtbot.keyClick(photo.canvas, Qt.Key.Key_Left)
    assert photo.area()[1][0] == 0  # it stays inside the picture, and as large
    assert photo.area()[1][2] == pytest.approx(after[2] - after[0])
    qtbot.keyClick(photo.canvas, Qt.Key.Key_Escape)
    assert photo.area() is None


def test_a_click_chooses_the_smallest_area_and_the_ground_none(
    qtbot: QtBot, photo: PhotoView
) -> None:
    photo.set_areas(
        [AreaMark(0, (0, 0, 0.9, 0.9), 1, "large"), AreaMark(0, (0.4, 0.4, 0.6, 0.6), 2, "small")]
    )
    port, left = photo.canvas.viewport(), Qt.MouseButton.LeftButton
    rect = photo.canvas._rect()
    with qtbot.waitSignal(photo.mark_activated) as told:
        qtbot.mouseClick(port, left, pos=rect.center().toPoint())
    assert told.args == ["small"]
    assert photo.current_mark() == "small"
    qtbot.mouseClick(port, left, pos=(rect.bottomRight().toPoint() - QPoint(4, 4)))
    assert photo.current_mark() is None
    assert [photo.next_mark(), photo.next_mark(), photo.next_mark()] == ["large", "small", "large"]
    image = port.grab().toImage()
    x = round(rect.left() + 0.5 * rect.width())
    y = round(rect.top() + 0.4 * rect.height())
    near = [image.pixelColor(x + n, y + m) for n in range(6) for m in (-1, 0, 1)]
    assert any(color.blue() - color.red() > 60 for color in near)  # the line of mark 2
    assert image.pixelColor(x, rect.center().toPoint().y()) == QColor("#808080")  # not recoloured


def test_zoomed_in_the_photo_itself_is_asked_for(qtbot: QtBot, photo: PhotoView) -> None:
    with qtbot.assertNotEmitted(photo.canvas.need_part, wait=200):
        photo.canvas.fit()
    with qtbot.waitSignal(photo.canvas.need_part) as asked:
        photo.canvas.set_zoom(2.0)
    (left, top, right, bottom), wide, high = asked.args
    seen = photo.canvas.viewport().size()
    assert 0 < left < right < 1
    assert (wide, high) == (seen.width(), seen.height() if bottom - top < 1 else high)
    red = Picture(2, 2, b"\xff\x00\x00\xff" * 4)
    photo.canvas.set_part((left, top, right, bottom), red)
    image = photo.canvas.viewport().grab().toImage()
    assert image.pixelColor(seen.width() // 2, seen.height() // 2) == QColor("#FF0000")


def test_an_area_of_a_page_belongs_to_that_page(qtbot: QtBot, theme: Theme) -> None:
    view = PageView(theme)
    qtbot.addWidget(view)
    view.resize(500, 700)
    with qtbot.waitExposed(view):
        view.show()
    view.set_pages(3)
    view.scroll_to_page(2)
    view.draw_area()
    page, box = view.area() or (0, (0, 0, 0, 0))
    assert page == 2
    assert 0 <= box[0] < box[2] <= 1
    view.set_areas([AreaMark(3, (0.1, 0.5, 0.5, 0.9), 4, "third")])
    view.clear_selection()
    assert view.area() is None
    assert view.next_mark() == "third"
    assert view.page() == 3
