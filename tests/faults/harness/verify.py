"""After a fault: is what was acknowledged there, and is the case what a case should be?"""

from collections.abc import Iterable
from typing import Any

from harness.acts import ACTS
from harness.basics import Told
from harness.ground import Ground

from casefile.model.case import Case
from casefile.model.errors import CasefileError
from casefile.model.hit import SearchRequest
from casefile.model.ids import case_record_id
from casefile.model.kinds import KINDS
from casefile.services import find, reading, upkeep
from casefile.services.desk import Desk
from casefile.store import folder, records
from casefile.store.checking import check
from casefile.store.objects import sha256_of
from casefile.store.session import Reader


def complaints(ground: Ground, act: str, told: Told, *, heal: bool = False) -> list[str]:
    """List what is lost, damaged or left over; empty when the case came through.

    With `heal` the search index is also brought up to date and asked.
    """
    try:
        found = list(ACTS[act].first(ground, told))
        if folder.state(ground.case) is not folder.State.CASE:
            return [f"no case, but told {one}" for one in told] + list(_made_again(ground, told))
        with ground.desk(write=False) as desk:
            found += _lost(desk, told)
        with ground.desk() as desk:
            if heal:
                find.catch_up(desk)
                found += _not_found(desk, told)
            found += [f"{f.level}: {f.detail}" for f in check(desk.store, full=True).findings]
            found += _lost(desk, told)
            found += ACTS[act].look(ground, desk, told)
            found += _lost(desk, told)
    except CasefileError as error:
        return [f"cannot be opened: {error.message} {error.hint}"]
    except Exception as error:  # noqa: BLE001 - any error here is what we look for
        return [f"a defect: {type(error).__name__}: {error}"]
    beside = {p.name for p in ground.case.glob(f"{folder.DATABASE}-*")}
    return found + [f"beside the closed case: {name}" for name in sorted(beside)]


def _made_again(ground: Ground, told: Told) -> Iterable[str]:
    """Where a making was cut short, it can be made again in the same place."""
    from casefile.services.desk import create_desk

    try:
        create_desk(ground.case, ground.places, "Again").close()
    except CasefileError as error:
        yield f"cannot be made again: {error.message}"


def settled(told: Told) -> Told:
    """Leave out what was told of a record before it was told again, or about to change again."""
    last: dict[str, dict[str, Any]] = {}
    for n, one in enumerate(told):
        if "begins" in one:
            last.pop(one["begins"], None)
        else:
            last[one["record"][1] if "record" in one else str(n)] = one
    return list(last.values())


def _lost(desk: Desk, told: Told) -> Iterable[str]:
    with desk.store.read() as r:
        for one in settled(told):
            if "record" in one:
                yield from _record_lost(r, one)
            elif "title" in one:
                case = records.get(r, Case, case_record_id())
                if case is None or case.title != one["title"]:
                    yield "lost: the title"
                if desk.person != one["person"]:
                    yield "lost: who works here"
    for one in told:
        if "backups" in one and len(upkeep.backups(desk)) < one["backups"]:
            yield "lost: a backup"
        if "purged" in one:
            yield from _still_there(desk, one["purged"])
        if "source" in one:
            yield from _source_lost(desk, one["source"], one["sha256"])


def _record_lost(r: Reader, one: dict[str, Any]) -> Iterable[str]:
    table, key = one["record"]
    record = records.get(r, KINDS[table], key)
    if record is None:
        yield f"lost: {table} {key}"
    elif not one.get("any") and record.deleted != one.get("deleted", False):
        yield f"lost: the deletion of {table} {key}"
    elif "field" in one and getattr(record, one["field"]) != one["value"]:
        yield f"lost: {table}.{one['field']} of {key}"


def _still_there(desk: Desk, source: str) -> Iterable[str]:
    view = reading.text(desk, source)
    if view is not None and view.text:
        yield f"there again: the text of source {source}, which was removed for good"


def _source_lost(desk: Desk, source: str, sha256: str) -> Iterable[str]:
    view = reading.text(desk, source)
    if view is None or "pumps of village" not in view.text:
        yield f"lost: the text of source {source}"
    place = desk.store.objects.path(sha256)
    if not place.is_file() or sha256_of(place) != sha256:
        yield f"lost: the original of source {source}"


def _not_found(desk: Desk, told: Told) -> list[str]:
    words = [one["indexed"] for one in told if "indexed" in one]
    return [
        f"lost: {word} is not found"
        for word in words
        if not find.search(desk, SearchRequest(query=word)).total
    ]
