"""Caret and selection in code points, and how keys move them over laid out paragraphs."""

from casefile.model.text import sentence_at, words
from casefile.ui.reader.blocks import Block
from casefile.ui.reader.document import Document
from casefile.ui.reader.paragraph import Paragraph

LINES = frozenset({"up", "down"})


class Caret:
    """`position` is where the caret stands, `anchor` where the selection began."""

    def __init__(self) -> None:
        self.position = 0
        self.anchor = 0
        self._wish: float | None = None  # the x that up and down keep to

    @property
    def selection(self) -> tuple[int, int] | None:
        """The chosen range in order, None when nothing is chosen."""
        if self.position == self.anchor:
            return None
        return min(self.position, self.anchor), max(self.position, self.anchor)

    def put(self, position: int, *, keep: bool = False) -> None:
        """Put the caret down; with `keep` the selection is drawn out to it."""
        self.position = position
        self._wish = None
        if not keep:
            self.anchor = position

    def choose(self, start: int, end: int) -> None:
        """Choose a range; the caret stands at its end."""
        self.anchor, self.position, self._wish = start, end, None

    def move(self, document: Document, step: str, *, keep: bool) -> None:
        """Move by a step: left, right, word left, word right, up, down, home, end, top, bottom."""
        chosen = self.selection
        wish = self._wish
        if chosen and not keep and step in {"left", "right"}:
            block = document.block_at(chosen[0])
            ahead = (step == "right") == (document.paragraph(block).direction == "ltr")
            found = chosen[1] if ahead else chosen[0]
        elif step in LINES:
            found, wish = _by_line(document, self.position, step, wish)
        else:
            found = _by_letter(document, self.position, step)
        self.put(found, keep=keep)
        self._wish = wish if step in LINES else None


def word_around(document: Document, position: int) -> tuple[int, int]:
    """Give the word at a position, else the one letter there."""
    block = document.blocks[document.block_at(position)]
    inside = document.view.text[block.start : block.end]
    at = position - block.start
    for word in words(inside):
        if word.start <= at < word.end:
            return block.start + word.start, block.start + word.end
    return position, min(position + 1, block.end)


def wider(document: Document, chosen: tuple[int, int] | None, position: int) -> tuple[int, int]:
    """Give the sentence at the caret, or the paragraph when the sentence is chosen already."""
    at = min(chosen) if chosen else position
    block = document.blocks[document.block_at(at)]
    inside = document.view.text[block.start : block.end]
    within = max(0, min(at - block.start, len(inside) - 1))
    found = sentence_at(inside, within)
    start, end = found or (0, len(inside))
    sentence = (block.start + start, block.start + end)
    if chosen is None or (chosen != sentence and _holds(sentence, chosen)):
        return sentence
    return block.start, block.end


def _holds(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _at(document: Document, position: int) -> tuple[int, Block, Paragraph]:
    number = document.block_at(position)
    return number, document.blocks[number], document.paragraph(number)


def _by_letter(document: Document, position: int, step: str) -> int:
    number, block, text = _at(document, position)
    at = max(0, min(position - block.start, len(text.words)))
    if step in {"home", "end"}:
        start, end = text.line_range(text.line_of(at))
        return block.start + (start if step == "home" else end)
    if step in {"top", "bottom"}:
        blocks = document.blocks
        return blocks[0].start if step == "top" else blocks[-1].end
    moved = text.moved(at, step)
    if moved is not None:
        return block.start + moved
    ahead = step.endswith("right") == (text.direction == "ltr")
    beside = neighbour(document, number, 1 if ahead else -1)
    if beside is None:
        return position
    return document.blocks[beside].start if ahead else document.blocks[beside].end


def _by_line(document: Document, position: int, step: str, wish: float | None) -> tuple[int, float]:
    number, block, text = _at(document, position)
    at = max(0, min(position - block.start, len(text.words)))
    x = text.caret(at).center().x() if wish is None else wish
    line = text.line_of(at) + (1 if step == "down" else -1)
    if 0 <= line < text.lines:
        return block.start + text.in_line(line, x), x
    beside = neighbour(document, number, 1 if step == "down" else -1)
    if beside is None:
        return (block.end if step == "down" else block.start), x
    other = document.paragraph(beside)
    line = 0 if step == "down" else other.lines - 1
    return document.blocks[beside].start + other.in_line(line, x), x


def neighbour(document: Document, block: int, way: int) -> int | None:
    """Give the nearest block before (-1) or after (1) that is not folded away."""
    number = block + way
    while 0 <= number < len(document.blocks):
        if document.items[document.item_of(number)].kind == "text":
            return number
        number += way
    return None
