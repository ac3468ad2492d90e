"""What a person should know of the place where a case lies."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceNote:
    """One thing about a place: what it is, in a sentence, and what to do about it.

    `kind` is network, cloud, removable, small files, memory, read only or elsewhere.
    """

    kind: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """How a case is open: who else has it for writing, what to know of its place.

    `hindrance` says why it could not be opened for writing; empty where nobody tried.
    """

    holder: str | None
    notes: tuple[PlaceNote, ...]
    hindrance: str = ""
