"""The history in the window: who, when, what, before and after; undo; what was known when."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel
from pytestqt.qtbot import QtBot
from stage import Stage

from casefile.services import history
from casefile.ui.parts import ClickRow


def words_of(stage: Stage) -> list[str]:
    """Give every act that is listed, as it is said."""
    return [line.words for line in stage.window.history.page.model.rows]


def told(stage: Stage) -> dict[str, tuple[str, ...]]:
    """Give the fields of the chosen act with what stands beside them: before and after, or after."""
    found = {}
    for grid in stage.window.history.page.act.findChildren(QGridLayout):
        for row in range(1, grid.rowCount()):
            cells = [grid.itemAtPosition(row, n) for n in range(4)]
            labels = [c.widget() for c in cells if c is not None]
            texts = list(dict.fromkeys(w.text() for w in labels if isinstance(w, QLabel)))
            found[texts[0]] = tuple(t for t in texts[1:] if t not in "→←")
    return found


def go_to(stage: Stage, words: str) -> None:
    page = stage.window.history.page
    page.list.go_to(next(n for n, w in enumerate(words_of(stage)) if words in w))
    stage.settle()


def with_acts(stage: Stage) -> Stage:
    """Tag and grade a source, then open the history."""
    stage.show("Market")
    stage.window.sources.put_tags("fire")
    stage.settle()
    stage.window.sources.set_grade("B")
    stage.settle()
    stage.window.sources.set_grade("C")
    stage.settle()
    stage.window.run_id("case.history")
    stage.settle()
    return stage


def test_acts_are_told_with_before_and_after(filled: Stage) -> None:
    page = with_acts(filled).window.history.page
    assert page.isVisible()
    assert page.view.hasFocus()
    assert words_of(filled)[:2] == ["1 source graded", "1 source graded"]
    page.list.go_to(0)
    filled.settle()
    assert told(filled)["Reliability"] == ("B", "C")
    page.list.go_to(1)
    filled.settle()
    assert told(filled)["Reliability"] == ("B",)
    assert "you" in page.act._facts.text()


def test_one_act_in_the_middle_is_taken_back_and_done_again(filled: Stage, qtbot: QtBot) -> None:
    window = with_acts(filled).window
    go_to(filled, "tagged")
    qtbot.keyClick(window.history.page.view, Qt.Key.Key_U)
    filled.settle()
    assert window.inspector.view.tags == ()
    assert window.inspector.view.source.reliability == "C"
    assert words_of(filled)[0].startswith("Undone")
    filled.window.history.page.list.go_to(words_of(filled).index("1 record tagged"))
    filled.settle()
    line = window.history.page.current()
    assert line.undone
    window.history.page.act.undo.click()
    filled.settle()
    assert window.inspector.view.tags == ("fire",)


def test_the_filter_narrows_and_keys_walk(filled: Stage, qtbot: QtBot) -> None:
    page = with_acts(filled).window.history.page
    everything = len(words_of(filled))
    page.filter.setText("graded")
    assert words_of(filled) == ["1 source graded"] * 2
    qtbot.keyClick(page.view, Qt.Key.Key_J)
    assert page.list.current() == 1
    qtbot.keyClick(page.view, Qt.Key.Key_K)
    assert page.list.current() == 0
    page.filter.setText("nothing of the kind")
    assert words_of(filled) == []
    page.filter.clear()
    assert len(words_of(filled)) == everything


def test_the_history_of_one_source_leads_back_to_it(filled: Stage) -> None:
    window = with_acts(filled).window
    filled.show("Bridge")
    window.run_id("source.history")
    filled.settle()
    page = window.history.page
    assert "Bridge" in page.head.title.text()
    assert not any("graded" in words for words in words_of(filled))
    page.every.click()
    filled.settle()
    assert any("graded" in words for words in words_of(filled))
    go_to(filled, "graded")
    page.act.findChildren(ClickRow)[0]._run()
    filled.settle()
    assert "Market" in window.reading.opened.view.title
    assert window.reading.isVisible()


def test_what_a_colleague_did_is_not_ours_to_undo(filled: Stage) -> None:
    window = filled.window
    filled.show("Market")
    page = window.history.page
    line = history.acts(window.bridge.desk)[0]
    window.run_id("case.history")
    filled.settle()
    shown = page.model.rows[0]
    assert shown.id == line.id
    page.act.show_line(type(shown)(**{**fields(shown), "mine": False}), can_undo=False)
    assert not page.act.undo.isVisible()
    assert "Only the person" in page.act._why_not.text()


def fields(line: object) -> dict[str, object]:
    return {name: getattr(line, name) for name in type(line).__slots__}


def test_what_was_known_at_the_moment_of_an_act(filled: Stage) -> None:
    window = with_acts(filled).window
    go_to(filled, "tagged")
    window.history.page.act.then.click()
    filled.settle()
    page = window.history.known_page
    assert page.isVisible()
    page.show_table("source")
    filled.settle()
    market = next(n for n, one in enumerate(page.model.rows) if "Market" in one.title)
    page.list.go_to(market)
    filled.settle()
    one = page.current()
    assert one.values.get("reliability") is None
    assert one.changed_since
    page.record_wanted.emit(one.id)
    filled.settle()
    assert "Market" in window.reading.opened.view.title


def test_a_moment_that_is_none_is_said_kindly(filled: Stage) -> None:
    window = filled.window
    window.run_id("case.known")
    page = window.history.known_page
    page.when.setText("the day after never")
    page.show_words()
    filled.settle()
    assert page.trouble.isVisible()
    assert "For example" in page.trouble.text()
    page.when.setText("1999-01-01")
    page.show_words()
    filled.settle()
    assert not page.trouble.isVisible()
    assert page.model.rows == []
    assert "Nothing of this kind" in page.empty.sentence.text()
    page._back(0)
    filled.settle()
    page.show_table("source")
    filled.settle()
    assert len(page.model.rows) == 3


def test_escape_leaves_a_page(filled: Stage, qtbot: QtBot) -> None:
    window = with_acts(filled).window
    qtbot.keyClick(window.history.page.view, Qt.Key.Key_Escape)
    filled.settle()
    assert window.pages.view is None
    assert window.list.isVisible()
