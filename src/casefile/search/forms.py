"""Other forms of a word, offered from the words that an index holds.

Nothing is stemmed in the index, since that destroys names. What a person types is looked up as it
is; then the forms of it that do occur are sought with it, as one and the same thing.
"""

from collections.abc import Callable, Iterable, Iterator

from casefile.search import forms_arabic, forms_persian, forms_slavic, forms_stemmed
from casefile.search.terms import Terms

MOST = 60  # forms of one word
_SHORTEST = 3
Families = Iterator[tuple[tuple[str, ...], str, frozenset[str]]]


def forms_of(word: str, terms: Terms) -> list[str]:
    """Give the words of the index that are other forms of a folded word, the nearest first."""
    kept = terms.kept.get(("form", word))
    if kept is None:
        found = dict.fromkeys(_found(word, terms))
        found.pop(word, None)
        size = len(word)
        kept = sorted(found, key=lambda w: (abs(len(w) - size), w))[:MOST]
        terms.kept["form", word] = kept
    return kept


def _found(word: str, terms: Terms) -> Iterable[str]:
    if len(word) < _SHORTEST or any(letter.isdigit() for letter in word):
        return
    first = word[0]
    if "ء" <= first <= "ۿ":
        yield from _arabic(word, terms)
    elif "\u0400" <= first <= "\u04ff":
        yield from forms_slavic.related(word, terms)
    elif first < "\u0250":
        yield from forms_stemmed.latin(word, terms)


def _arabic(word: str, terms: Terms) -> Iterator[str]:
    known = terms.languages & {"ar", "fa"}
    only_persian = any(letter in "پچژگ" for letter in word)
    makers: list[Callable[[str], Families]] = []
    if "fa" in known or only_persian or not known:
        makers.append(forms_persian.families)
    if not only_persian and ("ar" in known or not known):
        makers.append(forms_arabic.families)
    for maker in makers:
        for befores, middle, endings in maker(word):
            for before in befores:
                start = before + middle
                for found in terms.beginning(start):
                    if found[len(start) :] in endings:
                        yield found
