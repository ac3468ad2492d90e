"""Write what a unit of work has changed: in sets, the operations first."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Table, Update, bindparam, insert, update

from casefile.model.ledger import DELETED, canonical, is_uuid
from casefile.model.record import FieldType
from casefile.store import long_values, packing
from casefile.store.heads import Rec
from casefile.store.prepared import Prepared
from casefile.store.projecting import put_columns
from casefile.store.schema import SPECS, VIEWS, op, record, txn, wait
from casefile.store.unit import Unit

Row = dict[str, Any]
ACT_COLUMNS = tuple(column.name for column in txn.columns)
WAIT_COLUMNS = tuple(column.name for column in wait.columns)


def _changing(table: Table, names: Iterable[str]) -> Update:
    """Make the question that sets these columns of the row `n_`."""
    values: Row = {name: bindparam(name) for name in names if name not in ("n", "n_", "id")}
    return update(table).where(table.c.n == bindparam("n_")).values(values)


_NEW_OPS, _NEW_ACTS, _NEW_RECORDS, _NEW_WAITS = (
    Prepared(insert(table)) for table in (op, txn, record, wait)
)
_OLD_ACTS = Prepared(_changing(txn, ACT_COLUMNS))
_OLD_RECORDS = Prepared(_changing(record, (column.name for column in record.columns)))
_NEW_VIEWS = {kind: Prepared(insert(view)) for kind, view in VIEWS.items()}
_NO_VALUES = {kind: {c.name: None for c in view.columns} for kind, view in VIEWS.items()}
_REFERRING = {
    kind: tuple(name for name, type_ in spec.items() if type_ is FieldType.REF)
    for kind, spec in SPECS.items()
}


@cache
def _old_views(kind: str, names: tuple[str, ...]) -> Prepared:
    return Prepared(_changing(VIEWS[kind], names))


def flush(unit: Unit) -> list[Rec]:
    """Write all of it; give the records that changed, in the order they were first touched."""
    changed = [rec for rec in unit.recs.values() if rec.touched]
    if not (changed or unit.fresh or unit.contents):
        return []
    unit.load(_references(unit, changed))  # so that a reference finds its number
    unit.load_ops(n for rec in changed for n in rec.numbers())
    packing.store(unit.connection, unit.contents)
    rows = _rows(unit, changed)
    _NEW_OPS.put(unit.connection, unit.fresh)
    _put_acts(unit)
    _put_records(unit)
    for (kind, viewed, _), part in rows.items():
        question = _old_views(kind, tuple(part[0])) if viewed else _NEW_VIEWS[kind]
        question.put(unit.connection, part)
    fresh_waits = unit.waits - unit.known.waiting
    waits = [dict(zip(WAIT_COLUMNS, one, strict=True)) for one in fresh_waits]
    _NEW_WAITS.put(unit.connection, waits)
    unit.known.waiting |= fresh_waits
    for rec in changed:
        rec.viewed, rec.touched = True, set()
    unit.fresh, unit.waits, unit.contents = [], set(), {}
    return changed


def _references(unit: Unit, recs: Iterable[Rec]) -> set[str]:
    found: set[str] = set()
    for rec in recs:
        for name in _REFERRING.get(rec.kind or "", ()):  # of a newer kind nothing is shown
            if name in rec.touched:
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
        spec = SPECS.get(rec.kind or "")
        if spec is not None:
            names = tuple(n for n in spec if n in rec.touched) if rec.viewed else ()
            shown.append((rec, names, _values(unit, rec, names if rec.viewed else spec)))
    held = _long_values(unit, [values for _, _, values in shown])
    rows: dict[tuple[str, bool, tuple[str, ...]], list[Row]] = defaultdict(list)
    for rec, names, values in shown:
        kind, full = rec.kind or "", long_values.expand(values, held) if held else values
        row: Row = {"n_": rec.n} if rec.viewed else {**_NO_VALUES[kind], "n": rec.n}
        row[DELETED] = int(full[DELETED])
        spec = SPECS[kind]
        for name, value in full.items():
            if name in spec and (value is not None or rec.viewed):
                put_columns(row, name, spec[name], value, unit.number_of)
        rows[kind, rec.viewed, names].append(row)
    return rows


def _values(unit: Unit, rec: Rec, names: Iterable[str]) -> Row:
    """Give what these fields show, and whether the record is deleted."""
    if rec.base is not None and not rec.heads:  # one operation heads everything
        values = unit.ops[rec.base].values
        if not rec.viewed:
            return values
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
    _NEW_ACTS.put(unit.connection, new)
    _OLD_ACTS.put(unit.connection, old)


def _put_records(unit: Unit) -> None:
    old: list[Row] = []
    new: list[Row] = []
    for rec in unit.recs.values():
        if rec.stored and not rec.touched:
            continue
        made, changed = rec.made or (None, None), rec.changed or (None, None)
        row: Row = {
            "n": rec.n, "n_": rec.n, "id": rec.id, "kind": rec.kind, "base": rec.base,
            "heads": canonical(rec.heads).decode() if rec.heads else None,
            "made": made[0], "made_by": unit.person(made[1]) if made[1] else None,
            "changed": changed[0], "changed_by": unit.person(changed[1]) if changed[1] else None,
            "conflicts": rec.conflicts,
        }  # fmt: skip
        (old if rec.stored else new).append(row)
        rec.stored = True
    _NEW_RECORDS.put(unit.connection, new)
    _OLD_RECORDS.put(unit.connection, old)
