"""The zone map of an article while it is made: pieces of blocks, numbered pictures, then zones."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from casefile.model.draft import ImageFact
from casefile.model.zone import Zone


@dataclass(frozen=True, slots=True)
class Piece:
    """A range of the text and what it is; `image` numbers the pictures from 0."""

    start: int
    end: int
    kind: str
    image: int | None = None


@dataclass(slots=True)
class Pictures:
    """The pictures of a page in the order of their captions; a caption and its credit share one."""

    facts: list[ImageFact] = field(default_factory=list)

    def add(self, caption: str | None, credit: str | None, url: str | None = None) -> int:
        """Take one more picture and give its number."""
        self.facts.append(ImageFact(caption=caption, credit=credit, url=url))
        return len(self.facts) - 1


def make_zones(text: str, pieces: Iterable[Piece], rest: str = "boilerplate") -> tuple[Zone, ...]:
    """Make a valid zone map: sorted, without overlap, every other paragraph a zone of kind `rest`.

    Of two pieces that overlap the one that begins first, then the longer one, keeps its range.
    """
    zones: list[Zone] = []
    at = 0
    for piece in sorted(pieces, key=lambda p: (p.start, -p.end)):
        start, end = trimmed(text, max(piece.start, at), piece.end)
        if start >= end:
            continue
        zones.extend(_paragraphs(text, at, start, rest))
        zones.append(Zone(piece.kind, start, end, piece.image))
        at = end
    zones.extend(_paragraphs(text, at, len(text), rest))
    return tuple(zones)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Draw a range in until it begins and ends with something to see."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _paragraphs(text: str, at: int, stop: int, kind: str) -> Iterable[Zone]:
    """Cover what is left between two zones, one zone a paragraph."""
    while at < stop:
        end = text.find("\n\n", at, stop)
        end = stop if end < 0 else end
        start, last = trimmed(text, at, end)
        if start < last:
            yield Zone(kind, start, last)
        at = end + 2
