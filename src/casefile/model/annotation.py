"""Annotations: marks on exact words or areas of a source."""

from dataclasses import dataclass
from typing import Any, ClassVar

from casefile.model.area import Area, area_of
from casefile.model.record import Record, integer, json, ref, text

MARKS = (1, 2, 3, 4, 5)
CONTEXT = 32  # code points of prefix and suffix kept around a quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation(Record):
    """A mark; `text_hash` and `object` name the exact text and bytes that it stands on.

    `selectors` are W3C Web Annotation selectors as JSON: TextQuoteSelector (exact, prefix,
    suffix), TextPositionSelector (start, end in code points), and for pages and pictures
    `{"type":"PageSelector","page":n}` and FragmentSelector with `xywh=percent:`.
    """

    TABLE: ClassVar[str] = "annotation"
    source: str | None = ref()
    object: str | None = text()
    text_hash: str | None = text()
    selectors: tuple[dict[str, Any], ...] | None = json()
    motivation: str | None = text()  # highlighting, commenting, tagging
    body: str | None = text()  # the note written beside it
    mark: int | None = integer()  # 1..5, see MarkMeaning
    anchor: str | None = text()  # exact, moved, unsure, orphan
    said_by: str | None = text()  # who made it, as a mark that came with the file says
    said_at: str | None = text()  # and when

    @property
    def quote(self) -> str:
        """The marked words, or an empty string for an area of a picture."""
        return quote_of(self.selectors)

    @property
    def span(self) -> tuple[int, int] | None:
        """Start and end in code points, or None for an area of a picture."""
        position = self.selector("TextPositionSelector")
        return (position["start"], position["end"]) if position else None

    @property
    def page(self) -> int | None:
        """The page (from 1) that the mark begins on, where the source has pages."""
        return self.selector("PageSelector").get("page")

    @property
    def area(self) -> Area | None:
        """The area of the picture or page, or None for marked words."""
        return area_of(self.selector("FragmentSelector").get("value"), self.page)

    def selector(self, kind: str) -> dict[str, Any]:
        """Give the first selector of a type, or an empty one."""
        return next((s for s in self.selectors or () if s.get("type") == kind), {})


def quote_of(selectors: Any) -> str:
    """Give the marked words among selectors as the ledger has them; nothing for an area."""
    listed = selectors if isinstance(selectors, list | tuple) else ()
    found = (one for one in listed if isinstance(one, dict))
    return next(
        (str(one.get("exact", "")) for one in found if one.get("type") == "TextQuoteSelector"), ""
    )


def quote_selectors(
    words: str, start: int, end: int, page: int | None
) -> tuple[dict[str, Any], ...]:
    """Make the selectors of a range of code points in `words`."""
    found: tuple[dict[str, Any], ...] = (
        {
            "type": "TextQuoteSelector",
            "exact": words[start:end],
            "prefix": words[max(0, start - CONTEXT) : start],
            "suffix": words[end : end + CONTEXT],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    )
    return (*found, {"type": "PageSelector", "page": page}) if page else found
