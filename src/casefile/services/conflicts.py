"""Conflicts: the fields on which people disagree, shown side by side and settled by hand."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from casefile.analysis import three_way
from casefile.model.annotation import Annotation
from casefile.model.change import Changes
from casefile.model.claim import Claim
from casefile.model.conflict import Conflict, Head
from casefile.model.errors import Refused
from casefile.model.kinds import KINDS
from casefile.model.ledger import DELETED
from casefile.model.record import FieldType, plain, typed
from casefile.model.view import EvidenceView
from casefile.services.cases import handle_of, people
from casefile.services.desk import Desk, done
from casefile.services.evidence import evidence_of
from casefile.services.naming import Wording, called, field_name
from casefile.store import disputes, records, tallying
from casefile.store.disputes import Dispute, Value
from casefile.store.session import Reader
from casefile.strings import tr

MINE, THEIRS, MERGED = "mine", "theirs", "merged"
_SHORTEST: Final = 8  # letters of a record's id that name it
# Fields that other fields follow from are never merged word by word.
_TEXTS: Final = {"statement", "body", "description", "reasoning", "note", "summary", "warrant",
                 "title", "attribution", "reason"}  # fmt: skip


def listed(desk: Desk, record: str | None = None) -> list[Conflict]:
    """Give the open conflicts, the newest first, or those of one record; without the evidence."""
    with desk.store.read() as r:
        return _views(r, desk, disputes.open_ones(r, record))


def view(desk: Desk, key: str) -> Conflict:
    """Give one conflict with the evidence that its record rests on; Refused when it is settled."""
    with desk.store.read() as r:
        found = _find(_views(r, desk, disputes.open_ones(r)), key)
        return replace(found, evidence=_evidence(r, found))


def count(desk: Desk) -> int:
    """Count the open conflicts."""
    with desk.store.read() as r:
        return tallying.disputed(r)


def _views(r: Reader, desk: Desk, found: Sequence[Dispute]) -> list[Conflict]:
    who = people(r)
    told = [
        (one.table, {one.field: value.value})
        for one in found
        for value in (*one.heads, *((one.base,) if one.base else ()))
    ]
    words = Wording(r, told, who)
    names = called(r, {(one.table, one.record) for one in found})
    return [_view(one, desk, words, who, names.get(one.record, one.record[:8])) for one in found]


def _view(one: Dispute, desk: Desk, words: Wording, who: dict[str, str], title: str) -> Conflict:
    heads = [_head(one, value, desk, words, who) for value in one.heads]
    base = one.base
    return Conflict(
        record=one.record,
        table=one.table,
        title=title,
        field=one.field,
        name=field_name(one.field),
        base=base.value if base else None,
        base_words=_said(one, base, words) if base else "",
        base_who=handle_of(who, base.person) if base else "",
        base_when=base.when if base else 0,
        heads=tuple(heads),
        merged=_merged(one, heads),
    )


def _head(one: Dispute, value: Value, desk: Desk, words: Wording, who: dict[str, str]) -> Head:
    return Head(
        value=value.value,
        words=_said(one, value, words),
        person=value.person,
        who=handle_of(who, value.person),
        when=value.when,
        operation=value.operation,
        mine=value.person == desk.person,
    )


def _said(one: Dispute, value: Value, words: Wording) -> str:
    if one.field == DELETED:
        return tr("deleted") if value.value else tr("kept, with changes")
    return words.of(one.table, one.field, value.value) or tr("nothing")


def _merged(one: Dispute, heads: Sequence[Head]) -> str:
    values = [head.value for head in heads]
    if one.field not in _TEXTS or one.base is None or len({*map(str, values)}) != 2:
        return ""
    base = one.base.value
    first = next(iter(values))
    second = next(value for value in values if value != first)
    if not all(isinstance(value, str) for value in (base, first, second)):
        return ""
    return three_way.merge(base, first, second) or ""


def _evidence(r: Reader, one: Conflict) -> tuple[EvidenceView, ...]:
    key = one.record
    if one.table in ("evidence_link", "assessment"):
        held = next(iter(records.many(r, KINDS[one.table], [key])), None)
        key = getattr(held, "claim", None) or ""
    if one.table == "annotation":
        marks = records.many(r, Annotation, [key])
        resting = records.where(r, Claim, quote=tuple(mark.id for mark in marks))
        key = resting[0].id if resting else ""
    claim = records.get(r, Claim, key) if key else None
    return evidence_of(r, claim) if claim is not None else ()


def resolve(desk: Desk, key: str, take: str) -> tuple[Conflict, Changes]:
    """Settle a conflict: one operation that takes the place of all values; undo brings them back.

    `take` is mine, theirs, merged, the number of a value (from 1), or else the new value itself: a
    text as it is, anything else as JSON. Refused when there is no such conflict or value.
    """
    found = view(desk, key)
    return settle(desk, found, _taken(found, take))


def settle(desk: Desk, found: Conflict, value: Any) -> tuple[Conflict, Changes]:
    """Settle a conflict with a value as the ledger writes it."""
    with desk.store.write("settle", field=found.field) as w:
        now = disputes.open_ones(w, found.record)
        if not any(one.field == found.field for one in now):
            raise Refused(tr("This conflict is settled already."))
        cls = KINDS[found.table]
        if found.field == DELETED:
            (w.delete if value else w.restore)(cls, found.record)
        else:
            try:
                kind = cls.spec()[found.field]
                w.put(cls, found.record, **{found.field: typed(kind, plain(value))})
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise _no_value(found) from error
    return found, done(w)


def _taken(found: Conflict, take: str) -> Any:
    if take == MINE:
        if not any(head.mine for head in found.heads):
            raise Refused(tr("None of the values is yours."), tr("Take one by its number instead."))
        return found.mine.value
    if take == THEIRS:
        others = {json.dumps(head.value, sort_keys=True) for head in found.heads if not head.mine}
        if len(others) > 1:
            raise Refused(
                tr("Several others gave different values."), tr("Take one by its number.")
            )
        return found.theirs.value
    if take == MERGED:
        if not found.merged:
            raise Refused(tr("The changes touch each other and cannot be taken together."))
        return found.merged
    if take.isascii() and take.isdigit() and 1 <= int(take) <= len(found.heads):
        return found.heads[int(take) - 1].value
    return _written(found, take)


def _written(found: Conflict, words: str) -> Any:
    kind = FieldType.BOOL if found.field == DELETED else KINDS[found.table].spec().get(found.field)
    if kind in (FieldType.TEXT, FieldType.REF):
        return words
    try:
        return json.loads(words)
    except ValueError as error:
        raise _no_value(found) from error


def _no_value(found: Conflict) -> Refused:
    return Refused(
        tr("This is no value for “{field}”.").format(field=found.name),
        tr("Take mine, theirs, merged, or a value by its number."),
    )


def _find(found: Sequence[Conflict], key: str) -> Conflict:
    start, _, name = key.strip().lower().partition(".")
    fitting = [
        one for one in found if one.record.startswith(start) and name in ("", one.field.lower())
    ]
    if len(start) < _SHORTEST or not fitting:
        raise Refused(
            tr("There is no open conflict {id}.").format(id=key),
            tr("“conflicts” lists them with their ids."),
        )
    if len(fitting) > 1:
        raise Refused(
            tr("“{id}” fits several conflicts.").format(id=key),
            tr("Give the whole id, with the field."),
            [one.id for one in fitting],
        )
    return fitting[0]
