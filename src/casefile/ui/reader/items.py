"""What stands below one another in the reader: paragraphs, folded parts, page dividers."""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import isclose
from typing import NamedTuple

from casefile.ui.reader.blocks import Block

ASIDE = frozenset({"caption", "credit", "boilerplate"})


class Item(NamedTuple):
    """One row of the reader: kind start, text, fold, page or end.

    `first`..`last` are the blocks it stands for (half open), `label` the zone name in the gutter,
    `parts` how many parts of page furniture are folded in it, `page` a page from 1.
    """

    kind: str
    first: int
    last: int
    label: str = ""
    parts: int = 0
    page: int = 0


def items_of(
    blocks: Sequence[Block], pages: Sequence[tuple[int, int]], *, folded: bool
) -> list[Item]:
    """Put the items in order; with `folded` runs of page furniture become one item each.

    On a page divider the furniture that stands beside it is folded into the divider.
    """
    made = _Run(blocks, _dividers(blocks, pages), folded=folded)
    index = 0
    while index < len(blocks):
        made.divide(index)
        index = made.furniture(index) if blocks[index].kind == "boilerplate" else made.text(index)
    made.divide(index)
    return [*made.found, Item("end", index, index)]


class _Run:
    """The items so far, and the furniture that waits for the divider below it."""

    def __init__(
        self, blocks: Sequence[Block], dividers: dict[int, list[int]], *, folded: bool
    ) -> None:
        self.found = [Item("start", 0, 0)]
        self._blocks, self._dividers, self._folded = blocks, dividers, folded
        self._label = ""
        self._waiting: tuple[int, int] | None = None  # first block and number of parts

    def divide(self, index: int) -> None:
        """Add the dividers that stand before a block."""
        for page in self._dividers.get(index, ()):
            first, parts = self._waiting or (index, 0)
            self.found.append(Item("page", first, index, parts=parts, page=page))
            self._waiting = None

    def text(self, index: int) -> int:
        """Add a paragraph; gives the block after it."""
        block = self._blocks[index]
        label = "" if block.joined or block.kind == self._label else block.kind
        self.found.append(Item("text", index, index + 1, label))
        self._label = self._label if block.kind in ASIDE else block.kind
        return index + 1

    def furniture(self, first: int) -> int:
        """Add a run of page furniture; gives the block after it."""
        blocks, last = self._blocks, first + 1
        while (
            last < len(blocks) and blocks[last].kind == "boilerplate" and last not in self._dividers
        ):
            last += 1
        parts = len({b.zone if b.zone >= 0 else -b.start for b in blocks[first:last]})
        if not self._folded:
            self._unfolded(first, last, parts)
        elif last in self._dividers:
            self._waiting = (first, parts)
        elif self.found[-1].kind == "page":
            page = self.found[-1]
            self.found[-1] = page._replace(last=last, parts=page.parts + parts)
        else:
            self.found.append(Item("fold", first, last, parts=parts))
        return last

    def _unfolded(self, first: int, last: int, parts: int) -> None:
        """Show the parts; a text in pages has furniture on each, and one bar is enough."""
        if not self._dividers or not any(item.kind == "fold" for item in self.found[:9]):
            self.found.append(Item("fold", first, first, parts=parts))
        self.found.append(Item("text", first, first + 1, "boilerplate"))
        self.found.extend(Item("text", n, n + 1) for n in range(first + 1, last))


def _dividers(blocks: Sequence[Block], pages: Sequence[tuple[int, int]]) -> dict[int, list[int]]:
    """Say before which block which pages begin."""
    if len(pages) < 2:
        return {}
    starts = [block.start for block in blocks]
    found: dict[int, list[int]] = {}
    for page, (start, _) in enumerate(pages, 1):
        index = bisect_right(starts, start - 1)
        found.setdefault(index, []).append(page)
    return found


class Stack:
    """Heights of the items: guessed at first, corrected when an item is laid out."""

    def __init__(self, heights: Sequence[float]) -> None:
        self._heights = array("d", heights)
        self._tops: list[float] | None = None

    def __getitem__(self, index: int) -> float:
        return self._heights[index]

    def correct(self, index: int, height: float) -> None:
        """Put a measured height in the place of a guessed one."""
        if not isclose(self._heights[index], height, abs_tol=0.01):
            self._heights[index] = height
            self._tops = None

    @property
    def total(self) -> float:
        """The height of all items."""
        return self._sums()[-1]

    def top(self, index: int) -> float:
        """Give where an item begins."""
        return self._sums()[index]

    def at(self, y: float) -> tuple[int, float]:
        """Give the item at a height, and how far below its top that is."""
        tops = self._sums()
        index = max(0, min(bisect_right(tops, y) - 1, len(self._heights) - 1))
        return index, y - tops[index]

    def _sums(self) -> list[float]:
        if self._tops is None:
            self._tops = list(accumulate(self._heights, initial=0.0))
        return self._tops
