"""Known places of the world under all their names; read elsewhere, passed on as a protocol."""

from dataclasses import dataclass
from typing import Protocol

from casefile.model.text import folded_words


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A populated place: coordinates are decimal strings, `names` begins with its usual one.

    Of names that fold to the same letters only one is kept.
    """

    id: int
    country: str
    latitude: str
    longitude: str
    population: int
    names: tuple[str, ...]


class Gazetteer(Protocol):
    """Whoever knows places by their names."""

    def places(self, name: str) -> tuple[KnownPlace, ...]:
        """Give the places that bear this name in any of its spellings, the most populous first."""
        ...


def name_key(name: str) -> str:
    """Give what two names share that differ in case, accents, hyphens and spaces only."""
    return "".join(folded_words(name))
