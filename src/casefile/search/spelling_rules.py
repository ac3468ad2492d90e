"""Other spellings of a word by rule: what sounds alike, in Latin, Arabic, Cyrillic and more."""

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import Indel
from rapidfuzz.process import extract

from casefile.search.articles import core, telling, without_article
from casefile.search.transliteration import closeness, keyed, keys_of, romanised, sounds

LEAST = 0.66  # closeness that two spellings of one name have at least
PARTLY, PENALTY = 0.8, 0.85  # the same for one word of a name, and what it is then worth
BEHIND = 0.12  # how far behind the closest one may be
_MOST = 5
_LOOKED_AT = 60
_ROUGHLY = 0.4
_TELLING = 5  # letters of a word that may stand for a whole name
Close = list[tuple[float, str]]


class Sounding:
    """Words or whole names, to be found by what sounds alike; `compared` is off for very many."""

    def __init__(self, words: Iterable[str], *, compared: bool = True) -> None:
        self._words = list(words)
        self._keys = "\n" + keyed("\n".join(map(without_article, self._words))) + "\n"
        self._sounds = [sounds(without_article(w)) for w in self._words] if compared else []

    def candidates(self, bare: str) -> set[str]:
        """Give what may sound like a word that has no article."""
        found = {self._words[n] for key in keys_of(bare) for n in _lines(self._keys, key)}
        if self._sounds:
            near = extract(
                sounds(bare), self._sounds, scorer=Indel.normalized_similarity,
                limit=_LOOKED_AT, score_cutoff=_ROUGHLY,
            )  # fmt: skip
            found.update(self._words[place] for _, _, place in near)
        return found


def close_to(word: str, known: Sounding, least: float = LEAST) -> Close:
    """Give what may be another spelling of a folded word, the closest first, with how close."""
    return _closest(_measured(word, known, least, 1.0))


def names_close_to(words: Sequence[str], known: Sounding) -> Close:
    """Give the names (without articles and spaces) that may be other spellings of some words."""
    bare = core(words)
    found = _measured("".join(bare), known, LEAST, 1.0)
    if core(telling(words)) != bare:
        bare = core(telling(words))
        found |= _measured("".join(bare), known, LEAST, 1.0)
    if len(bare) > 1:
        for word in bare:
            if len(word) >= _TELLING:
                for name, near in _measured(word, known, PARTLY, PENALTY).items():
                    found[name] = max(near, found.get(name, 0.0))
    return _closest(found)


def _measured(word: str, known: Sounding, least: float, worth: float) -> dict[str, float]:
    bare = without_article(word)
    if len(romanised(bare)) < 3 or not keyed(bare):
        return {}
    near = {
        other: worth * closeness(bare, without_article(other), least=least)
        for other in known.candidates(bare)
        if other != word
    }
    return {other: value for other, value in near.items() if value}


def _closest(found: dict[str, float]) -> Close:
    ranked = sorted(((near, other) for other, near in found.items()), reverse=True)[:_MOST]
    return [(near, other) for near, other in ranked if near >= ranked[0][0] - BEHIND]


def _lines(keys: str, key: str) -> Iterable[int]:
    """Give the numbers of the lines that hold just this."""
    wanted, at, line, counted = f"\n{key}\n", 0, 0, 0
    while (at := keys.find(wanted, at)) >= 0:
        line += keys.count("\n", counted, at)
        counted = at
        yield line
        at += 1
