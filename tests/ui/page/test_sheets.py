"""Pages stand below one another and are found by height."""

import pytest

from casefile.ui.page.sheets import A4, EDGE, GAP, Sheets


def test_pages_follow_one_another() -> None:
    sheets = Sheets(3)
    sheets.set_view(540, 1.0)
    assert sheets.width == 500
    assert sheets.top(1) == EDGE
    assert sheets.top(2) == pytest.approx(EDGE + 500 * A4 + GAP)
    assert sheets.at(0) == 1
    assert sheets.at(sheets.top(2) + 1) == 2
    assert sheets.at(99999) == 3
    assert list(sheets.seen(sheets.top(2) - 5, 20)) == [1, 2]
    assert sheets.total == pytest.approx(EDGE + 3 * 500 * A4 + 2 * GAP + EDGE)


def test_a_true_shape_moves_what_is_below() -> None:
    sheets = Sheets(2)
    sheets.set_view(540, 1.0)
    assert sheets.set_shape(1, 0.5)
    assert not sheets.set_shape(1, 0.5)
    assert sheets.top(2) == EDGE + 250 + GAP
    assert sheets.height(1) == 250


def test_without_pages_nothing_is_seen() -> None:
    assert list(Sheets(0).seen(0, 500)) == []
    assert Sheets(0).total == 0
