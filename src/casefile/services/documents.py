"""What the search index is fed with: one document a record, made from the ledger's records."""

import json
from collections.abc import Iterable, Iterator

from casefile.model.annotation import Annotation
from casefile.model.claim import Claim
from casefile.model.entity import Entity, EntityName
from casefile.model.hit import IndexDocument
from casefile.model.note import Note, Tagging
from casefile.model.record import Record
from casefile.model.source import Extraction, Source, SourceFile
from casefile.model.values import DateValue
from casefile.model.zone import Zone
from casefile.services.desk import Desk
from casefile.services.notes import tags_of
from casefile.store import contents, records, sources
from casefile.store.session import Reader

SEARCHED: dict[str, type[Record]] = {
    "source": Source,
    "annotation": Annotation,
    "claim": Claim,
    "entity": Entity,
    "note": Note,
}
_PAGE = 200  # records read at once


def whole_case(desk: Desk) -> Iterator[IndexDocument]:
    """Give the document of every record that lives."""
    for kind, record in SEARCHED.items():
        for ids in id_pages(desk, record):
            with desk.store.read() as r:
                found = list(documents(r, kind, ids))
            yield from found


def id_pages(desk: Desk, kind: type[Record]) -> Iterator[list[str]]:
    """Give the ids of the living records of a kind by the hundreds, each from a reading of its own.

    Between two of them the case may be written to, and nothing of a large case is held.
    """
    last: str | None = None
    while True:
        with desk.store.read() as r:
            ids = records.ids_after(r, kind, last, _PAGE)
        if not ids:
            return
        yield ids
        last = ids[-1]


def documents(r: Reader, kind: str, ids: Iterable[str]) -> Iterator[IndexDocument]:
    """Give the documents of some records of one kind, deleted ones left out."""
    living = [each for each in records.many(r, SEARCHED[kind], list(ids)) if not each.deleted]
    tags = tags_of(r, [each.id for each in living])
    if kind == "source":
        yield from _sources(r, living, tags)
        return
    for each in living:
        if isinstance(each, Claim):
            yield _claim(r, each, tags)
            continue
        words = words_of(r, each)
        source = each.source if isinstance(each, Annotation) else None
        if isinstance(each, Note):
            source = _source_of(r, each.target)
        yield _plain(each, words, tags, source=source)


def words_of(r: Reader, record: Record) -> str:
    """Give the words of a record other than a source as they are searched and shown."""
    match record:
        case Annotation():
            return "\n\n".join(filter(None, (record.quote, record.body)))
        case Claim():
            return record.statement or ""
        case Entity():
            others = [name.name for name in records.where(r, EntityName, entity=record.id)]
            return "\n\n".join(s for s in (record.name, *others, record.description) if s)
        case Note():
            return record.body or ""
        case _:
            msg = f"{record.TABLE} has no words of its own"
            raise TypeError(msg)


def affected(r: Reader, changed: dict[str, tuple[str, ...]]) -> dict[str, set[str]]:
    """Give, by kind, the records whose documents a set of changed records touches."""
    found: dict[str, set[str]] = {kind: set(changed.get(kind, ())) for kind in SEARCHED}
    owners: dict[str, type[SourceFile | Extraction]] = {
        "source_file": SourceFile,
        "extraction": Extraction,
    }
    for table, kind in owners.items():
        for each in records.many(r, kind, changed.get(table, ())):
            found["source"].update(filter(None, [each.source]))
    for name in records.many(r, EntityName, changed.get("entity_name", ())):
        found["entity"].update(filter(None, [name.entity]))
    for target in _tagged(r, changed):
        kind_of = records.kind_of(r, target)
        if kind_of in found:
            found[kind_of].add(target)
    entities = tuple(found["entity"])
    if entities:
        named = records.where(r, Claim, speaker=entities) + records.where(r, Claim, place=entities)
        found["claim"].update(claim.id for claim in named)
    return {kind: ids for kind, ids in found.items() if ids}


def _tagged(r: Reader, changed: dict[str, tuple[str, ...]]) -> Iterator[str]:
    links = records.many(r, Tagging, changed.get("tagging", ()))
    if changed.get("tag"):
        links += records.where(r, Tagging, tag=tuple(changed["tag"]))
    yield from (link.target for link in links if link.target)


def _sources(
    r: Reader, living: list[Record], tags: dict[str, tuple[str, ...]]
) -> Iterator[IndexDocument]:
    newest = sources.newest_extraction(r, [each.id for each in living])
    hashes = {h for e in newest.values() for h in (e.text_hash, e.zones) if h}
    bodies = contents.many(r, hashes)
    files = {f.source: f for f in records.where(r, SourceFile, source=tuple(e.id for e in living))}
    for each in living:
        if not isinstance(each, Source):
            continue
        read = newest.get(each.id)
        text = bodies[read.text_hash].decode() if read and read.text_hash else ""
        zones = json.loads(bodies[read.zones]) if read and read.zones else []
        file = files.get(each.id)
        earliest, latest = _days(each.published)
        yield IndexDocument(
            record=each.id,
            kind="source",
            source=each.id,
            text=text,
            zones=tuple(Zone.from_json(zone) for zone in zones),
            title=each.title or (file.name if file else None) or "",
            source_kind=each.kind or "",
            language=each.language or "",
            authors=each.byline or (),
            publisher=each.publisher or "",
            tags=tags.get(each.id, ()),
            earliest=earliest,
            latest=latest,
            added=each.made,
        )


def _claim(r: Reader, claim: Claim, tags: dict[str, tuple[str, ...]]) -> IndexDocument:
    quote = records.get(r, Annotation, claim.quote) if claim.quote else None
    named = {
        e.id: e for e in records.many(r, Entity, [i for i in (claim.speaker, claim.place) if i])
    }
    earliest, latest = _days(claim.about)
    words = claim.statement or ""
    return IndexDocument(
        record=claim.id,
        kind="claim",
        source=quote.source if quote else None,
        text=words,
        zones=body_of(words),
        title=words[:120],
        speaker=_names(named, claim.speaker),
        place=_names(named, claim.place),
        tags=tags.get(claim.id, ()),
        earliest=earliest,
        latest=latest,
        added=claim.made,
    )


def _names(named: dict[str, Entity], key: str | None) -> tuple[str, ...]:
    entity = named.get(key or "")
    return (entity.name,) if entity and entity.name else ()


def _plain(
    record: Record,
    words: str,
    tags: dict[str, tuple[str, ...]],
    *,
    source: str | None = None,
) -> IndexDocument:
    return IndexDocument(
        record=record.id,
        kind=record.TABLE,
        source=source,
        text=words,
        zones=body_of(words),
        title=words.split("\n", maxsplit=1)[0][:120],
        tags=tags.get(record.id, ()),
        added=record.made,
    )


def body_of(words: str) -> tuple[Zone, ...]:
    """Give the zone map of words that are all body."""
    return (Zone("body", 0, len(words)),) if words else ()


def _source_of(r: Reader, target: str | None) -> str | None:
    """Give the source that a record is about, where it is about one."""
    table = records.kind_of(r, target) if target else None
    if table == "source":
        return target
    if table == "annotation" and target:
        mark = records.get(r, Annotation, target)
        return mark.source if mark else None
    return None


def _days(value: DateValue | None) -> tuple[int | None, int | None]:
    return (_day(value.earliest), _day(value.latest)) if value else (None, None)


def _day(day: str | None) -> int | None:
    return int(day.replace("-", "")) if day and day.replace("-", "").isdigit() else None
