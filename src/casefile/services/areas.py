"""Marks on areas of photos and of pages."""

from casefile.model.annotation import Annotation
from casefile.model.area import Area
from casefile.model.change import Changes
from casefile.model.errors import Refused
from casefile.model.ids import new_id
from casefile.model.source import Source, SourceFile
from casefile.services.annotate import MarkAs, check_mark
from casefile.services.desk import Desk, done
from casefile.services.notes import put_tags
from casefile.services.reading import text_view
from casefile.store import records
from casefile.store.session import Reader
from casefile.strings import tr


def mark(desk: Desk, source: str, area: Area, how: MarkAs | None = None) -> tuple[str, Changes]:
    """Mark an area of a photo, or of a page of a PDF.

    Refused where the source has no picture, or no such page.
    """
    how = how or MarkAs()
    check_mark(how.mark)
    key = new_id()
    with desk.store.write("annotate", mark=how.mark) as w:
        w.put(
            Annotation,
            key,
            source=source,
            object=_pictured(w, source, area),
            selectors=area.selectors(),
            motivation="commenting" if how.note else "highlighting",
            body=how.note,
            mark=how.mark,
            anchor="exact",
        )
        put_tags(w, key, how.tags)
    return key, done(w)


def move(desk: Desk, key: str, area: Area) -> Changes:
    """Give a marked area another place on the same picture."""
    with desk.store.write("move mark") as w:
        held = records.get(w, Annotation, key)
        if held is None or held.area is None or held.source is None:
            raise Refused(tr("This mark is not on an area."))
        _pictured(w, held.source, area)
        w.put(Annotation, key, selectors=area.selectors(), anchor="exact")
    return done(w)


def _pictured(r: Reader, key: str, area: Area) -> str:
    """Give the object that the picture is of."""
    source = records.get(r, Source, key)
    kind = source.kind if source else None
    if kind not in {"photo", "pdf"}:
        raise Refused(
            tr("Areas can be marked on photos and on pages of PDFs."),
            tr("In this source, words can be marked."),
        )
    if kind == "photo" and area.page is not None:
        raise Refused(tr("A photo has no pages."))
    if kind == "pdf":
        words = text_view(r, key)
        count = len(words.pages) if words else 0
        if area.page is None or not 1 <= area.page <= count:
            raise Refused(
                tr("There is no page {n}.").format(n=area.page or "–"),
                tr("This PDF has {n} pages.").format(n=count),
            )
    files = records.where(r, SourceFile, source=key)
    found = next((one.object for one in files if one.role == "original" and one.object), None)
    if found is None:
        raise Refused(tr("The original of this source is not in the case folder."))
    return found
