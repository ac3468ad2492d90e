"""What was known on a day: the case, and any record of it, as it stood at a moment.

Moments go by the clocks of those who wrote. Work that a colleague dated earlier counts as known
then, also where it was merged later: the ledger does not say when operations arrived.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time

from casefile.model.case import Case
from casefile.model.dates import parse_when
from casefile.model.errors import Refused, UsageError
from casefile.model.ids import case_record_id
from casefile.model.kinds import KINDS
from casefile.model.moment import CaseThen, RecordThen
from casefile.model.note import Tagging
from casefile.model.record import Record
from casefile.services.cases import handle_of, people
from casefile.services.desk import Desk
from casefile.services.naming import called, title_of
from casefile.store import moments, records
from casefile.store.session import Reader
from casefile.store.standing import Standing
from casefile.strings import tr


def moment(words: str) -> int:
    """Read an instant, or the last millisecond (UTC) of a day; milliseconds since 1970."""
    try:
        exact = datetime.fromisoformat(words)
    except ValueError:
        exact = None
    if exact is not None and exact.tzinfo is not None:
        return round(exact.timestamp() * 1000)
    latest = parse_when(words).latest
    if latest is None:
        raise UsageError(
            tr("{words} names no moment.").format(words=words),
            tr("For example 2024-04-03T10:00:00Z, 2024-04-03, or 3 April 2024."),
        )
    day = datetime.combine(datetime.fromisoformat(latest), time.max, UTC)
    return int(day.timestamp() * 1000)


def overview(desk: Desk, at: int) -> CaseThen:
    """Give the case in figures as it stood at a moment (milliseconds since 1970)."""
    with desk.store.read() as r:
        case = moments.at(r, [case_record_id()], at).get(case_record_id())
        counts = {table: moments.count(r, table, at) for table in KINDS}
    title = str(case.values.get("title") or "") if case and case.table == Case.TABLE else ""
    return CaseThen(moment=at, title=title, counts=counts)


def listing(
    desk: Desk, table: str, at: int, limit: int | None = None, start: int = 0
) -> list[RecordThen]:
    """Give the records of a kind that lived at a moment, by clock of making."""
    with desk.store.read() as r:
        ids = moments.living(r, table, at)
        chosen = ids[start:] if limit is None else ids[start : start + limit]
        found = moments.at(r, chosen, at)
        return _then(r, [found[id_] for id_ in chosen])


def record(desk: Desk, key: str, at: int) -> RecordThen:
    """Give one record as it stood at a moment; Refused when it was not in the case yet."""
    with desk.store.read() as r:
        found = moments.at(r, [key], at).get(key)
        if found is not None:
            return _then(r, [found])[0]
        first = records.made(r, key)
    if first is None:
        raise Refused(tr("There is no record {id}.").format(id=key))
    when = datetime.fromtimestamp(first / 1000, UTC)
    raise Refused(
        tr("It was not in the case then."),
        tr("It came on {when}.").format(when=f"{when:%Y-%m-%d %H:%M:%S} UTC"),
    )


def tags(desk: Desk, at: int) -> dict[str, tuple[str, ...]]:
    """Give the names of the tags that each record bore at a moment, sorted; by its id."""
    with desk.store.read() as r:
        links = moments.at(r, moments.living(r, Tagging.TABLE, at), at).values()
        named = moments.at(r, {str(one.values.get("tag")) for one in links}, at)
    found: dict[str, list[str]] = {}
    for link in links:
        tag = named.get(str(link.values.get("tag")))
        if tag is not None and tag.values.get("name"):
            found.setdefault(str(link.values.get("target")), []).append(str(tag.values["name"]))
    return {target: tuple(sorted(names)) for target, names in found.items()}


def _then(r: Reader, found: Sequence[Standing]) -> list[RecordThen]:
    who = people(r)
    now: dict[str, Record] = {}
    for table in {one.table for one in found if one.table in KINDS}:
        ids = [one.id for one in found if one.table == table]
        now |= {one.id: one for one in records.many(r, KINDS[table], ids)}
    words = {one.id: title_of(one.table, one.values) for one in found}
    nameless = [(one.table, one.id) for one in found if not words[one.id]]
    words |= called(r, nameless) if nameless else {}
    return [_one(one, words[one.id], now.get(one.id), who) for one in found]


def _one(one: Standing, title: str, now: Record | None, who: dict[str, str]) -> RecordThen:
    changed = one.changed[0] >> 16
    return RecordThen(
        table=one.table,
        id=one.id,
        title=title,
        values=dict(one.values),
        deleted=one.deleted,
        made=one.made[0] >> 16,
        made_by=one.made[1],
        changed=changed,
        changed_by=one.changed[1],
        who=handle_of(who, one.changed[1]),
        conflicts=one.conflicts,
        changed_since=now is not None and now.changed > changed,
        deleted_now=now is not None and now.deleted,
    )
