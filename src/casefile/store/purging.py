"""Removing records and their bytes for good; their place in the chains stays."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, func, or_, select, update

from casefile.jobs.progress import Progress
from casefile.model.change import Finding
from casefile.model.errors import Refused
from casefile.model.ids import new_id
from casefile.model.kinds import KINDS
from casefile.model.ledger import Operation, canonical
from casefile.model.purge import ACT, Purge, fingerprint, is_remnant, remnant
from casefile.store import known, long_values, records, sqlite
from casefile.store.chains import CONTENT_FIELDS, OBJECT, OBJECT_TABLES, Walk
from casefile.store.packing import fetch
from casefile.store.reprojecting import reproject
from casefile.store.schema import (
    SPECS,
    VIEWS,
    checked,
    content,
    likeness,
    op,
    picture_look,
    record,
    text_key,
    txn,
)
from casefile.store.session import Reader, portions
from casefile.store.unit import finder, read_op
from casefile.store.writer import Writer
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.store.case import CaseStore

PENDING = "purge"  # entry of `meta` while bytes of a purge may still lie about
PARTS = ("source_file", "acquisition", "extraction", "annotation", "mention")  # of a source
NAMING = (*PARTS, "evidence_link", "source_link", "claim", "tagging", "note", "collection_item")
AT_ONCE = 2_000


@dataclass(slots=True)
class Plan:
    """What a purge takes away; `records` are (table, id), `shared` is named by others and stays."""

    target: str
    records: list[tuple[str, str]]
    operations: dict[int, Operation] = field(default_factory=dict)
    objects: set[str] = field(default_factory=set)
    contents: set[str] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)
    naming: dict[str, int] = field(default_factory=dict)  # table: living records that stay


def plan(r: Reader, table: str, id_: str, progress: Progress | None = None) -> Plan:
    """Say what a purge of a record would take away; a source goes with its parts and marks.

    Refused for a record that was purged already, and for one that is itself a purge.
    """
    found = Plan(id_, [(table, id_), *(_parts(r, id_) if table == "source" else ())])
    ids = [one for _, one in found.records]
    for part in portions(ids):
        asked = select(op.c.n, op.c.h8, op.c.body).join(record, record.c.n == op.c.rec)
        for n, h8, body in r.connection.execute(asked.where(record.c.id.in_(part))):
            one = read_op(h8, body)
            if not is_remnant(one) and remnant(one) != one.body and _says(one):
                found.operations[n] = one
    if table == Purge.TABLE or not found.operations:
        raise Refused(
            tr("There is nothing to remove: {id}.").format(id=id_),
            tr("It was removed before, or it is the record of a removal."),
        )
    for one in found.operations.values():
        objects, contents = named_by(one)
        found.objects |= objects
        found.contents |= contents
    _spare(r, found, progress)
    found.naming = dict(_naming(r, set(ids)))
    return found


def _says(one: Operation) -> bool:
    """Whether an operation holds anything besides that a record lives or not."""
    return any(value is not None for name, value in one.data["set"].items() if name != "deleted")


def _parts(r: Reader, source: str) -> Iterator[tuple[str, str]]:
    number = select(record.c.n).where(record.c.id == source).scalar_subquery()
    for table in PARTS:
        view = VIEWS.get(table)
        if view is not None and "source" in view.c:
            asked = select(record.c.id).join(view, view.c.n == record.c.n)
            for id_ in r.connection.execute(asked.where(view.c.source == number)).scalars():
                yield table, id_


def named_by(one: Operation) -> tuple[set[str], set[str]]:
    """Give the objects and the contents that an operation names."""
    table, values = one.data["tbl"], one.data["set"]
    objects = {values.get(OBJECT)} if table in OBJECT_TABLES else set()
    contents = {values.get(name) for name in CONTENT_FIELDS.get(table, ())}
    contents |= long_values.names_in(values.values())
    return {o for o in objects if o}, {c for c in contents if c}


def _spare(r: Reader, found: Plan, progress: Progress | None) -> None:
    """Leave what any other operation names, too."""
    wanted = found.objects | found.contents
    sought = {name.encode() for name in wanted}
    last = r.connection.scalar(select(func.max(op.c.n))) or 0
    for start in range(0, last, AT_ONCE):
        between = op.c.n.between(start + 1, start + AT_ONCE)
        asked = select(op.c.n, op.c.h8, op.c.body).where(between)
        for n, h8, body in r.connection.execute(asked):
            if n not in found.operations and any(name in body for name in sought):
                one = read_op(h8, body)
                if not is_remnant(one):
                    found.shared |= set().union(*named_by(one)) & wanted
        if progress is not None:
            progress.at(start, last, tr("Looking who else needs it"))
    found.objects -= found.shared
    found.contents -= found.shared


def _naming(r: Reader, ids: set[str]) -> Iterator[tuple[str, int]]:
    """Count the living records that stay and refer to what goes."""
    numbers = select(record.c.n).where(record.c.id.in_(sorted(ids)[: sqlite.MOST_VALUES]))
    for table in NAMING:
        view = VIEWS.get(table)
        refs = [name for name, kind in SPECS.get(table, {}).items() if kind == "ref"]
        if view is None or not refs:
            continue
        about = or_(*(view.c[name].in_(numbers) for name in refs))
        asked = select(record.c.id).join(view, view.c.n == record.c.n)
        rows = r.connection.execute(asked.where(about, view.c.deleted == 0)).scalars()
        if count := sum(1 for id_ in rows if id_ not in ids):
            yield table, count


def purge(store: "CaseStore", wanted: Plan, reason: str) -> str:
    """Take it away; give the act. From the commit on nothing in the case needs the bytes."""
    with store.write(ACT, count=len(wanted.records)) as w:
        sqlite.overwrite_deleted(w.connection)
        for table, id_ in wanted.records:
            if table in KINDS:
                w.delete(KINDS[table], id_)
        w.flush()
        left = {n: remnant(one) for n, one in wanted.operations.items()}
        w.put(
            Purge, new_id(), target=wanted.target, reason=reason,
            objects=sorted(wanted.objects), contents=sorted(wanted.contents),
            operations=sorted(
                [one.id, fingerprint(left[n])] for n, one in wanted.operations.items()
            ),
        )  # fmt: skip
        w.flush()
        _empty(w, left, wanted)
        known.remember(w.connection, {PENDING: "1"})
    finish(store)
    return w.act


def _empty(w: Writer, left: dict[int, bytes], wanted: Plan) -> None:
    c = w.connection
    rows = [{"n_": n, "left": body} for n, body in left.items()]
    c.execute(update(op).where(op.c.n == bindparam("n_")).values(body=bindparam("left")), rows)
    acts = [
        {"n_": n, "words": canonical(json.loads(body)["act"]["args"]).decode()}
        for n, body in left.items()
        if "act" in json.loads(body)
    ]
    if acts:
        named = update(txn).where(txn.c.first == bindparam("n_"))
        c.execute(named.values(args=bindparam("words")), acts)
    for part in portions(wanted.contents):
        c.execute(delete(content).where(content.c.hash.in_(part)))
    numbers = select(record.c.n).where(record.c.id.in_([id_ for _, id_ in wanted.records]))
    for local in (text_key, picture_look, likeness):  # what its words and pictures look like
        c.execute(delete(local).where(local.c.source.in_(numbers)))
    for part in portions(wanted.contents | wanted.objects):
        c.execute(delete(checked).where(checked.c.name.in_(part)))
    reproject(w, w.known, [id_ for _, id_ in wanted.records])


def finish(store: "CaseStore") -> None:
    """Remove the bytes that purges left to be removed; again is harmless.

    Originals are unlinked, and the whole database is written anew over what it held.
    """
    with store.read() as r:
        if PENDING not in known.recall(r.connection):
            return
        gone = purged_objects(r)
    store.objects.remove(gone)
    store.write_anew()
    with store.write("purged") as w:
        known.forget(w.connection, PENDING)


def purged_objects(r: Reader) -> set[str]:
    """Give the originals that were purged and that no operation names again."""
    found = {name for one in records.where(r, Purge, deleted=None) for name in one.objects or ()}
    if not found:
        return set()
    sought = {name.encode() for name in found}
    needed: set[str] = set()
    for h8, body in r.connection.execute(select(op.c.h8, op.c.body)):
        if any(name in body for name in sought):
            needed |= named_by(read_op(h8, body))[0]
    return found - needed


def check(r: Reader, seen: Walk) -> Iterator[Finding]:
    """Say which operations were emptied without a purge that vouches for it."""
    said = vouched(r, seen.purges)
    for name, (left, record_id, n) in sorted(seen.emptied.items(), key=lambda one: one[1][2]):
        if said.get(name) != left:
            seen.damaged += 1
            detail = tr("operation {n} was emptied, and no removal vouches for it").format(n=n)
            yield Finding(level="damage", kind="ledger", detail=detail, record=record_id)
    if whole := still_whole(r, said):
        detail = tr("{n} operations that were removed elsewhere are still whole here").format(
            n=whole
        )
        yield Finding(level="note", kind="purge", detail=detail)


def vouched(r: Reader, purges: Iterable[Operation]) -> dict[str, str]:
    """Give what the purges say remains of each operation: fingerprint by name."""
    found: dict[str, str] = {}
    for one in purges:
        value = one.data["set"].get("operations")
        name = long_values.name_of(value)
        if name:
            value = json.loads(fetch(r.connection, (name,)).get(name, b"null"))
        for pair in value if type(value) is list else ():
            if type(pair) is list and len(pair) == 2 and all(type(part) is str for part in pair):
                found[pair[0]] = pair[1]
    return found


def still_whole(r: Reader, names: Iterable[str]) -> int:
    """Count the operations of these names that are here and were not emptied."""
    count = 0
    for part in portions({bytes.fromhex(name) for name in names}):
        asked = select(op.c.h8, op.c.body).where(op.c.h8.in_([finder(d) for d in part]))
        count += sum(not is_remnant(read_op(h8, body)) for h8, body in r.connection.execute(asked))
    return count
