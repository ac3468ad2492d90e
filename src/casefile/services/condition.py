"""How far each document is: read, words found, in the index, its hash checked."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from casefile.model.source import Extraction, Source, SourceFile
from casefile.model.view import SourceFilter
from casefile.services.desk import Desk
from casefile.services.documents import affected
from casefile.services.reading import titles
from casefile.store import conditions, contents, records, sources
from casefile.store.session import Reader, portions

WHOLE, PARTLY, NOTHING = "whole", "partly", "nothing"
_PAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One document: `read` is whole, partly or nothing, with the reason; `words` its letters.

    `wordless` lists pages (from 1) without words, `ocr` says by what words were read off a
    picture, `checked` is milliseconds since 1970 of the last look at the bytes, None for never.
    """

    source: str
    title: str
    kind: str
    read: str
    reason: str | None
    words: int
    pages: int
    wordless: tuple[int, ...]
    ocr: str | None
    indexed: bool
    checked: int | None
    warnings: tuple[str, ...]
    extractor: str
    encoding: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCondition:
    """The documents of a case in figures; `oldest` is the oldest check of a hash."""

    documents: int
    partly: int
    behind: int
    never_checked: int
    oldest: int | None


def of_case(desk: Desk) -> CaseCondition:
    """Count how far the documents of the case are."""
    behind = _behind(desk)
    with desk.store.read() as r:
        partly = conditions.partly_read(r)
        never, oldest = conditions.unchecked(r)
        documents = sum(sources.figures(r)[0].values())
    return CaseCondition(
        documents=documents,
        partly=len(partly),
        behind=len(behind),
        never_checked=never,
        oldest=oldest,
    )


def listing(desk: Desk, which: str = "all") -> list[str]:
    """Give the documents that something is to be said of: all, partly, behind or unchecked."""
    if which == "behind":
        behind = _behind(desk)
        with desk.store.read() as r:
            return [one for one in sources.listing(r, SourceFilter(), "added") if one in behind]
    with desk.store.read() as r:
        everything = sources.listing(r, SourceFilter(), "added", descending=True)
        if which == "partly":
            partly = set(records.ids_of(r, conditions.partly_read(r)).values())
            return [one for one in everything if one in partly]
        if which == "unchecked":
            return _unchecked(r, everything)
    return everything


def of(desk: Desk, ids: Sequence[str]) -> list[Condition]:
    """Give the condition of some documents, in their order."""
    behind = _behind(desk)
    found: dict[str, Condition] = {}
    for start in range(0, len(ids), _PAGE):
        with desk.store.read() as r:
            for each in _conditions(r, ids[start : start + _PAGE], behind):
                found[each.source] = each
    return [found[one] for one in ids if one in found]


def _behind(desk: Desk) -> set[str]:
    """Name the sources whose newest words are not in the index yet."""
    changed = desk.store.changes_after(desk.index.upto if desk.index.fit else 0).records
    with desk.store.read() as r:
        return affected(r, changed).get("source", set()) if changed else set()


def _unchecked(r: Reader, ids: Sequence[str]) -> list[str]:
    files = _files(r, ids)
    dates = conditions.checks(r, {f.object for f in files.values() if f.object})
    return [one for one in ids if one in files and files[one].object not in dates]


def _files(r: Reader, ids: Sequence[str]) -> dict[str, SourceFile]:
    found: dict[str, SourceFile] = {}
    for part in portions(ids):
        for file in records.where(r, SourceFile, source=tuple(part)):
            if file.source and (file.role == "original" or file.source not in found):
                found[file.source] = file
    return found


def _conditions(r: Reader, ids: Sequence[str], behind: set[str]) -> Iterator[Condition]:
    found = {s.id: s for s in records.many(r, Source, ids)}
    newest = sources.newest_extraction(r, ids)
    files = _files(r, ids)
    named = titles(r, ids)
    dates = conditions.checks(r, {f.object for f in files.values() if f.object})
    bodies = contents.many(r, {h for e in newest.values() for h in (e.text_hash, e.facts) if h})
    for key, source in found.items():
        read, file = newest.get(key), files.get(key)
        facts = json.loads(bodies[read.facts]) if read and read.facts in bodies else {}
        document = facts.get("document") or {}
        text = bodies.get(read.text_hash or "", b"").decode() if read else ""
        yield Condition(
            source=key,
            title=named[key],
            kind=source.kind or "",
            read=_how_read(read, text),
            reason=read.reason if read else None,
            words=len(text.split()),
            pages=(file.pages or 0) if file else 0,
            wordless=tuple(document.get("wordless") or ()),
            ocr=_recognised(document),
            indexed=key not in behind,
            checked=dates.get((file.object or "") if file else ""),
            warnings=tuple(read.warnings or ()) if read else (),
            extractor=f"{read.extractor} {read.version}" if read else "",
            encoding=(read.parameters or {}).get("encoding") if read else None,
        )


def _how_read(read: Extraction | None, text: str) -> str:
    if read is None or (not read.complete and not text.strip()):
        return NOTHING
    return WHOLE if read.complete else PARTLY


def _recognised(document: dict[str, Any]) -> str | None:
    """Say by what letters were recognised on pictures of pages, and how surely at least."""
    by = [each for each in document.get("readers") or () if each.get("confidence") is not None]
    if not by:
        return None
    least = min(int(each["confidence"]) for each in by)
    return f"{by[0].get('reader')}, {least} %"
