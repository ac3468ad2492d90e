"""The text of the reader on its way to the screen: blocks, items, heights, laid out paragraphs."""

import math
from bisect import bisect_right
from collections import OrderedDict
from dataclasses import replace
from functools import lru_cache

from casefile.model.view import TextView
from casefile.ui.reader.blocks import Block, block_direction, source_direction
from casefile.ui.reader.items import Item, Stack, items_of
from casefile.ui.reader.paragraph import Paragraph
from casefile.ui.reader.styles import Style, style_of
from casefile.ui.theme import Theme

KEPT = 120  # paragraphs that stay laid out
FOLD, PAGE, START, END = 46.0, 38.0, 8.0, 56.0
_SAMPLES = {
    "ltr": "the pumping station at the river, said one of them",
    "rtl": "محطة ضخ المياه في الوادي",
}


class Document:
    """A text in items; heights are guessed until an item is measured at the current width."""

    def __init__(
        self, view: TextView, blocks: list[Block], theme: Theme, *, folded: bool = True
    ) -> None:
        self.view = view
        self.blocks = blocks
        self.direction = source_direction(view)
        self._theme = theme
        self._starts = [block.start for block in self.blocks]
        self._kept: OrderedDict[int, Paragraph] = OrderedDict()
        self._width = 0.0
        self.fold(folded=folded)

    def fold(self, *, folded: bool) -> None:
        """Fold page furniture into one item a run, or show it."""
        self.folded = folded
        self.items = items_of(self.blocks, self.view.pages, folded=folded)
        self._item_of: dict[int, int] = {}
        for number, item in enumerate(self.items):
            for block in range(item.first, item.last):
                self._item_of[block] = number
        self._guess()

    def set_width(self, width: float) -> bool:
        """Set the width of the text column; says whether it is another one."""
        if math.isclose(width, self._width, abs_tol=0.01):
            return False
        self._width = width
        self.forget()
        return True

    def forget(self) -> None:
        """Drop all that was laid out: width, theme or scale changed."""
        self._kept.clear()
        self._guess()

    def block_at(self, position: int) -> int:
        """Give the block that holds a position, or the one before the gap it stands in."""
        return max(0, bisect_right(self._starts, position) - 1)

    def item_of(self, block: int) -> int:
        """Give the item that shows a block, or the one it is folded into."""
        return self._item_of.get(block, 0)

    def item_at(self, position: int) -> int:
        """Give the item that shows a position, or the one it is folded into."""
        return self.item_of(self.block_at(position))

    def hides(self, position: int) -> bool:
        """Say whether a position is folded away."""
        return bool(self.blocks) and self.items[self.item_at(position)].kind != "text"

    def paragraph(self, block: int) -> Paragraph:
        """Give a block laid out."""
        if block in self._kept:
            self._kept.move_to_end(block)
            return self._kept[block]
        entry = self.blocks[block]
        words = self.view.text[entry.start : entry.end]
        style = _style(entry.kind, joined=entry.joined)
        way = block_direction(words, self.direction)
        self._kept[block] = Paragraph(words, style, self._theme, way, self._width)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return self._kept[block]

    def measure(self, number: int) -> float:
        """Give the true height of an item."""
        item = self.items[number]
        if item.kind == "text":
            self.stack.correct(number, self.paragraph(item.first).height)
        return self.stack[number]

    def _guess(self) -> None:
        self._known: dict[str, tuple[float, float, float]] = {}
        known = self._width > 0
        self.stack = Stack([self._guessed(item) if known else 0.0 for item in self.items])

    def _guessed(self, item: Item) -> float:
        if item.kind != "text":
            return self._theme.dip({"fold": FOLD, "page": PAGE, "start": START}.get(item.kind, END))
        block = self.blocks[item.first]
        per_line, leading, before = self._figures(block.kind)
        lines = math.ceil((block.end - block.start) / per_line)
        return (0 if block.joined else before) + lines * leading

    def _figures(self, kind: str) -> tuple[float, float, float]:
        """Give letters a line, height of a line, space before, for a kind at this width."""
        if kind not in self._known:
            style = style_of(kind)
            script = "arabic" if self.direction == "rtl" else None
            sample = _SAMPLES[self.direction]
            wide = self._theme.metrics(style.role, script).horizontalAdvance(sample) / len(sample)
            per_line = max(4.0, (self._width - style.indent) / wide * 0.94)
            leading = self._theme.leading(style.role, script)
            self._known[kind] = (per_line, leading, self._theme.dip(style.before))
        return self._known[kind]


@lru_cache
def _style(kind: str, *, joined: bool) -> Style:
    style = style_of(kind)
    return replace(style, before=0) if joined else style
