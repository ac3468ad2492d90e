"""What `show` prints of a source; every key is always there, absent facts are null."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from casefile.cli.output import instant
from casefile.model.document import DocumentFact
from casefile.model.source import Source
from casefile.model.values import DateValue
from casefile.model.view import SourceView, TextView
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.services.desk import Desk

_CHANGING = tuple(name for name in Source.spec() if name != "kind")


def document(view: SourceView, text: TextView | None, wanted: Namespace) -> dict[str, Any]:
    """Give a source as JSON; `text` and `zones` only where they are wanted."""
    return {
        "id": view.source.id,
        **_record(view),
        **_file(view),
        "zones": _zones(text) if wanted.zones else None,
        "images": [asdict(image) for image in view.facts.images],
        "photo": asdict(view.facts.photo) if view.facts.photo else None,
        "document": _document(view.facts.document),
        "extraction": _extraction(view),
        "acquisition": asdict(view.acquisitions[0]) if view.acquisitions else None,
        "acquisitions": [asdict(each) for each in view.acquisitions],
        "text": (text.text if text else "") if wanted.text else None,
        "tags": list(view.tags),
        "notes": [
            {"id": note.id, "body": note.body, "made": instant(note.made)} for note in view.notes
        ],
        "duplicate_of": [{"source": d.source, "how": d.how} for d in view.duplicates],
        "history": None,
        "as_of": None,
    }


def _record(view: SourceView) -> dict[str, Any]:
    source = view.source
    return {
        "kind": source.kind,
        "title": source.title,
        "section": source.section,
        "byline": list(source.byline or ()),
        "dateline": source.dateline,
        "publisher": source.publisher,
        "language": source.language,
        "url": source.url,
        "canonical_url": source.canonical_url,
        "published": source.published.to_json() if source.published else None,
        "published_from": view.facts.published_from,
        "reliability": source.reliability,
        "sensitivity": source.sensitivity,
        "status": source.status,
        "credit": source.credit,
        "licence": source.licence,
    }


def _file(view: SourceView) -> dict[str, Any]:
    file = view.file
    return {
        "sha256": file.object if file else None,
        "size": file.size if file else None,
        "media_type": file.media_type if file else None,
        "name": file.name if file else None,
        "pages": file.pages if file else None,
    }


def _zones(text: TextView | None) -> list[dict[str, Any]]:
    if text is None:
        return []
    return [zone.to_json() | {"text": zone.of(text.text)} for zone in text.zones]


def _document(facts: DocumentFact | None) -> dict[str, Any] | None:
    """Give what a paged document says of itself; the places of single words are left out."""
    if facts is None:
        return None
    told = asdict(facts)
    del told["placed"]
    return told


def _extraction(view: SourceView) -> dict[str, Any] | None:
    read = view.extraction
    if read is None:
        return None
    return {
        "extractor": read.extractor,
        "version": read.version,
        "parameters": read.parameters or {},
        "complete": bool(read.complete),
        "reason": read.reason,
        "warnings": list(read.warnings or ()),
        "language": read.language,
        "text_sha256": read.text_hash,
    }


def as_of(desk: "Desk", key: str, words: str) -> dict[str, Any]:
    """Give what the ledger said of a source at the end of a day, or at an instant.

    Refused when the source was not in the case yet.
    """
    from casefile.services import moments

    at = moments.moment(words)
    then = moments.record(desk, key, at)
    values: dict[str, Any] = {name: then.values.get(name) for name in _CHANGING}
    values["byline"] = values["byline"] or []
    published = DateValue.from_json(values["published"])
    values["published"] = published.to_json() if published else None
    return {**values, "deleted": then.deleted, "as_of": instant(at)}


def pairs(
    view: SourceView, when: Callable[[DateValue | None], str | None]
) -> Iterator[tuple[str, str | None]]:
    """Give the labelled facts that people are shown."""
    source, file, read = view.source, view.file, view.extraction
    yield tr("Kind"), source.kind
    yield tr("Section"), source.section
    yield tr("Byline"), ", ".join(source.byline or ())
    yield tr("Dateline"), source.dateline
    yield tr("Publisher"), source.publisher
    yield tr("Published"), when(source.published)
    yield tr("Address"), source.url
    yield tr("Language"), source.language
    yield tr("Reliability"), source.reliability
    yield tr("Status"), source.status
    yield tr("Tags"), ", ".join(view.tags)
    yield tr("Original name"), file.name if file else None
    yield tr("Pages"), str(file.pages) if file and file.pages else None
    yield tr("Size"), str(file.size) if file else None
    yield "SHA-256", file.object if file else None
    yield tr("Read by"), f"{read.extractor} {read.version}" if read else None
    yield tr("Partly read"), read.reason if read and not read.complete else None
    yield from _document_pairs(view.facts.document)
    for image in view.facts.images:
        yield tr("Caption"), image.caption
        yield tr("Credit"), image.credit
    for each in view.duplicates:
        yield tr("Same as"), f"{each.title} ({each.how})"
    for note in view.notes:
        yield tr("Note"), note.body
    yield tr("Id"), source.id


def _document_pairs(facts: DocumentFact | None) -> Iterator[tuple[str, str | None]]:
    if facts is None:
        return
    yield tr("Author"), facts.author
    yield tr("Made"), facts.created
    yield tr("Made with"), facts.creator or facts.producer
    yield tr("Attached"), "; ".join(each.name for each in facts.attached)
    for each in facts.readers:
        pages = f"{each.first}" if each.first == each.last else f"{each.first}-{each.last}"
        sure = f" ({each.confidence} %)" if each.confidence is not None else ""
        yield tr("Pages {pages}").format(pages=pages), f"{each.reader}{sure}"
    for heading in facts.outline[:200]:
        where = f" ({heading.page})" if heading.page else ""
        yield tr("Outline"), "  " * heading.depth + heading.title + where
