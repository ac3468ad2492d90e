"""The reader shows a stored text and answers in its code points."""

import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from casefile.model.view import MarkView, TextView
from casefile.ui.reader import Reader
from casefile.ui.theme import LIGHT, Theme

Make = Callable[..., TextView]
MakeMark = Callable[..., MarkView]
BODY = (
    "An armoured column 😀 entered the grounds. It cut off water to six villages. "
    "Nobody\u00a0said why."
)
ARABIC = "دخل رتل مدرّع حرم المحطة، وقال NOR إن 12 آلية وصلت."


@pytest.fixture
def article(text_of: Make) -> TextView:
    return text_of(
        [
            ("boilerplate", "Home News"),
            ("headline", "Column takes station"),
            ("body", BODY),
            ("boilerplate", "Share this"),
        ]
    )


@pytest.fixture
def long_text(text_of: Make) -> TextView:
    paragraphs = [f"Paragraph {n}. " + "The pumps had stopped by noon. " * 9 for n in range(400)]
    return text_of([("body", "\n\n".join(p.strip() for p in paragraphs))])


def point_of(reader: Reader, position: int, *, right: bool = False) -> QPoint:
    """Give a point on a code point, from what the reader itself laid out."""
    item, _ = reader._place_of(position)
    top = reader._flow.top_of(item)
    document = reader._document
    block = document.blocks[document.block_at(position)]
    box = document.paragraph(document.block_at(position)).boxes(
        position - block.start, position - block.start + 1
    )[0]
    x = box.right() - 1 if right else box.left() + 1
    return QPoint(round(reader._area.text + x), round(top + box.center().y()))


def pixels(reader: Reader, color: str) -> list[tuple[int, int]]:
    image: QImage = reader.viewport().grab().toImage()
    wanted = QColor(color).rgb()
    return [
        (x, y)
        for y in range(image.height())
        for x in range(image.width())
        if image.pixel(x, y) == wanted
    ]


def test_an_empty_reader_says_what_to_do(reader: Reader) -> None:
    assert "Choose a source" in reader.accessibleDescription()
    assert reader.selection() is None
    assert reader.top_position() == 0
    assert reader.next_mark() is None
    assert reader.next_hit() is None
    reader.scroll_to(10)
    reader.set_empty("Nothing here")
    assert pixels(reader, LIGHT.surface)


def test_drag_chooses_exact_code_points(qtbot: QtBot, reader: Reader, article: TextView) -> None:
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
    qtbot: QtBot, reader: Reader, article: TextView
) -> None:
    reader.set_text(article)
    start = article.text.index("water")
    view = reader.viewport()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=point_of(reader, start + 4, right=True))
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, shift, point_of(reader, start))
    assert reader.selection() == (start, start + 5)


def test_double_and_triple_click(qtbot: QtBot, reader: Reader, article: TextView) -> None:
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


def test_the_caret_passes_over_folded_furniture(
    qtbot: QtBot, reader: Reader, text_of: Make
) -> None:
    view = text_of([("body", "One"), ("boilerplate", "Share"), ("body", "Two")])
    reader.set_text(view)
    reader.put_caret(3)
    qtbot.keyClick(reader, Qt.Key.Key_Right)
    assert reader.caret() == view.text.index("Two")
    qtbot.keyClick(reader, Qt.Key.Key_Left)
    assert reader.caret() == 3


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


def test_marks_are_painted_on_their_words(
    reader: Reader, article: TextView, mark_of: MakeMark
) -> None:
    reader.set_text(article)
    reader.set_marks([mark_of(article, "villages", 3)])
    found = pixels(reader, LIGHT.mark(3).fill)
    start = article.text.index("villages")
    left, right = point_of(reader, start).x(), point_of(reader, start + 7, right=True).x()
    y = point_of(reader, start).y()
    words = [(x, py) for x, py in found if abs(py - y) < 12 and left - 4 <= x <= right + 4]
    assert len(words) > 300
    assert any(abs(py - y) >= 12 or x > right + 20 for x, py in found)  # the digit of its card
    assert pixels(reader, LIGHT.mark(3).line)


def test_a_mark_in_mixed_text_leaves_the_other_digit_out(
    reader: Reader, text_of: Make, mark_of: MakeMark
) -> None:
    view = text_of([("body", ARABIC)], "ar")
    reader.resize(500, 400)  # the notes fold, so that only the words carry the fill
    reader.set_text(view)
    reader.set_marks([mark_of(view, "NOR إن 1", 2)])
    found = {x for x, _ in pixels(reader, LIGHT.mark(2).fill)}
    two = point_of(reader, ARABIC.index("2"))
    other = point_of(reader, ARABIC.index("2"), right=True)
    middle = range(two.x() + 2, other.x() - 1)
    assert len(middle) > 2
    assert not found & set(middle)
    assert point_of(reader, ARABIC.index("1")).x() + 1 in found


def test_hits_are_boxes_and_are_stepped_through(reader: Reader, article: TextView) -> None:
    reader.set_text(article)
    one, two = article.text.index("column"), article.text.index("water")
    reader.set_hits([(two, two + 5), (one, one + 6)])
    assert pixels(reader, LIGHT.hit)
    assert pixels(reader, LIGHT.hit_line)
    assert reader.next_hit() == (1, 2)
    assert reader.next_hit() == (2, 2)
    assert reader.next_hit() == (1, 2)
    assert reader.previous_hit() == (2, 2)


def test_marks_are_stepped_through_and_told(
    qtbot: QtBot, reader: Reader, article: TextView, mark_of: MakeMark
) -> None:
    reader.set_text(article)
    marks = [mark_of(article, "water"), mark_of(article, "armoured"), mark_of(article, "Nobody")]
    reader.set_marks(marks)
    ids = [m.annotation.id for m in marks]
    with qtbot.waitSignal(reader.mark_activated) as told:
        assert reader.next_mark() == ids[1]
    assert told.args == [ids[1]]
    assert reader.current_mark() == ids[1]
    assert [reader.next_mark(), reader.next_mark(), reader.next_mark()] == [ids[0], ids[2], ids[1]]
    assert reader.previous_mark() == ids[2]
    reader.set_marks(marks[2:])
    assert reader.current_mark() == ids[2]
    reader.activate_mark(None)
    reader.put_caret(0)
    assert reader.current_mark() is None


def test_a_click_on_a_mark_or_its_card_makes_it_current(
    qtbot: QtBot, reader: Reader, article: TextView, mark_of: MakeMark
) -> None:
    reader.set_text(article)
    mark = mark_of(article, "water", body="Six villages")
    reader.set_marks([mark])
    start = article.text.index("water")
    with qtbot.waitSignal(reader.mark_activated) as told:
        qtbot.mouseClick(
            reader.viewport(), Qt.MouseButton.LeftButton, pos=point_of(reader, start + 2)
        )
    assert told.args == [mark.annotation.id]
    card = reader._cards[0].rect.center().toPoint()
    with qtbot.waitSignal(reader.mark_activated):
        qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=card)
    assert pixels(reader, LIGHT.accent)


def test_gutter_and_notes_change_sides(reader: Reader, article: TextView, text_of: Make) -> None:
    reader.set_text(article)
    assert reader._area.rule < reader._area.text < reader._area.notes
    reader.set_text(text_of([("body", ARABIC)], "ar"))
    area = reader._area
    assert area.notes < area.text < area.rule
    assert area.gutter > area.rule


def test_cards_do_not_cover_each_other(
    reader: Reader, article: TextView, mark_of: MakeMark
) -> None:
    reader.set_text(article)
    words = ("An", "armoured", "column", "entered", "grounds")
    reader.set_marks([mark_of(article, w, body="A longer note about it " * 8) for w in words])
    rects = [card.rect for card in reader._cards]
    assert len(rects) == 5
    for above, below in pairwise(rects):
        assert below.top() > above.bottom()
    reader.resize(450, 600)
    assert {card.rect.width() for card in reader._cards} == {16}


def test_furniture_is_folded_and_shown(qtbot: QtBot, reader: Reader, article: TextView) -> None:
    reader.set_text(article)
    assert [i.kind for i in reader._document.items] == [
        "start",
        "fold",
        "text",
        "text",
        "fold",
        "end",
    ]
    reader.fold_boilerplate(False)
    assert not reader.folded
    assert [i.kind for i in reader._document.items].count("text") == 4
    top = reader._flow.top_of(1)
    bar = QPoint(round(reader._area.text + 40), round(top + 26))
    qtbot.mouseMove(reader.viewport(), bar)
    qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=bar)
    assert reader.folded


def test_going_to_folded_words_unfolds_them(reader: Reader, article: TextView) -> None:
    reader.set_text(article)
    reader.scroll_to(article.text.index("Share"))
    assert not reader.folded


def test_a_million_letters_open_at_once(reader: Reader, text_of: Make) -> None:
    view = text_of([("body", ("The pumps had stopped by noon. " * 19 + "\n\n") * 1700)])
    assert len(view.text) > 1_000_000
    reader.set_text(view)  # fonts are warm now
    started = time.perf_counter()
    reader.set_text(view)
    reader.viewport().repaint()
    assert time.perf_counter() - started < 0.3  # twice the aim: the machine may be busy
    bar, slowest = reader.verticalScrollBar(), 0.0
    for step in range(20):
        started = time.perf_counter()
        bar.setValue(bar.value() + bar.pageStep() if step % 5 else bar.maximum() * step // 20)
        reader.viewport().repaint()
        slowest = max(slowest, time.perf_counter() - started)
    assert slowest < 0.1


def test_the_place_is_kept(reader: Reader, long_text: TextView) -> None:
    reader.set_text(long_text)
    place = long_text.text.index("Paragraph 250.")
    reader.scroll_to(place)
    assert reader._flow.top_of(reader._document.item_at(place)) is not None
    top = reader.top_position()
    reader.resize(480, 600)
    assert abs(reader.top_position() - top) < 200
    reader.resize(640, 600)
    reader.restore_position(0)
    assert reader.top_position() == 0
    reader.restore_position(top)
    assert abs(reader.top_position() - top) < 60


def test_scrolling_down_reaches_the_end_without_jumps(
    qtbot: QtBot, reader: Reader, long_text: TextView
) -> None:
    reader.set_text(long_text)
    seen = [reader.top_position()]
    for _ in range(5):
        qtbot.keyClick(reader, Qt.Key.Key_Space)
        seen.append(reader.top_position())
    assert seen == sorted(set(seen))
    qtbot.keyClick(reader, Qt.Key.Key_PageUp)
    assert abs(reader.top_position() - seen[-2]) < 100
    qtbot.keyClick(reader, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert reader.caret() == len(long_text.text)
    bar = reader.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert reader._flow.visible[-1][0] == len(reader._document.items) - 1
    qtbot.keyClick(reader, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert reader.top_position() == 0


def test_the_banner_takes_room_and_goes(reader: Reader, article: TextView) -> None:
    reader.set_text(article)
    before = reader.viewport().height()
    reader.set_banner("Pages 5 and 6 are pictures without text", "warn")
    assert reader.viewport().height() < before - 20
    assert reader._banner.accessibleName() == "Pages 5 and 6 are pictures without text"
    image = reader._banner.grab().toImage()
    assert image.pixelColor(2, 2) == QColor(LIGHT.warn_soft)
    reader.set_banner("")
    assert reader.viewport().height() == before


def test_a_script_without_a_font_is_said(reader: Reader, text_of: Make) -> None:
    reader.set_text(text_of([("body", "Rare: \U0001e290\U0001e291. Привет مرحبا")]))
    assert "toto" in reader._banner.words
    assert "cyrillic" not in reader._banner.words
    reader.set_banner("Partly read", "warn")
    assert reader._banner.words == "Partly read"
    reader.set_banner("")
    assert "toto" in reader._banner.words
    reader.set_text(text_of([("body", "Plain")]))
    assert reader._banner.words == ""


def test_the_paragraph_is_told_to_assistive_technology(reader: Reader, article: TextView) -> None:
    reader.set_text(article)
    reader.put_caret(article.text.index("It cut"))
    assert reader.accessibleDescription() == BODY
    assert reader.accessibleName() == "Reader"


def test_a_new_look_and_scale_are_followed(
    reader: Reader, article: TextView, theme: Theme, mark_of: MakeMark
) -> None:
    reader.set_text(article)
    reader.set_marks([mark_of(article, "cut off water", 1)])
    light = reader._document.stack.total
    theme.set_scale(150)
    assert reader._document.stack.total > light * 1.2
    theme.set_look("dark")
    assert not pixels(reader, LIGHT.mark(1).fill)
    reader.set_theme(Theme("light"))
    assert pixels(reader, LIGHT.mark(1).fill)


def test_pages_and_hidden_controls(reader: Reader, text_of: Make) -> None:
    text = "One page.\n\nphoto\u202egpj.exe\n\nlast"
    view = text_of([("body", "One page."), ("body", "photo\u202egpj.exe"), ("body", "last")])
    assert view.text == text
    reader.set_text(
        TextView(
            source="s",
            text_hash="h",
            object="o",
            text=text,
            zones=view.zones,
            pages=((0, 10), (11, 24), (24, 24), (25, len(text))),
            language="en",
        )
    )
    assert [i.page for i in reader._document.items if i.kind == "page"] == [1, 2, 3, 4]
    assert pixels(reader, LIGHT.warn)  # the sign of the override
    sign = point_of(reader, text.index("photo") + 4, right=True)
    assert "U+202E" in reader.sign_at(sign.toPointF())


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


def test_sides_follow_the_source_not_the_interface(
    reader: Reader, article: TextView, text_of: Make, mark_of: MakeMark
) -> None:
    arabic = text_of([("boilerplate", "شارك"), ("headline", "عنوان"), ("body", ARABIC)], "ar")
    for view in (article, arabic):
        reader.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        reader.set_text(view)
        reader.set_marks([mark_of(view, "NOR" if view is arabic else "water", 2, "A note")])
        before = reader.viewport().grab().toImage()
        reader.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        assert reader.viewport().grab().toImage() == before


def test_the_banner_begins_at_the_start_of_the_interface(reader: Reader) -> None:
    def inked() -> list[int]:
        image = reader._banner.grab().toImage()
        text = QColor(LIGHT.text).rgb()
        return [
            x
            for x in range(image.width())
            for y in range(image.height())
            if image.pixel(x, y) == text
        ]

    reader.set_banner("Partly read", "warn")
    assert max(inked()) < reader.width() / 2
    reader.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert min(inked()) > reader.width() / 2
