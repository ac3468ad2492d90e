"""Reading sources: lists, rows, and who has these bytes, this text, this address."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, collate, func, select

from casefile.model.fold import fold
from casefile.model.record import FieldType
from casefile.model.source import Extraction
from casefile.model.values import DateValue
from casefile.model.view import SourceFilter, SourceRow
from casefile.store import records
from casefile.store.prepared import Prepared
from casefile.store.schema import DATE_PARTS, LETTERS, VIEWS, column_names, record
from casefile.store.session import AT_ONCE, Reader, pairs, portions
from casefile.store.sqlite import GIVEN, given

SORTS = ("published", "title", "added", "publisher", "reliability", "kind")
ORIGINAL = "original"
COPY = "capture"  # the bytes of a source that was merged into another one
NO_STATUS = "none"
MOST = "most"
MOST_NUMBERS = 10_000
_view = VIEWS["source"]
_source = _view.c
_file = VIEWS["source_file"].c
_extraction = VIEWS["extraction"].c
_annotation = VIEWS["annotation"].c
_tagging = VIEWS["tagging"].c

# Asked again and again while a list is scrolled, so made once.
_given = given()
_marks = (
    select(func.count())
    .where(_annotation.source == _source.n, _annotation.deleted == 0)
    .scalar_subquery()
)
_row = select(
    _source.n, record.c.id, record.c.made, record.c.conflicts, _source.title, _source.kind,
    _source.publisher, _source.byline, _source.language, _source.reliability, _source.status,
    _marks,
    *(_source[name] for name in column_names("published", FieldType.DATE)),
).join(record, record.c.n == _source.n)  # fmt: skip
_ROWS = Prepared(_row.where(record.c.id.in_(_given)))
_ROWS_BY_NUMBER = Prepared(_row.where(_source.n.in_(_given)))
_COMPLETE = Prepared(
    select(_extraction.source, _extraction.complete).where(
        _extraction.source.in_(_given), _extraction.deleted == 0
    )
)
_NEWEST = Prepared(  # the newest extraction of a source comes last and counts
    select(_extraction.source, _extraction.complete)
    .join(record, record.c.n == _extraction.n)
    .where(_extraction.source.in_(_given), _extraction.deleted == 0)
    .order_by(record.c.made, record.c.id)
)
_NAMES = Prepared(  # the oldest file of a source comes last and counts
    select(_file.source, _file.name)
    .join(record, record.c.n == _file.n)
    .where(_file.source.in_(_given), _file.deleted == 0, _file.name.is_not(None))
    .order_by(record.c.made.desc(), record.c.id.desc())
)

_owner = record.alias()
_TEXTS = Prepared(  # the newest extraction of a source comes last and counts
    select(_owner.c.id, _extraction.complete, _extraction.text_hash, _extraction.pages)
    .join(_owner, _owner.c.n == _extraction.source)
    .join(record, record.c.n == _extraction.n)
    .where(_owner.c.id.in_(_given), _extraction.deleted == 0)
    .order_by(record.c.made, record.c.id)
)


def listing(
    r: Reader,
    wanted: SourceFilter,
    sort: str = "published",
    descending: bool = False,  # noqa: FBT001, FBT002 - the contract's signature
    limit: int | None = None,
) -> list[str]:
    """Give the ids of the sources that fit, sorted; those without a value to sort by come last.

    `limit` gives the first of them only, in a small part of the time.
    """
    if limit is not None and wanted == SourceFilter():
        return _named(r, _first(r, sort, descending, limit))
    fitting = _fitting(wanted)
    most = limit if wanted.ids is None else None
    if sort == "added":
        found = _by_clock(r, wanted, fitting, descending, most)
    else:
        key, order, rest = _order(sort, descending)
        found = _numbers(r, wanted, [*fitting, key.is_not(None)], order, most)
        if most is None or len(found) < most:
            left = None if most is None else most - len(found)
            found += _numbers(r, wanted, [*fitting, key.is_(None)], rest, left)
    ids = _named(r, found)
    if wanted.ids is None:
        return ids
    chosen = set(wanted.ids)
    return [one for one in ids if one in chosen][:limit]


def _first(r: Reader, sort: str, descending: bool, limit: int) -> list[int]:  # noqa: FBT001 - private
    """Give the first of all sources: what a window shows when it opens."""
    found: list[int] = []
    for question in _whole(sort, descending):
        if len(found) < limit:
            rows = question.ask(r.connection, {MOST: limit - len(found)})
            found += [n for n, *_ in rows]
    return found


@cache
def _whole(sort: str, descending: bool) -> tuple[Prepared, ...]:  # noqa: FBT001 - private
    fitting, most = _fitting(SourceFilter()), bindparam(MOST, type_=Integer)
    if sort == "added":
        return (Prepared(_clocked(fitting, descending).limit(most)),)
    key, order, rest = _order(sort, descending)
    asked = select(_source.n).where(*fitting).limit(most)
    return (
        Prepared(asked.where(key.is_not(None)).order_by(*order)),
        Prepared(asked.where(key.is_(None)).order_by(*rest)),
    )


def _order(sort: str, descending: bool) -> tuple[ColumnElement[Any], list[Any], list[Any]]:  # noqa: FBT001 - private
    """Give the column to sort by, the order, and the order of those without a value."""
    key = _source["published_earliest" if sort == "published" else sort]
    letters = collate(key, LETTERS) if sort in ("title", "publisher") else key
    return key, _turned((letters, _source.n), descending), _turned((_source.n,), descending)


def _turned(columns: Sequence[Any], descending: bool) -> list[Any]:  # noqa: FBT001 - private
    return [column.desc() if descending else column.asc() for column in columns]


def _fitting(wanted: SourceFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_source.deleted == 0]
    if wanted.kind is not None:
        found.append(_source.kind == wanted.kind)
    if wanted.status is not None:
        status = wanted.status
        found.append(_source.status.is_(None) if status == NO_STATUS else _source.status == status)
    if wanted.tag is not None:
        tag = select(record.c.n).where(record.c.id == wanted.tag).scalar_subquery()
        tagged = select(_tagging.target).where(_tagging.tag == tag, _tagging.deleted == 0)
        found.append(_source.n.in_(tagged))
    return found


def _numbers(
    r: Reader,
    wanted: SourceFilter,
    conditions: Sequence[ColumnElement[bool]],
    order: Sequence[Any],
    limit: int | None = None,
) -> list[int]:
    sought = fold(wanted.words).text.split()
    if not sought:
        asked = select(_source.n).where(*conditions).order_by(*order).limit(limit)
        return list(r.connection.execute(asked).scalars().all())
    named = select(_source.n, _source.title, _source.publisher)
    rows = r.connection.execute(named.where(*conditions).order_by(*order))
    return list(islice(_saying(rows, sought), limit))


def _saying(rows: Iterable[Any], sought: Sequence[str]) -> Iterator[int]:
    """Pick the rows in which all words occur."""
    for n, title, publisher in rows:
        words = f"{title or ''} {publisher or ''}"
        words = words.lower() if words.isascii() else fold(words).text
        if all(word in words for word in sought):
            yield n


def _by_clock(
    r: Reader,
    wanted: SourceFilter,
    fitting: Sequence[ColumnElement[bool]],
    descending: bool,  # noqa: FBT001 - private
    limit: int | None,
) -> list[int]:
    """Sort by the clock of making: one index has all sources in that order."""
    plain = not wanted.words.strip()
    if plain and limit is not None:
        some = _clocked(fitting, descending).limit(limit)
        return list(r.connection.execute(some).scalars().all())
    order = _turned((record.c.made, record.c.id), descending)
    asked = select(record.c.n).where(record.c.kind == "source").order_by(*order)
    everything = r.connection.execute(asked).scalars().all()
    if plain and len(fitting) == 1:  # nothing but: not deleted
        gone = set(_numbers(r, wanted, [_source.deleted == 1], ()))
        return [n for n in everything if n not in gone]
    chosen = set(_numbers(r, wanted, fitting, ()))
    return [n for n in everything if n in chosen][:limit]


def _clocked(fitting: Sequence[ColumnElement[bool]], descending: bool) -> Select[Any]:  # noqa: FBT001 - private
    order = _turned((record.c.made, record.c.id), descending)
    asked = select(record.c.n).where(record.c.kind == "source").order_by(*order)
    return asked.join(_view, _source.n == record.c.n).where(*fitting)


def _named(r: Reader, numbers: list[int]) -> list[str]:
    """Give the ids; joining them in the question takes three times as long."""
    missing = [n for n in numbers if n not in r.names]
    if len(missing) > AT_ONCE:
        asked = select(record.c.n, record.c.id).where(record.c.kind == "source")
        r.names.update(pairs(r.connection.execute(asked)))
    elif missing:
        r.names.update(records.ids_of(r, missing))
    ids = [r.names[n] for n in numbers]
    if len(r.numbers) > MOST_NUMBERS:
        r.numbers.clear()
    r.numbers.update(zip(ids[:AT_ONCE], numbers, strict=False))  # the first are shown next
    return ids


def rows(r: Reader, ids: Sequence[str]) -> list[SourceRow]:
    """Give the lines of the list for these sources, in their order; unknown ids are left out."""
    found: dict[str, SourceRow] = {}
    for part in portions(dict.fromkeys(ids)):
        found |= _rows(r, part)
    return [found[one] for one in ids if one in found]


def _rows(r: Reader, ids: Sequence[str]) -> dict[str, SourceRow]:
    numbers = [r.numbers.get(one, 0) for one in ids]
    if all(numbers):
        got = _ROWS_BY_NUMBER.ask(r.connection, {GIVEN: numbers})
    else:
        got = _ROWS.ask(r.connection, {GIVEN: ids})
    complete = _completeness(r, [row[0] for row in got])
    nameless = [row[0] for row in got if not row[4]]
    names = dict(_NAMES.ask(r.connection, {GIVEN: nameless})) if nameless else {}
    found: dict[str, SourceRow] = {}
    for n, id_, made, conflicts, title, kind, publisher, byline, *rest in got:
        language, reliability, status, marks, *dates = rest
        found[id_] = SourceRow(
            id=id_,
            kind=kind or "",
            title=title or names.get(n, ""),
            publisher=publisher or "",
            byline=_people(byline) if byline else (),
            published=_date(*dates),
            language=language or "",
            reliability=reliability,
            status=status,
            marks=marks,
            added=made >> 16,
            complete=bool(complete.get(n)),
            conflicts=conflicts,
        )
    return found


def _completeness(r: Reader, numbers: list[int]) -> dict[int, int]:
    read = _COMPLETE.ask(r.connection, {GIVEN: numbers})
    found = dict(read)
    if len(found) < len(read):  # some were read several times
        found |= dict(_NEWEST.ask(r.connection, {GIVEN: numbers}))
    return found


@lru_cache(maxsize=256)  # the same few people write in the same paper
def _people(byline: str) -> tuple[str, ...]:
    return tuple(json.loads(byline))


@lru_cache(maxsize=256)  # neighbours in the list are often of the same day
def _date(*parts: str | None) -> DateValue | None:
    return DateValue(**dict(zip(DATE_PARTS, parts, strict=True))) if any(parts) else None


# Made once: it is asked for every file of an import.
_BY_OBJECT = (
    select(record.c.id, _source.deleted)
    .select_from(VIEWS["source_file"])
    .join(_view, _source.n == _file.source)
    .join(record, record.c.n == _source.n)
    .where(
        _file.object == bindparam("sha256"),
        _file.role.in_((ORIGINAL, COPY)),
        _file.deleted == 0,
    )
    .order_by(_source.deleted, record.c.made, record.c.id)
    .limit(1)
)


def by_object(r: Reader, sha256: str) -> tuple[str, bool] | None:
    """Give the source that has these original bytes, and whether it is deleted; None without one.

    A source that is not deleted comes before one that is.
    """
    row = r.connection.execute(_BY_OBJECT, {"sha256": sha256}).one_or_none()
    return (row[0], bool(row[1])) if row else None


def by_text(r: Reader, text_hash: str) -> list[str]:
    """Give the sources that say exactly this text, the oldest first."""
    having = select(_extraction.source).where(
        _extraction.text_hash == text_hash, _extraction.deleted == 0
    )
    return _live(r, _source.n.in_(having))


def by_url(r: Reader, canonical_url: str) -> list[str]:
    """Give the sources with this canonical address, the oldest first."""
    return _live(r, _source.canonical_url == canonical_url)


def by_urls(r: Reader, addresses: Iterable[str]) -> dict[str, list[str]]:
    """Give, by canonical address, the sources that have it, the oldest first."""
    found: dict[str, list[str]] = {}
    for part in portions(addresses):
        asked = (
            select(_source.canonical_url, record.c.id)
            .join(_view, _source.n == record.c.n)
            .where(_source.canonical_url.in_(part), _source.deleted == 0)
            .order_by(record.c.made, record.c.id)
        )
        for address, id_ in r.connection.execute(asked):
            found.setdefault(address, []).append(id_)
    return found


def _live(r: Reader, condition: ColumnElement[bool]) -> list[str]:
    asked = (
        select(record.c.id)
        .join(_view, _source.n == record.c.n)
        .where(condition, _source.deleted == 0)
        .order_by(record.c.made, record.c.id)
    )
    return list(r.connection.execute(asked).scalars())


def figures(r: Reader) -> tuple[dict[str, int], dict[str, int]]:
    """Count the sources by kind, and by triage (a word of TRIAGE, or "none")."""
    counted: list[dict[str, int]] = []
    for column, missing in ((_source.kind, "other"), (_source.status, NO_STATUS)):
        asked = select(column, func.count()).where(_source.deleted == 0).group_by(column)
        found: dict[str, int] = {}
        for word, number in r.connection.execute(asked):
            found[word or missing] = found.get(word or missing, 0) + number
        counted.append(found)
    return counted[0], counted[1]


def size(r: Reader) -> int:
    """Give the bytes of all original files, deleted sources included: they stay on the disk."""
    return r.connection.scalar(select(func.sum(_file.size))) or 0


def newest_extraction(r: Reader, source_ids: Iterable[str]) -> dict[str, Extraction]:
    """Give the newest extraction of each source that has one."""
    found: dict[str, Extraction] = {}
    for part in portions(dict.fromkeys(source_ids)):
        for one in records.where(r, Extraction, source=tuple(part)):
            if one.source is not None:
                found[one.source] = one
    return found


def texts(r: Reader, ids: Sequence[str]) -> dict[str, tuple[bool | None, str | None, str | None]]:
    """Say of each source that was read whether wholly, and the hashes of its text and its pages."""
    read = _TEXTS.ask(r.connection, {GIVEN: ids})
    return {
        id_: (None if complete is None else bool(complete), text, pages)
        for id_, complete, text, pages in read
    }


def object_names(r: Reader) -> dict[str, str]:
    """Name every object that a file of a source has: SHA-256 and file name ("" where unknown)."""
    asked = select(_file.object, _file.name).where(_file.object.is_not(None))
    return {
        sha256: name or "" for sha256, name in r.connection.execute(asked.order_by(_file.n.desc()))
    }
