"""Marks, hits, cards and signs stand on their words, in both directions and looks."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from casefile.model.view import MarkView, TextView
from casefile.ui.reader import Reader
from casefile.ui.theme import LIGHT, Theme

Make = Callable[..., TextView]
MakeMark = Callable[..., MarkView]
Find = Callable[..., QPoint]
Seen = Callable[..., list[tuple[int, int]]]
ARABIC = "دخل رتل مدرّع حرم المحطة، وقال NOR إن 12 آلية وصلت."


def test_marks_are_painted_on_their_words(
    reader: Reader, article: TextView, mark_of: MakeMark, point_of: Find, pixels: Seen
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
    reader: Reader, text_of: Make, mark_of: MakeMark, point_of: Find, pixels: Seen
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


def test_hits_are_boxes_and_are_stepped_through(
    reader: Reader, article: TextView, pixels: Seen
) -> None:
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
    qtbot: QtBot, reader: Reader, article: TextView, mark_of: MakeMark, point_of: Find, pixels: Seen
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


def test_a_new_look_and_scale_are_followed(
    reader: Reader, article: TextView, theme: Theme, mark_of: MakeMark, pixels: Seen
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


def test_pages_and_hidden_controls(
    reader: Reader, text_of: Make, point_of: Find, pixels: Seen
) -> None:
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
