"""Tags, notes and collections on any record."""

from dataclasses import dataclass
from typing import ClassVar

from casefile.model.record import Record, integer, ref, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag(Record):
    """A word to gather records under; its id derives from its folded name."""

    TABLE: ClassVar[str] = "tag"
    name: str | None = text()
    description: str | None = text()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagging(Record):
    """A tag on a record."""

    TABLE: ClassVar[str] = "tagging"
    tag: str | None = ref()
    target: str | None = ref()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Record):
    """An analyst's own words about a record."""

    TABLE: ClassVar[str] = "note"
    target: str | None = ref()
    body: str | None = text()


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection(Record):
    """A named list of records in an order of its own."""

    TABLE: ClassVar[str] = "collection"
    name: str | None = text()
    description: str | None = text()


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionItem(Record):
    """A record's place in a collection."""

    TABLE: ClassVar[str] = "collection_item"
    collection: str | None = ref()
    target: str | None = ref()
    position: int | None = integer()
