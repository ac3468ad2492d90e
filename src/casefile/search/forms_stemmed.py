"""Other forms of English, French and German words: those with the same stem.

Stemmers are made for these languages' spelling; a folded word has lost its accents, which costs
little, since the words of the index have lost them, too.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile
from typing import Any

import snowballstemmer

from casefile.search.terms import Terms

LATIN = {"en": "english", "fr": "french", "de": "german"}
_LONGEST_ENDING = 8
_LONGEST = 40  # letters of a word that can have forms
# What changes inside the word, the forms of one word together.
_IRREGULAR = """
be am is are was were been being|have has had having|do does did done doing|go goes went gone going
say says said saying|take takes took taken taking|give gives gave given giving|get gets got gotten
come comes came coming|see sees saw seen seeing|know knows knew known knowing|leave leaves left
think thinks thought thinking|tell tells told telling|find finds found finding|make makes made making
keep keeps kept keeping|hold holds held holding|bring brings brought bringing|buy buys bought buying
build builds built building|send sends sent sending|spend spends spent|lose loses lost losing
fight fights fought fighting|catch catches caught|teach teaches taught|seek seeks sought seeking
shoot shoots shot shooting|strike strikes struck stricken striking|steal steals stole stolen
break breaks broke broken breaking|speak speaks spoke spoken speaking|write writes wrote written
drive drives drove driven driving|rise rises rose risen rising|fly flies flew flown flying
fall falls fell fallen falling|begin begins began begun beginning|run runs ran running
hide hides hid hidden hiding|bite bites bit bitten|choose chooses chose chosen|freeze freezes froze
swear swears swore sworn|wear wears wore worn|tear tears tore torn|bear bears bore borne born
grow grows grew grown|throw throws threw thrown|blow blows blew blown|draw draws drew drawn
lead leads led leading|feed feeds fed feeding|flee flees fled fleeing|meet meets met meeting
sit sits sat sitting|stand stands stood standing|understand understands understood
win wins won winning|hang hangs hung hanging|dig digs dug digging|sink sinks sank sunk
sell sells sold selling|pay pays paid paying|lay lays laid laying|lie lies lay lain lying
sleep sleeps slept|feel feels felt feeling|deal deals dealt|mean means meant|hear hears heard
man men|woman women|child children|foot feet|tooth teeth|mouse mice|goose geese|person people
wife wives|knife knives|life lives|half halves|leaf leaves|thief thieves|shelf shelves
crisis crises|basis bases|analysis analyses|phenomenon phenomena|criterion criteria|datum data
analyze analyse|good better best|bad worse worst|die dies died dying|policeman policemen
"""
_TOGETHER: dict[str, tuple[str, ...]] = {}
for _line in _IRREGULAR.replace("\n", "|").split("|"):
    for _word in _line.split():
        _TOGETHER[_word] = (*_TOGETHER.get(_word, ()), *_line.split())


@lru_cache(4)
def _stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(language)


@lru_cache(100_000)
def stem(language: str, word: str) -> str:
    """Give what the forms of a word have in common, by the stemmer of its language."""
    found: str = _stemmer(language).stemWord(word)
    return found


def latin(word: str, terms: Terms) -> Iterator[str]:
    """Give forms in the Latin languages of the index, or in English."""
    known = [language for language in LATIN if language in terms.languages] or ["en"]
    for language in known:
        yield from _same_stem(word, LATIN[language], terms)
        if language == "en":
            yield from (other for other in _TOGETHER.get(word, ()) if other in terms)


def _same_stem(word: str, language: str, terms: Terms) -> Iterator[str]:
    if len(word) > _LONGEST:
        return
    wanted = stem(language, word)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(word, wanted, strict=False))
    start = word[: sum(1 for _ in same)]
    if wanted.endswith("i") and len(start) == len(wanted):  # happiness, happy
        start = start[:-1]
    if len(start) < 2:
        return
    longest = len(wanted) + _LONGEST_ENDING
    for other in terms.beginning(start):
        if len(other) <= longest and stem(language, other) == wanted:
            yield other
