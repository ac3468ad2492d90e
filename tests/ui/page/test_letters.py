"""Letters of a page: one box a line, the nearest position in both directions."""

from collections.abc import Callable

import pytest

from casefile.model.page_letters import Letters
from casefile.model.view import PageBoxes

SetText = Callable[[str], PageBoxes]


@pytest.fixture
def letters(set_text: SetText) -> Letters:
    return Letters(set_text("two words\nHERE").boxes, 100, 1.4)


def test_boxes_of_a_line_are_merged_over_small_gaps(letters: Letters) -> None:
    (one,) = letters.lines(100, 109)
    assert one == pytest.approx((0.1, 0.1, 0.28, 0.12))
    first, second = letters.lines(104, 112)
    assert first[1] < second[1]
    assert letters.lines(103, 104) == []
    assert letters.lines(0, 50) == []
    assert letters.lines(200, 210) == []


def test_far_boxes_of_a_line_stay_apart() -> None:
    boxes = ((0.1, 0.1, 0.12, 0.12), (0.5, 0.1, 0.52, 0.12))
    assert len(Letters(boxes, 0, 1.4).lines(0, 2)) == 2


def test_mixed_directions_cover_only_what_is_chosen() -> None:
    # Logical order 0 1 2; the third letter stands between the two others.
    boxes = ((0.1, 0.1, 0.12, 0.12), (0.16, 0.1, 0.18, 0.12), (0.12, 0.1, 0.16, 0.12))
    found = Letters(boxes, 0, 1.4).lines(0, 2)
    assert len(found) == 2
    assert all(right <= 0.12 or left >= 0.16 for left, _, right, _ in found)


def test_the_nearest_place_between_letters(letters: Letters) -> None:
    assert letters.near(0.1 + 0.005, 0.11) == 100
    assert letters.near(0.1 + 0.015, 0.11) == 101
    assert letters.near(0.9, 0.11) == 109
    assert letters.near(0.0, 0.0) == 100


def test_leftward_lines_count_from_the_right(letters: Letters) -> None:
    assert letters.near(0.9 + 0.015, 0.16) == 110
    assert letters.near(0.9 + 0.005, 0.16) == 111
    assert letters.near(0.0, 0.16) == 114


def test_the_letter_under_a_point(letters: Letters) -> None:
    assert letters.at(0.11, 0.11) == 100
    assert letters.at(0.5, 0.5) is None


def test_a_page_without_letters_has_no_places() -> None:
    assert Letters((None, None), 0, 1.4).near(0.5, 0.5) is None
