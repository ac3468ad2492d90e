"""Places that a text names, by a gazetteer and the words around them."""

import re
from collections.abc import Iterator
from typing import Final

from casefile.analysis.countries import country
from casefile.model.gazetteer import Gazetteer
from casefile.model.text import script
from casefile.model.values import Span

LARGE: Final = 50_000  # people; a smaller place needs a word beside it that says it is one
_LEADS: Final = re.compile(
    r"(?:\b(?:in|at|near|from|to|outside|around|into|of|towards?|city|town|village|district|province|"
    r"capital|governorate|area|region|and)|\b(?:в|во|на|из|под|от|до|около|город[еау]?|г\.|село|район[еа]?))"
    r"(?:\s+(?:the|city of|town of|village of))?,?\s+$",
    re.IGNORECASE,
)
_KINDS: Final = re.compile(
    r"\s+(?:city|town|village|district|province|governorate|countryside|region|area|county|oblast|"
    r"область|район|город)\b",
    re.IGNORECASE,
)
_ARABIC: Final = re.compile(r"[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]+")
_ARABIC_LEADS: Final = frozenset(
    [
        "في",
        "مدينة",
        "بلدة",
        "قرية",
        "محافظة",
        "ريف",
        "من",
        "إلى",
        "شرقي",
        "غربي",
        "شمالي",
        "جنوبي",
        "العاصمة",
        "ولاية",
        "منطقة",
        "در",
        "شهر",
        "استان",
    ]
)


class Places:
    """Tells places by what the gazetteer and the text say of them; remembers what it asked."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._asked: dict[str, int] = {}

    def population(self, name: str) -> int:
        """Give the people of the largest place of this name; -1 when there is none."""
        if name not in self._asked:
            found = self._gazetteer.places(name)
            self._asked[name] = found[0].population if found else -1
        return self._asked[name]

    def name(self, said: str) -> str:
        """Give the name of a place as it is said, without an article."""
        return re.sub(r"^(?:the|The)\s+", "", said)

    def rule(self, text: str, run: Span) -> str:
        """Say by which rule a name is a place; "" when it is none."""
        said = " ".join(run.of(text).split())
        if country(said):
            return "country or region"
        people = max((self.population(form) for form in forms(said)), default=-1)
        if people < 0:
            return ""
        before = text[max(0, run.start - 24) : run.start]
        beside = _LEADS.search(before) or _KINDS.match(text, run.end)
        if beside:
            return "gazetteer"
        begins = not before.strip() or before.rstrip()[-1:] in '.!?\n"“'
        return "gazetteer" if people >= LARGE and not begins else ""

    def without_capitals(
        self, text: str, parts: list[tuple[int, int]]
    ) -> Iterator[tuple[Span, str]]:
        """Give the places in Arabic and Persian text, where no capital letter helps."""
        for start, end in parts:
            words = [Span(*m.span()) for m in _ARABIC.finditer(text, start, end)]
            at = 0
            while at < len(words):
                step = 1
                for length in (3, 2, 1):
                    place = self._arabic(text, words, at, length)
                    if place is not None:
                        yield place, place.of(text)
                        step = length
                        break
                at += step

    def _arabic(self, text: str, words: list[Span], at: int, length: int) -> Span | None:
        if at + length > len(words):
            return None
        place = Span(words[at].start, words[at + length - 1].end)
        said = place.of(text)
        if "\n" in said or re.search(r"[^\w\s]", said) or len(said) < 3:
            return None
        lead = words[at - 1].of(text) if at else ""
        if said in _ARABIC_LEADS:
            return None
        if country(said):
            return place
        if length == 1 and lead not in _ARABIC_LEADS:
            return None
        least = 1 if lead in _ARABIC_LEADS else LARGE
        return place if self.population(said) >= least else None


_ENDINGS: Final = (
    ("е", "а"), ("е", ""), ("ы", "а"), ("и", "а"), ("и", "ь"), ("у", "а"), ("ой", "а"), ("а", ""),
    ("у", ""), ("ом", ""), ("ю", "ь"), ("и", "я"), ("ю", "я"), ("ей", "я"), ("ии", "ия"), ("ию", "ия"),
    ("ией", "ия"), ("я", "ь"), ("ем", "ь"), ("ске", "ск"), ("ска", "ск"), ("ого", "ый"), ("ом", "ое"),
    ("ого", "ое"), ("ом", "ый"), ("ому", "ый"), ("не", "на"), ("ах", "ы"), ("ами", "ы"), ("ов", "ы"),
    ("ью", "ь"),
)  # fmt: skip


def forms(said: str) -> Iterator[str]:
    """Give a name and, in Russian, what it may be in the nominative."""
    yield said
    if script(said) == "Cyrillic" or re.match(r"[А-ЯЁ]", said):
        for ending, other in _ENDINGS:
            if said.endswith(ending) and len(said) - len(ending) >= 3:
                yield said[: -len(ending)] + other
