"""Sources: one set of original bytes, what came of it, and how it came here."""

from dataclasses import dataclass
from typing import Any, ClassVar

from casefile.model.record import Record, boolean, date, integer, json, ref, text
from casefile.model.values import DateValue

SOURCE_KINDS = ("article", "pdf", "photo", "email", "web archive", "note", "other")
TRIAGE = ("relevant", "later", "no")
RELIABILITY = ("A", "B", "C", "D", "E", "F")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """One source; `byline` holds one name an entry; `status` is None or a word of TRIAGE."""

    TABLE: ClassVar[str] = "source"
    kind: str | None = text()
    title: str | None = text()
    section: str | None = text()
    byline: tuple[str, ...] | None = json()
    dateline: str | None = text()
    publisher: str | None = text()
    language: str | None = text()
    url: str | None = text()
    canonical_url: str | None = text()
    published: DateValue | None = date()
    reliability: str | None = text()
    sensitivity: str | None = text()
    status: str | None = text()
    credit: str | None = text()
    licence: str | None = text()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile(Record):
    """A file of a source; `object` is the SHA-256 of its bytes, `size` in bytes."""

    TABLE: ClassVar[str] = "source_file"
    source: str | None = ref()
    object: str | None = text()
    role: str | None = text()  # original, capture, screenshot, attachment, redacted
    name: str | None = text()
    media_type: str | None = text()
    size: int | None = integer()
    pages: int | None = integer()


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquisition(Record):
    """How bytes came here; add-only; times are UTC ISO text, `person` a person id."""

    TABLE: ClassVar[str] = "acquisition"
    source: str | None = ref()
    object: str | None = text()
    method: str | None = text()
    from_uri: str | None = text()
    name: str | None = text()
    file_time: str | None = text()
    captured_at: str | None = text()
    acquired_at: str | None = text()
    person: str | None = text()
    tool: str | None = text()
    note: str | None = text()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction(Record):
    """What an extractor read in an object; add-only.

    `text_hash`, `pages`, `zones` and `facts` are SHA-256 names of content rows: the text itself, a JSON
    array of [start, end), a JSON array of zones, a JSON object of what else was read (images,
    photo data, the authors as printed).
    """

    TABLE: ClassVar[str] = "extraction"
    source: str | None = ref()
    object: str | None = text()
    text_hash: str | None = text()
    extractor: str | None = text()
    version: str | None = text()
    parameters: dict[str, Any] | None = json()
    language: str | None = text()
    warnings: tuple[str, ...] | None = json()
    pages: str | None = text()
    zones: str | None = text()
    facts: str | None = text()
    complete: bool | None = boolean()
    reason: str | None = text()  # why it is only partly read


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLink(Record):
    """Two sources that belong together, and why."""

    TABLE: ClassVar[str] = "source_link"
    source: str | None = ref()
    other: str | None = ref()
    kind: str | None = text()  # duplicate, derives from, independent, merged into
    reason: str | None = text()
    decided: bool | None = boolean()
