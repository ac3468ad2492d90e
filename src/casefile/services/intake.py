"""What an import writes: one source with its file, its acquisition and what was read in it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from casefile.model.draft import Draft
from casefile.model.ids import new_id
from casefile.model.source import Acquisition, Extraction, Source, SourceFile, SourceLink
from casefile.model.view import AddEntry, DuplicateView
from casefile.services.desk import Desk
from casefile.store import records, sources
from casefile.store.objects import StoredObject
from casefile.store.writer import Writer
from casefile.strings import tr


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file on its way in; `source` is its new id, `twin` the source that has these bytes."""

    path: str
    file_name: str
    stored: StoredObject | None = None
    file_time: str | None = None
    source: str = ""
    twin: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of every file of an import.

    `url` is where they were found, `captured` when (UTC ISO text), as the person says; `person`
    and `tool` brought them in.
    """

    url: str | None
    captured: str | None
    person: str
    tool: str


def commit(
    desk: Desk,
    batch: Sequence[tuple[Incoming, Draft | None]],
    *,
    act: str,
    told: Told,
) -> tuple[list[AddEntry], bool]:
    """Write a batch in one transaction; give its entries in order, and whether anything was new."""
    if all(incoming.refusal for incoming, _ in batch):
        return [_refused(incoming) for incoming, _ in batch], False
    with desk.store.write("import", act=act) as w:
        entries = []
        for incoming, draft in batch:
            if incoming.refusal:
                entries.append(_refused(incoming))
            elif incoming.twin:
                entries.append(_again(w, incoming, told))
            elif draft is not None:
                entries.append(_new(w, incoming, draft, told))
    return entries, bool(w.changes and w.changes.records)


def now() -> str:
    """Give this moment as UTC ISO text with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _refused(incoming: Incoming) -> AddEntry:
    return AddEntry(
        path=incoming.path,
        source=None,
        kind=None,
        title=None,
        sha256=None,
        status="refused",
        reason=incoming.refusal,
    )


def _again(w: Writer, incoming: Incoming, told: Told) -> AddEntry:
    """Bytes that the case has: note how they came again, bring a deleted source back."""
    stored = incoming.stored
    source = records.get(w, Source, incoming.twin)
    if stored is None or source is None:
        msg = f"{incoming.path} names a source that is not there"
        raise LookupError(msg)
    restored = source.deleted
    if restored:
        w.restore(Source, source.id)
    known = records.where(
        w,
        Acquisition,
        object=stored.sha256,
        name=incoming.file_name,
        from_uri=told.url,
    )
    if not any(told.captured in (None, a.captured_at) for a in known):
        _acquire(w, incoming, source.id, told, told.captured)
    title = source.title or _name_of(w, source.id) or incoming.file_name
    return AddEntry(
        path=incoming.path,
        source=source.id,
        kind=source.kind,
        title=title,
        sha256=stored.sha256,
        status="added" if restored else "duplicate",
        reason=tr("It was deleted and is back.") if restored else None,
        duplicate_of=()
        if restored
        else (DuplicateView(source=source.id, title=title, how="same bytes"),),
    )


def _name_of(w: Writer, source: str) -> str | None:
    files = records.where(w, SourceFile, source=source)
    return files[0].name if files else None


def _new(w: Writer, incoming: Incoming, draft: Draft, told: Told) -> AddEntry:
    stored = incoming.stored
    if stored is None:
        msg = f"{incoming.path} has no stored bytes"
        raise LookupError(msg)
    alike = _alike(w, draft)
    _describe(w, incoming.source, draft, told)
    w.put(
        SourceFile,
        new_id(),
        source=incoming.source,
        object=stored.sha256,
        role="original",
        name=incoming.file_name,
        media_type=draft.media_type,
        size=stored.size,
        pages=len(draft.pages) or None,
    )
    _acquire(w, incoming, incoming.source, told, told.captured or draft.captured_at)
    put_extraction(w, incoming.source, stored.sha256, draft)
    for other in alike:
        pair = {"source": incoming.source, "other": other.source}
        w.put(SourceLink, new_id(), kind="duplicate", reason=other.how, **pair)
    return AddEntry(
        path=incoming.path,
        source=incoming.source,
        kind=draft.kind,
        title=draft.title or incoming.file_name,
        sha256=stored.sha256,
        status="added" if draft.complete else "partly read",
        reason=draft.reason,
        duplicate_of=tuple(alike),
    )


def _describe(w: Writer, source: str, draft: Draft, told: Told) -> None:
    w.put(
        Source,
        source,
        kind=draft.kind,
        title=draft.title,
        section=draft.section,
        byline=draft.byline or None,
        dateline=draft.dateline,
        publisher=draft.publisher,
        language=draft.language,
        url=told.url or draft.url,
        canonical_url=draft.canonical_url,
        published=draft.published,
        credit=draft.photo.credit if draft.photo else None,
    )


def _acquire(w: Writer, incoming: Incoming, source: str, told: Told, captured: str | None) -> None:
    w.put(
        Acquisition,
        new_id(),
        source=source,
        object=incoming.stored.sha256 if incoming.stored else None,
        method="file",
        from_uri=told.url,
        name=incoming.file_name,
        file_time=incoming.file_time,
        captured_at=captured,
        acquired_at=now(),
        person=told.person,
        tool=told.tool,
    )


def put_extraction(w: Writer, source: str, sha256: str, draft: Draft) -> str:
    """Write what was read in an object; gives the id of the extraction."""
    key = new_id()
    facts = {
        "images": [asdict(image) for image in draft.images],
        "photo": asdict(draft.photo) if draft.photo else None,
        "published_from": draft.published_from,
        "picture_hash": draft.picture_hash,
    }
    w.put(
        Extraction,
        key,
        source=source,
        object=sha256,
        text_hash=w.content("text", draft.text.encode()),
        extractor=draft.extractor,
        version=draft.version,
        parameters=draft.parameters or None,
        language=draft.language,
        warnings=draft.warnings or None,
        pages=w.content("pages", _json(draft.pages)) if draft.pages else None,
        zones=w.content("zones", _json([zone.to_json() for zone in draft.zones])),
        facts=w.content("facts", _json(facts)),
        complete=draft.complete,
        reason=draft.reason,
    )
    return key


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _alike(w: Writer, draft: Draft) -> list[DuplicateView]:
    """Find sources with the same text or the same address, deleted ones left out."""
    found: dict[str, str] = {}
    if len(draft.text.split()) >= 20:  # a few words are the same by chance
        for source in sources.by_text(w, _sha256(draft.text)):
            found.setdefault(source, "same text")
    if draft.canonical_url:
        for source in sources.by_url(w, draft.canonical_url):
            found.setdefault(source, "same address")
    return [
        DuplicateView(source=s.id, title=s.title or _name_of(w, s.id) or s.id, how=found[s.id])
        for s in records.many(w, Source, list(found))
        if not s.deleted
    ]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
