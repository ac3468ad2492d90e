"""A disclosure: what is chosen to be shown to others, what in it is removed, what travels."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from casefile.model.area import Area
from casefile.model.ledger import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a person decided.

    `title` is what the disclosure is called, `chosen` are ids of sources, claims and entities. `words` are removed wherever they stand;
    `spans` are ranges of code points in a source's newest text, `areas` boxes on its photo or
    pages. `hidden` are ids of entities that get a pseudonym. `texts_only` are sources of which no
    copy of the file travels. With `name_withheld` what stays behind is named, with `addresses` the
    URLs travel, with `judgements` what analysts thought.
    """

    title: str = ""
    chosen: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    spans: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    areas: Mapping[str, tuple[Area, ...]] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    texts_only: tuple[str, ...] = ()
    name_withheld: bool = False
    addresses: bool = True
    judgements: bool = False
    credits: bool = False

    def to_json(self) -> dict[str, Any]:
        """Give it as JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote; raises ValueError or TypeError for anything else."""
        known = {name: data[name] for name in cls.__slots__ if name in data}
        known["title"] = str(known.get("title", ""))
        for name in ("chosen", "words", "hidden", "texts_only"):
            known[name] = tuple(map(str, known.get(name, ())))
        known["spans"] = {
            str(key): tuple((int(start), int(end)) for start, end in spans)
            for key, spans in dict(known.get("spans", {})).items()
        }
        known["areas"] = {
            str(key): tuple(Area(**area) for area in areas)
            for key, areas in dict(known.get("areas", {})).items()
        }
        return cls(**known)


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelItem:
    """One thing that travels, in the words that travel.

    `form` says what of its file goes along: "text", "photo", "pages" or ""; `removed` how many
    places were taken out of it; `notes` what to know of it.
    """

    record: str
    kind: str
    title: str
    form: str = ""
    removed: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """The list that is shown and confirmed: what travels, what stays, which facts go along.

    `digest` names exactly this content: writing asks for it, so that nothing travels unseen.
    """

    items: tuple[TravelItem, ...]
    withheld: tuple[str, ...]
    fields: dict[str, tuple[str, ...]]
    leftovers: tuple[str, ...]
    digest: str


def digest_of(records: list[dict[str, Any]], plan: Plan) -> str:
    """Name what would travel: SHA-256 of its records and of the decisions about pictures."""
    areas = {
        key: [[area.page or 0, *(f"{side:.3f}" for side in area.box)] for area in each]
        for key, each in plan.areas.items()
    }
    told = {"records": records, "areas": areas, "texts_only": sorted(plan.texts_only)}
    return hashlib.sha256(canonical(told)).hexdigest()
