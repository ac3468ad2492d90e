"""Write what a unit of work has changed: in sets, the operations first."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Executable, Table, Update, bindparam, insert, update

from casefile.model.ledger import DELETED, canonical, is_uuid
from casefile.model.record import FieldType
from casefile.store import long_values, packing
from casefile.store.heads import Rec
from casefile.store.projecting import columns
from casefile.store.schema import SPECS, VIEWS, op, record, txn, wait
from casefile.store.unit import Unit

Row = dict[str, Any]
ACT_COLUMNS = tuple(column.name for column in txn.columns)
WAIT_COLUMNS = tuple(column.name for column in wait.columns)


def _changing(table: Table, names: Iterable[str]) -> Update:
    """Make the question that sets these columns of the row `n_`."""
    values: Row = {name: bindparam(name) for name in names if name not in ("n", "n_", "id")}
    return update(table).where(table.c.n == bindparam("n_")).values(values)


# Made once: making a question takes longer than SQLite needs for a row.
_NEW_OPS, _NEW_ACTS, _NEW_RECORDS, _NEW_WAITS = map(insert, (op, txn, record, wait))
_OLD_ACTS = _changing(txn, ACT_COLUMNS)
_OLD_RECORDS = _changing(record, (column.name for column in record.columns))
_NEW_VIEWS = {kind: insert(view) for kind, view in VIEWS.items()}


@cache
def _old_views(kind: str, names: tuple[str, ...]) -> Update:
    return _changing(VIEWS[kind], names)


def flush(unit: Unit) -> list[Rec]:
    """Write all of it; give the records that changed, in the order they were first touched."""
    changed = [rec for rec in unit.recs.values() if rec.touched]
    if not (changed or unit.fresh or unit.contents):
        return []
    unit.load(_references(unit, changed))  # so that a reference finds its number
    unit.load_ops(n for rec in changed for n in rec.numbers())
    packing.store(unit.connection, unit.contents)
    rows = _rows(unit, changed)
    _put(unit, _NEW_OPS, unit.fresh)
    _put_acts(unit)
    _put_records(unit)
    for (kind, viewed, _), part in rows.items():
        question = _old_views(kind, tuple(part[0])) if viewed else _NEW_VIEWS[kind]
        _put(unit, question, part)
    fresh_waits = unit.waits - unit.known.waiting
    _put(unit, _NEW_WAITS, [dict(zip(WAIT_COLUMNS, one, strict=True)) for one in fresh_waits])
    unit.known.waiting |= fresh_waits
    for rec in changed:
        rec.viewed, rec.touched = True, set()
    unit.fresh, unit.waits, unit.contents = [], set(), {}
    return changed


def _put(unit: Unit, statement: Executable, rows: list[Row]) -> None:
    if rows:
        unit.connection.execute(statement, rows)


def _fields(rec: Rec) -> dict[str, FieldType]:
    """Give the fields to project; none of a kind from a newer version: kept but not shown."""
    return SPECS.get(rec.kind or "", {})


def _references(unit: Unit, recs: Iterable[Rec]) -> set[str]:
    found: set[str] = set()
    for rec in recs:
        for name, kind in _fields(rec).items():
            if kind is FieldType.REF and name in rec.touched:
                value = unit.shown(rec, name)[0]
                if is_uuid(value):
                    found.add(value)
    return found


def _rows(unit: Unit, changed: list[Rec]) -> dict[tuple[str, bool, tuple[str, ...]], list[Row]]:
    """Give the rows of the projections by kind, whether they are there already, and fields."""
    shown: list[tuple[Rec, tuple[str, ...], Row]] = []
    for rec in changed:
        rec.conflicts = sum(
            unit.shown(rec, name)[1] for name, numbers in rec.heads.items() if len(numbers) > 1
        )
        if rec.kind in SPECS:
            names = tuple(n for n in SPECS[rec.kind] if not rec.viewed or n in rec.touched)
            shown.append((rec, names, _values(unit, rec, names)))
    held = _long_values(unit, [values for _, _, values in shown])
    rows: dict[tuple[str, bool, tuple[str, ...]], list[Row]] = defaultdict(list)
    for rec, names, values in shown:
        row: Row = {"n_" if rec.viewed else "n": rec.n, DELETED: int(values[DELETED])}
        full = long_values.expand(values, held) if held else values
        for name in names:
            row |= columns(name, _fields(rec)[name], full[name], lambda id_: unit.rec(id_).n)
        rows[rec.kind or "", rec.viewed, names].append(row)
    return rows


def _values(unit: Unit, rec: Rec, names: tuple[str, ...]) -> Row:
    if rec.base is not None and not rec.heads:  # one operation heads everything
        values = unit.ops[rec.base].values
        return {name: values.get(name) for name in (*names, DELETED)}
    return {name: unit.shown(rec, name)[0] for name in (*names, DELETED)}


def _long_values(unit: Unit, rows: list[Row]) -> Row:
    names = {name for values in rows for name in long_values.names_in(values.values())}
    return long_values.fetch(unit.ledger, names) if names else {}


def _put_acts(unit: Unit) -> None:
    touched = [act for act in unit.acts.values() if act.touched]
    new: list[Row] = []
    old: list[Row] = []
    for act in touched:
        row: Row = {name: getattr(act, name) for name in ACT_COLUMNS}
        if act.stored:
            row["n_"] = row.pop("n")
            del row["id"]
        (old if act.stored else new).append(row)
        act.stored, act.touched = True, False
    _put(unit, _NEW_ACTS, new)
    _put(unit, _OLD_ACTS, old)


def _put_records(unit: Unit) -> None:
    old: list[Row] = []
    new: list[Row] = []
    for rec in unit.recs.values():
        if rec.stored and not rec.touched:
            continue
        row: Row = {"kind": rec.kind, "base": rec.base, "conflicts": rec.conflicts}
        row["heads"] = canonical(rec.heads).decode() if rec.heads else None
        for name, stamp in (("made", rec.made), ("changed", rec.changed)):
            row[name] = stamp[0] if stamp else None
            row[f"{name}_by"] = unit.person(stamp[1]) if stamp else None
        if rec.stored:
            old.append({"n_": rec.n, **row})
        else:
            new.append({"n": rec.n, "id": rec.id, **row})
        rec.stored = True
    _put(unit, _NEW_RECORDS, new)
    _put(unit, _OLD_RECORDS, old)
