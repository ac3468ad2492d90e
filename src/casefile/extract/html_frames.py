"""Pages inside a page: frames that a saved page carries with it, and their text."""

from collections.abc import Iterator, Mapping

from casefile.extract.html_blocks import Block, read_blocks
from casefile.extract.html_tree import Element, parse

_DEEPEST = 3
_MOST = 200


def framed_blocks(root: Element, held: Mapping[str, str]) -> list[Block]:
    """Give the blocks of the frames of a page, in the order of the page.

    A frame's page stands in its `srcdoc`, or in `held` by the address that the frame names.
    """
    found: list[Block] = []
    for inner in _frames(root, dict(held), _DEEPEST, [_MOST]):
        found.extend(read_blocks(inner)[0])
    return found


def _frames(root: Element, held: dict[str, str], depth: int, left: list[int]) -> Iterator[Element]:
    for frame in root.iter("iframe", "frame"):
        if left[0] <= 0:
            return
        markup = frame.get("srcdoc") or held.pop(frame.get("src", ""), "")
        inner = parse(markup) if markup else None
        if inner is None:
            continue
        left[0] -= 1
        yield inner
        if depth > 1:
            yield from _frames(inner, held, depth - 1, left)
