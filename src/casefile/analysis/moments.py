"""Where a text says when: phrases that are understood, with the days they mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from casefile.model.dates import parse_when
from casefile.model.phrases import plain, triggers
from casefile.model.values import DateValue, Span

_WORD: Final = re.compile(r"[^\W_]+(?:[-.'’/:](?=\w)[^\W_]+)*\.?|[-–—]", re.UNICODE)
_YEAR: Final = re.compile(r"(?:1[89]|20)\d\d\Z")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4}\Z")
_LONGEST: Final = 9  # words of a phrase
_BEFORE: Final = 5  # of them before the word that tells
_YEAR_LEADS: Final = frozenset(
    [
        "in",
        "since",
        "by",
        "until",
        "till",
        "before",
        "after",
        "from",
        "during",
        "early",
        "mid",
        "late",
        "в",
        "с",
        "до",
        "после",
        "к",
        "начале",
        "конце",
        "середине",
        "في",
        "منذ",
        "عام",
        "سنة",
        "قبل",
        "بعد",
        "در",
        "از",
        "سال",
        "تا",
    ]
)
_EDGES: Final = (
    "and",
    "to",
    "by",
    "и",
    "к",
    "по",
    "с",
    "و",
    "من",
    "-",
    "–",
    "—",
    "the",
    "of",
    "a",
    "in",
    "on",
    "at",
    "в",
)
# Months and days that are more often other words, unless they stand beside a number.
_DOUBTFUL: Final = frozenset(
    [
        "may",
        "march",
        "mar",
        "sat",
        "sun",
        "fall",
        "spring",
        "second",
        "mon",
        "wed",
        "dec",
        "jan",
        "oct",
        "nov",
        "aug",
        "sep",
        "feb",
        "apr",
        "jun",
        "jul",
        "fri",
        "thu",
        "tue",
        "tues",
        "thurs",
        "sept",
        "مه",
        "ماه",
        "лет",
        "мар",
        "мая",
        "авг",
        "окт",
        "дек",
        "янв",
        "фев",
        "апр",
        "сен",
        "сент",
        "ноя",
        "مارس",
        "ماي",
        "early",
        "late",
        "mid",
        "beginning",
        "start",
        "end",
        "first",
        "last",
        "day",
        "days",
        "month",
        "year",
        "years",
        "week",
        "weeks",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A phrase, its place in code points, and what it means; `rule` says how it was found."""

    place: Span
    when: DateValue
    rule: str


def moments(text: str, parts: list[tuple[int, int]], anchor: str | None = None) -> list[Moment]:
    """Give the phrases of time in some parts of a text, in order, none over another.

    `anchor` as in `parse_when`; a phrase that cannot be computed is left out, never guessed.
    """
    return [found for start, end in parts for found in _in_part(text, start, end, anchor)]


def _in_part(text: str, start: int, end: int, anchor: str | None) -> Iterator[Moment]:
    words = [Span(*m.span()) for m in _WORD.finditer(text, start, end)]
    after = 0
    for number, word in enumerate(words):
        if number < after or not _tells(word.of(text)):
            continue
        low, high = max(after, number - _BEFORE), min(len(words), number + _LONGEST)
        found = _longest(text, words, (low, number, high), anchor)
        if found is not None:
            first, last, when = found
            place = Span(words[first].start, words[last].end)
            if text[place.end - 1] == "." and text[place.start : place.end].count(".") == 1:
                place = Span(place.start, place.end - 1)
            kept = DateValue.from_json({**when.to_json(), "text": place.of(text)})
            yield Moment(place=place, when=kept or when, rule=_rule(when))
            after = last + 1


def _longest(
    text: str, words: list[Span], reach: tuple[int, int, int], anchor: str | None
) -> tuple[int, int, DateValue] | None:
    low, at, high = reach
    for first in range(low, at + 1):
        for last in range(min(high, first + _LONGEST) - 1, at - 1, -1):
            said = text[words[first].start : words[last].end]
            if "\n\n" in said or _loose(text, words, first, last):
                continue
            when = parse_when(" ".join(said.split()), anchor)
            if when.edtf or _meant(said, anchor):
                return (first, last, when) if _sure(text, words, (first, at, last)) else None
    return None


def _loose(text: str, words: list[Span], first: int, last: int) -> bool:
    """Say whether a phrase would begin or end with a word that belongs to none."""
    if words[last].of(text).lower() in _EDGES or re.search(
        r"[.!?؟;:«»\"“”()]\s", text[words[first].start : words[last].end - 1]
    ):
        return True
    return words[first].of(text) in (
        "-",
        "–",
        "—",
        "and",
        "и",
        "و",
        "the",
        "by",
        "to",
        "starting",
        "Starting",
        "beginning",
        "Beginning",
    )


def _meant(said: str, anchor: str | None) -> bool:
    """Say whether a phrase would be understood if the day it was said on were known."""
    return anchor is None and parse_when(" ".join(said.split()), "2020-06-17").edtf is not None


def _sure(text: str, words: list[Span], found: tuple[int, int, int]) -> bool:
    first, at, last = found
    told = words[at].of(text)
    if _YEAR.match(told) and first == last:
        lead = words[at - 1].of(text).lower() if at else ""
        return lead in _YEAR_LEADS
    alone = all(words[n].of(text).lower().rstrip(".") in _DOUBTFUL | set(_EDGES) | {"in", "on", "at"}
                for n in range(first, last + 1))  # fmt: skip
    return not alone or (told[:1].isupper() and last > first and told.lower() in ("may", "march"))


def _rule(when: DateValue) -> str:
    if when.edtf is None:
        return "needs the day it was said on"
    if when.anchor is not None:
        return "counted from the day it was said on"
    return "year not said" if "XXXX" in when.edtf else "day, month or year in words"


def _tells(word: str) -> bool:
    bare = plain(word).rstrip(".")
    if _YEAR.match(bare) or _DATE.match(bare):
        return True
    return any(part in triggers() for part in (bare, *re.split(r"[-/]", bare)))
