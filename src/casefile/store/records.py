"""Reading records of any kind."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, func, select, tuple_

from casefile.model.errors import Refused
from casefile.model.ledger import DELETED
from casefile.model.record import FieldType, Record, plain
from casefile.store.prepared import Prepared
from casefile.store.projecting import value_of
from casefile.store.schema import SPECS, VIEWS, column_names, record
from casefile.store.session import Reader, pairs, portions
from casefile.store.sqlite import GIVEN, given
from casefile.strings import tr

R = TypeVar("R", bound=Record)
SHORTEST = 8  # characters of a prefix
MOST_NAMED = 10
_PREFIX = re.compile(r"[0-9a-f-]+")
_IDS = Prepared(select(record.c.n, record.c.id).where(record.c.n.in_(given())))
_COMMON = (record.c.id, record.c.made, record.c.made_by, record.c.changed, record.c.changed_by)


def get(r: Reader, cls: type[R], id: str) -> R | None:  # noqa: A002 - the contract's name
    """Give one record, deleted or not; None when there is none of this kind."""
    return next(iter(many(r, cls, (id,))), None)


def many(r: Reader, cls: type[R], ids: Iterable[str]) -> list[R]:
    """Give the records of these ids that there are, in the order of the ids."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, R] = {}
    for part in portions(wanted):
        found |= {one.id: one for one in _read(r, cls, _all(cls).where(record.c.id.in_(part)))}
    return [found[one] for one in wanted if one in found]


def where(
    r: Reader,
    cls: type[R],
    *,
    deleted: bool | None = False,
    order: tuple[str, ...] = ("made",),
    limit: int | None = None,
    **equals: Any,
) -> list[R]:
    """Give the records whose fields equal the values given.

    A tuple means any of its values, None an empty field. `order` names fields, `made` or `changed`,
    with a leading `-` for descending; ties go by clock of making and id. `deleted` None takes both.
    """
    asked = _all(cls).where(*_conditions(cls, deleted=deleted, equals=equals))
    ties = (record.c.made, record.c.id)
    asked = asked.order_by(*(_ordering(cls, one) for one in order), *ties)
    return _read(r, cls, asked if limit is None else asked.limit(limit))


def ids_after(r: Reader, cls: type[Record], after: str | None, limit: int) -> list[str]:
    """Give the next ids of living records in the order of making; `after` is the last one given.

    All of a large case are gone through in small parts so, without holding any of them.
    """
    view = VIEWS[cls.TABLE]
    asked = (
        select(record.c.id)
        .join(view, view.c.n == record.c.n)
        .where(record.c.kind == cls.TABLE, view.c.deleted == 0)
        .order_by(record.c.made, record.c.id)
        .limit(limit)
    )
    if after is not None:
        last = select(record.c.made).where(record.c.id == after).scalar_subquery()
        asked = asked.where(tuple_(record.c.made, record.c.id) > tuple_(last, after))
    return list(r.connection.execute(asked).scalars())


def count(r: Reader, cls: type[Record], *, deleted: bool | None = False, **equals: Any) -> int:
    """Count the records whose fields equal the values given, as `where` takes them."""
    view = VIEWS[cls.TABLE]
    conditions = _conditions(cls, deleted=deleted, equals=equals)
    return r.connection.scalar(select(func.count()).select_from(view).where(*conditions)) or 0


def resolve(r: Reader, prefix: str) -> tuple[str, str]:
    """Give table and id of the record whose id begins so; deleted records are found, too.

    Refused when the prefix is shorter than eight characters, or fits none or several (`details`
    lists them).
    """
    words = prefix.strip().lower()
    if len(words) < SHORTEST or not _PREFIX.fullmatch(words):
        raise Refused(
            tr("“{prefix}” is not the beginning of an id.").format(prefix=prefix),
            tr("An id is given by its first eight or more characters."),
        )
    asked = select(record.c.kind, record.c.id).where(
        record.c.kind.in_(list(VIEWS)), record.c.id >= words, record.c.id < words + "g"
    )
    found = [(kind, id_) for kind, id_ in r.connection.execute(asked.limit(MOST_NAMED))]
    if not found:
        raise Refused(tr("There is no record {id}.").format(id=prefix))
    if len(found) > 1:
        raise Refused(
            tr("“{prefix}” fits several records: {ids}.").format(
                prefix=prefix, ids=", ".join(id_ for _, id_ in found)
            ),
            tr("Give more characters of the id."),
            [{"table": kind, "id": id_} for kind, id_ in found],
        )
    return found[0]


def kind_of(r: Reader, id: str) -> str | None:  # noqa: A002 - the contract's name
    """Name the table of a record, or None when there is none."""
    return r.connection.scalar(select(record.c.kind).where(record.c.id == id))


def made(r: Reader, id: str) -> int | None:  # noqa: A002 - the contract's name
    """Give when a record was made (milliseconds since 1970), or None when there is none."""
    clock = r.connection.scalar(select(record.c.made).where(record.c.id == id))
    return None if clock is None else clock >> 16


def kinds_of(r: Reader, ids: Iterable[str]) -> dict[str, str]:
    """Name the tables of the records of these ids that there are."""
    found: dict[str, str] = {}
    for part in portions(dict.fromkeys(ids)):
        asked = select(record.c.id, record.c.kind)
        found |= pairs(
            r.connection.execute(asked.where(record.c.id.in_(part), record.c.kind.is_not(None)))
        )
    return found


def ids_of(r: Reader, numbers: Iterable[int]) -> dict[int, str]:
    """Name records by their local numbers."""
    found: dict[int, str] = {}
    for part in portions(set(numbers)):
        found |= dict(_IDS.ask(r.connection, {GIVEN: part}))
    return found


def _all(cls: type[Record]) -> Select[Any]:
    view = VIEWS[cls.TABLE]
    return select(view, *_COMMON, record.c.conflicts).join(record, record.c.n == view.c.n)


def _read(r: Reader, cls: type[R], asked: Select[Any]) -> list[R]:
    rows = [dict(row) for row in r.connection.execute(asked).mappings().all()]
    refs = [name for name, kind in SPECS[cls.TABLE].items() if kind is FieldType.REF]
    numbers = {row[name] for row in rows for name in (*refs, "made_by", "changed_by")}
    ids = ids_of(r, numbers - {None}) if rows else {}
    return [_record(cls, row, ids) for row in rows]


def _record(cls: type[R], row: Mapping[Any, Any], ids: Mapping[int, str]) -> R:
    values = {name: value_of(name, kind, row, ids) for name, kind in SPECS[cls.TABLE].items()}
    return cls.from_values(
        row["id"],
        values,
        deleted=bool(row[DELETED]),
        made=row["made"] >> 16,
        made_by=ids[row["made_by"]],
        changed=row["changed"] >> 16,
        changed_by=ids[row["changed_by"]],
        conflicts=row["conflicts"],
    )


def _conditions(
    cls: type[Record], *, deleted: bool | None, equals: Mapping[str, Any]
) -> list[ColumnElement[bool]]:
    view, spec = VIEWS[cls.TABLE], SPECS[cls.TABLE]
    found: list[ColumnElement[bool]] = []
    if deleted is not None:
        found.append(view.c.deleted == int(deleted))
    for name, value in equals.items():
        if spec.get(name) in (None, FieldType.JSON, FieldType.DATE):
            msg = f"{cls.TABLE} cannot be asked for {name}"
            raise TypeError(msg)
        column: ColumnElement[Any] = view.c[name]
        several = value if isinstance(value, tuple) else (value,)
        found.append(_among(column, several, refers=spec[name] is FieldType.REF))
    return found


def _among(
    column: ColumnElement[Any], values: Sequence[Any], *, refers: bool
) -> ColumnElement[bool]:
    given = [plain(value) for value in values if value is not None]
    if refers:
        known = column.in_(select(record.c.n).where(record.c.id.in_(given)))
    else:
        known = column == given[0] if len(given) == 1 else column.in_(given)
    if len(given) == len(values):
        return known
    return column.is_(None) | known if given else column.is_(None)


def _ordering(cls: type[Record], word: str) -> ColumnElement[Any]:
    name = word.removeprefix("-")
    if name in ("made", "changed", "id"):
        column: ColumnElement[Any] = record.c[name]
    else:
        kind = SPECS[cls.TABLE][name]
        column = VIEWS[cls.TABLE].c[
            f"{name}_earliest" if kind is FieldType.DATE else column_names(name, kind)[0]
        ]
    return column.desc() if word.startswith("-") else column.asc()


def ids(r: Reader, cls: type[Record], *, deleted: bool | None = False) -> list[str]:
    """Give the ids of all records of a kind, by clock of making."""
    view = VIEWS[cls.TABLE]
    asked = select(record.c.id).join(view, view.c.n == record.c.n)
    asked = asked.where(*_conditions(cls, deleted=deleted, equals={}))
    return list(r.connection.execute(asked.order_by(record.c.made, record.c.id)).scalars())
