"""What taking in a parcel would make of the records here: worked out without writing anything."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from casefile.jobs.progress import Progress
from casefile.model.case import Person
from casefile.model.exchange import Clash, Side
from casefile.model.ledger import Operation, canonical, is_uuid
from casefile.model.record import FieldType
from casefile.store import arriving
from casefile.store.arriving import Arrivals, Parcel
from casefile.store.chains import AT_ONCE
from casefile.store.schema import SPECS, op, record
from casefile.store.session import Reader, portions
from casefile.store.standing import Standing, standing
from casefile.store.unit import read_op
from casefile.strings import tr

MOST = 2_000  # links to nowhere that are listed
Ops = dict[bytes, Operation]


@dataclass(slots=True)
class Foreseen:
    """What would become of the records; ids by table."""

    new: dict[str, list[str]] = field(default_factory=dict)
    changed: dict[str, list[str]] = field(default_factory=dict)
    deleted: dict[str, list[str]] = field(default_factory=dict)
    conflicts: list[Clash] = field(default_factory=list)
    dangling: list[tuple[str, str, str]] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)  # records that are of two kinds
    handles: dict[str, str] = field(default_factory=dict)  # what people would be called


def foresee(
    r: Reader, parcel: Parcel, found: Arrivals, mine: str, progress: Progress | None = None
) -> Foreseen:
    """Say what would be new, changed, deleted, in conflict, and without what it links to.

    `mine` is the person who works here.
    """
    seen = Foreseen()
    links: dict[str, tuple[str, str, str]] = {}
    for n, (id_, before, fresh) in enumerate(_groups(r, parcel, found)):
        if progress is not None and not n % AT_ONCE:
            progress.at(n, len(found.rows), tr("Comparing"))
        _look(seen, id_, before, fresh, mine)
        for one in fresh.values():
            for name, kind in SPECS.get(one.data["tbl"], {}).items():
                value = str(one.values.get(name))
                if kind is FieldType.REF and is_uuid(value) and value not in found.rows:
                    links.setdefault(value, (one.data["tbl"], id_, name))
    here = _here(r, links)
    seen.dangling = [place for id_, place in links.items() if id_ not in here][:MOST]
    return seen


def _groups(r: Reader, parcel: Parcel, found: Arrivals) -> Iterator[tuple[str, Ops, Ops]]:
    """Give, for each record, its operations that are here and those that are new."""
    for part in portions(found.rows):
        before: dict[str, Ops] = {}
        asked = (
            select(record.c.id, op.c.h8, op.c.body)
            .join(op, op.c.rec == record.c.n)
            .where(record.c.id.in_(part))
        )
        for id_, h8, body in r.connection.execute(asked):
            one = read_op(h8, body)
            before.setdefault(id_, {})[one.digest] = one
        for id_ in part:
            fresh = {one.digest: one for one in arriving.read(parcel, found.rows[id_])}
            yield id_, before.get(id_, {}), fresh


def _look(seen: Foreseen, id_: str, before: Ops, fresh: Ops, mine: str) -> None:
    everything = list((before | fresh).values())
    tables = {one.data["tbl"] for one in everything}
    if len(tables) > 1:
        seen.mixed.append(id_)
        return
    table = tables.pop()
    then = standing(list(before.values())) if before else None
    now = standing(everything)
    if then is None:
        seen.new.setdefault(table, []).append(id_)
    elif _differs(then, now):
        seen.changed.setdefault(table, []).append(id_)
        if now.deleted and not then.deleted:
            seen.deleted.setdefault(table, []).append(id_)
    if table == Person.TABLE and type(handle := now.values.get("handle")) is str and handle:
        seen.handles[id_] = handle
    known = set(then.conflicts) if then else set()
    for name in now.conflicts:
        if name not in known or any(name in one.values for one in fresh.values()):
            seen.conflicts.append(clash(everything, name, mine))


def _differs(then: Standing, now: Standing) -> bool:
    return (then.values, then.deleted, then.conflicts) != (now.values, now.deleted, now.conflicts)


def clash(ops: list[Operation], name: str, mine: str) -> Clash:
    """Say what the operations of a record disagree about in one field."""
    by = {one.digest: one for one in ops if name in one.values}
    gone = {digest for one in ops for digest in one.superseded(name)}
    heads = sorted((o for d, o in by.items() if d not in gone), key=lambda o: o.rank, reverse=True)
    base: dict[bytes, Any] = {}
    for one in heads:
        for digest in one.superseded(name):
            if digest in by:
                base[canonical(by[digest].values[name])] = by[digest].values[name]
    sides = tuple(
        Side(
            value=one.values[name], person=one.data["person"], who="",
            when=one.data["hlc"] >> 16, operation=one.id, mine=one.data["person"] == mine,
        )
        for one in heads
    )  # fmt: skip
    first = ops[0].data
    return Clash(
        table=first["tbl"], record=first["row"], field=name, base=tuple(base.values()), sides=sides
    )


def _here(r: Reader, ids: dict[str, Any]) -> set[str]:
    found: set[str] = set()
    for part in portions(ids):
        asked = select(record.c.id).where(record.c.id.in_(part), record.c.base.is_not(None))
        found.update(r.connection.execute(asked).scalars())
    return found
