"""Other spellings of names: of the case first, then the gazetteer's, then by rule, then one edit."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace

from casefile.model.gazetteer import Gazetteer, KnownPlace, name_key
from casefile.model.text import folded_words
from casefile.search.articles import ARTICLES, SORTS, core, has_article, telling, written
from casefile.search.case_names import CaseNames
from casefile.search.function_words import FUNCTION_WORDS
from casefile.search.spelling_rules import close_to, names_close_to
from casefile.search.syntax import Form, Words
from casefile.search.terms import Terms
from casefile.search.transliteration import closeness, romanised

ALIAS, ACRONYM, PLACE, RULE, FUZZY = 0.5, 0.45, 0.4, 0.35, 0.2
ALONE = 0.74  # closeness of a word of the texts to one that is not there
JOINED = 0.8  # the same for several words of which it may be made
SURE = 0.9  # closeness of two words that both stand in the texts
_PLACES = 3  # of one name
_LARGE = 50_000  # people: such a place is meant though its name is a word that occurs
_MOST = 60
_SHORTEST = 3
_EDITS_FROM = 5  # letters
_MOST_JOINED = 4  # words that may be one word elsewhere
_ARTICLED = 3  # words of a name between which articles are tried


@dataclass
class Names:
    """What is known of names in one search."""

    terms: Terms
    case: CaseNames = field(default_factory=CaseNames)
    gazetteer: Gazetteer | None = None
    without: Container[str] = ()  # kinds of variants that are not wanted
    alone: float = ALONE
    joined_left: int = 8  # how often several words are still tried as one; a long query has many

    def spellings(self, node: Words, *, whole: bool = False) -> list[Form]:
        """Give other ways to write a name, the surest first; each of their words is in the index.

        With `whole` only what is known of all the words together counts.
        """
        found: dict[tuple[tuple[str, ...], ...], Form] = {}
        for form in self._all(node, whole=whole):
            if form.places != tuple((word,) for word in node.words):
                found.setdefault(form.places, form)
            if len(found) >= _MOST:
                break
        return list(found.values())

    def _all(self, node: Words, *, whole: bool) -> Iterator[Form]:
        if all(word in FUNCTION_WORDS for word in node.words):
            return
        sure = False
        for form in self._known(node):
            if form.why not in self.without:
                sure = True
                yield form
        if "rule" not in self.without and self._is_name(node):
            yield from self._sounding(node, whole=whole, sure=sure)
        if not whole and "rule" not in self.without:
            yield from self._parts(node, sure=sure)
        if not (whole or sure or "fuzzy" in self.without):
            yield from self._edited(node)

    def _known(self, node: Words) -> Iterator[Form]:
        yield from self._known_as(node)
        words = telling(node.words)
        if words != node.words:  # the city of Raqqa is Raqqa
            kept = [part for part in node.said.split() if not SORTS.issuperset(folded_words(part))]
            yield from self._known_as(replace(node, words=words, said=" ".join(kept)))

    def _known_as(self, node: Words) -> Iterator[Form]:
        for number in self.case.named(node.said):
            yield from self._group(number, "alias", ALIAS)
            for short in self.case.acronyms(number):
                yield from self._written(short, "acronym", ACRONYM)
        if len(node.words) == 1:
            for number, name in self.case.shortened(node.words[0]):
                yield from self._written(name, "acronym", ACRONYM)
                yield from self._group(number, "alias", ALIAS)
        for place in self._places(node):
            for name in place.names:
                # Of several places that bear a name, those are likelier that are called so.
                near = closeness(name_key(node.said), name_key(name))
                yield from self._written(name, "gazetteer", PLACE * (0.5 + 0.5 * near))

    def _group(self, number: int, why: str, weight: float) -> Iterator[Form]:
        for name in self.case.groups[number]:
            yield from self._written(name, why, weight)

    def _places(self, node: Words) -> Sequence[KnownPlace]:
        letters = "".join(node.words)
        least = _SHORTEST if letters < "\u0700" else 2  # a Korean or Chinese sign is a syllable
        if self.gazetteer is None or "gazetteer" in self.without or len(letters) < least:
            return ()
        found = self.gazetteer.places(node.said)[:_PLACES]
        if len(node.words) == 1 and node.said.islower() and node.words[0] in self.terms:
            # A word that occurs and was not written as a name means a place only if it is a city.
            return [place for place in found if place.population >= _LARGE]
        return found

    def _written(self, name: str, why: str, weight: float) -> Iterator[Form]:
        words = folded_words(name)
        if len("".join(words)) < _SHORTEST and why == "gazetteer":
            return
        for way in written(words):
            if len(way) == 1 and way[0] in FUNCTION_WORDS:
                continue
            if all(word in self.terms for word in way):
                yield Form(tuple((word,) for word in way), why, weight, name)

    def _is_name(self, node: Words) -> bool:
        """Say whether words look like a name: by a capital, a script without them, an article.

        A word that the index has not may be anything, so a name, too.
        """
        said = node.said
        return (
            said != said.lower()
            or said == said.upper()
            or has_article(node.words)
            or any(word not in self.terms for word in node.words)
        )

    def _sounding(self, node: Words, *, whole: bool, sure: bool) -> Iterator[Form]:
        if self.case.groups:
            for near, bare in names_close_to(node.words, self.case.sounding):
                if sure and near < SURE:
                    break
                for _, name in self.case.of_core(bare):
                    yield from self._written(name, "rule", RULE * near**4)
        if not sure and not (whole and all(word in self.terms for word in node.words)):
            yield from self._as_one(
                node.words, self.alone if len(node.words) == 1 else max(self.alone, JOINED)
            )

    def _as_one(self, words: tuple[str, ...], least: float) -> Iterator[Form]:
        """Give words that sound like some words without their gaps.

        An apostrophe, a hyphen or a script without spaces parts what a text may have as one.
        """
        words = telling(words)
        joined = "".join(words)
        if len(words) > 1 and joined in self.terms:
            yield Form(((joined,),), "rule", RULE, joined)
        if len(words) > 1:
            self.joined_left -= 1
        if self.joined_left >= 0 and (len(words) <= _MOST_JOINED or len(joined) == len(words)):
            yield from self._alike(joined, least)

    def _alike(self, word: str, least: float) -> Iterator[Form]:
        """Give words of the index that sound alike; one that is there itself asks for more."""
        there = word in self.terms
        size = len(romanised(word))
        if size < _SHORTEST or word in FUNCTION_WORDS or word in SORTS:
            return
        for near, other in close_to(word, self.terms.sounding, least if size > _SHORTEST else SURE):
            other_script = other.isascii() != word.isascii()
            if other in FUNCTION_WORDS or (there and near < SURE and not other_script):
                continue
            yield Form(((other,),), "rule", RULE * near**4, other)

    def _parts(self, node: Words, *, sure: bool) -> Iterator[Form]:
        """Give a phrase with each of its words in all spellings that sound alike.

        Between two words the text may have an article that was not typed.
        """
        if len(node.words) < 2 or not self._is_name(node):
            return
        articles = tuple(word for word in sorted(ARTICLES) if word in self.terms)
        words = telling(node.words)
        for way in dict.fromkeys([*written(words), core(words)]):
            places = [self._spread(word, sure=sure) for word in way]
            if all(places):
                said = " ".join(place[0] for place in places)
                yield Form(tuple(places), "rule", RULE, said)
                bare = not any(word in ARTICLES for word in way)
                if bare and articles and 1 < len(way) <= _ARTICLED:
                    between = [each for place in places[1:] for each in (articles, place)]
                    yield Form((places[0], *between), "rule", RULE, said)

    def _spread(self, word: str, *, sure: bool) -> tuple[str, ...]:
        """Give a word and what sounds alike, as far as the index has them.

        Where the name is known anyway (`sure`), only what is very close is added.
        """
        least = RULE * SURE**4 if sure else 0.0
        others = [
            w for f in self._alike(word, self.alone) if f.weight >= least for w in f.places[0]
        ]
        return tuple(each for each in (word, *others) if each in self.terms)

    def _edited(self, node: Words) -> Iterator[Form]:
        """Give words one edit away, for a single word that nothing else is known of."""
        word = node.words[0]
        if len(node.words) > 1 or word in self.terms or len(word) < _EDITS_FROM:
            return
        for other in self.terms.near(word, 1, 8):
            yield Form(((other,),), "fuzzy", FUZZY, other)
