"""An entity as it is shown: its names, what was merged into it, what it says, its relations."""

from dataclasses import dataclass

from casefile.model.entity import Entity, Relation
from casefile.model.view import ClaimRow, EntityView


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationView:
    """A relation as seen from one of its ends; `outward` when that one is its subject.

    `statement` is the claim that it rests on, `evidence` how many quotes that claim has.
    """

    relation: Relation
    outward: bool
    other: Entity | None
    statement: str
    evidence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityDetail:
    """Everything that a case knows of an entity."""

    view: EntityView
    merged: tuple[Entity, ...]
    speaks: tuple[ClaimRow, ...]
    happens: tuple[ClaimRow, ...]  # claims of which it is the place
    relations: tuple[RelationView, ...]
