"""Paragraphs, folded furniture and page dividers stand in the right order."""

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from casefile.ui.reader.blocks import Block
from casefile.ui.reader.items import Stack, items_of


def blocks(*kinds: str) -> list[Block]:
    return [Block(kind, n * 10, n * 10 + 8, n) for n, kind in enumerate(kinds)]


def short(*kinds: str, pages: tuple[tuple[int, int], ...] = (), folded: bool = True) -> list[str]:
    found = items_of(blocks(*kinds), pages, folded=folded)
    assert found[0].kind == "start"
    assert found[-1].kind == "end"
    return [
        f"{i.kind}{i.page or ''}:{i.first}-{i.last}" + (f":{i.parts}" if i.parts else "")
        for i in found[1:-1]
    ]


def test_furniture_folds_run_by_run() -> None:
    assert short("boilerplate", "body", "boilerplate", "boilerplate") == [
        "fold:0-1:1",
        "text:1-2",
        "fold:2-4:2",
    ]


def test_unfolded_furniture_stands_below_its_bar() -> None:
    assert short("body", "boilerplate", folded=False) == ["text:0-1", "fold:1-1:1", "text:1-2"]


def test_labels_are_said_once_and_asides_do_not_break_them() -> None:
    found = items_of(
        blocks("headline", "body", "caption", "body", "quote", "body"), (), folded=True
    )
    labels = [item.label for item in found if item.kind == "text"]
    assert labels == ["headline", "body", "caption", "", "quote", "body"]


def test_dividers_take_the_furniture_beside_them() -> None:
    kinds = ("boilerplate", "body", "boilerplate", "boilerplate", "body")
    assert short(*kinds, pages=((0, 29), (30, 50))) == [
        "page1:0-1:1",
        "text:1-2",
        "page2:2-4:2",
        "text:4-5",
    ]


def test_pages_without_text_have_a_divider() -> None:
    assert short("body", "body", pages=((0, 9), (9, 9), (10, 20), (21, 21))) == [
        "page1:0-0",
        "text:0-1",
        "page2:1-1",
        "page3:1-1",
        "text:1-2",
        "page4:2-2",
    ]


@given(
    st.lists(st.sampled_from(["body", "boilerplate", "caption"]), max_size=12),
    st.integers(1, 5),
    st.booleans(),
)
def test_every_block_is_shown_once(kinds: list[str], size: int, folded: bool) -> None:
    end = len(kinds) * 10
    pages = tuple((a, min(a + size * 10, end)) for a in range(0, end, size * 10))
    found = items_of(blocks(*kinds), pages, folded=folded)
    assert [n for i in found for n in range(i.first, i.last)] == list(range(len(kinds)))


@given(st.lists(st.floats(1, 100), min_size=1, max_size=30), st.integers(0, 29))
def test_the_stack_finds_what_stands_at_a_height(heights: list[float], changed: int) -> None:
    stack = Stack(heights)
    stack.correct(changed % len(heights), 7.0)
    heights[changed % len(heights)] = 7.0
    tops = list(accumulate(heights, initial=0.0))
    assert stack.total == tops[-1]
    for number, top in enumerate(tops[:-1]):
        assert stack.top(number) == top
        assert stack.at(top + 0.5)[0] == number
    assert stack.at(tops[-1] + 99)[0] == len(heights) - 1
