"""Marks on exact words of a source."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from casefile.analysis.anchoring import find_quote
from casefile.model.annotation import MARKS, Annotation, quote_selectors
from casefile.model.change import Changes
from casefile.model.errors import Refused, UsageError
from casefile.model.ids import new_id
from casefile.model.values import Span
from casefile.model.view import TextView
from casefile.model.zone import page_at
from casefile.services.desk import Desk, done
from casefile.services.notes import put_tags
from casefile.services.reading import text
from casefile.strings import tr


@dataclass(frozen=True, slots=True)
class MarkAs:
    """How a mark is made: one of the five meanings, words beside it, tags."""

    mark: int = 1
    note: str | None = None
    tags: tuple[str, ...] = ()


def mark(
    desk: Desk, source: str, span: tuple[int, int], how: MarkAs | None = None
) -> tuple[str, Changes]:
    """Mark a range of code points in the stored text; white space at its ends is left out."""
    how = how or MarkAs()
    check_mark(how.mark)
    words = _text(desk, source)
    start, end = _trimmed(words.text, *span)
    key = new_id()
    with desk.store.write("annotate", mark=how.mark) as w:
        w.put(
            Annotation,
            key,
            source=source,
            object=words.object,
            text_hash=words.text_hash,
            selectors=_selectors(words, start, end),
            motivation="commenting" if how.note else "highlighting",
            body=how.note,
            mark=how.mark,
            anchor="exact",
        )
        put_tags(w, key, how.tags)
    return key, done(w)


def quote(
    desk: Desk,
    source: str,
    words: str,
    *,
    occurrence: int | None = None,
    page: int | None = None,
    how: MarkAs | None = None,
) -> tuple[str, Changes]:
    """Mark the place where these words stand.

    White space counts as equal, case and letters as they are. Found never, or several times without
    `occurrence` (from 1): Refused, with the places as details, and nothing is stored.
    """
    view = _text(desk, source)
    found = [
        s for s in find_quote(view.text, words) if page in (None, page_at(view.pages, s.start))
    ]
    listed = [{"start": s.start, "end": s.end, "page": page_at(view.pages, s.start)} for s in found]
    span = _choose(found, occurrence, listed)
    return mark(desk, source, (span.start, span.end), how)


def recolour(desk: Desk, key: str, mark: int) -> Changes:
    """Give a mark another of the five meanings."""
    check_mark(mark)
    with desk.store.write("recolour", mark=mark) as w:
        w.put(Annotation, key, mark=mark)
    return done(w)


def move(desk: Desk, view: TextView, key: str, span: tuple[int, int]) -> Changes:
    """Give a mark another start or end in the same text."""
    start, end = _trimmed(view.text, *span)
    with desk.store.write("move mark") as w:
        w.put(Annotation, key, selectors=_selectors(view, start, end), anchor="exact")
    return done(w)


def write_note(desk: Desk, key: str, body: str) -> Changes:
    """Write, change or empty the note beside a mark."""
    with desk.store.write("write note") as w:
        w.put(
            Annotation,
            key,
            body=body or None,
            motivation="commenting" if body else "highlighting",
        )
    return done(w)


def check_mark(mark: int) -> None:
    """Raise UsageError for a number that is none of the five marks."""
    if mark not in MARKS:
        raise UsageError(tr("There are five marks, 1 to 5."))


def _text(desk: Desk, source: str) -> TextView:
    view = text(desk, source)
    if view is None or not view.text:
        raise Refused(
            tr("This source has no text to mark."), tr("A note can be written about it instead.")
        )
    return view


def _trimmed(words: str, start: int, end: int) -> tuple[int, int]:
    if not 0 <= start <= end <= len(words):
        raise Refused(tr("These places are not in the text."))
    while start < end and words[start].isspace():
        start += 1
    while end > start and words[end - 1].isspace():
        end -= 1
    if start == end:
        raise Refused(tr("No words are selected."), tr("Select some words first."))
    return start, end


def _selectors(view: TextView, start: int, end: int) -> tuple[dict[str, Any], ...]:
    return quote_selectors(view.text, start, end, page_at(view.pages, start))


def _choose(
    found: Sequence[Span], occurrence: int | None, listed: list[dict[str, int | None]]
) -> Span:
    if not found:
        raise Refused(
            tr("These words are not in the text."),
            tr("Case and letters count. Copy the words from the text as Casefile shows it."),
            listed,
        )
    if occurrence is None and len(found) > 1:
        raise Refused(
            tr("These words stand in {n} places.").format(n=len(found)),
            tr("Say which one, counted from 1."),
            listed,
        )
    if occurrence is not None and not 1 <= occurrence <= len(found):
        raise Refused(tr("There are {n} such places.").format(n=len(found)), "", listed)
    return found[(occurrence or 1) - 1]
