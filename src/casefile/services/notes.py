"""Tags and notes on any record."""

from collections.abc import Iterable

from casefile.model.change import Changes
from casefile.model.errors import Refused
from casefile.model.ids import new_id, tag_id, tagging_id
from casefile.model.note import Note, Tag, Tagging
from casefile.services.desk import Desk, done
from casefile.store import records
from casefile.store.session import Reader
from casefile.store.writer import Writer
from casefile.strings import tr


def tag(desk: Desk, targets: Iterable[str], names: Iterable[str]) -> Changes:
    """Put tags on records; a tag that is there already changes nothing."""
    names = [clean for name in names if (clean := " ".join(name.split()))]
    if not names:
        raise Refused(tr("A tag needs at least one letter."))
    targets = list(targets)
    with desk.store.write("tag", names=names, count=len(targets)) as w:
        for target in targets:
            put_tags(w, target, names)
    return done(w)


def put_tags(w: Writer, target: str, names: Iterable[str]) -> None:
    """Put tags on one record inside a transaction."""
    for name in names:
        clean = " ".join(name.split())
        key = tag_id(clean)
        known = records.get(w, Tag, key)
        if known is None or known.deleted:
            w.put(Tag, key, name=clean)
        link = tagging_id(key, target)
        held = records.get(w, Tagging, link)
        if held is None or held.deleted:
            w.put(Tagging, link, tag=key, target=target)


def untag(desk: Desk, targets: Iterable[str], name: str) -> Changes:
    """Take a tag off records."""
    targets = list(targets)
    with desk.store.write("untag", names=[name], count=len(targets)) as w:
        for target in targets:
            link = records.get(w, Tagging, tagging_id(tag_id(name), target))
            if link is not None and not link.deleted:
                w.delete(Tagging, link.id)
    return done(w)


def tags(desk: Desk) -> list[tuple[Tag, int]]:
    """Give every tag in use with the number of records that bear it, by name."""
    with desk.store.read() as r:
        links = records.where(r, Tagging)
        named = records.where(r, Tag, order=("name",))
    counts: dict[str, int] = {}
    for link in links:
        counts[link.tag or ""] = counts.get(link.tag or "", 0) + 1
    return [(each, counts[each.id]) for each in named if counts.get(each.id)]


def tags_of(r: Reader, targets: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Give the names of the tags on each of some records, sorted."""
    wanted = tuple(targets)
    found: dict[str, list[str]] = {target: [] for target in wanted}
    links = records.where(r, Tagging, target=wanted) if wanted else []
    names = {t.id: t.name or "" for t in records.many(r, Tag, {link.tag or "" for link in links})}
    for link in links:
        if link.tag in names and link.target is not None:
            found[link.target].append(names[link.tag])
    return {target: tuple(sorted(each)) for target, each in found.items()}


def note(desk: Desk, target: str, body: str) -> tuple[str, Changes]:
    """Write a note about a record; gives its id."""
    if not body.strip():
        raise Refused(tr("An empty note is not kept."))
    key = new_id()
    with desk.store.write("note") as w:
        w.put(Note, key, target=target, body=body)
    return key, done(w)


def edit_note(desk: Desk, key: str, body: str) -> Changes:
    """Change the words of a note."""
    with desk.store.write("edit note") as w:
        w.put(Note, key, body=body)
    return done(w)


def notes_of(r: Reader, target: str) -> tuple[Note, ...]:
    """Give the notes about a record, oldest first."""
    return tuple(records.where(r, Note, target=target))
