"""Other forms of a Russian or Ukrainian word: the same middle under other endings.

Inside, і changes with о and е (Львів, Львова), a fleeting vowel comes and goes (день, дня), and
the last consonant before an ending may soften (рука, руці; нога, нозі; писать, пишет).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from casefile.search.terms import Terms

_LEAST = 3  # letters of a middle
_LONGEST_ENDING = 9
_VOWELS = "аеиоуыэюяіїєё"


@dataclass(frozen=True)
class _Language:
    """Endings (longest first), what a verb has before them, and letters that others use."""

    code: str
    endings: tuple[str, ...]
    thematic: str
    soft: dict[int, int]
    foreign: frozenset[str]


def _endings(*words: str) -> tuple[str, ...]:
    found = {"", *" ".join(words).split()}
    return tuple(sorted(found, key=lambda e: (-len(e), e)))


_RUSSIAN_ADJECTIVE = (
    *("ый", "ий", "ого", "его", "ому", "ему", "ым", "им", "ом", "ем", "ая", "яя", "ой", "ей", "ую"),
    *("юю", "ое", "ее", "ые", "ие", "ых", "их", "ыми", "ими"),
)
_UKRAINIAN = _Language(
    "uk",
    _endings(
        "а у ові ом і е и ів ам ами ах ою я ю еві єві ем єм ї й єю ею ям ями ях ей ь о їв",
        "ію ії ія ій іям іями іях ією іє ття тті ння нні енню ням",
        "ий ого ому им ім ої их ими ього ьому ньою ьої є іх іми іший іша іше іші ішого іших",
        "ова ове овий ового овому ових овим овими овою ової",
        "ти в ла ло ли ть еш єш емо ємо ете єте уть ють иш їш ить їть имо їмо ите їте ать ять ши вши",
        "ючи учи но то ний на не ні ного ної ній них ним нім ною ному ними ену ено ений ена ені",
        "тиму тимеш тиме тимемо тимете тимуть увати ував увала ували ує ують уєш ування",
    ),
    "аиіуяюєїо",
    str.maketrans("цчзжсш", "ккггхх"),
    frozenset("ыэъёђјљњћџ"),
)
_RUSSIAN = _Language(
    "ru",
    _endings(
        "а у ом е и ы ов ам ами ах ой ою я ю ем ей ев ям ями ях ь ии ия ию ием ий иям иями иях ие",
        "о ью ье ья ьев ьям ьями ьях",
        "ый ого ому ым ое ая ую ые ых ыми его ему им ее яя юю их ими ее ейший ейшая ейшие ейших",
        "ть л ла ло ли ешь ет ете ут ют утся ишь ит им ите ат ят ем у ю ти чь вши в",
        "йте й но на ны н та то ты т ен ена ено ены я яв ав",
        *(
            f"{p}{e}"
            for p in ("н", "нн", "енн", "вш", "ющ", "ущ", "ящ", "ащ", "щ", "м")
            for e in _RUSSIAN_ADJECTIVE
        ),
    ),
    "аиеяюоуы",
    str.maketrans("цчжшщ", "ккгхк"),
    frozenset("іїєґђјљњћџўқғ"),
)


def related(word: str, terms: Terms) -> Iterator[str]:
    """Give the forms of a word in the languages that its letters and the index allow."""
    for language in (_RUSSIAN, _UKRAINIAN):
        if language.foreign.intersection(word):
            continue
        other = {"ru": "uk", "uk": "ru"}[language.code]
        if other in terms.languages and language.code not in terms.languages:
            continue
        yield from _related(word, terms, language)


def _related(word: str, terms: Terms, language: _Language) -> Iterator[str]:
    middles = _middles(word, language)
    least = min(middles, key=len)
    # What may change stands at the end of a middle: look from before it.
    for other in terms.beginning(word[: max(2, len(least) - 2)]):
        if len(other) <= len(least) + _LONGEST_ENDING and not middles.isdisjoint(
            _middles(other, language)
        ):
            yield other


def _middles(word: str, language: _Language) -> frozenset[str]:
    return _middles_of(word, language.code)


@lru_cache(100_000)
def _middles_of(word: str, code: str) -> frozenset[str]:
    """Give what a word may be made of, in one spelling for what alternates."""
    language = _UKRAINIAN if code == "uk" else _RUSSIAN
    plain = word
    for reflexive in ("ся", "сь"):
        if len(word) > len(reflexive) + _LEAST:
            plain = plain.removesuffix(reflexive)
    ends = [e for e in language.endings if plain.endswith(e) and len(plain) - len(e) >= _LEAST]
    chosen: Iterable[str] = {*ends[:1], *(e for e in ends if len(e) <= 1)}
    found = {_canonical(plain[: len(plain) - len(ending)], language) for ending in chosen}
    return frozenset(found or {plain})


def _canonical(middle: str, language: _Language) -> str:
    while len(middle) > _LEAST and middle[-1] in language.thematic:
        middle = middle[:-1]
    middle = middle.rstrip("ь")
    if middle.endswith("іст"):  # діяльність, діяльності
        return middle[:-3] + "ост"
    last, body = middle[-1:].translate(language.soft), middle[:-1]
    # Before the last consonant і, о and е change for one another, or fall out.
    if len(body) > 2 and body[-1] in "іїоеєь" and last not in _VOWELS:
        body = body[:-1]
    return body.rstrip("ь") + last
