"""What a search can not have looked through: unread pages, sources without text, a late index."""

import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from casefile.model.hit import Coverage
from casefile.model.source import Extraction, Source
from casefile.services.desk import Desk
from casefile.services.documents import SEARCHED, id_pages
from casefile.store import contents, records, sources
from casefile.store.session import Reader
from casefile.strings import trn

_PORTION = 200  # sources that are looked at at once


@dataclass(frozen=True)
class _Known:
    """What was found up to a position of the ledger; only sources that lack something are named.

    Of each: whether it is partly read, whether it has no text, how many of its pages have none.
    """

    upto: int
    lacking: dict[str, tuple[bool, bool, int]]


_KEPT: "WeakKeyDictionary[Desk, tuple[_Known, Coverage]]" = WeakKeyDictionary()
_LOCK = threading.Lock()


def coverage(desk: Desk) -> Coverage:
    """Count what is searched and what is not; of a case counted before, only what changed."""
    upto = desk.upto
    with _LOCK:
        kept = _KEPT.get(desk)
        if kept is None or kept[0].upto != upto:
            known = _known(desk, upto, kept[0] if kept else None)
            kept = _KEPT[desk] = (known, _counted(desk, known))
    found = kept[1]
    changed = desk.store.changes_after(desk.index.upto).records if desk.index.fit else {}
    late = sum(len(ids) for kind, ids in changed.items() if kind in SEARCHED)
    return Coverage(
        records=found.records, sources=found.sources, behind=late, partly_read=found.partly_read,
        without_text=found.without_text, pages_without_text=found.pages_without_text,
    )  # fmt: skip


def sentences(found: Coverage) -> Iterator[str]:
    """Say what was not looked through."""
    if found.behind:
        yield trn(
            "{n} record is not in the index yet.",
            "{n} records are not in the index yet.",
            found.behind,
        )
    if found.without_text:
        yield trn("{n} source has no text.", "{n} sources have no text.", found.without_text)
    if found.pages_without_text:
        yield trn("{n} page has no text.", "{n} pages have no text.", found.pages_without_text)
    if found.partly_read:
        yield trn(
            "{n} source is only partly read.",
            "{n} sources are only partly read.",
            found.partly_read,
        )


def _known(desk: Desk, upto: int, before: _Known | None) -> _Known:
    """Look at every source, or at those that were touched since."""
    if before is None:
        parts: Iterable[Sequence[str]] = id_pages(desk, Source)
        lacking = {}
    else:
        touched = _touched(desk, before.upto)
        parts = (touched[n : n + _PORTION] for n in range(0, len(touched), _PORTION))
        lacking = {key: found for key, found in before.lacking.items() if key not in touched}
    for part in parts:
        with desk.store.read() as r:
            lacking |= _lacking(r, part if before is None else _living(r, part))
    return _Known(upto, lacking)


def _touched(desk: Desk, upto: int) -> list[str]:
    changed = desk.store.changes_after(upto).records
    with desk.store.read() as r:
        read = records.many(r, Extraction, changed.get("extraction", ()))
    return list({*changed.get("source", ()), *(e.source for e in read if e.source)})


def _living(r: Reader, ids: Sequence[str]) -> list[str]:
    return [one.id for one in records.many(r, Source, ids) if not one.deleted]


def _lacking(r: Reader, ids: Sequence[str]) -> dict[str, tuple[bool, bool, int]]:
    """Give what is missing of those of some living sources that lack anything."""
    read = sources.texts(r, ids)
    bodies = contents.many(r, {name for _, *names in read.values() for name in names if name})
    found = {}
    for id_ in ids:
        complete, text_hash, pages = read.get(id_, (None, None, None))
        text = bodies[text_hash].decode() if text_hash else ""
        blank = not text.strip()
        unread = 0 if blank or pages is None else _blank_pages(text, bodies[pages])
        if complete is False or blank or unread:
            found[id_] = (complete is False, blank, unread)
    return found


def _blank_pages(text: str, pages: bytes) -> int:
    return sum(not text[start:end].strip() for start, end in json.loads(pages))


def _counted(desk: Desk, known: _Known) -> Coverage:
    with desk.store.read() as r:
        total = {kind: records.count(r, cls) for kind, cls in SEARCHED.items()}
    return Coverage(
        records=sum(total.values()),
        sources=total[Source.TABLE],
        partly_read=sum(partly for partly, _, _ in known.lacking.values()),
        without_text=sum(blank for _, blank, _ in known.lacking.values()),
        pages_without_text=sum(pages for _, _, pages in known.lacking.values()),
    )
