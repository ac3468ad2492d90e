"""Whether sources that say the same are independent: what ties two of them to one origin."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from casefile.analysis.wires import agency, wires
from casefile.model.text import fold

_CITING: Final = re.compile(
    r"(?:according to|citing|cited by|quoting|as reported by|first reported by|told|reported by"
    r"|со ссылкой на|ссылаясь на|по данным|по сообщению|сообщает|сообщил[аи]?|как пишет|как передает"
    r"|نقلاً? عن|بحسب|وفقاً? ل|حسب ما ذكرت?|به نقل از|به گزارش)\W{1,4}",
    re.IGNORECASE,
)
_NEAR: Final = 60  # code points after such words in which the name stands
_SHORTEST: Final = 3  # letters of a name that is sought in a text
# Whoever is called so is nobody in particular: two of them need not be the same.
_NOBODY: Final = frozenset(
    [
        "activist",
        "activists",
        "resident",
        "residents",
        "witness",
        "witnesses",
        "official",
        "officials",
        "source",
        "sources",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "police",
        "army",
        "ministry",
        "government",
        "he",
        "she",
        "they",
        "it",
        "активист",
        "активисты",
        "житель",
        "жители",
        "очевидец",
        "очевидцы",
        "источник",
        "источники",
        "чиновник",
        "он",
        "она",
        "они",
        "ناشط",
        "ناشطون",
        "شاهد",
        "شهود",
        "مصدر",
        "مصادر",
        "مسؤول",
        "مسؤولون",
        "سكان",
        "متحدث",
        "هو",
        "هي",
        "فعال",
        "شاهدان",
        "منبع",
        "منابع",
        "مقام",
        "سخنگو",
        "او",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A source as it bears on one claim.

    `speakers` are those whom it lets say what bears on the claim, `owners` whom its publisher
    belongs to; all as names.
    """

    key: str
    text: str
    publisher: str = ""
    byline: str = ""
    speakers: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """Two sources that share an origin: `kind` is wire, cites, speaker or owner; by which name."""

    one: str
    other: str
    kind: str
    name: str


def ties(witnesses: Sequence[Witness]) -> list[Tie]:
    """Give every tie between two sources, in order."""
    from_wire = {each.key: _wires(each) for each in witnesses}
    found: list[Tie] = []
    for one, other in combinations(sorted(witnesses, key=lambda w: w.key), 2):
        shared = from_wire[one.key] & from_wire[other.key]
        found += [Tie(one.key, other.key, "wire", name) for name in sorted(shared)]
        found += _citing(one, other)
        found += [Tie(one.key, other.key, "speaker", name) for name in _same_speaker(one, other)]
        found += [Tie(one.key, other.key, "owner", name) for name in _same_owner(one, other)]
    return found


def _wires(one: Witness) -> frozenset[str]:
    own = agency(one.publisher)
    return wires(one.text, one.byline) | ({own} if own else frozenset())


def _citing(one: Witness, other: Witness) -> Iterator[Tie]:
    for this, that in ((one, other), (other, one)):
        another = that.publisher and _key(this.publisher) != _key(that.publisher)
        if another and cites(this.text, that.publisher):
            yield Tie(one.key, other.key, "cites", that.publisher)


def cites(text: str, name: str) -> bool:
    """Say whether a text gives this name as where it has something from."""
    wanted = _key(name)
    if len(wanted) < _SHORTEST:
        return False
    return any(
        wanted in f" {_key(text[match.end() : match.end() + _NEAR + len(name)])} "
        for match in _CITING.finditer(text)
    )


def _same_speaker(one: Witness, other: Witness) -> Iterator[str]:
    for name in one.speakers:
        if any(same_name(name, another) for another in other.speakers):
            yield name


def same_name(one: str, other: str) -> bool:
    """Say whether two names are the same person's: equal, or one is the end of the other.

    "al-Abdullah" is "Mohammed al-Abdullah"; words for nobody in particular are never the same.
    """
    first, second = _key(one).split(), _key(other).split()
    if not first or not second:
        return False
    if _NOBODY.issuperset(first[-1:]) or _NOBODY.issuperset(second[-1:]):
        return False
    short, long = sorted((first, second), key=len)
    return long[len(long) - len(short) :] == short


def _same_owner(one: Witness, other: Witness) -> Iterable[str]:
    if one.publisher and _key(one.publisher) == _key(other.publisher):
        return (one.publisher,)
    mine = {_key(name): name for name in (*one.owners, one.publisher) if name}
    theirs = {_key(name) for name in (*other.owners, other.publisher) if name}
    return sorted(name for key, name in mine.items() if key in theirs)


def _key(name: str) -> str:
    return " ".join(fold(name).text.replace("-", " ").split())
