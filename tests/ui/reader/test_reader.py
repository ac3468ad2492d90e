"""What is chosen in the reader, by pointer and keys, is given in exact code points."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from casefile.model.view import MarkView, TextView
from casefile.ui.reader import Reader

Make = Callable[..., TextView]
MakeMark = Callable[..., MarkView]
Find = Callable[..., QPoint]
BODY = (
    "An armoured column 😀 entered the grounds. It cut off water to six villages. "
    "Nobody\u00a0said why."
)
ARABIC = "دخل رتل مدرّع حرم المحطة، وقال NOR إن 12 آلية وصلت."


def test_drag_chooses_exact_code_points(
    qtbot: QtBot, reader: Reader, article: TextView, point_of: Find
) -> None:
    reader.set_text(article)
    start = article.text.index("😀")
    end = start + len("😀 entered")
    view = reader.viewport()
    with qtbot.waitSignal(reader.selection_changed):
        qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=point_of(reader, start))
        qtbot.mouseMove(view, point_of(reader, end - 1, right=True))
        reader._pointer._draw_out()
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=point_of(reader, end - 1, right=True))
    assert reader.selection() == (start, end)
    assert reader.selected_text() == "😀 entered"


def test_a_choice_backwards_is_given_in_order(
    qtbot: QtBot, reader: Reader, article: TextView, point_of: Find
) -> None:
    reader.set_text(article)
    start = article.text.index("water")
    view = reader.viewport()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=point_of(reader, start + 4, right=True))
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, shift, point_of(reader, start))
    assert reader.selection() == (start, start + 5)


def test_double_and_triple_click(
    qtbot: QtBot, reader: Reader, article: TextView, point_of: Find
) -> None:
    reader.set_text(article)
    start = article.text.index("villages")
    view, point = reader.viewport(), point_of(reader, article.text.index("villages") + 3)
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=point)
    assert reader.selection() == (start, start + 8)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=point)
    assert reader.selected_text() == BODY


def test_words_are_copied_as_stored(reader: Reader, article: TextView) -> None:
    reader.set_text(article)
    reader.select_all()
    assert reader.selected_text() == article.text
    assert "\u00a0" in reader.selected_text()


def test_sentence_then_paragraph(reader: Reader, article: TextView) -> None:
    reader.set_text(article)
    start = article.text.index("It cut")
    reader.put_caret(start + 5)
    reader.select_sentence()
    assert reader.selected_text().strip() == "It cut off water to six villages."
    reader.select_sentence()
    assert reader.selected_text() == BODY


def test_keys_move_and_draw_out(qtbot: QtBot, reader: Reader, article: TextView) -> None:
    reader.set_text(article)
    start = article.text.index("An armoured")
    reader.put_caret(start)
    shift, ctrl = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(reader, Qt.Key.Key_Right, shift)
    qtbot.keyClick(reader, Qt.Key.Key_Right, shift)
    assert reader.selection() == (start, start + 2)
    qtbot.keyClick(reader, Qt.Key.Key_Right)
    assert reader.selection() is None
    assert reader.caret() == start + 2
    qtbot.keyClick(reader, Qt.Key.Key_Right, ctrl | shift)
    assert reader.selected_text() == " "
    qtbot.keyClick(reader, Qt.Key.Key_Escape)
    assert reader.selection() is None
    qtbot.keyClick(reader, Qt.Key.Key_End)
    line_end = reader.caret()
    qtbot.keyClick(reader, Qt.Key.Key_Home)
    assert reader.caret() == start
    assert line_end > start + 20
    qtbot.keyClick(reader, Qt.Key.Key_Down)
    assert reader.caret() > start + 20
    qtbot.keyClick(reader, Qt.Key.Key_Up)
    assert reader.caret() == start
    qtbot.keyClick(reader, Qt.Key.Key_Up)
    assert article.text[: reader.caret()].count("\n\n") == 1  # in the headline now


def test_left_goes_on_in_right_to_left_text(qtbot: QtBot, reader: Reader, text_of: Make) -> None:
    reader.set_text(text_of([("body", ARABIC)], "ar"))
    reader.put_caret(0)
    qtbot.keyClick(reader, Qt.Key.Key_Left)
    assert reader.caret() == 1
    qtbot.keyClick(reader, Qt.Key.Key_Right)
    assert reader.caret() == 0


def test_letters_are_left_to_the_window(qtbot: QtBot, reader: Reader, article: TextView) -> None:
    reader.set_text(article)
    before = (reader.caret(), reader.selection(), reader.folded)
    qtbot.keyClicks(reader, "hb.c1")
    assert (reader.caret(), reader.selection(), reader.folded) == before


def test_a_new_text_forgets_the_old_one(
    reader: Reader, article: TextView, mark_of: MakeMark
) -> None:
    reader.set_text(article)
    reader.set_marks([mark_of(article, "water")])
    reader.set_selection(3, 9)
    reader.set_text(None)
    assert reader.selection() is None
    assert reader.current_mark() is None
    assert reader.text() is None
    assert reader.selected_text() == ""
