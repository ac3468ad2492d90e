"""Fields of a record that people gave different values, as they are shown and settled."""

from dataclasses import dataclass
from typing import Any

from casefile.model.view import EvidenceView


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One of the values: exact and in words, who gave it and when by their clock (milliseconds).

    `mine` says that it was given by the person who looks at it, `operation` by which operation.
    """

    value: Any
    words: str
    person: str
    who: str
    when: int
    operation: str
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A field on which people disagree.

    `base` is what all of them were looking at, None where there was nothing; `merged` a text that
    takes all changes, "" where they touch each other; `evidence` what the record rests on.
    """

    record: str
    table: str
    title: str
    field: str
    name: str
    base: Any
    base_words: str
    base_who: str
    base_when: int
    heads: tuple[Head, ...]
    merged: str = ""
    evidence: tuple[EvidenceView, ...] = ()

    @property
    def id(self) -> str:
        """What names it in calls: the record's id, a point, the field."""
        return f"{self.record}.{self.field}"

    @property
    def mine(self) -> Head:
        """My own value, or the newest of all where none is mine."""
        return next((head for head in self.heads if head.mine), self.heads[0])

    @property
    def theirs(self) -> Head:
        """The newest of the others' values."""
        return next(head for head in self.heads if head is not self.mine)
