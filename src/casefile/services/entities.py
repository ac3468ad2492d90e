"""People, organisations, places and things under all their names."""

from collections.abc import Iterable, Sequence

from casefile.model.change import Changes
from casefile.model.claim import Claim
from casefile.model.entity import ENTITY_KINDS, Entity, EntityName
from casefile.model.errors import Refused, UsageError
from casefile.model.ids import new_id
from casefile.model.text import fold, script
from casefile.model.view import EntityView
from casefile.services.desk import Desk, done
from casefile.services.notes import tags_of
from casefile.store import records
from casefile.store.session import Reader
from casefile.store.writer import Writer
from casefile.strings import tr


def add(desk: Desk, name: str, kind: str = "person") -> tuple[str, Changes]:
    """Make an entity; gives its id."""
    with desk.store.write("entity", kind=kind) as w:
        key = put(w, name, kind)
    return key, done(w)


def put(w: Writer, name: str, kind: str) -> str:
    """Make an entity within a transaction."""
    clean = " ".join(name.split())
    if not clean:
        raise Refused(tr("A name needs at least one letter."))
    if kind not in ENTITY_KINDS:
        raise UsageError(
            tr("{kind} is no kind of entity.").format(kind=kind), ", ".join(ENTITY_KINDS)
        )
    key = new_id()
    w.put(Entity, key, kind=kind, name=clean)
    return key


def take(w: Writer, name: str, kind: str) -> str:
    """Give the entity that bears this name, or make one; two candidates are refused."""
    found = named(w, name)
    if len(found) > 1:
        raise Refused(
            tr("{n} entities are called {name}.").format(n=len(found), name=name),
            tr("Merge them, or give the id of one."),
            [each.id for each in found],
        )
    return found[0].id if found else put(w, name, kind)


def named(r: Reader, name: str) -> list[Entity]:
    """Give the entities of which a name or an alias folds equal; merged ones as what they became."""
    wanted = _key(name)
    known = {e.id: e for e in records.where(r, Entity)}
    ids = [key for key, each in known.items() if key == name or _key(each.name or "") == wanted]
    ids += [
        each.entity
        for each in records.where(r, EntityName)
        if each.entity in known and _key(each.name or "") == wanted
    ]
    found: dict[str, Entity] = {}
    for key in ids:
        entity = _became(known, key)
        found[entity.id] = entity
    return list(found.values())


def _became(known: dict[str, Entity], key: str) -> Entity:
    """Follow merges to the end; two colleagues' merges may point in a circle."""
    met: set[str] = set()
    while (into := known[key].merged_into) and into in known and key not in met:
        met.add(key)
        key = into
    return known[key]


def alias(
    desk: Desk, key: str, name: str, kind: str = "alias", language: str | None = None
) -> tuple[str, Changes]:
    """Give an entity another name; gives the id of the name."""
    clean = " ".join(name.split())
    if not clean:
        raise Refused(tr("A name needs at least one letter."))
    with desk.store.write("alias") as w:
        fresh = put_alias(w, key, clean, kind, language)
    return fresh, done(w)


def put_alias(w: Writer, key: str, name: str, kind: str, language: str | None) -> str:
    """Give an entity another name within a transaction."""
    fresh = new_id()
    w.put(
        EntityName,
        fresh,
        entity=key,
        name=name,
        kind=kind,
        language=language,
        script=script(name),
    )
    return fresh


def rows(desk: Desk) -> list[EntityView]:
    """Give every entity that was not merged into another, by name."""
    with desk.store.read() as r:
        found = [e for e in records.where(r, Entity, order=("name",)) if not e.merged_into]
        return views(r, found)


def view(desk: Desk, key: str) -> EntityView:
    """Give one entity with all its names."""
    with desk.store.read() as r:
        entity = records.get(r, Entity, key)
        if entity is None:
            raise Refused(tr("There is no entity {id}.").format(id=key))
        return views(r, [entity])[0]


def merge(desk: Desk, keep: str, other: str) -> Changes:
    """Make two entities one: the second keeps its record and points at the first.

    The other's names become aliases of the first and its claims speak as the first; undo takes all
    of it back.
    """
    if keep == other:
        raise Refused(tr("These are one entity already."))
    with desk.store.write("merge entities") as w:
        first, second = records.get(w, Entity, keep), records.get(w, Entity, other)
        if first is None or second is None:
            raise Refused(tr("There is no such entity."))
        if second.name and _key(second.name) != _key(first.name or ""):
            put_alias(w, keep, second.name, "alias", None)
        for name in records.where(w, EntityName, entity=other):
            w.put(EntityName, name.id, entity=keep)
        for claim in records.where(w, Claim, speaker=other):
            w.put(Claim, claim.id, speaker=keep)
        for claim in records.where(w, Claim, place=other):
            w.put(Claim, claim.id, place=keep)
        w.put(Entity, other, merged_into=keep)
    return done(w)


def candidates(desk: Desk, name: str) -> list[EntityView]:
    """Give the entities that this name may mean."""
    with desk.store.read() as r:
        return views(r, named(r, name))


def views(r: Reader, found: Sequence[Entity]) -> list[EntityView]:
    """Give several entities within a read session."""
    ids = tuple(each.id for each in found)
    names: dict[str, list[EntityName]] = {}
    for name in records.where(r, EntityName, entity=ids) if ids else []:
        names.setdefault(name.entity or "", []).append(name)
    speaks = _count(claim.speaker for claim in records.where(r, Claim))
    tags = tags_of(r, ids)
    return [
        EntityView(
            entity=each,
            names=tuple(names.get(each.id, ())),
            claims=speaks.get(each.id, 0),
            tags=tags[each.id],
        )
        for each in found
    ]


def _count(keys: Iterable[str | None]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key in keys:
        if key:
            found[key] = found.get(key, 0) + 1
    return found


def _key(name: str) -> str:
    return " ".join(fold(name).text.split())
