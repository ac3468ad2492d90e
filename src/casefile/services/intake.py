"""What an import writes: one source with its file, its acquisition and what was read in it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from casefile.model.draft import Draft
from casefile.model.ids import new_id
from casefile.model.source import Acquisition, Extraction, Source, SourceFile, SourceLink
from casefile.model.view import AddEntry, DuplicateView
from casefile.services import found_marks
from casefile.services.alike import Alike
from casefile.services.desk import Desk
from casefile.store import records, sources
from casefile.store.objects import StoredObject
from casefile.store.writer import Writer
from casefile.strings import tr


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file on its way in; `source` is its new id, `twin` the source that has these bytes.

    `url`, `captured_at` and `parameters` are what an archive says of a file in it, `acquired_as`
    its name with the archive's before it, `container` the archive's SHA-256.
    """

    path: str
    file_name: str
    stored: StoredObject | None = None
    file_time: str | None = None
    source: str = ""
    twin: str = ""
    refusal: str = ""
    acquired_as: str = ""
    url: str | None = None
    captured_at: str | None = None
    parameters: dict[str, Any] = field(default_factory=dict)
    container: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that hung on another one, and what was read in it."""

    incoming: Incoming
    draft: Draft | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was read in a file and in those that hang on it."""

    draft: Draft
    attached: tuple[Attached, ...] = ()


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
    batch: Sequence[tuple[Incoming, Outcome | None]],
    *,
    act: str,
    told: Told,
) -> tuple[list[AddEntry], bool]:
    """Write a batch in one transaction; give its entries in order, and whether anything was new."""
    if all(incoming.refusal for incoming, _ in batch):
        return [_refused(incoming) for incoming, _ in batch], False
    with desk.store.write("import", act=act) as w:
        alike = Alike(w, [draft for _, draft in _read(batch)])
        entries = [_entry(w, each, told, alike) for each in batch]
        alike.remember()
    return entries, bool(w.changes and w.changes.records)


def _read(batch: Sequence[tuple[Incoming, Outcome | None]]) -> Iterator[tuple[Incoming, Draft]]:
    for incoming, outcome in batch:
        if outcome is not None:
            yield incoming, outcome.draft
            for each in outcome.attached:
                if each.draft is not None:
                    yield each.incoming, each.draft


def _entry(w: Writer, each: tuple[Incoming, Outcome | None], told: Told, alike: Alike) -> AddEntry:
    incoming, outcome = each
    if incoming.refusal:
        return _refused(incoming)
    if incoming.twin or outcome is None:
        return _again(w, incoming, told)
    entry = _new(w, incoming, outcome.draft, told, alike)
    if not outcome.attached:
        return entry
    inside = tuple(_hung(w, incoming.source, one, told, alike) for one in outcome.attached)
    return replace(entry, inside=tuple(replace(each, within=True) for each in inside))


def _hung(w: Writer, above: str, one: Attached, told: Told, alike: Alike) -> AddEntry:
    """Write a file that hung on a source, and that it did."""
    incoming = one.incoming
    if incoming.refusal or incoming.stored is None or one.draft is None:
        return _refused(incoming)
    found = sources.by_object(w, incoming.stored.sha256)
    if found is not None:
        entry = _again(w, replace(incoming, twin=found[0]), told)
    else:
        entry = _new(w, replace(incoming, source=new_id()), one.draft, told, alike)
    if entry.source != above:
        pair = {"source": entry.source, "other": above}
        w.put(SourceLink, new_id(), kind="derives from", reason="attachment", **pair)
    return entry


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
    captured = told.captured or incoming.captured_at
    known = records.where(
        w,
        Acquisition,
        object=stored.sha256,
        name=incoming.acquired_as or incoming.file_name,
        from_uri=told.url or incoming.url,
    )
    if not any(captured in (None, a.captured_at) for a in known):
        _acquire(w, incoming, source.id, told, (captured, told.url or incoming.url))
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


def _new(w: Writer, incoming: Incoming, draft: Draft, told: Told, likeness: Alike) -> AddEntry:
    stored = incoming.stored
    if stored is None:
        msg = f"{incoming.path} has no stored bytes"
        raise LookupError(msg)
    title = draft.title or incoming.file_name
    alike = likeness.of(incoming.source, title, draft)
    _describe(w, incoming, draft, told)
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
    captured = told.captured or incoming.captured_at or draft.captured_at
    address = told.url or incoming.url or draft.captured_url
    _acquire(w, incoming, incoming.source, told, (captured, address))
    put_extraction(w, incoming.source, stored.sha256, draft)
    found_marks.put(w, incoming.source, stored.sha256, draft)
    return AddEntry(
        path=incoming.path,
        source=incoming.source,
        kind=draft.kind,
        title=title,
        sha256=stored.sha256,
        status="added" if draft.complete else "partly read",
        reason=draft.reason,
        duplicate_of=tuple(alike),
    )


def _describe(w: Writer, incoming: Incoming, draft: Draft, told: Told) -> None:
    w.put(
        Source,
        incoming.source,
        kind=draft.kind,
        title=draft.title,
        section=draft.section,
        byline=draft.byline or None,
        dateline=draft.dateline,
        publisher=draft.publisher,
        language=draft.language,
        url=told.url or incoming.url or draft.url,
        canonical_url=draft.canonical_url,
        published=draft.published,
        credit=draft.photo.credit if draft.photo else None,
    )


def _acquire(
    w: Writer,
    incoming: Incoming,
    source: str,
    told: Told,
    said: tuple[str | None, str | None],
) -> None:
    """Note how bytes came here; `said` is when and where from, as the person or the file says."""
    captured, address = said
    w.put(
        Acquisition,
        new_id(),
        source=source,
        object=incoming.stored.sha256 if incoming.stored else None,
        method="file",
        from_uri=address,
        name=incoming.acquired_as or incoming.file_name,
        file_time=incoming.file_time,
        captured_at=captured,
        acquired_at=now(),
        person=told.person,
        tool=told.tool,
        note=f"container SHA-256 {incoming.container}" if incoming.container else None,
    )


def put_extraction(w: Writer, source: str, sha256: str, draft: Draft) -> str:
    """Write what was read in an object; gives the id of the extraction."""
    key = new_id()
    facts = {
        "images": [asdict(image) for image in draft.images],
        "photo": asdict(draft.photo) if draft.photo else None,
        "document": asdict(draft.document) if draft.document else None,
        "published_from": draft.published_from,
        "picture_hash": draft.picture_hash,
        "picture_look": draft.picture_look,
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
