"""Pages inside a page: frames that a saved page carries with it, and their text."""

from collections.abc import Iterator, Mapping

from casefile.extract.html_blocks import Block, lacks_text, read_blocks
from casefile.extract.html_tree import Element, parse_all

_DEEPEST = 3
_MOST = 200


def framed_blocks(root: Element, held: Mapping[str, str]) -> tuple[list[Block], bool]:
    """Give the blocks of the frames of a page, in the order of the page, and whether all are there.

    A frame's page stands in its `srcdoc`, or in `held` by the address that the frame names.
    """
    found: list[Block] = []
    complete = True
    for inner, markup, whole in _frames(root, dict(held), _DEEPEST, [_MOST]):
        blocks, hidden = read_blocks(inner)
        complete = complete and not lacks_text(markup, blocks, hidden, whole=whole)
        found.extend(blocks)
    return found, complete


def _frames(
    root: Element, held: dict[str, str], depth: int, left: list[int]
) -> Iterator[tuple[Element, str, bool]]:
    for frame in root.iter("iframe", "frame"):
        if left[0] <= 0:
            return
        markup = frame.get("srcdoc") or held.pop(frame.get("src", ""), "")
        inner, whole = parse_all(markup) if markup else (None, True)
        if inner is None:
            continue
        left[0] -= 1
        yield inner, markup, whole
        if depth > 1:
            yield from _frames(inner, held, depth - 1, left)
