"""A laid out paragraph answers in code points, in both directions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from casefile.ui.reader.paragraph import Paragraph
from casefile.ui.reader.styles import style_of
from casefile.ui.theme import Theme

MIXED = "قال NOR إن 12 آلية"


def laid(words: str, theme: Theme, direction: str = "ltr", width: float = 360) -> Paragraph:
    return Paragraph(words, style_of("body"), theme, direction, width)


def covered(text: Paragraph, start: int, end: int) -> float:
    return sum(box.width() for box in text.boxes(start, end))


def test_boxes_in_mixed_text_cover_what_is_chosen_and_nothing_else(theme: Theme) -> None:
    text = laid(MIXED, theme, "rtl")
    start, end = MIXED.index("N"), MIXED.index("2")
    chosen = text.boxes(start, end)
    left_out = text.boxes(end, end + 1)
    assert len(chosen) == 2  # the digit stands apart: "2" stands between it and the words
    assert len(left_out) == 1
    for box in chosen:
        assert box.intersected(left_out[0]).width() < 1
    parts = sum(covered(text, n, n + 1) for n in range(start, end) if MIXED[n] != " ")
    blanks = text._theme.metrics("body", "arabic").horizontalAdvance(" ") * 2
    assert covered(text, start, end) == pytest.approx(parts + blanks, abs=2)


def test_right_to_left_text_stands_at_the_right(theme: Theme) -> None:
    box = laid("قال", theme, "rtl").boxes(0, 3)[0]
    assert box.right() == pytest.approx(360, abs=1)
    assert laid("said", theme).boxes(0, 4)[0].left() == pytest.approx(0, abs=1)


def test_letters_beyond_the_basic_plane_count_once(theme: Theme) -> None:
    words = "a b 😀x"
    text = laid(words, theme)
    box = text.boxes(4, 5)[0]
    assert text.position_at(box.right() - 1, box.center().y()) == 5
    assert text.position_at(box.left() + 1, box.center().y()) == 4
    assert text.boxes(5, 6)[0].left() == pytest.approx(box.right(), abs=1)


def test_a_range_over_lines_has_a_box_on_each(theme: Theme) -> None:
    words = "one two three four five six " * 10
    text = laid(words.strip(), theme, width=200)
    boxes = text.boxes(0, len(words.strip()))
    assert len(boxes) == text.lines
    assert [b.top() for b in boxes] == sorted({b.top() for b in boxes})
    assert text.height == pytest.approx(text.before + text.lines * text.leading)


def test_lines_broken_by_a_full_page_are_joined_and_keep_their_positions(theme: Theme) -> None:
    full = "The convoy stood on the north road for most of the morning,\nand the pumps had stopped."
    text = laid(full, theme, width=900)
    assert text.lines == 1
    table = "Date Pump 1\n26 Mar 4.1\n27 Mar 4.0"
    assert laid(table, theme, width=900).lines == 3
    box = text.boxes(full.index("pumps"), full.index("pumps") + 5)[0]
    assert text.position_at(box.left() + 1, box.center().y()) == full.index("pumps")


def test_moves_go_by_sight(theme: Theme) -> None:
    text = laid("قال نعم", theme, "rtl")
    assert text.moved(0, "left") == 1
    assert text.moved(1, "right") == 0
    assert text.moved(0, "right") is None
    assert text.moved(0, "word left") == 4
    plain = laid("said yes", theme)
    assert plain.moved(0, "right") == 1
    assert plain.moved(0, "left") is None
    assert plain.moved(0, "word right") == 5


def test_hidden_controls_are_found(theme: Theme) -> None:
    words = "photo\u202egpj.exe and \u200fmore"
    assert [position for position, _ in laid(words, theme).hidden()] == [5, 18]
    assert laid("plain", theme).hidden() == []


def test_control_letters_are_shown_by_signs(theme: Theme) -> None:
    text = laid("a\x00b\x1bc", theme)
    assert text.layout.text() == "a\u2400b\u241bc"


def test_the_selection_is_painted_behind_the_words(theme: Theme) -> None:
    text = laid("said yes", theme)
    image = QImage(400, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    text.draw(painter, QPointF(0, 0), (5, 8), QColor("#D5E5F1"))
    painter.end()
    box = text.boxes(5, 8)[0]
    behind = {
        x for x in range(400) for y in range(60) if image.pixelColor(x, y) == QColor("#D5E5F1")
    }
    assert min(behind) >= box.left() - 1
    assert max(behind) <= box.right() + 1


@given(st.text(alphabet="ab 12\u0645\u0642😀\u0301\n(،", min_size=1, max_size=60), st.data())
def test_positions_stay_within_the_paragraph(theme: Theme, words: str, data: st.DataObject) -> None:
    text = laid(words, theme, data.draw(st.sampled_from(["ltr", "rtl"])), 120)
    x, y = data.draw(st.floats(-50, 400)), data.draw(st.floats(-50, 900))
    assert 0 <= text.position_at(x, y) <= len(words)
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, len(words)))
    for box in text.boxes(start, end):
        assert -1 <= box.left() <= box.right() <= 121 + 40
    for step in ("left", "right", "word left", "word right"):
        moved = text.moved(start, step)
        assert moved is None or 0 <= moved <= len(words)
    line = text.line_of(start)
    low, high = text.line_range(line)
    assert 0 <= low <= high <= len(words)
