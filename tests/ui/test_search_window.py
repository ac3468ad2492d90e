"""The search in the window: as you type, narrowed by facets and days, spellings off and kept."""

import itertools
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from stage import Stage

from casefile.model.hit import Variant
from casefile.services import entities
from casefile.services.covering import coverage, sentences
from casefile.ui.histogram import Histogram, bars_of
from casefile.ui.search_page import begun
from casefile.ui.spellings_sheet import SpellingsSheet
from casefile.ui.theme import Theme


def searched(stage: Stage, words: str) -> Stage:
    stage.search(words)
    stage.until(lambda: stage.window.search.facets.facets is not None, 30_000)
    stage.settle()
    return stage


def test_one_letter_gives_first_results(filled: Stage, qtbot: QtBot) -> None:
    window = filled.window
    window.focus_search()
    qtbot.keyClicks(window.strip.search, "b")
    filled.until(lambda: window.search.answer is not None, 30_000)
    filled.settle()
    assert window.search.answer.query == "b*"
    assert any("Bridge" in hit.title for hit in window.search.model.rows)
    qtbot.keyClicks(window.strip.search, "rid")
    filled.until(lambda: window.search.answer.query == "brid*", 30_000)
    filled.settle()
    assert [hit.title for hit in window.search.model.rows if hit.kind == "source"] == [
        "Bridge at Orlova closed"
    ]
    qtbot.keyClick(window.strip.search, Qt.Key.Key_Return)
    filled.settle()
    assert window.search.answer.query == "brid"  # asked for as it stands


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("pump", "pump*"), ("tell mar", "tell mar*"), ("مح", "مح*"), ("title:pu", "title:pu*"),
        ('"tell mar', '"tell mar'), ('"tell marun"', '"tell marun"'), ("pump ", "pump "),
        ("(convoy OR col", "(convoy OR col*"), ("pum*", "pum*"), ("al-Ab", "al-Ab*"), ("-den", "-den"),
    ],
)  # fmt: skip
def test_only_a_word_that_may_still_grow_is_a_beginning(typed: str, asked: str) -> None:
    assert begun(typed) == asked


def test_a_ticked_box_leaves_what_it_counts(filled: Stage) -> None:
    window = filled.window
    filled.show("Market")
    window.sources.set_grade("B")
    filled.settle()
    searched(filled, "more words about")
    page = window.search
    assert page.facets.isVisible()
    everything = page.answer.total
    box = page.facets.boxes["reliability", "B"]
    assert box.accessibleName() == "B, 1"
    box.click()
    filled.settle()
    assert [hit.title for hit in page.model.rows] == ["Market burned"]
    assert page.facets.boxes["reliability", "B"].isChecked()
    page.facets.clear_all()
    filled.settle()
    assert page.answer.total == everything


def test_another_search_is_not_narrowed_by_the_last(filled: Stage) -> None:
    window = filled.window
    searched(filled, "more words about")
    window.search.facets.boxes["type", "article"].click()
    filled.settle()
    assert not window.search.facets.chosen.empty
    searched(filled, "bridge")
    assert window.search.facets.chosen.empty


def test_bars_hold_every_day_once() -> None:
    days = ((20240101, 2), (20240102, 1), (20240229, 4), (20241231, 3))
    bars = bars_of(days, 24)
    assert sum(bar.count for bar in bars) == 10
    assert len(bars) <= 24
    assert bars[0].first.isoformat() == "2024-01-01"
    assert bars[-1].last.isoformat() == "2024-12-31"
    assert all(a.last < b.first for a, b in itertools.pairwise(bars))
    assert bars_of(()) == []
    assert bars_of(((20240230, 1),))[0].count == 1  # a day that is in no calendar


def test_a_range_is_chosen_by_dragging_and_by_keys(qtbot: QtBot, theme: Theme) -> None:
    histogram = Histogram(theme)
    qtbot.addWidget(histogram)
    histogram.resize(240, 58)
    histogram.show_days(tuple((20240100 + day, 1) for day in range(1, 25)), None)
    histogram.show()
    told: list[object] = []
    histogram.ranged.connect(told.append)
    qtbot.mousePress(histogram, Qt.MouseButton.LeftButton, pos=QPoint(45, 20))
    qtbot.mouseMove(histogram, QPoint(95, 20))
    qtbot.mouseRelease(histogram, Qt.MouseButton.LeftButton, pos=QPoint(95, 20))
    assert told[-1] == (20240105, 20240110)
    qtbot.keyClick(histogram, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert told[-1] == (20240105, 20240111)
    qtbot.keyClick(histogram, Qt.Key.Key_Right)
    assert told[-1] == (20240106, 20240111)
    assert "6 Jan 2024 – 11 Jan 2024" in histogram.said()
    qtbot.keyClick(histogram, Qt.Key.Key_Escape)
    assert told[-1] is None


def test_spellings_are_switched_off_with_one_key(filled: Stage, qtbot: QtBot) -> None:
    window = searched(filled, "burning").window
    assert "Market" in window.search.model.rows[0].title  # by another form of the word
    qtbot.keyClick(window.search.view, Qt.Key.Key_V)
    filled.settle()
    assert window.search.model.rows == []
    assert "off" in window.search.head.spellings.text()
    window.search.head.toggle_spellings()
    filled.settle()
    assert window.search.model.rows
    window.run_id("hits.used")
    sheet = next(w for w in QApplication.topLevelWidgets() if isinstance(w, SpellingsSheet))
    assert "burned" in sheet.boxes
    for box in sheet.boxes.values():
        box.setChecked(False)
    sheet.use()
    filled.settle()
    assert window.search.model.rows == []


def test_a_spelling_is_kept_as_a_name_and_undone(filled: Stage) -> None:
    window = searched(filled, "bridge").window
    window.finding.keep(Variant("orlova", "Орлова", "rule"))
    filled.settle()
    found = entities.rows(window.bridge.desk)
    assert [name.name for one in found for name in one.names if name.name == "Орлова"]
    assert "Орлова" in window.toast.words.text()
    window.case.undo()
    filled.settle()
    found = entities.rows(window.bridge.desk)
    assert not [name.name for one in found for name in one.names if name.name == "Орлова"]


def test_a_search_is_kept_counted_and_shown_again(filled: Stage) -> None:
    window = searched(filled, "bridge").window
    window.finding.save_as("The bridge")
    filled.settle()
    filled.until(lambda: window.finding._kept, 30_000)
    filled.settle()
    entry = next(e for e in window.sidebar._entries if e.key.startswith("search:"))
    assert entry.words == "The bridge"  # what it finds was just seen
    assert entry.count == window.search.answer.total
    window.show_mode("sources")
    window.desk.go(entry.key)
    filled.settle()
    assert window.mode == "search"
    assert window.search.query == "bridge"
    window.sidebar.go_to(entry.key)
    window.finding.forget()
    filled.until(lambda: not window.finding._kept, 30_000)
    assert not any(e.key.startswith("search:") for e in window.sidebar._entries)


def test_ctrl_s_elsewhere_says_that_everything_is_saved(filled: Stage) -> None:
    filled.window.run_id("case.saved")
    assert "already saved" in filled.window.toast.words.text()


def test_a_list_of_names_is_counted_and_opened(filled: Stage, tmp_path: Path) -> None:
    window = filled.window
    names = tmp_path / "names.txt"
    names.write_text("# places\nOrlova\nNowhere at all\nMarket burned\n", "utf-8")
    window.run_id("search.names")
    page = window.finding.names_page
    page.read(names)
    filled.until(lambda: len(page.model.rows) == 3, 30_000)
    counts = {line.words: line.total for line in page.model.rows}
    assert page.covered.text() == " ".join(sentences(coverage(window.bridge.desk)))
    assert counts["Nowhere at all"] == 0
    assert counts["Orlova"] >= 1
    assert counts["Market burned"] >= 1
    page.opened.emit(page.model.rows[2])
    filled.settle()
    assert window.search.query == '"Market burned"'
    assert window.search.answer.total == counts["Market burned"]


def test_all_cases_of_a_folder_are_searched(filled: Stage) -> None:
    window = filled.window
    window.run_id("search.cases")
    page = window.finding.cases_page
    page.add_folder(Path("/nowhere"))
    assert "No case" in page.trouble.text()
    page.field.setText("bridge")
    page.search()
    filled.until(lambda: page.model.rows, 30_000)
    assert [(line.words, line.total > 0) for line in page.model.rows] == [("Small", True)]
    page.opened.emit(page.model.rows[0])
    filled.settle()
    assert window.mode == "search"
