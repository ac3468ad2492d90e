"""What the hits of a search are made of, to narrow it: kinds, languages, days and so on."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value that hits have, and how many have it."""

    value: str
    words: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """The hits of a search by what they are.

    `groups` has the values of each facet by its key (type, language, outlet, tag, reliability,
    claims), the most frequent first; `days` how many hits may be of each day (YYYYMMDD of their
    earliest), `undated` how many have none.
    """

    groups: dict[str, tuple[FacetValue, ...]]
    days: tuple[tuple[int, int], ...] = ()
    undated: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What a search is narrowed to: any of the values of each facet, and days (both included)."""

    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    days: tuple[int, int] | None = None

    @property
    def empty(self) -> bool:
        """True when nothing is left out."""
        return not any(self.values.values()) and self.days is None
