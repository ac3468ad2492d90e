"""Entities: people, organisations, places and things, under all their names."""

from dataclasses import dataclass
from typing import ClassVar

from casefile.model.record import Record, boolean, date, integer, ref, text
from casefile.model.values import DateValue

ENTITY_KINDS = (
    "person",
    "organisation",
    "place",
    "unit",
    "vehicle",
    "account",
    "event",
    "other",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity(Record):
    """Somebody or something; coordinates are decimal strings, `precision` in metres."""

    TABLE: ClassVar[str] = "entity"
    kind: str | None = text()
    name: str | None = text()
    description: str | None = text()
    latitude: str | None = text()
    longitude: str | None = text()
    precision: str | None = text()
    merged_into: str | None = ref()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityName(Record):
    """Another name of an entity."""

    TABLE: ClassVar[str] = "entity_name"
    entity: str | None = ref()
    name: str | None = text()
    language: str | None = text()
    script: str | None = text()
    kind: str | None = text()  # primary, alias, transliteration, abbreviation


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Record):
    """A place in a text where an entity is named; code points."""

    TABLE: ClassVar[str] = "mention"
    source: str | None = ref()
    text_hash: str | None = text()
    start: int | None = integer()
    end: int | None = integer()
    surface: str | None = text()
    entity: str | None = ref()
    accepted: bool | None = boolean()
    method: str | None = text()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Record):
    """A link between two entities, resting on a claim."""

    TABLE: ClassVar[str] = "relation"
    subject: str | None = ref()
    object: str | None = ref()
    kind: str | None = text()
    role: str | None = text()
    when: DateValue | None = date()
    claim: str | None = ref()
