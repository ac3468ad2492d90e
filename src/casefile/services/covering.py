"""What a search can not have looked through: unread pages, sources without text, a late index."""

import json
import threading
from collections.abc import Iterable, Iterator
from weakref import WeakKeyDictionary

from casefile.model.hit import Coverage
from casefile.model.source import Extraction, Source
from casefile.services.desk import Desk
from casefile.services.documents import SEARCHED
from casefile.store import contents, records, sources
from casefile.store.session import Reader
from casefile.strings import trn

_PORTION = 200  # texts that are read at once
_KEPT: "WeakKeyDictionary[Desk, tuple[int, Coverage]]" = WeakKeyDictionary()
_LOCK = threading.Lock()


def coverage(desk: Desk) -> Coverage:
    """Count what is searched and what is not; counted again when the case or the index changed."""
    upto = desk.upto
    with _LOCK:
        kept = _KEPT.get(desk)
        if kept is None or kept[0] != upto:
            kept = _KEPT[desk] = (upto, _counted(desk))
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


def _counted(desk: Desk) -> Coverage:
    with desk.store.read() as r:
        living = [each.id for each in records.where(r, Source)]
        total = sum(records.count(r, kind) for kind in SEARCHED.values())
    partly = textless = pages = 0
    for start in range(0, len(living), _PORTION):
        part = living[start : start + _PORTION]
        with desk.store.read() as r:
            newest = sources.newest_extraction(r, part)
            paged = _pages(r, [e for e in newest.values() if e.pages and e.text_hash])
            empty = _empty(r, newest.values())
        partly += sum(e.complete is False for e in newest.values())
        textless += sum(key not in newest or newest[key].text_hash in empty for key in part)
        pages += paged
    return Coverage(
        records=total, sources=len(living), partly_read=partly, without_text=textless,
        pages_without_text=pages,
    )  # fmt: skip


def _empty(r: Reader, read: Iterable[Extraction]) -> set[str | None]:
    """Give the names of texts in which there is not a letter."""
    hashes = {e.text_hash for e in read if e.text_hash}
    return {None, *(name for name, body in contents.many(r, hashes).items() if not body.strip())}


def _pages(r: Reader, read: list[Extraction]) -> int:
    """Count the pages without text in sources that have text on others."""
    bodies = contents.many(r, {h for e in read for h in (e.pages, e.text_hash) if h})
    count = 0
    for each in read:
        text = bodies[each.text_hash or ""].decode()
        if text.strip():
            spans = json.loads(bodies[each.pages or ""])
            count += sum(not text[start:end].strip() for start, end in spans)
    return count
