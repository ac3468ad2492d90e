"""What faces and reports are given: records put together for reading, as plain values."""

from dataclasses import dataclass, field
from typing import Any

from casefile.model.annotation import Annotation
from casefile.model.claim import Assessment, Claim
from casefile.model.document import DocumentFact
from casefile.model.draft import ImageFact, PhotoFact
from casefile.model.entity import Entity, EntityName
from casefile.model.note import Note
from casefile.model.place import PlaceNote
from casefile.model.source import Acquisition, Extraction, Source, SourceFile
from casefile.model.upkeep import CheckpointView
from casefile.model.values import DateValue
from casefile.model.zone import Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseInfo:
    """The case in figures; `counts` has one entry a record table, `kinds` one a kind of source.

    `size` is the bytes of the originals and of the database; `holder` says who has the case open for
    writing elsewhere; `notes` what a person should know of the place where it lies; `conflicts` on
    how many fields people disagree.
    """

    id: str
    title: str
    path: str
    format: int
    counts: dict[str, int]
    kinds: dict[str, int]
    triage: dict[str, int]
    size: int
    writable: bool
    holder: str | None = None
    notes: tuple[PlaceNote, ...] = ()
    conflicts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFilter:
    """Which sources to list; every given condition holds."""

    kind: str | None = None
    tag: str | None = None  # tag id
    status: str | None = None  # a word of TRIAGE, or "none"
    words: str = ""  # all of them occur in title or publisher, folded
    ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One line of the list; `added` is milliseconds since 1970."""

    id: str
    kind: str
    title: str
    publisher: str
    byline: tuple[str, ...]
    published: DateValue | None
    language: str
    reliability: str | None
    status: str | None
    marks: int
    added: int
    complete: bool
    conflicts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What else was read: pictures, photo and document data, where the date stood."""

    images: tuple[ImageFact, ...] = ()
    photo: PhotoFact | None = None
    document: DocumentFact | None = None
    published_from: str | None = None
    picture_hash: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateView:
    """Another source that says the same, and how that is known."""

    source: str
    title: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """A source with its file, its newest extraction and how it came here."""

    source: Source
    title: str  # never empty: the file name stands in
    file: SourceFile | None
    extraction: Extraction | None
    facts: Facts
    acquisitions: tuple[Acquisition, ...]
    tags: tuple[str, ...]
    notes: tuple[Note, ...]
    duplicates: tuple[DuplicateView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    """The stored text of a source with its maps; positions are code points."""

    source: str
    text_hash: str
    object: str
    text: str
    zones: tuple[Zone, ...]
    pages: tuple[tuple[int, int], ...]
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkView:
    """A mark with what hangs on it; `zone` is the kind of the zone that it begins in.

    `by` is the handle of who made it, empty while that person chose none.
    """

    annotation: Annotation
    source_title: str
    zone: str | None
    tags: tuple[str, ...]
    claims: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One line of the list of claims; `sources` counts those that support it."""

    id: str
    statement: str
    speaker: str
    about: DateValue | None
    supports: int
    contradicts: int
    sources: int
    status: str | None
    conflicts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """One piece of evidence as it is shown: the words, where they stand, in which bytes."""

    link: str | None  # None for the quote that the claim itself was made from
    stance: str
    source: str | None
    source_title: str
    annotation: str | None
    quote: str
    zone: str | None
    page: int | None
    sha256: str | None
    reliability: str | None
    publisher: str
    published: DateValue | None
    mark: int | None
    warrant: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """A claim with its speaker, evidence and assessments."""

    claim: Claim
    speaker: Entity | None
    place: Entity | None
    evidence: tuple[EvidenceView, ...]
    assessments: tuple[Assessment, ...]
    origins: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]  # (sources, reasons) a cluster
    conflicts: tuple[str, ...]
    tags: tuple[str, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityView:
    """An entity with all its names and how often it speaks."""

    entity: Entity
    names: tuple[EntityName, ...]
    claims: int
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddEntry:
    """What became of one path; `status` is added, duplicate, partly read or refused.

    `inside` are the files of an archive, or what hung on a mail; None for any other. `within` tells
    that the file was inside another one.
    """

    path: str
    source: str | None
    kind: str | None
    title: str | None
    sha256: str | None
    status: str
    reason: str | None = None
    duplicate_of: tuple[DuplicateView, ...] = ()
    inside: "tuple[AddEntry, ...] | None" = None
    within: bool = False

    @property
    def whole(self) -> "tuple[AddEntry, ...]":
        """The entry itself where it stands for a file, then all that is inside."""
        counts = self.source or self.inside is None or self.status in ("partly read", "refused")
        inside = tuple(each for entry in self.inside or () for each in entry.whole)
        return (self, *inside) if counts else inside


@dataclass(frozen=True, slots=True, kw_only=True)
class AddReport:
    """What became of every path of one import, in the order they were given.

    `trouble` says what could not be done afterwards (the search index); what was added is safe.
    """

    act: str | None
    entries: tuple[AddEntry, ...]
    cancelled: bool = False
    trouble: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """The number of files by status; an archive counts only where there is trouble with it."""
        found: dict[str, int] = {"added": 0, "duplicate": 0, "partly read": 0, "refused": 0}
        for entry in self.entries:
            for each in entry.whole:
                found[each.status] += 1
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBoxes:
    """Where the letters of one page stand: one box a code point of the page's stored text.

    A box is left, top, right, bottom as fractions of the page picture (0..1); None where the
    letter has no place (a line break, a letter that only one of the readers saw).
    """

    boxes: tuple[tuple[float, float, float, float] | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchNote:
    """A search from the log as a report prints it; `reach` says how far it went, in words.

    `upto` is the last change of the case that the index had then.
    """

    at: str
    query: str
    understood: str
    total: int
    reach: str
    upto: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """The case as a report prints it."""

    info: CaseInfo
    made_at: str
    made_by: str
    program: str
    claims: tuple[ClaimView, ...]
    sources: tuple[SourceView, ...]
    marks: tuple[MarkView, ...]
    people: dict[str, str] = field(default_factory=dict)
    chains: tuple[dict[str, Any], ...] = ()  # replica, seq, chain head
    checkpoints: tuple[CheckpointView, ...] = ()  # the newest first
    summary: str = ""
    questions: tuple[str, ...] = ()
    searches: tuple[SearchNote, ...] | None = None  # None: the log is not printed
    searched: str = ""  # what all of them come to
