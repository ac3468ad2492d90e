"""Which part of a record is searched under which field, shared by the index and the snippets."""

from collections.abc import Iterable, Iterator

from casefile.model.hit import IndexDocument
from casefile.model.zone import BODY_KINDS

FURNITURE = "furniture"
# The fields that words are sought in unless a field is named.
WORD_FIELDS = (
    "title",
    "body",
    "caption",
    "credit",
    "author",
    "place",
    "front",
    "speaker",
    "publisher",
    "tag",
)
WORD_SEARCHED = (*WORD_FIELDS, FURNITURE)
# Fields of whole values, found as they are; each document carries its first one.
VALUE_FIELDS = ("record", "kind", "source", "type", "language", "outlet", "label")
# What a person may write before a colon, besides the fields' own names.
FIELD_NAMES = {
    **{name: name for name in WORD_FIELDS},
    "text": "body",
    "headline": "title",
    "by": "author",
    "byline": "author",
    "location": "place",
    "tags": "tag",
    FURNITURE: FURNITURE,
}
MAX_WORD = 80  # code points; longer words are indexed, and sought, by their beginning
ZONE_GAP = 400  # free positions between two zones: more than any phrase or proximity reaches

_GROUPS = {
    **dict.fromkeys(BODY_KINDS, "body"),
    "headline": "title",
    "caption": "caption",
    "credit": "credit",
    "byline": "author",
    "dateline": "place",
    "section": "front",
    "published": "front",
    "updated": "front",
    "boilerplate": FURNITURE,
}


def group(zone_kind: str) -> str:
    """Give the field that the words of a zone are searched under."""
    return _GROUPS.get(zone_kind, "body")


def chunks(document: IndexDocument) -> Iterator[tuple[str, str]]:
    """Give each piece of text of a record with its field; no phrase runs from one into the next."""
    yield "title", document.title
    yield "publisher", document.publisher
    yield from _each("author", document.authors)
    yield from _each("speaker", document.speaker)
    yield from _each("place", document.place)
    yield from _each("tag", document.tags)
    if not document.zones:
        yield "body", document.text
    for zone in document.zones:
        yield group(zone.kind), document.text[zone.start : zone.end]


def _each(field: str, texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    for text in texts:
        yield field, text
