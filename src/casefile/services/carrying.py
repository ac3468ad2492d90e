"""Marks of a source carried over to a new text of it: kept, moved, asked about, or left with their words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from casefile.analysis.carrying import EXACT, MOVED, ORPHAN, UNSURE, Carried, carry
from casefile.analysis.recoding import recoded
from casefile.model.annotation import Annotation, quote_selectors
from casefile.model.change import Changes
from casefile.model.errors import Refused
from casefile.model.zone import page_at
from casefile.services.desk import Desk, done
from casefile.store import contents, records, sources
from casefile.store.session import Reader
from casefile.store.writer import Writer
from casefile.strings import tr

_PLACED = ("TextQuoteSelector", "TextPositionSelector", "PageSelector")


@dataclass(frozen=True, slots=True)
class NewText:
    """The text that marks are carried to, and the bytes that it was read from.

    With an `encoding`, letters that other letters were read as before are the same.
    """

    text: str
    text_hash: str
    object: str
    pages: tuple[tuple[int, int], ...] = ()
    encoding: str | None = None  # that a person chose


@dataclass(frozen=True, slots=True)
class CarryReport:
    """How many marks went which way."""

    exact: int = 0
    moved: int = 0
    unsure: int = 0
    orphan: int = 0


def carry_marks(w: Writer, source: str, new: NewText) -> CarryReport:
    """Carry the marks of a source to a new text, in the transaction that brings the text.

    Marks on areas of pictures stay. An orphan keeps its words, its old text and its old place.
    """
    counts = dict.fromkeys((EXACT, MOVED, UNSURE, ORPHAN), 0)
    for mark, found in _carried(w, source, new):
        counts[found.state] += 1
        if found.span is None:
            w.put(Annotation, mark.id, anchor=ORPHAN)
        else:
            w.put(
                Annotation,
                mark.id,
                text_hash=new.text_hash,
                object=new.object,
                selectors=_selectors(mark, new, found),
                anchor=found.state,
            )
    return CarryReport(**counts)


def shown(r: Reader, source: str, found: Sequence[Annotation]) -> list[Annotation]:
    """Give marks as they are to be shown on the newest text of their source.

    Marks made on another text (a colleague's, on an older reading) are carried for the eye only;
    one that finds no place is an orphan and has none.
    """
    read = sources.newest_extraction(r, [source]).get(source)
    foreign = {m.id for m in found if _elsewhere(m, read.text_hash if read else None)}
    if not foreign or read is None or read.text_hash is None:
        return list(found)
    chosen = (read.parameters or {}).get("encoding")
    new = NewText(
        _text(r, read.text_hash),
        read.text_hash,
        read.object or "",
        encoding=str(chosen) if chosen else None,
    )
    carried = dict(_pairs(r, [m for m in found if m.id in foreign], new))
    return [_as_shown(m, new, carried[m.id]) if m.id in foreign else m for m in found]


def confirm(desk: Desk, mark: str) -> Changes:
    """Say that an unsure mark stands where it was put: its words are now those of the text."""
    with desk.store.write("move mark") as w:
        one = records.get(w, Annotation, mark)
        if one is None or one.span is None or one.text_hash is None:
            raise Refused(tr("This mark has no place to confirm."))
        text = _text(w, one.text_hash)
        selectors = (*quote_selectors(text, *one.span, one.page), *_rest(one))
        w.put(Annotation, mark, selectors=selectors, anchor=MOVED)
    return done(w)


def _carried(w: Writer, source: str, new: NewText) -> list[tuple[Annotation, Carried]]:
    marks = [m for m in records.where(w, Annotation, source=source) if m.span is not None]
    by_id = {m.id: m for m in marks}
    wanted = [m for m in marks if _elsewhere(m, new.text_hash)]
    return [(by_id[id_], found) for id_, found in _pairs(w, wanted, new)]


def _pairs(r: Reader, marks: Sequence[Annotation], new: NewText) -> list[tuple[str, Carried]]:
    """Carry marks from each text that they stand on, one difference a text."""
    by_text: dict[str, list[Annotation]] = {}
    for mark in marks:
        by_text.setdefault(mark.text_hash or "", []).append(mark)
    found: list[tuple[str, Carried]] = []
    for name, group in by_text.items():
        spans = [m.span for m in group if m.span is not None]
        old = _text(r, name)
        way = recoded(old, new.text, new.encoding) if new.encoding and old else None
        if way is not None:
            old, spans = way.text, [way.span(*span) for span in spans]
        carried = carry(old, new.text, spans)
        found += [(m.id, one) for m, one in zip(group, carried, strict=True)]
    return found


def _elsewhere(mark: Annotation, text_hash: str | None) -> bool:
    return mark.span is not None and bool(mark.text_hash) and mark.text_hash != text_hash


def _text(r: Reader, name: str) -> str:
    body = contents.many(r, [name]).get(name) if name else None
    return body.decode() if body is not None else ""


def _selectors(mark: Annotation, new: NewText, found: Carried) -> tuple[dict[str, Any], ...]:
    """Give the selectors in the new text; an unsure mark keeps the words that it was made on."""
    start, end = found.span or (0, 0)
    made = quote_selectors(new.text, start, end, page_at(new.pages, start) if new.pages else None)
    if found.state == UNSURE:
        quote = mark.selector("TextQuoteSelector")
        made = (quote, *made[1:]) if quote else made
    return (*made, *_rest(mark))


def _rest(mark: Annotation) -> tuple[dict[str, Any], ...]:
    return tuple(s for s in mark.selectors or () if s.get("type") not in _PLACED)


def _as_shown(mark: Annotation, new: NewText, found: Carried) -> Annotation:
    if found.span is not None:
        return replace(mark, selectors=_selectors(mark, new, found), anchor=found.state)
    without = tuple(s for s in mark.selectors or () if s.get("type") != "TextPositionSelector")
    return replace(mark, selectors=without, anchor=ORPHAN)
