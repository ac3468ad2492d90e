"""Other forms of an Arabic word: with and without clitics and endings, broken plurals, verbs.

Words are folded: alef is bare, ta marbuta is ه, alef maqsura and seats of hamza are ي and و.
Nothing is taken off in the index; these forms are looked up among its words, where they stand.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

# What is written onto the beginning of a noun, and of a verb of the present.
_BEFORE = (
    *("", "ال", "و", "وال", "ب", "بال", "وب", "وبال", "ك", "كال", "ف", "فال", "ل", "لل", "ول"),
    *("ولل", "فل", "فلل", "فب", "فبال"),
)
_VERBAL = tuple(
    before + person
    for before in ("", "و", "ف", "س", "وس", "فس", "ل", "ول", "فل")
    for person in "يتنا"
)
_OWNERS = ("ه", "ها", "هم", "هن", "هما", "ك", "كم", "كن", "كما", "نا", "ي", "ني")
# Endings, the longest first: number, gender, case and person, then whose.
_ENDINGS = tuple(
    sorted(
        {
            *("", "ه", "ا", "ان", "ين", "ون", "ات", "تان", "تين", "ت", "وا", "يه", "ي", "تا"),
            *("ن", "و", "نا", "تم", "يا", "يات", "يين", "يون"),
            *_OWNERS,
            *(number + owner for number in ("ت", "ات", "ا", "ي", "و", "ن") for owner in _OWNERS),
        },
        key=len,
        reverse=True,
    )
)
_ENDING_SET = frozenset(_ENDINGS)
_SHORTEST = 3  # letters that must be left
# Singular and plural, by the letters of the root (1 to 4).
_BROKEN = (
    *(("123", "ا12ا3"), ("123", "12و3"), ("123", "12ا3"), ("123", "ا123"), ("123ه", "123")),
    *(("123ه", "12ا3"), ("1ا23", "12ا3"), ("1ا23", "123ه"), ("1ا23", "123اء"), ("1ا23", "1وا23")),
    *(
        ("1ا23ه", "1وا23"),
        ("12ي3", "123اء"),
        ("12ي3", "ا123اء"),
        ("12ي3", "12ا3"),
        ("12ي3", "123ي"),
    ),
    *(("12ي3", "123"), ("12ا3", "123"), ("12و3", "123"), ("12ي3ه", "123"), ("12ا3", "ا123ه")),
    *(("12ي3", "ا123ه"), ("12ا3ه", "12اي3"), ("12ي3ه", "12اي3"), ("12ي3", "12اي3")),
    *(("12و3ه", "12اي3"), ("1234", "12ا34"), ("1234ه", "12ا34"), ("123و4", "12ا3ي4")),
    *(
        ("123ا4", "12ا3ي4"),
        ("123ي4", "12ا3ي4"),
        ("1ا2", "ا1وا2"),
        ("1ا2", "1ي2ان"),
        ("1و2", "ا1وا2"),
    ),
    *(("1ا2ه", "1ا2ات"), ("123", "123ان"), ("12", "ا12اء"), ("12ا", "ا12يه"), ("1ا2و3", "1وا2ي3")),
    *(("123", "ا12ا3ه"), ("12ي", "ا12ياء"), ("1ا2", "1وا2"), ("12ا3", "12و3")),
)


# Verbs with a weak letter: of the past and of the present.
_HOLLOW = (
    *(
        ("1ا2", "1و2"),
        ("1ا2", "1ي2"),
        ("1ا2", "12"),
        ("ا1ا2", "1ي2"),
        ("12ا", "12و"),
        ("12ا", "12ي"),
    ),
    *(("123ا", "123ي"), ("ا123", "123"), ("ا12ي", "و12ي"), ("ا1ا23", "1ا23"), ("ا12ا3", "12ا3")),
    *(
        ("1و2", "12"),
        ("و12", "12"),
        ("1ا2", "1ي2"),
        ("است1ا2", "ست1ي2"),
    ),
)


Pairs = tuple[tuple[re.Pattern[str], str], ...]


def _compiled(pairs: tuple[tuple[str, str], ...]) -> Pairs:
    both = dict.fromkeys(way for pair in pairs for way in (pair, pair[::-1]))
    return tuple((re.compile(re.sub(r"\d", "([ء-ي])", one)), other) for one, other in both)


_PLURALS, _VERBS = _compiled(_BROKEN), _compiled(_HOLLOW)


def families(word: str) -> Iterator[tuple[tuple[str, ...], str, frozenset[str]]]:
    """Give what forms look like: one of some beginnings, a middle, one of some endings."""
    bases = _bases(word)
    for base in bases:
        yield _BEFORE, base, _ENDING_SET
    for base in bases[:3]:
        if len(base) >= _SHORTEST:
            yield _VERBAL, base, _ENDING_SET
    for plural in dict.fromkeys(other for base in bases for other in _patterned(base, _PLURALS)):
        yield _BEFORE, plural, _ENDING_SET
    for verb in dict.fromkeys(other for base in bases[:3] for other in _patterned(base, _VERBS)):
        yield ("", "و", "ف", *_VERBAL), verb, _ENDING_SET


@lru_cache(4096)
def _bases(word: str) -> tuple[str, ...]:
    """Give what may be left of a word when its clitics and endings are off, the likeliest first."""
    found: dict[str, None] = {}
    starts = [word[len(p) :] for p in sorted(_BEFORE, key=len, reverse=True) if _begins(word, p)]
    for start in starts[:2] + starts[-1:]:
        for ending in _ENDINGS:
            if start.endswith(ending) and len(start) - len(ending) >= _SHORTEST:
                found[start[: len(start) - len(ending)]] = None
                break
        if start.endswith("ه") and len(start) > _SHORTEST:  # most often ta marbuta
            found[start[:-1]] = None
        found[start] = None
    for start in (word, *starts[:1]):
        person = next((p for p in _VERBAL if start.startswith(p)), "")
        stem = start[len(person) :]
        if person and len(stem) >= _SHORTEST:
            ending = next(e for e in _ENDINGS if stem.endswith(e) and len(stem) - len(e) >= 3)
            found[stem[: len(stem) - len(ending)]] = None
    return tuple(found)


def _begins(word: str, before: str) -> bool:
    if not word.startswith(before):
        return False
    # One letter may be the root's own: it goes only when enough is left.
    left = len(word) - len(before)
    return not before or left >= (_SHORTEST if len(before) > 1 else _SHORTEST + 1)


def _patterned(base: str, pairs: Pairs) -> Iterator[str]:
    for pattern, other in pairs:
        match = pattern.fullmatch(base)
        if match:
            yield "".join(match.group(int(c)) if c in "123456" else c for c in other)


def broken_plurals(base: str) -> Iterator[str]:
    """Give broken plurals of a noun, and what it may be the plural of."""
    yield from _patterned(base, _PLURALS)
