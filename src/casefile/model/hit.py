"""What goes into the search index, and what comes out of it."""

from dataclasses import dataclass, field

from casefile.model.zone import Zone

# How a word may be found though it is written otherwise than it was typed, the surest first.
VARIANTS = ("form", "alias", "acronym", "gazetteer", "rule", "fuzzy")
# Why a record is a hit of which no word was found: days, a label, what it does not hold.
FILTER = "filter"
SEARCHED_KINDS = ("source", "annotation", "claim", "entity", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexDocument:
    """One record as the index takes it.

    `text` with `zones` is what is searched (a record other than a source has one `body` zone);
    days are whole numbers YYYYMMDD, `added` is milliseconds since 1970.
    """

    record: str
    kind: str
    source: str | None = None
    text: str = ""
    zones: tuple[Zone, ...] = ()
    title: str = ""
    source_kind: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    speaker: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    earliest: int | None = None
    latest: int | None = None
    added: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState:
    """What the store remembers of an index at one place, to know whether it still fits.

    `upto` is the last ledger position whose effects are in the index, `documents` their number,
    `digests` the SHA-256 of each file of the index by its name.
    """

    generation: int
    upto: int
    documents: int
    schema: str
    digests: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """A search as a person asked for it; `sort` is relevance, date or added.

    `without` names kinds of variants that are not wanted (see `VARIANTS`), or single spellings.
    `filters` are label fields of the index, each with the values of which one has to hold, `days`
    a range (YYYYMMDD, both included) that a record may be of.
    """

    query: str
    kinds: tuple[str, ...] = ()
    boilerplate: bool = False
    sort: str = "relevance"
    limit: int = 20
    offset: int = 0
    sources: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    days: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawHit:
    """A record that the index found; `score` is comparable within one answer only."""

    record: str
    kind: str
    source: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Sought:
    """One thing to mark in a hit: folded words in a row, at most `slop` words apart.

    `prefix` matches words that begin with the (one) word, `fuzzy` words within that edit distance,
    `fields` the parts of the record it was asked for (empty: all). `places`, where given, stand for
    `words`: at each place any of some words. `why` says how such a spelling came about (form,
    alias, acronym, gazetteer, rule, fuzzy), `said` how it is written; all with one `part` are ways
    to write one thing (None: it stands alone).
    """

    words: tuple[str, ...]
    slop: int = 0
    prefix: bool = False
    fuzzy: int = 0
    fields: tuple[str, ...] = ()
    places: tuple[tuple[str, ...], ...] = ()
    why: str = ""
    said: str = ""
    part: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Variant:
    """Another spelling that was sought with a word or name: `why` is one of VARIANTS."""

    word: str
    spelling: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RawAnswer:
    """What the index answers; `understood` is a sentence, `sought` drives marks and snippets.

    `trouble` says in words what of the query could not be used, and how it was read instead;
    `coverage` what was not looked through.
    `whole` counts the records that hold all of a sentence, where those with most of it were
    given, too.
    """

    understood: str
    total: int
    hits: tuple[RawHit, ...]
    sought: tuple[Sought, ...] = ()
    trouble: tuple[str, ...] = ()
    coverage: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    whole: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """The best passage of a record: marks are code points in `text`, `start` its place."""

    text: str
    marks: tuple[tuple[int, int], ...]
    start: int
    page: int | None = None
    zone: str | None = None
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One line of results."""

    record: str
    kind: str
    source: str | None
    title: str
    score: float
    snippet: Snippet
    source_kind: str = ""
    subtitle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of a case a search looks through: counts of records, sources and pages.

    `behind` are records that the index does not have yet; pages without text are those of sources
    whose other pages have some.
    """

    records: int = 0
    sources: int = 0
    behind: int = 0
    partly_read: int = 0
    without_text: int = 0
    pages_without_text: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another query that finds something where one found nothing; `words` say what it is."""

    query: str
    total: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    """A page of results; `coverage` says what was not searched (index behind, no text).

    `covered` are the same figures as numbers, `suggestions` what to try where nothing was found.
    """

    query: str
    understood: str
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    sought: tuple[Sought, ...] = ()
    trouble: tuple[str, ...] = ()
    coverage: tuple[str, ...] = field(default=())
    variants: tuple[Variant, ...] = ()
    whole: int | None = None
    covered: Coverage = Coverage()
    suggestions: tuple[Suggestion, ...] = ()
