"""Two sources become one: every mark, tag, note and piece of evidence goes along; can be undone."""

from typing import Any

from casefile.model.annotation import Annotation
from casefile.model.change import Changes
from casefile.model.errors import Refused
from casefile.model.ids import new_id, tagging_id
from casefile.model.kinds import KINDS
from casefile.model.note import Tagging
from casefile.model.record import FieldType
from casefile.model.source import Source, SourceFile, SourceLink
from casefile.services.carrying import NewText, carry_marks
from casefile.services.desk import Desk, done
from casefile.services.reading import text_view
from casefile.store import records
from casefile.store.writer import Writer
from casefile.strings import tr

MERGED = "merged into"
COPY = "capture"  # the role of the bytes of a source that became part of another one
# What is handled one by one below; of all other kinds whatever names the source goes along.
_OWN = {"source", "extraction", "source_link", "tagging", "source_file"}
_FILLED = (
    *("title", "section", "byline", "dateline", "publisher", "language", "url", "canonical_url"),
    *("published", "reliability", "sensitivity", "status", "credit", "licence"),
)


def merge(desk: Desk, keep: str, gone: str) -> Changes:
    """Make one source of two: `keep` takes all that hangs on `gone`, and what it says itself lacks.

    Marks are carried to the text of `keep`, as to a new reading of it. The bytes of both stay.
    """
    if keep == gone:
        raise Refused(tr("A source cannot be merged with itself."))
    with desk.store.write("merge sources") as w:
        kept, other = _living(w, keep), _living(w, gone)
        _fill(w, kept, other)
        _move_files(w, kept.id, other.id)
        _move_tags(w, kept.id, other.id)
        _move_links(w, kept.id, other.id)
        _move_rest(w, kept.id, other.id)
        _carry(w, kept.id)
        w.put(SourceLink, new_id(), source=gone, other=keep, kind=MERGED, decided=True)
        w.delete(Source, gone)
    return done(w)


def _living(w: Writer, key: str) -> Source:
    found = records.get(w, Source, key)
    if found is None or found.deleted:
        raise Refused(tr("There is no source {id}.").format(id=key))
    return found


def _fill(w: Writer, kept: Source, other: Source) -> None:
    lacking = {
        name: getattr(other, name)
        for name in _FILLED
        if getattr(kept, name) in (None, ()) and getattr(other, name) not in (None, ())
    }
    if lacking:
        w.put(Source, kept.id, **lacking)


def _move_files(w: Writer, keep: str, gone: str) -> None:
    for file in records.where(w, SourceFile, source=gone):
        role = COPY if file.role == "original" else file.role
        w.put(SourceFile, file.id, source=keep, role=role)


def _move_tags(w: Writer, keep: str, gone: str) -> None:
    for link in records.where(w, Tagging, target=gone):
        if link.tag:
            w.put(Tagging, tagging_id(link.tag, keep), tag=link.tag, target=keep)
        w.delete(Tagging, link.id)


def _move_links(w: Writer, keep: str, gone: str) -> None:
    """Point links at the source that stays; the one between the two has done its work."""
    links = records.where(w, SourceLink, source=gone) + records.where(w, SourceLink, other=gone)
    for link in links:
        ends = {keep if end == gone else end for end in (link.source, link.other)}
        if len(ends) == 1 and link.kind != MERGED:
            w.delete(SourceLink, link.id)
        elif link.source == gone:
            w.put(SourceLink, link.id, source=keep)
        else:
            w.put(SourceLink, link.id, other=keep)


def _move_rest(w: Writer, keep: str, gone: str) -> None:
    for table, kind in KINDS.items():
        if table in _OWN:
            continue
        for name, form in kind.spec().items():
            if form is FieldType.REF:
                named: dict[str, Any] = {name: gone}
                for each in records.where(w, kind, **named):
                    w.put(kind, each.id, **{name: keep})


def _carry(w: Writer, keep: str) -> None:
    view = text_view(w, keep)
    if view is None or not records.where(w, Annotation, source=keep, limit=1):
        return
    carry_marks(w, keep, NewText(view.text, view.text_hash, view.object, view.pages))
