"""Pages are asked for, shown, marked, chosen from and let go."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.model.values import Picture
from casefile.model.view import PageBoxes
from casefile.ui.page import PageView
from casefile.ui.theme import DARK, LIGHT, Theme

Blank = Callable[[int], Picture]
SetText = Callable[[str], PageBoxes]
TEXT = "two words\nHERE"


@pytest.fixture
def page(view: PageView, blank: Blank, set_text: SetText) -> PageView:
    view.set_pages(3, spans=((0, 20), (100, 114), (200, 220)))
    for number, start in ((1, 0), (2, 100)):
        view.set_page(number, blank(300))
        view.set_boxes(number, set_text(TEXT), start)
    return view


def point_on(view: PageView, page: int, x: float, y: float) -> QPoint:
    sheet = view._sheet(page)
    return QPoint(round(sheet.left() + x * sheet.width()), round(sheet.top() + y * sheet.height()))


def colors(view: PageView) -> set[int]:
    image: QImage = view.viewport().grab().toImage()
    return {
        image.pixel(x, y) for y in range(0, image.height(), 1) for x in range(0, image.width(), 2)
    }


def rgb(color: str) -> int:
    return QColor(color).rgb()


def test_what_is_seen_is_asked_for_in_device_pixels(qtbot: QtBot, view: PageView) -> None:
    asked: list[tuple[int, int]] = []
    view.need_page.connect(lambda page, width: asked.append((page, width)))
    view.set_pages(9)
    qtbot.waitUntil(lambda: len(asked) >= 2)
    assert [page for page, _ in asked] == [1, 2]
    assert {width for _, width in asked} == {round(view._sheets.width)}
    asked.clear()
    view.set_zoom(2.0)
    qtbot.waitUntil(lambda: len(asked) >= 1)
    assert asked[0][1] == round(view._sheets.width)


def test_memory_stays_flat_over_many_pages(view: PageView, blank: Blank, set_text: SetText) -> None:
    picture, letters = blank(60), set_text(TEXT)

    def deliver(page: int, _: int) -> None:
        view.set_page(page, picture)
        view.set_boxes(page, letters, page * 100)

    view.need_page.connect(deliver)
    view.set_pages(5000)
    bar = view.verticalScrollBar()
    for step in range(30):
        bar.setValue(bar.maximum() * step // 30)
        view._ask()
    assert view.page() > 4000
    assert len(view._pictures) <= 9
    assert len(view._letters) <= 9
    assert len(view._asked) <= 9
    view.set_page(1, picture)  # arrives late, far out of sight
    assert 1 not in view._pictures


def test_marks_are_multiplied_over_paper(page: PageView) -> None:
    page.set_marks([(100, 109, 3, "a"), (0, 3, 1, "b")])
    page.scroll_to_page(1)
    seen = colors(page)
    assert rgb(LIGHT.mark(1).fill) in seen
    assert rgb(LIGHT.mark(1).line) in seen


def test_paper_keeps_the_light_marks_in_the_dark_look(page: PageView, theme: Theme) -> None:
    theme.set_look("dark")
    page.set_marks([(0, 3, 1, "b")])
    page.set_hits([(4, 9)])
    assert page.dimmed
    seen = colors(page)
    assert rgb(DARK.paper) in seen
    assert rgb(LIGHT.surface) not in seen
    assert rgb(DARK.mark(1).fill) not in seen
    assert rgb(DARK.hit) not in seen
    page.set_dimmed(False)
    seen = colors(page)
    assert {rgb(LIGHT.paper), rgb(LIGHT.mark(1).fill), rgb(LIGHT.hit)} <= seen


def test_the_light_look_never_dims(page: PageView) -> None:
    page.set_dimmed(True)
    assert not page.dimmed
    assert rgb(LIGHT.paper) in colors(page)


def test_drag_chooses_code_points_of_the_stored_text(qtbot: QtBot, page: PageView) -> None:
    view = page.viewport()
    with qtbot.waitSignal(page.selection_changed):
        qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=point_on(page, 1, 0.181, 0.11))
        page.mouseMoveEvent(_move(page, point_on(page, 1, 0.279, 0.11)))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=point_on(page, 1, 0.279, 0.11))
    assert page.selection() == (4, 9)
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert page.selection() == (4, 8)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.selection() is None


def test_a_choice_may_reach_over_pages(page: PageView) -> None:
    page.set_selection(105, 2)
    assert page.selection() == (2, 105)
    page.clear_selection()
    assert page.selection() is None


def test_a_click_on_a_mark_tells_it(qtbot: QtBot, page: PageView) -> None:
    page.set_marks([(0, 9, 1, "wide"), (4, 9, 2, "narrow")])
    with qtbot.waitSignal(page.mark_activated) as told:
        qtbot.mouseClick(
            page.viewport(), Qt.MouseButton.LeftButton, pos=point_on(page, 1, 0.22, 0.11)
        )
    assert told.args == ["narrow"]
    assert page.current_mark() == "narrow"
    assert rgb(LIGHT.accent) in colors(page)


def test_marks_and_hits_are_stepped_through(page: PageView) -> None:
    page.set_marks([(100, 103, 1, "later"), (0, 3, 1, "first")])
    assert [page.next_mark(), page.next_mark(), page.next_mark()] == ["first", "later", "first"]
    assert page.previous_mark() == "later"
    page.set_hits([(210, 214), (4, 9)])
    assert page.next_hit() == (1, 2)
    assert page.page() == 1
    assert page.next_hit() == (2, 2)
    assert page.page() >= 2
    assert page.previous_hit() == (1, 2)
    page.set_hits([])
    assert page.next_hit() is None


def test_a_place_on_a_page_to_come_is_gone_to_when_its_letters_arrive(
    page: PageView, set_text: SetText
) -> None:
    page.scroll_to(205)
    before = page.verticalScrollBar().value()
    page.resize(640, 300)
    page.scroll_to(205)
    page.set_boxes(3, set_text("x\n" * 14 + "two words"), 177)
    assert page.verticalScrollBar().value() != before
    assert page.page_of(205) == 3
    assert page.page_of(9999) is None


def test_zoom_keeps_what_is_under_the_pointer(page: PageView) -> None:
    page.scroll_to_page(2)
    point = QPointF(200, 260)
    number, x, y = page._on_page(point)
    page.set_zoom(2.0, point)
    assert page.zoom() == 2.0
    after = page._on_page(point)
    assert after[0] == number
    assert after[1:] == pytest.approx((x, y), abs=0.01)
    wheel = QWheelEvent(
        point,
        QPointF(page.viewport().mapToGlobal(point.toPoint())),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(page.viewport(), wheel)
    assert page.zoom() == pytest.approx(2.4)
    page.set_zoom(99)
    assert page.zoom() == 8.0
    page.zoom_by(0)
    assert page.zoom() == 1.0


def test_keys_scroll(qtbot: QtBot, page: PageView) -> None:
    page.setFocus()
    bar = page.verticalScrollBar()
    qtbot.keyClick(page, Qt.Key.Key_Space)
    assert bar.value() > 100
    qtbot.keyClick(page, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert bar.value() == 0
    with qtbot.waitSignal(page.page_changed):
        qtbot.keyClick(page, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    assert page.accessibleDescription() == "Page 3 of 3"
    qtbot.keyClick(page, Qt.Key.Key_Home)
    assert page.page() == 1


def test_a_new_width_keeps_the_place(page: PageView) -> None:
    page.scroll_to_page(2)
    page.resize(500, 700)
    assert page.page() == 2
    assert abs(page._sheet(2).top()) < 30


def test_a_page_that_cannot_be_drawn_says_why(view: PageView) -> None:
    view.set_pages(1, sizes=[(200.0, 100.0)])
    assert view._sheets.shape(1) == 0.5
    before = view.viewport().grab().toImage()
    view.set_page_trouble(1, "This page takes too long to draw.")
    assert view.viewport().grab().toImage() != before


def test_without_pages_nothing_breaks(qtbot: QtBot, view: PageView) -> None:
    view.scroll_to_page(3)
    view.set_zoom(2)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.page() == 0
    assert view.selection() is None
    assert view.next_mark() is None


def _move(page: PageView, point: QPoint) -> QMouseEvent:
    return QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(point),
        QPointF(page.viewport().mapToGlobal(point)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
