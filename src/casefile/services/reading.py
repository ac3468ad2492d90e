"""Sources: lists, the stored text, pictures of pages, and what a person says about them."""

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from casefile.model.annotation import Annotation
from casefile.model.change import Changes
from casefile.model.claim import Claim
from casefile.model.document import DocumentFact
from casefile.model.draft import ImageFact, PhotoFact
from casefile.model.errors import CasefileError, Refused, UsageError
from casefile.model.kinds import KINDS
from casefile.model.source import (
    RELIABILITY,
    TRIAGE,
    Acquisition,
    Extraction,
    Source,
    SourceFile,
    SourceLink,
)
from casefile.model.values import Picture
from casefile.model.view import (
    DuplicateView,
    Facts,
    MarkView,
    PageBoxes,
    SourceFilter,
    SourceRow,
    SourceView,
    TextView,
)
from casefile.model.zone import Zone, zone_at
from casefile.services.carrying import shown
from casefile.services.cases import people
from casefile.services.desk import Desk, done
from casefile.services.notes import notes_of, tags_of
from casefile.store import contents, records, sources
from casefile.store.session import Reader
from casefile.strings import tr


def listing(
    desk: Desk,
    which: SourceFilter | None = None,
    sort: str = "added",
    *,
    descending: bool = True,
) -> list[str]:
    """Give the ids of sources in order."""
    with desk.store.read() as r:
        return sources.listing(r, which or SourceFilter(), sort, descending=descending)


def rows(desk: Desk, ids: Sequence[str]) -> list[SourceRow]:
    """Give the lines of some sources in the order of their ids."""
    with desk.store.read() as r:
        return sources.rows(r, ids)


def titles(r: Reader, ids: Iterable[str]) -> dict[str, str]:
    """Give what each source is called: its title, or the name of its file."""
    wanted = tuple(set(ids))
    named = {s.id: s.title for s in records.many(r, Source, wanted)}
    bare = tuple(key for key, title in named.items() if not title)
    files = {f.source: f.name for f in records.where(r, SourceFile, source=bare)} if bare else {}
    return {key: title or files.get(key) or key[:8] for key, title in named.items()}


def source(desk: Desk, key: str) -> SourceView:
    """Give a source with its file, its newest extraction and how it came here."""
    with desk.store.read() as r:
        return view(r, key)


def view(r: Reader, key: str) -> SourceView:
    """Give a source within a read session; Refused when there is none of this id."""
    record = records.get(r, Source, key)
    if record is None:
        raise Refused(tr("There is no source {id}.").format(id=key))
    files = records.where(r, SourceFile, source=key)
    extraction = sources.newest_extraction(r, [key]).get(key)
    return SourceView(
        source=record,
        title=titles(r, [key])[key],
        file=next((f for f in files if f.role == "original"), files[0] if files else None),
        extraction=extraction,
        facts=_facts(r, extraction.facts if extraction else None),
        acquisitions=tuple(records.where(r, Acquisition, source=key)),
        tags=tags_of(r, [key])[key],
        notes=notes_of(r, key),
        duplicates=_duplicates(r, key),
    )


def text(desk: Desk, key: str) -> TextView | None:
    """Give the stored text of a source; None where nothing was read."""
    with desk.store.read() as r:
        return text_view(r, key)


def text_view(r: Reader, key: str) -> TextView | None:
    """Give the stored text within a read session."""
    read = sources.newest_extraction(r, [key]).get(key)
    if read is None or read.text_hash is None:
        return None
    bodies = contents.many(r, [h for h in (read.text_hash, read.zones, read.pages) if h])
    zones = json.loads(bodies[read.zones]) if read.zones else []
    pages = json.loads(bodies[read.pages]) if read.pages else []
    return TextView(
        source=key,
        text_hash=read.text_hash,
        object=read.object or "",
        text=bodies[read.text_hash].decode(),
        zones=tuple(Zone.from_json(zone) for zone in zones),
        pages=tuple((start, end) for start, end in pages),
        language=read.language or "",
    )


def marks(desk: Desk, key: str) -> list[MarkView]:
    """Give the marks on a source in the order of the text, areas of pictures last."""
    with desk.store.read() as r:
        return mark_views(r, shown(r, key, records.where(r, Annotation, source=key)))


def mark_views(r: Reader, found: Sequence[Annotation]) -> list[MarkView]:
    """Give marks with what hangs on them, in the order of their texts."""
    ids = [each.id for each in found]
    tags = tags_of(r, ids)
    claims: dict[str, list[str]] = {}
    for claim in records.where(r, Claim, quote=tuple(ids)) if ids else []:
        claims.setdefault(claim.quote or "", []).append(claim.id)
    named = titles(r, {each.source for each in found if each.source})
    zones = {key: _zones(r, key) for key in {each.text_hash for each in found if each.text_hash}}
    who = people(r)
    views = [
        MarkView(
            annotation=each,
            source_title=named.get(each.source or "", ""),
            zone=_zone_kind(zones.get(each.text_hash or "", ()), each.span),
            tags=tags[each.id],
            claims=tuple(claims.get(each.id, ())),
            by=who.get(each.made_by, ""),
        )
        for each in found
    ]
    return sorted(views, key=lambda v: v.annotation.span or (1 << 60, 0))


def page_picture(desk: Desk, key: str, page: int, width: int) -> Picture:
    """Draw a page (from 1) of a PDF, so many pixels wide."""
    return desk.extractor.page_picture(original_file(desk, key), page, width)


def page_boxes(desk: Desk, key: str, page: int) -> PageBoxes:
    """Give where the letters of a page's stored text stand on its picture."""
    return boxes_of(desk, source(desk, key), text(desk, key), page)


def boxes_of(desk: Desk, shown: SourceView, found: TextView | None, page: int) -> PageBoxes:
    """Give the same of a source that is read already; a text of 5,000 pages is read but once."""
    if found is None or not 1 <= page <= len(found.pages):
        raise Refused(tr("There is no page {n}.").format(n=page))
    start, end = found.pages[page - 1]
    facts, key = shown.facts.document, shown.source.id
    placed = facts.boxes_on(page, start, end) if facts else None
    if placed is not None:
        return PageBoxes(boxes=placed)
    return desk.extractor.page_boxes(original_file(desk, key), page, found.text[start:end])


def photo_picture(desk: Desk, key: str, width: int, height: int) -> Picture:
    """Draw a photo, turned as its camera was held, at most so many pixels wide and high."""
    return desk.extractor.photo_picture(original_file(desk, key), width, height)


def photo_part(
    desk: Desk, key: str, box: tuple[int, int, int, int], width: int, height: int
) -> Picture:
    """Draw a piece of a photo, in pixels of the upright photo, no larger than that."""
    return desk.extractor.photo_part(original_file(desk, key), box, width, height)


def export_original(desk: Desk, key: str, file: Path) -> None:
    """Write the original bytes of a source to a file that does not exist yet."""
    with writing_out(file):
        shutil.copyfile(original_file(desk, key), file)


@contextmanager
def writing_out(file: Path) -> Iterator[None]:
    """Write a file that does not exist yet; Refused and CasefileError say what is in the way."""
    if file.exists():
        raise Refused(
            tr("There is a file of that name already."), tr("Choose another name; it is unharmed.")
        )
    try:
        yield
    except OSError as error:
        raise CasefileError(
            tr("The file could not be written: {why}.").format(why=error.strerror),
            tr("Choose a folder that you may write to."),
        ) from error


def edit(desk: Desk, key: str, **values: Any) -> Changes:
    """Change what is said of a source."""
    with desk.store.write("edit", fields=sorted(values)) as w:
        w.put(Source, key, **values)
    return done(w)


def triage(desk: Desk, ids: Iterable[str], status: str | None) -> Changes:
    """Set sources aside: relevant, later, no, or None for undecided."""
    if status is not None and status not in TRIAGE:
        raise UsageError(tr("A source is relevant, later, no or none."))
    return _set_all(desk, "triage", ids, status=status)


def grade(desk: Desk, ids: Iterable[str], letter: str | None) -> Changes:
    """Grade the reliability of sources A to F, or None for not judged."""
    if letter is not None and letter not in RELIABILITY:
        raise UsageError(tr("Reliability is a letter from A to F."))
    return _set_all(desk, "grade", ids, reliability=letter)


def delete(desk: Desk, ids: Iterable[str]) -> Changes:
    """Delete records of any kind; undo brings them back, nothing leaves the disk."""
    wanted = list(ids)
    with desk.store.write("delete", count=len(wanted)) as w:
        for key in wanted:
            table = records.kind_of(w, key)
            if table is None or table not in KINDS:
                raise Refused(tr("There is no record {id}.").format(id=key))
            w.delete(KINDS[table], key)
    return done(w)


def resolve(desk: Desk, prefix: str, table: str | None = None) -> str:
    """Give the whole id that begins so; Refused when there is none, several, or another kind."""
    with desk.store.read() as r:
        found, key = records.resolve(r, prefix)
    if table and found != table:
        raise Refused(
            tr("{id} is no {wanted}, it is a {found}.").format(id=prefix, wanted=table, found=found)
        )
    return key


def table_of(desk: Desk, key: str) -> str:
    """Name the table of a record; "" when there is none."""
    with desk.store.read() as r:
        return records.kind_of(r, key) or ""


def _set_all(desk: Desk, act: str, ids: Iterable[str], **values: str | None) -> Changes:
    wanted = list(ids)
    with desk.store.write(act, count=len(wanted), **values) as w:
        for key in wanted:
            w.put(Source, key, **values)
    return done(w)


def original_file(desk: Desk, key: str) -> Path:
    """Give where the original bytes of a source lie; CasefileError when they are missing."""
    with desk.store.read() as r:
        files = records.where(r, SourceFile, source=key)
    for file in files:
        if file.object and file.role == "original":
            if not desk.store.objects.has(file.object):
                raise CasefileError(
                    tr("The original of this source is not in the case folder."),
                    tr("Run a check of the case; a backup or a colleague may have it."),
                )
            return desk.store.objects.path(file.object)
    raise Refused(tr("There is no source {id}.").format(id=key))


def _facts(r: Reader, key: str | None) -> Facts:
    data = json.loads(contents.get(r, key)) if key else {}
    photo, document = data.get("photo"), data.get("document")
    return Facts(
        images=tuple(ImageFact(**image) for image in data.get("images") or ()),
        photo=PhotoFact(**photo) if photo else None,
        document=DocumentFact.from_json(document) if document else None,
        published_from=data.get("published_from"),
        picture_hash=data.get("picture_hash"),
    )


def _duplicates(r: Reader, key: str) -> tuple[DuplicateView, ...]:
    links = records.where(r, SourceLink, source=key, kind="duplicate")
    links += records.where(r, SourceLink, other=key, kind="duplicate")
    reasons = {
        (link.other if link.source == key else link.source) or "": link.reason or ""
        for link in links
    }
    living = {s.id for s in records.many(r, Source, list(reasons)) if not s.deleted}
    named = titles(r, living)
    return tuple(
        DuplicateView(source=other, title=named[other], how=how)
        for other, how in reasons.items()
        if other in living
    )


def _zones(r: Reader, text_hash: str) -> tuple[Zone, ...]:
    """Give the zone map of a text, from whichever extraction made that text."""
    made = records.where(r, Extraction, text_hash=text_hash, limit=1)
    if not made or not made[0].zones:
        return ()
    return tuple(Zone.from_json(zone) for zone in json.loads(contents.get(r, made[0].zones)))


def _zone_kind(zones: Sequence[Zone], span: tuple[int, int] | None) -> str | None:
    found = zone_at(zones, span[0]) if span else None
    return found.kind if found else None
