"""Reading an original once more: with a password, or with its letters recognised."""

from dataclasses import dataclass

from casefile.model.change import Changes
from casefile.model.draft import Draft
from casefile.model.errors import Refused
from casefile.model.source import Source, SourceFile
from casefile.services import found_marks
from casefile.services.carrying import CarryReport, NewText, carry_marks
from casefile.services.desk import Desk, done
from casefile.services.intake import put_extraction
from casefile.store import records, sources
from casefile.store.writer import Writer
from casefile.strings import tr


@dataclass(frozen=True, slots=True)
class Reread:
    """A new reading of a source: what was read, and where its marks went."""

    draft: Draft
    marks: CarryReport
    changes: Changes


def read_again(desk: Desk, source: str) -> Reread:
    """Read the original of a source once more and keep the new text beside the old one.

    Passwords that `desk.extractor.try_passwords` was given are tried. Refused, and nothing is
    stored, when nothing more can be read than before.
    """
    file = original(desk, source)
    path = desk.store.objects.path(file.object or "")
    with desk.store.read() as r:
        before = sources.newest_extraction(r, [source]).get(source)
    parameters = dict((before and before.parameters) or {})
    draft = desk.extractor.read(path, name=file.name or "", parameters=parameters)
    if before is not None and not draft.complete and draft.reason == before.reason:
        raise Refused(
            tr("It reads as before: {why}.").format(why=draft.reason),
            tr("The text that the case has is kept."),
        )
    return keep(desk, source, draft, "read again")


def keep(desk: Desk, source: str, draft: Draft, act: str) -> Reread:
    """Write a new reading in one transaction; the marks of the old text are carried over."""
    file = original(desk, source)
    sha256 = file.object or ""
    with desk.store.write(act, source=source) as w:
        text_hash = w.content("text", draft.text.encode())
        put_extraction(w, source, sha256, draft)
        found = carry_marks(w, source, NewText(draft.text, text_hash, sha256, draft.pages))
        found_marks.put(w, source, sha256, draft)
        _fill(w, source, draft)
        if draft.pages and len(draft.pages) != file.pages:
            w.put(SourceFile, file.id, pages=len(draft.pages))
    return Reread(draft, found, done(w))


def original(desk: Desk, source: str) -> SourceFile:
    """Give the original file of a source; Refused when there is none in the case folder."""
    with desk.store.read() as r:
        files = records.where(r, SourceFile, source=source)
    for file in files:
        if file.object and file.role == "original" and desk.store.objects.has(file.object):
            return file
    raise Refused(
        tr("The original of this source is not in the case folder."),
        tr("Run a check of the case; a backup or a colleague may have it."),
    )


def _fill(w: Writer, source: str, draft: Draft) -> None:
    """Fill in what nobody could know before; what a person wrote stays."""
    record = records.get(w, Source, source)
    if record is None:
        return
    fresh = {"title": draft.title, "language": draft.language}
    missing = {name: value for name, value in fresh.items() if value and not getattr(record, name)}
    if missing:
        w.put(Source, source, **missing)
