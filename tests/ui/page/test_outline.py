"""The outline of a PDF stands beside its pages and leads to them."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casefile.model.document import Heading
from casefile.ui.page import PageView
from casefile.ui.theme import Theme

HEADINGS = (
    Heading(title="The week", page=1),
    Heading(title="Pumps <b>", depth=1, page=4),
    Heading(title="Nowhere", depth=1),
    Heading(title="ملاحظات", page=6),
)


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> PageView:
    made = PageView(theme)
    qtbot.addWidget(made)
    made.resize(700, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.set_pages(9)
    return made


def test_a_heading_leads_to_its_page_and_follows_it(qtbot: QtBot, view: PageView) -> None:
    view.set_headings(HEADINGS)
    assert not view.outline.isVisible()
    view.open_outline(opened=True)
    assert view.outline.geometry().right() <= view.viewport().geometry().left()
    pumps = view.outline.topLevelItem(0).child(0)
    assert pumps.text(0) == "Pumps <b>"
    rect = view.outline.visualItemRect(pumps)
    qtbot.mouseClick(view.outline.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert view.page() == 4
    view.scroll_to_page(8)
    assert view.outline.currentItem().text(0) == "ملاحظات"
    before = view.page()
    view.outline.itemClicked.emit(view.outline.topLevelItem(0).child(1), 0)
    assert view.page() == before  # a heading that leads nowhere moves nothing


def test_without_an_outline_the_pages_have_all_the_room(view: PageView) -> None:
    view.set_headings(HEADINGS)
    view.open_outline(opened=True)
    beside = view.viewport().width()
    view.set_headings(())
    assert not view.outline.isVisible()
    assert view.viewport().width() > beside
    view.set_headings(HEADINGS)
    assert view.outline.isVisible()  # the next PDF with one finds it as it was left
