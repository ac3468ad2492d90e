"""What an entity is to others: merges that can be parted again, relations, where it is."""

import re
from typing import Any

from casefile.model.change import Changes, UndoReport
from casefile.model.claim import Claim
from casefile.model.entity import ENTITY_KINDS, Entity, Relation
from casefile.model.entity_view import EntityDetail, RelationView
from casefile.model.errors import Refused, UsageError
from casefile.model.gazetteer import KnownPlace
from casefile.model.ids import new_id
from casefile.model.values import DateValue
from casefile.model.view import ClaimRow
from casefile.services import claims, entities, history
from casefile.services.desk import Desk, done
from casefile.services.spellings import gazetteer
from casefile.store import records
from casefile.store.session import Reader
from casefile.strings import tr

MERGE = "merge entities"
TOWN = 5_000  # metres: a place of the gazetteer is the middle of a town
_WORLD = {"latitude": 90, "longitude": 180}
_NUMBER = re.compile(r"-?\d{1,3}(\.\d{1,8})?")


def detail(desk: Desk, key: str) -> EntityDetail:
    """Give all that the case knows of an entity; Refused when there is none."""
    view = entities.view(desk, key)
    rows = {row.id: row for row in claims.rows(desk)}
    with desk.store.read() as r:
        speaks = [c.id for c in records.where(r, Claim, speaker=key)]
        happens = [c.id for c in records.where(r, Claim, place=key)]
        return EntityDetail(
            view=view,
            merged=tuple(records.where(r, Entity, merged_into=key)),
            speaks=_known(rows, speaks),
            happens=_known(rows, happens),
            relations=tuple(_relations(r, key, rows)),
        )


def _known(rows: dict[str, ClaimRow], keys: list[str]) -> tuple[ClaimRow, ...]:
    return tuple(rows[key] for key in keys if key in rows)


def edit(desk: Desk, key: str, **values: Any) -> Changes:
    """Change name, kind, description or place; an empty string empties the field.

    Coordinates are decimal degrees, `precision` is metres. Raises UsageError for what is none.
    """
    fields = {name: (" ".join(str(v).split()) or None) for name, v in values.items()}
    if "name" in fields and not fields["name"]:
        raise Refused(tr("A name needs at least one letter."))
    if fields.get("kind") and fields["kind"] not in ENTITY_KINDS:
        raise UsageError(
            tr("{kind} is no kind of entity.").format(kind=fields["kind"]), ", ".join(ENTITY_KINDS)
        )
    for name, most in _WORLD.items():
        _check_degrees(name, fields.get(name), most)
    _check_metres(fields.get("precision"))
    with desk.store.write("edit entity") as w:
        if records.get(w, Entity, key) is None:
            raise Refused(tr("There is no entity {id}.").format(id=key))
        w.put(Entity, key, **fields)
    return done(w)


def known_places(desk: Desk, key: str) -> tuple[KnownPlace, ...]:
    """Give the places of the gazetteer that bear one of this entity's names."""
    view = entities.view(desk, key)
    names = [view.entity.name, *(name.name for name in view.names)]
    found: dict[int, KnownPlace] = {}
    for name in names:
        for place in gazetteer().places(name or ""):
            found.setdefault(place.id, place)
    return tuple(sorted(found.values(), key=lambda place: -place.population))


def locate(desk: Desk, key: str, place: KnownPlace) -> Changes:
    """Take the coordinates of a place of the gazetteer, as exact as such a place is."""
    return edit(desk, key, latitude=place.latitude, longitude=place.longitude, precision=str(TOWN))


def unmerge(desk: Desk, key: str) -> tuple[UndoReport, Changes]:
    """Part an entity again from the one that it was merged into.

    The act of merging is taken back; what was changed since stays as it is and is listed in the
    report. The merge stays in the history. Refused where the entity was not merged.
    """
    with desk.store.read() as r:
        entity = records.get(r, Entity, key)
    if entity is None or not entity.merged_into:
        raise Refused(tr("This entity was not merged into another."))
    acts = [each for each in history.of(desk, key) if each.values.get("merged_into")]
    if not acts:
        raise Refused(tr("The act that merged it is not in this case."))
    return history.undo(desk, acts[-1].act)


def relate(
    desk: Desk, subject: str, other: str, kind: str, *,
    when: DateValue | None = None, claim: str | None = None,
) -> tuple[str, Changes]:  # fmt: skip
    """Say how two entities belong together, in a word ("commands"); gives the id.

    A relation may rest on a claim, whose quotes are then its evidence.
    """
    clean = " ".join(kind.split())
    if not clean:
        raise Refused(tr("Say in a word how they belong together."), tr("As in: commands."))
    if subject == other:
        raise Refused(tr("A relation needs two different entities."))
    key = new_id()
    with desk.store.write("relate entities") as w:
        if any(records.get(w, Entity, end) is None for end in (subject, other)):
            raise Refused(tr("There is no such entity."))
        if claim and records.get(w, Claim, claim) is None:
            raise Refused(tr("There is no claim {id}.").format(id=claim))
        w.put(
            Relation, key, subject=subject, object=other, kind=clean, when=when,
            claim=claim,
        )  # fmt: skip
    return key, done(w)


def _relations(r: Reader, key: str, rows: dict[str, ClaimRow]) -> list[RelationView]:
    found = [
        *records.where(r, Relation, subject=key),
        *records.where(r, Relation, object=key),
    ]
    ends = {end for one in found for end in (one.subject, one.object) if end}
    known = {each.id: each for each in records.many(r, Entity, list(ends))}
    listed = []
    for one in found:
        outward = one.subject == key
        claim = rows.get(one.claim or "")
        listed.append(
            RelationView(
                relation=one,
                outward=outward,
                other=known.get((one.object if outward else one.subject) or ""),
                statement=claim.statement if claim else "",
                evidence=claim.supports + claim.contradicts if claim else 0,
            )
        )
    return listed


def _check_degrees(name: str, value: str | None, most: int) -> None:
    if value and not (_NUMBER.fullmatch(value) and abs(float(value)) <= most):
        raise UsageError(
            tr("{value} is no {name}.").format(value=value, name=name),
            tr("Degrees with a point, as 35.336; south and west with a minus."),
        )


def _check_metres(value: str | None) -> None:
    if value and not (value.isascii() and value.isdigit()):
        raise UsageError(tr("The precision is a number of metres, as 5000."))
