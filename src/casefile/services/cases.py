"""The case as a whole: its figures, its name, what its marks mean, who works on it."""

from dataclasses import replace

from casefile.model.case import FORMAT, Case, MarkMeaning, Person
from casefile.model.change import Changes
from casefile.model.errors import UsageError
from casefile.model.ids import case_record_id, new_id
from casefile.model.kinds import KINDS
from casefile.model.place import Surroundings
from casefile.model.view import CaseInfo
from casefile.services.desk import Desk, done
from casefile.services.places import keep_identity
from casefile.store import records, sources, tallying
from casefile.store.session import Reader
from casefile.strings import later, tr

MARK_NAMES = {
    1: later("claim"),
    2: later("when, where"),
    3: later("speaker"),
    4: later("doubt"),
    5: later("background"),
}


def info(desk: Desk) -> CaseInfo:
    """Give the case in figures."""
    with desk.store.read() as r:
        kinds, triage = sources.figures(r)
        counts = {name: records.count(r, kind) for name, kind in KINDS.items()}
        # Asked of the table: walking over a hundred thousand files would cost a second.
        disputed = tallying.disputed(r)
        size = sources.size(r) + sum(f.stat().st_size for f in desk.store.path.glob("case.db*"))
    return CaseInfo(
        id=desk.store.case_id,
        title=desk.title,
        path=str(desk.store.path),
        format=FORMAT,
        counts=counts,
        kinds=kinds,
        triage=triage,
        size=size,
        writable=desk.store.writable,
        holder=desk.store.held_by,
        notes=desk.store.notes,
        conflicts=disputed,
    )


def surroundings(desk: Desk) -> Surroundings:
    """Say who else has the case open for writing, and what to know of the place where it lies."""
    store = desk.store
    return Surroundings(holder=store.held_by, notes=store.notes, hindrance=desk.hindrance)


def about(desk: Desk) -> Case:
    """Give the record of the case; an empty one while nothing was said about it."""
    with desk.store.read() as r:
        return records.get(r, Case, case_record_id()) or Case(id=case_record_id())


def rename(desk: Desk, title: str, summary: str | None = None) -> Changes:
    """Give the case a title and, if given, a summary."""
    values = {"title": title} if summary is None else {"title": title, "summary": summary}
    with desk.store.write("rename case") as w:
        w.put(Case, case_record_id(), **values)
    return done(w)


def mark_meanings(desk: Desk) -> dict[int, str]:
    """Give the names of the five marks in this case."""
    with desk.store.read() as r:
        named = {m.number: m.name for m in records.where(r, MarkMeaning) if m.name}
    return {n: named.get(n) or tr(words) for n, words in MARK_NAMES.items()}


def rename_mark(desk: Desk, number: int, name: str) -> Changes:
    """Give one of the five marks another meaning in this case."""
    if number not in MARK_NAMES:
        raise UsageError(tr("There are five marks, 1 to 5."))
    with desk.store.write("rename mark", number=number) as w:
        known = records.where(w, MarkMeaning, number=number)
        w.put(MarkMeaning, known[0].id if known else new_id(), number=number, name=name)
    return done(w)


def set_handle(desk: Desk, handle: str) -> Changes:
    """Choose the name under which this person's work is shown to others."""
    desk.who = replace(desk.who, handle=handle)
    keep_identity(desk.places, desk.who)
    with desk.store.write("name person") as w:
        w.put(Person, desk.person, handle=handle)
    return done(w)


def people(r: Reader) -> dict[str, str]:
    """Give the handles of the case's people by their ids."""
    return {p.id: p.handle for p in records.where(r, Person) if p.handle}


def handle_of(names: dict[str, str], person: str) -> str:
    """Give a person's handle, or the beginning of the id while there is none."""
    return names.get(person) or person[:8]
