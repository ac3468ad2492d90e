"""What was done, by whom and when; undo and redo."""

from collections.abc import Iterator
from typing import Any

from casefile.model.change import (
    Act,
    ActDetail,
    Changes,
    FieldChange,
    HistoryEntry,
    Revision,
    UndoReport,
)
from casefile.services.cases import handle_of, people
from casefile.services.desk import Desk
from casefile.services.naming import Wording, called, field_name
from casefile.store import history
from casefile.store.session import Reader
from casefile.strings import later, tr, trn

# One sentence an act; `{n}` sentences have a form for one.
_LABELS = {
    "rename case": later("Case renamed"),
    "rename mark": later("Mark {number} renamed"),
    "name person": later("Name chosen"),
    "edit": later("Source changed"),
    "read again": later("Source read again"),
    "recognise": later("Letters recognised"),
    "annotate": later("Marked as {mark}"),
    "recolour": later("Mark changed to {mark}"),
    "move mark": later("Mark moved"),
    "write note": later("Note beside a mark changed"),
    "note": later("Note written"),
    "edit note": later("Note changed"),
    "claim": later("Claim made"),
    "edit claim": later("Claim changed"),
    "link": later("Evidence linked"),
    "stance": later("Stance changed"),
    "relate": later("Two sources linked"),
    "question": later("Question asked"),
    "new": later("Case made"),
    "assess": later("Claim judged"),
    "accept suggestion": later("Suggestion accepted"),
    "entity": later("Name added"),
    "alias": later("Other name added"),
    "merge entities": later("Two entities merged"),
    "edit entity": later("Entity changed"),
    "relate entities": later("Two entities related"),
    "merge sources": later("Two sources merged"),
    "redecode": later("Read again as {encoding}"),
    "name key": later("Key named"),
    "settle": later("Conflict settled"),
    "merge": later("Bundle merged"),
}
_COUNTED = {
    "import": (later("{n} file added"), later("{n} files added")),
    "tag": (later("{n} record tagged"), later("{n} records tagged")),
    "untag": (later("Tag taken off {n} record"), later("Tag taken off {n} records")),
    "triage": (later("{n} source triaged"), later("{n} sources triaged")),
    "grade": (later("{n} source graded"), later("{n} sources graded")),
    "purge": (later("{n} record removed for good"), later("{n} records removed for good")),
    "delete": (later("{n} record deleted"), later("{n} records deleted")),
}


def acts(desk: Desk, limit: int = 100, before: str | None = None) -> list[Act]:
    """Give what was done, newest first; `before` is the id of the last one shown."""
    with desk.store.read() as r:
        return history.acts(r, limit=limit, before=before)


def of(desk: Desk, record: str) -> list[Revision]:
    """Give every operation on one record, oldest first."""
    with desk.store.read() as r:
        return history.of(r, record)


def entries(desk: Desk, record: str) -> list[HistoryEntry]:
    """Give every operation on one record as a person reads it, oldest first."""
    with desk.store.read() as r:
        return _entries(r, history.of(r, record))


def of_act(desk: Desk, act: str, limit: int = 200, start: int = 0) -> ActDetail:
    """Give what one act did, record by record; `limit` and `start` count records.

    `act` may be the beginning of an id; Refused when none or several begin so.
    """
    with desk.store.read() as r:
        done = history.act(r, act)
        ids = history.touched(r, done.id)
        chosen = ids[start : start + limit]
        revisions = history.of_several(r, chosen, done.id)
        return ActDetail(
            act=done,
            what=label(done.key, done.args),
            who=handle_of(people(r), done.person),
            records=len(ids),
            entries=tuple(_entries(r, [one for id_ in chosen for one in revisions[id_]])),
        )


def _entries(r: Reader, revisions: list[Revision]) -> list[HistoryEntry]:
    who = people(r)
    words = Wording(r, [(one.table, side) for one in revisions for side in _sides(one)], who)
    known = history.named(r, {one.act for one in revisions})
    of_none: tuple[dict[str, Any], bool] = ({}, False)
    titles = called(r, {(one.table, one.record) for one in revisions})
    return [
        HistoryEntry(
            act=one.act,
            key=one.key,
            what=label(one.key, known.get(one.act, of_none)[0]),
            person=one.person,
            who=handle_of(who, one.person),
            when=one.when,
            undone=known.get(one.act, of_none)[1],
            table=one.table,
            record=one.record,
            title=titles.get(one.record, one.record),
            made=one.made,
            changes=tuple(_changes(one, words)),
            replica=one.replica,
            seq=one.seq,
            hash=one.hash,
        )
        for one in revisions
    ]


def _sides(one: Revision) -> tuple[dict[str, Any], dict[str, Any]]:
    return one.values, one.before


def _changes(one: Revision, words: Wording) -> Iterator[FieldChange]:
    for field, after in one.values.items():
        before = one.before.get(field)
        yield FieldChange(
            field=field,
            name=field_name(field),
            before=before,
            after=after,
            was=words.of(one.table, field, before),
            now=words.of(one.table, field, after),
        )


def names(desk: Desk) -> dict[str, str]:
    """Give the handles of people by their ids."""
    with desk.store.read() as r:
        return people(r)


def undo(desk: Desk, act: str | None = None) -> tuple[UndoReport, Changes]:
    """Take an act back, by default this person's last one that is not undone."""
    before = desk.upto
    report = desk.store.undo(act)
    return report, desk.store.changes_after(before)


def redo(desk: Desk, act: str | None = None) -> tuple[UndoReport, Changes]:
    """Do an undone act again, by default the last one that was undone."""
    before = desk.upto
    report = desk.store.redo(act)
    return report, desk.store.changes_after(before)


def label(key: str, args: dict[str, Any]) -> str:
    """Name an act in the person's language; an act of a newer version by its key."""
    if key in {"undo", "redo"}:
        what = label(str(args.get("key", "")), dict(args.get("args") or {}))
        return (tr("Undone: {what}") if key == "undo" else tr("Redone: {what}")).format(what=what)
    if key in _COUNTED and isinstance(args.get("count"), int):
        one, many = _COUNTED[key]
        return trn(one, many, args["count"])
    if key in _COUNTED:
        return tr(_COUNTED[key][1]).format(n="").strip()
    try:
        return tr(_LABELS.get(key, key)).format(**args)
    except (KeyError, IndexError, ValueError):
        return key
