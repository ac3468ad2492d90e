"""The names that a search knows: those of the case with their aliases, and the gazetteer's."""

import threading
from functools import lru_cache
from weakref import WeakKeyDictionary

from casefile.model.change import Changes
from casefile.model.entity import Entity, EntityName
from casefile.model.errors import Refused
from casefile.search.case_names import CaseNames
from casefile.search.known import Known
from casefile.services import entities
from casefile.services.desk import Desk, done
from casefile.store import records
from casefile.store.gazetteer import ShippedGazetteer
from casefile.strings import tr

_KEPT: "WeakKeyDictionary[Desk, tuple[int, CaseNames]]" = WeakKeyDictionary()
_LOCK = threading.Lock()


def known(desk: Desk) -> Known:
    """Give what a search of this case may know of names; read again when the case has changed."""
    with _LOCK:
        upto = desk.upto
        kept = _KEPT.get(desk)
        if kept is None or kept[0] != upto:
            kept = _KEPT[desk] = (upto, case_names(desk))
    return Known(kept[1], gazetteer())


def case_names(desk: Desk) -> CaseNames:
    """Give the names of all entities, those of one entity together; merged ones are one."""
    groups: dict[str, list[str]] = {}
    with desk.store.read() as r:
        found = {each.id: each for each in records.where(r, Entity)}
        others = records.where(r, EntityName)
    for each in found.values():
        groups.setdefault(_root(found, each.id), []).append(each.name or "")
    for name in others:
        if name.entity in found:
            groups.setdefault(_root(found, name.entity), []).append(name.name or "")
    return CaseNames([[name for name in group if name] for group in groups.values()])


@lru_cache(1)
def gazetteer() -> ShippedGazetteer:
    """Give the shipped gazetteer, one for the program."""
    return ShippedGazetteer()


def accept(desk: Desk, name: str, spelling: str, kind: str = "person") -> tuple[str, Changes]:
    """Keep a spelling as an alias of the entity that bears a name; gives the id of the alias.

    Where nobody bears the name an entity of this kind is made. Several bearers are refused.
    """
    clean = " ".join(spelling.split())
    if not clean:
        raise Refused(tr("A name needs at least one letter."))
    with desk.store.write("alias") as w:
        key = entities.take(w, name, kind)
        fresh = entities.put_alias(w, key, clean, "alias", None)
    return fresh, done(w)


def _root(found: dict[str, Entity], key: str) -> str:
    met: set[str] = set()
    while (into := found[key].merged_into) and into in found and key not in met:
        met.add(key)
        key = into
    return key
