"""Zones: what each part of a text is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Self

ZONE_KINDS = (
    "section",
    "headline",
    "byline",
    "dateline",
    "published",
    "updated",
    "summary",
    "lead",
    "body",
    "heading",
    "subheading",
    "list",
    "quote",
    "pull quote",
    "caption",
    "credit",
    "boilerplate",
)
BODY_KINDS = frozenset(
    {"lead", "summary", "body", "heading", "subheading", "list", "quote", "pull quote"}
)


@dataclass(frozen=True, slots=True)
class Zone:
    """A half-open range of code points of one kind.

    `image` is the number of the picture that a caption or a credit belongs to.
    """

    kind: str
    start: int
    end: int
    image: int | None = None

    def of(self, text: str) -> str:
        """Give the words of the zone."""
        return text[self.start : self.end]

    def to_json(self) -> dict[str, Any]:
        """Give the zone as the zone map keeps it."""
        base: dict[str, Any] = {"kind": self.kind, "start": self.start, "end": self.end}
        return base if self.image is None else {**base, "image": self.image}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(data["kind"], data["start"], data["end"], data.get("image"))


def faults(text: str, zones: Iterable[Zone]) -> Iterator[str]:
    """Say what is wrong with a zone map.

    Zones are of known kinds, sorted, do not overlap, and cover every code point of the text that
    is not white space.
    """
    at = 0
    for zone in zones:
        if zone.kind not in ZONE_KINDS:
            yield f"unknown zone {zone.kind!r}"
        if zone.start < at or zone.end <= zone.start or zone.end > len(text):
            yield f"zone {zone.kind} {zone.start}..{zone.end} out of order"
        if text[at : zone.start].strip():
            yield f"code points {at}..{zone.start} are in no zone"
        at = max(at, zone.end)
    if text[at:].strip():
        yield f"code points {at}..{len(text)} are in no zone"


def zone_at(zones: Iterable[Zone], position: int) -> Zone | None:
    """Give the zone that holds a code point."""
    return next((z for z in zones if z.start <= position < z.end), None)


def page_at(pages: Iterable[tuple[int, int]], position: int) -> int | None:
    """Give the page (from 1) that holds a code point; the form feed between two belongs to none."""
    return next((n for n, (a, b) in enumerate(pages, 1) if a <= position < b), None)
