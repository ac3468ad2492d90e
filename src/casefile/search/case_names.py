"""The names of a case, to be found by any spelling: one group a person, place or organisation."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from casefile.model.gazetteer import name_key
from casefile.model.text import folded_words
from casefile.search.articles import core
from casefile.search.function_words import FUNCTION_WORDS
from casefile.search.spelling_rules import Sounding

_SHORTEST_ACRONYM = 2


class CaseNames:
    """Names in groups that mean one and the same; made once for a state of the case."""

    def __init__(self, groups: Iterable[Sequence[str]] = ()) -> None:
        self.groups = [tuple(dict.fromkeys(group)) for group in groups]
        self._by_name: dict[str, list[int]] = {}
        self._by_acronym: dict[str, list[tuple[int, str]]] = {}
        self._cores: dict[str, list[tuple[int, str]]] = {}
        for number, group in enumerate(self.groups):
            for name in group:
                self._take(number, name)

    def _take(self, number: int, name: str) -> None:
        words = folded_words(name)
        if not words:
            return
        self._by_name.setdefault("".join(words), []).append(number)
        short = acronym(words)
        if short:
            self._by_acronym.setdefault(short, []).append((number, name))
        bare = "".join(core(words))
        self._cores.setdefault(bare, []).append((number, name))

    def named(self, name: str) -> list[int]:
        """Give the groups in which a name is, but for case, accents, hyphens and spaces."""
        return list(dict.fromkeys(self._by_name.get(name_key(name), ())))

    def shortened(self, word: str) -> list[tuple[int, str]]:
        """Give the names of which a word is the acronym, with their groups."""
        return self._by_acronym.get(word, [])

    @cached_property
    def sounding(self) -> Sounding:
        """The bare names (without articles and spaces) by what sounds alike."""
        return Sounding(self._cores)

    def of_core(self, bare: str) -> list[tuple[int, str]]:
        """Give the names that a bare name stands for, with their groups."""
        return self._cores.get(bare, [])

    def acronyms(self, number: int) -> Iterator[str]:
        """Give the acronyms of the names of a group."""
        for name in self.groups[number]:
            short = acronym(folded_words(name))
            if short:
                yield short


def acronym(words: Sequence[str]) -> str:
    """Give the first letters of the telling words of a name; nothing for a name of one or two."""
    telling = [word for word in words if word not in FUNCTION_WORDS]
    if len(telling) <= _SHORTEST_ACRONYM:
        return ""
    return "".join(word[0] for word in telling)
