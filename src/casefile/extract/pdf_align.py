"""Boxes for the letters of a stored text: two readings of one page laid over each other."""

import unicodedata
from difflib import SequenceMatcher

from casefile.extract.pdf_pages import Letter
from casefile.model.document import Box

_MOST_LETTERS = 60_000


def aligned(text: str, letters: list[Letter]) -> list[Box | None]:
    """Give a box for each code point of `text`, None where no letter of the page fits it.

    Words are matched first, and letters inside of what is left between them, so that a page whose
    parts are read in another order keeps most of its boxes.
    """
    ours = _folded([(at, letter) for at, letter in enumerate(text)])
    theirs = _folded([(at, letter.text) for at, letter in enumerate(letters)])
    boxes: list[Box | None] = [None] * len(text)
    if not ours or not theirs or max(len(ours), len(theirs)) > _MOST_LETTERS:
        return boxes
    for mine, other in _pairs(ours, theirs):
        box = letters[other].box
        known = boxes[mine]
        # A letter that is printed as several (a ligature, an accent) has all their boxes.
        boxes[mine] = box if known is None else _around(known, box)
    return boxes


def _folded(letters: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Give what letters and digits come down to, each with the place it comes from."""
    return [
        (at, part)
        for at, letter in letters
        if not letter.isspace()
        for part in unicodedata.normalize("NFKC", letter)
        if not part.isspace()
    ]


def _pairs(ours: list[tuple[int, str]], theirs: list[tuple[int, str]]) -> list[tuple[int, int]]:
    """Give the pairs of places that belong together."""
    one, other = "".join(p for _, p in ours), "".join(p for _, p in theirs)
    if one == other:
        return [(a, b) for (a, _), (b, _) in zip(ours, theirs, strict=True)]
    match = SequenceMatcher(None, one, other, autojunk=False)
    return [
        (ours[block.a + step][0], theirs[block.b + step][0])
        for block in match.get_matching_blocks()
        for step in range(block.size)
    ]


def _around(one: Box, other: Box | None) -> Box:
    if other is None:
        return one
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )
