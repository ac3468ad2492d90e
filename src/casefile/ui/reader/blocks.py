"""A stored text cut into the paragraphs that the reader lays out; plain Python."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from casefile.model.text import direction
from casefile.model.view import TextView
from casefile.model.zone import Zone

LONGEST = 4000  # code points laid out at once; a longer paragraph is shown in joined pieces
MOST = 20_000  # paragraphs of a zone; a text of more is cut by length alone
_GAP = re.compile(r"\f|\n(?:[ \t\u00a0]*\n)+")
_BREAKS = ("\n", " ")
RTL_LANGUAGES = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "prs", "ps", "sd", "syr", "ug",
                           "ur", "yi"})  # fmt: skip


class Block(NamedTuple):
    """A paragraph: code points `start`..`end`, the kind and number of its zone.

    `joined` says that it goes on from the block before, without a gap.
    """

    kind: str
    start: int
    end: int
    zone: int
    joined: bool = False


def blocks_of(view: TextView) -> list[Block]:
    """Cut a text into blocks in order; every code point that is not white space is in one."""
    found: list[Block] = []
    for number, zone in _covering(view.text, view.zones):
        for start, end in _paragraphs(view.text, zone.start, zone.end):
            found.extend(_pieces(view.text, Block(zone.kind, start, end, number)))
    return found


def source_direction(view: TextView) -> str:
    """Give the direction of a source: its language's, else that of its first strong letter."""
    language = view.language.split("-")[0].lower()
    if language:
        return "rtl" if language in RTL_LANGUAGES else "ltr"
    return direction(view.text[:4000]) or "ltr"


def block_direction(words: str, otherwise: str) -> str:
    """Give the direction of a paragraph by its first strong letter."""
    return direction(words) or otherwise


def _covering(text: str, zones: Iterable[Zone]) -> Iterator[tuple[int, Zone]]:
    """Give the zones with numbers, and body (numbered -1) where words stand in none."""
    at = 0
    for number, zone in enumerate(zones):
        start, end = max(zone.start, at), min(zone.end, len(text))
        if start > at and not _blank(text, at, start):
            yield -1, Zone("body", at, start)
        if end > start:
            yield number, Zone(zone.kind, start, end)
        at = max(at, end)
    if not _blank(text, at, len(text)):
        yield -1, Zone("body", at, len(text))


def _blank(text: str, start: int, end: int) -> bool:
    return start >= end or text[start:end].isspace()


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    gaps = list(_GAP.finditer(text, start, end))
    for gap in gaps if len(gaps) < MOST else ():
        yield from _trimmed(text, at, gap.start())
        at = gap.end()
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end]
    inner = words.strip()
    if inner:
        start += len(words) - len(words.lstrip())
        yield start, start + len(inner)


def _pieces(text: str, block: Block) -> Iterator[Block]:
    """Cut a very long paragraph at a line end or a space near the limit."""
    at = block.start
    while block.end - at > LONGEST:
        cut = next(
            (p for mark in _BREAKS if (p := text.rfind(mark, at + LONGEST // 2, at + LONGEST)) > 0),
            at + LONGEST - 1,
        )
        yield block._replace(start=at, end=cut + 1, joined=at > block.start)
        at = cut + 1
    yield block._replace(start=at, joined=at > block.start)
