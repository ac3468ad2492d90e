"""A draft: what an extractor read in one file, before anything is stored."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Self

from casefile.model.document import DocumentFact, FoundMark, found_mark
from casefile.model.source import SOURCE_KINDS
from casefile.model.values import DateValue
from casefile.model.zone import Zone, faults


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageFact:
    """A picture that the page speaks of; what the file does not say is None."""

    caption: str | None = None
    credit: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFact:
    """What a photo says of itself.

    `width` and `height` are pixels after orientation; `taken` is
    `{"local": "YYYY-MM-DDTHH:MM:SS", "zone": null or "+03:00"}`; latitude and longitude are decimal
    strings of degrees; `tags` holds every readable tag as text by its name.
    """

    width: int = 0
    height: int = 0
    orientation: int = 1
    make: str | None = None
    model: str | None = None
    taken: dict[str, str | None] | None = None
    latitude: str | None = None
    longitude: str | None = None
    altitude: str | None = None
    caption: str | None = None
    byline: str | None = None
    credit: str | None = None
    tags: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an extractor read; a pure function of bytes, extractor, version and parameters.

    `pages` are half-open ranges of code points in `text`, page 1 first; `complete` is False with a
    `reason` when a part could not be read. `picture_hash` is 16 hex digits of a photo's difference
    hash after orientation, `picture_look` its grey dots as base64 (see `analysis.pictures`).
    `published_from` names where in the file the date was read; `captured_at` (UTC ISO text) and
    `captured_url` are what the capture says of itself.
    """

    kind: str
    media_type: str
    extractor: str
    version: str
    parameters: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    zones: tuple[Zone, ...] = ()
    pages: tuple[tuple[int, int], ...] = ()
    title: str | None = None
    section: str | None = None
    byline: tuple[str, ...] = ()
    dateline: str | None = None
    publisher: str | None = None
    language: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    published: DateValue | None = None
    published_from: str | None = None
    captured_at: str | None = None
    captured_url: str | None = None
    images: tuple[ImageFact, ...] = ()
    photo: PhotoFact | None = None
    document: DocumentFact | None = None
    marks: tuple[FoundMark, ...] = ()
    picture_hash: str | None = None
    picture_look: str | None = None
    warnings: tuple[str, ...] = ()
    complete: bool = True
    reason: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the draft as plain JSON, as it comes out of the child."""
        # Zones are many and plain: they are written one by one, not copied first.
        data = asdict(replace(self, zones=()))
        data["zones"] = [zone.to_json() for zone in self.zones]
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read and check what the child sent; raises ValueError on anything that does not fit."""
        try:
            known = {f.name: data[f.name] for f in fields(cls) if f.name in data}
            known["zones"] = tuple(Zone.from_json(z) for z in known.get("zones", ()))
            known["pages"] = tuple((int(a), int(b)) for a, b in known.get("pages", ()))
            known["images"] = tuple(ImageFact(**i) for i in known.get("images", ()))
            known["photo"] = PhotoFact(**known["photo"]) if known.get("photo") else None
            document = known.get("document")
            known["document"] = DocumentFact.from_json(document) if document else None
            length = len(known.get("text", ""))
            known["marks"] = tuple(found_mark(m, length) for m in known.get("marks", ()))
            known["published"] = DateValue.from_json(known.get("published"))
            known["byline"] = tuple(map(str, known.get("byline", ())))
            known["warnings"] = tuple(map(str, known.get("warnings", ())))
            draft = cls(**known)
        except (TypeError, KeyError, AttributeError) as error:
            msg = f"not a draft: {error}"
            raise ValueError(msg) from error
        draft.check()
        return draft

    def check(self) -> None:
        """Raise ValueError unless kind, zones and pages fit the text."""
        if self.kind not in SOURCE_KINDS:
            msg = f"not a kind of source: {self.kind!r}"
            raise ValueError(msg)
        for fault in faults(self.text, self.zones):
            raise ValueError(fault)
        at = 0
        for start, end in self.pages:
            if not at <= start <= end <= len(self.text):
                msg = f"page {start}..{end} out of order"
                raise ValueError(msg)
            at = end
