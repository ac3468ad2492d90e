"""Lists of a hundred thousand rows: ids at once, rows when seen, selection and order kept."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot
from stage import STANDSTILL_MS, Gap

from casefile.model.values import DateValue
from casefile.model.view import SourceRow
from casefile.ui.lists.paged_model import PagedModel
from casefile.ui.lists.source_list import SourceList
from casefile.ui.theme import Theme

ROW = SourceRow(
    id="", kind="article", title="", publisher="Paper", byline=(), language="en",
    published=DateValue(text="3 May", edtf="2024-05-03", earliest="2024-05-03", latest="2024-05-03"),
    reliability="B", status=None, marks=2, added=1_700_000_000_000, complete=True,
)  # fmt: skip


def make_rows(ids: list[str]) -> list[SourceRow]:
    return [replace(ROW, id=id_, title=f"Title {id_} صدى نهرا") for id_ in ids]


class Asked:
    """Answers questions for rows at once, and counts them."""

    def __init__(self, missing: frozenset[str] = frozenset()) -> None:
        self.questions: list[list[str]] = []
        self.missing = missing

    def __call__(self, ids: list[str], then: Callable[[list[SourceRow]], None]) -> None:
        self.questions.append(ids)
        then(make_rows([id_ for id_ in ids if id_ not in self.missing]))


def test_rows_are_asked_for_in_pages_when_they_are_looked_at(qtbot: QtBot) -> None:
    asked = Asked()
    model = PagedModel[SourceRow](["Title"], asked, lambda row: row.id)
    model.set_ids([f"{n:05}" for n in range(1000)])
    assert model.row(250) is None
    assert model.row(251) is None
    qtbot.waitUntil(lambda: bool(asked.questions))
    assert asked.questions == [[f"{n:05}" for n in range(200, 300)]]
    assert model.row(250).title.startswith("Title 00250")
    assert model.known("00900") is None
    assert model.data(model.index(250, 0)) != ""
    assert model.data(model.index(900, 0)) == ""


def test_stale_rows_are_asked_for_again_and_stay_meanwhile(qtbot: QtBot) -> None:
    asked = Asked()
    model = PagedModel[SourceRow](["Title"], asked, lambda row: row.id)
    model.set_ids(["a", "b", "c"])
    model.row(0)
    qtbot.waitUntil(lambda: len(asked.questions) == 1)
    model.mark_stale(["b", "unknown"])
    assert model.row(1) is not None
    qtbot.waitUntil(lambda: len(asked.questions) == 2)
    assert asked.questions[1] == ["b"]


def test_rows_that_are_gone_are_told_once(qtbot: QtBot) -> None:
    asked, gone = Asked(frozenset({"b"})), []
    model = PagedModel[SourceRow](["Title"], asked, lambda row: row.id)
    model.on_gone = lambda: gone.append(1)
    model.set_ids(["a", "b"])
    model.row(0)
    qtbot.waitUntil(lambda: bool(gone))
    model.row(1)
    qtbot.wait(30)
    assert gone == [1]
    assert len(asked.questions) == 1


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> SourceList:
    made = SourceList(theme, Asked(), lambda id_: id_.endswith("1"))
    qtbot.addWidget(made)
    made.resize(352, 600)
    made.show()
    return made


def test_the_current_row_and_the_selection_outlive_another_order(shown: SourceList) -> None:
    ids = [f"{n:05}" for n in range(50)]
    shown.show_ids(ids, "All")
    shown.view.go_to(7)
    shown.view.extend(+1)
    assert shown.selected_ids() == ["00007", "00008"]
    shown.show_ids(ids[::-1], "All")
    assert shown.current_id() == "00008"
    assert set(shown.selected_ids()) == {"00007", "00008"}
    shown.view.toggle()
    assert set(shown.selected_ids()) == {"00007"}


def test_the_header_orders_and_turns_round(shown: SourceList, qtbot: QtBot) -> None:
    shown.show_ids(["a", "b"], "All")
    with qtbot.waitSignal(shown.wanted):
        shown.view.top.sectionClicked.emit(2)
    assert (shown.sort, shown.descending) == ("published", True)
    shown.view.top.sectionClicked.emit(2)
    assert (shown.sort, shown.descending) == ("published", False)
    shown._order("title", False)
    assert shown.view.top.sorted_by == (0, False)


def test_two_lines_when_narrow_and_one_when_wide(shown: SourceList, qtbot: QtBot) -> None:
    shown.show_ids([f"{n}" for n in range(100)], "All")
    qtbot.wait(30)
    narrow = shown.view.visualRect(shown.model.index(0, 0)).height()
    shown.resize(800, 600)
    qtbot.wait(50)
    wide = shown.view.visualRect(shown.model.index(0, 0)).height()
    assert narrow > 40 > wide
    image = shown.grab().toImage()
    colors = {image.pixelColor(x, y).name() for x in range(0, 800, 3) for y in range(70, 200, 3)}
    assert len(colors) > 20


def test_following_waits_for_the_keys_to_rest(shown: SourceList, qtbot: QtBot) -> None:
    shown.show_ids([f"{n}" for n in range(100)], "All")
    qtbot.wait(120)
    told: list[str] = []
    shown.followed.connect(told.append)
    for _ in range(5):
        shown.view.step(+1)
    qtbot.wait(150)
    assert told == ["5"]
    with qtbot.waitSignal(shown.opened) as opened:
        qtbot.keyClick(shown.view, Qt.Key.Key_Return)
    assert opened.args == ["5"]


def test_a_hundred_thousand_rows_open_and_scroll_smoothly(shown: SourceList, qtbot: QtBot) -> None:
    ids = [f"{n:06}" for n in range(100_000)]
    shown.show_ids(ids, "All")
    qtbot.wait(100)
    gap = Gap().start()
    bar = shown.view.verticalScrollBar()
    for step in range(40):
        bar.setValue(bar.maximum() * step // 40)
        qtbot.wait(8)
    assert gap.stop() < STANDSTILL_MS
    assert isinstance(shown.grab().toImage(), QImage)
