"""Who and what a text names: people, organisations, places, acronyms; proposals for a person."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from casefile.analysis.cues import NAME, leading_words
from casefile.analysis.places_named import Places
from casefile.analysis.statements import Statement
from casefile.model.phrases import triggers
from casefile.model.text import fold
from casefile.model.values import Span

_ORG_WORDS: Final = """
observatory ministry army party council university network agency group corps guard union company
organization organisation committee commission court police department office bank association
institute federation front forces militia brigade division parliament senate congress news times
post foundation society service bureau center centre inc ltd corp club league nations government
министерство армия партия совет университет агентство группа комитет комиссия суд полиция
департамент банк ассоциация институт федерация фронт бригада дума компания союз центр фонд служба
завод управление академия театр корпорация фракция концерн холдинг
"""
_ORGS: Final = frozenset(_ORG_WORDS.split())
_ROLE_WORDS: Final = """
journalist activist president minister spokesman spokeswoman spokesperson mr mrs ms dr director
general colonel captain lieutenant major sergeant senator governor mayor professor judge secretary
chairman chairwoman commander analyst lawyer attorney sheriff officer chief leader representative
activists ambassador king queen prince princess pope sir lord lady coach sen rep gov gen col
журналист активист президент министр директор генерал полковник капитан майор губернатор мэр
профессор судья секретарь председатель командующий адвокат депутат глава посол лидер
"""
_ROLES: Final = frozenset(_ROLE_WORDS.split())
_CYRILLIC_NAME: Final = (
    r"[А-ЯЁІЇЄ][а-яёіїє’-]+(?:-[А-ЯЁ]?[а-яё]+)*(?:\s+(?:[А-ЯЁ]\.\s*){0,2}[А-ЯЁІЇЄ][а-яёіїє-]+)*"
)
_RUN: Final = re.compile(rf"(?<![\w-])(?:{NAME}|{_CYRILLIC_NAME})(?![\w])")
_ACRONYM: Final = re.compile(r"\(\s*([A-ZА-ЯЁ][A-ZА-ЯЁ.&-]{1,9})s?\s*\)")
_UPPER: Final = re.compile(r"(?<![\w-])[A-ZА-ЯЁ]{2,9}(?![\w-])")
_WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")
_SMALL: Final = frozenset(
    ["of", "for", "the", "and", "de", "la", "du", "des", "al", "in", "и", "по", "в", "на"]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One proposed entity; `mentions` are code points in order, `rule` says how it was found."""

    name: str
    kind: str  # person, organisation, place
    mentions: tuple[Span, ...]
    aliases: tuple[str, ...] = ()
    rule: str


@dataclass(slots=True)
class _Found:
    """Names by their folded form while they are gathered."""

    text: str
    by_key: dict[str, Named] = field(default_factory=dict)
    taken: list[Span] = field(default_factory=list)

    def add(self, name: str, kind: str, place: Span, rule: str) -> None:
        clean = " ".join(name.split())
        key = key_of(clean)
        if not key or any(s.start < place.end and place.start < s.end for s in self.taken):
            return
        old = self.by_key.get(key)
        if old is None:
            self.by_key[key] = Named(name=clean, kind=kind, mentions=(place,), rule=rule)
        else:
            mentions = tuple(sorted({*old.mentions, place}, key=lambda s: s.start))
            aliases = old.aliases
            if clean != old.name and clean not in aliases:
                aliases = (*aliases, clean)
            self.by_key[key] = replace(old, mentions=mentions, aliases=aliases)
        self.taken.append(place)


def key_of(name: str) -> str:
    """Give what two spellings of a name share."""
    return " ".join(re.findall(r"\w+", fold(name).text))


def named(
    text: str,
    parts: list[tuple[int, int]],
    spoken: Iterable[Statement],
    places: Places,
    known: dict[str, tuple[str, str]] | None = None,
) -> list[Named]:
    """Give what the parts of a text name, in the order of the first mention.

    `known` are names of the case by `key_of`, each with its entity's name and kind; they come first.
    """
    found = _Found(text)
    _of_the_case(found, parts, known or {})
    _acronyms(found, parts)
    people = {s.by.speaker_name for s in spoken if _is_person(s)}
    _runs(found, parts, people, places)
    for place, name in places.without_capitals(text, parts):
        found.add(name, "place", place, "gazetteer")
    return sorted(found.by_key.values(), key=lambda each: each.mentions[0].start)


def _of_the_case(
    found: _Found, parts: list[tuple[int, int]], known: dict[str, tuple[str, str]]
) -> None:
    longest = max((len(key.split()) for key in known), default=0)
    for start, end in parts if known else ():
        words = [Span(*m.span()) for m in re.finditer(r"\w+", found.text[start:end])]
        at = 0
        while at < len(words):
            step = 1
            for length in range(min(longest, len(words) - at), 0, -1):
                place = Span(start + words[at].start, start + words[at + length - 1].end)
                hit = known.get(key_of(place.of(found.text)))
                if hit:
                    found.add(hit[0], hit[1], place, "name of the case")
                    step = length
                    break
            at += step


def _acronyms(found: _Found, parts: list[tuple[int, int]]) -> None:
    for start, end in parts:
        for match in _ACRONYM.finditer(found.text, start, end):
            letters = match.group(1).replace(".", "")
            place = _expansion(found.text, start, match.start(), letters)
            if place is None:
                continue
            name = " ".join(place.of(found.text).split())
            key = key_of(name)
            if key in found.by_key:
                old = found.by_key[key]
                found.by_key[key] = replace(old, aliases=(*old.aliases, letters))
            else:
                found.add(name, "organisation", place, "acronym with its expansion")
            _short_forms(found, key, letters, parts)


def _expansion(text: str, start: int, at: int, letters: str) -> Span | None:
    """Give the words before an acronym whose first letters it is made of."""
    words = [Span(*m.span()) for m in _WORD.finditer(text, max(start, at - 200), at)]
    wanted, first = list(letters.upper()), None
    for word in reversed(words):
        said = word.of(text)
        initials = [p[0].upper() for p in re.split(r"[-’']", said) if p]
        if (wanted and initials[-1] == wanted[-1]) or (wanted and initials[0] == wanted[-1]):
            wanted.pop()
            first = word
        elif not wanted or said.lower() not in _SMALL:
            break
        if not wanted:
            break
    if (
        wanted
        or first is None
        or text[first.end : at].count(".")
        or not first.of(text)[0].isupper()
    ):
        return None
    last = max((w for w in words), key=lambda w: w.end)
    return Span(first.start, last.end)


def _short_forms(found: _Found, key: str, letters: str, parts: list[tuple[int, int]]) -> None:
    each = found.by_key.get(key)
    if each is None:
        return
    places = [
        Span(*m.span())
        for start, end in parts
        for m in _UPPER.finditer(found.text, start, end)
        if m.group() == letters
    ]
    free = [p for p in places if not any(s.start < p.end and p.start < s.end for s in found.taken)]
    found.taken += free
    mentions = tuple(sorted({*each.mentions, *free}, key=lambda s: s.start))
    aliases = each.aliases if letters in each.aliases else (*each.aliases, letters)
    found.by_key[key] = replace(each, mentions=mentions, aliases=aliases)


def _runs(found: _Found, parts: list[tuple[int, int]], people: set[str], places: Places) -> None:
    text = found.text
    runs = list(_each_run(text, parts))
    full = {key_of(name): name for name in people}
    last = {key.split()[-1]: name for key, name in full.items() if " " in key}
    for run in runs:
        name = " ".join(run.of(text).split())
        key = key_of(name)
        words = key.split()
        if not words or triggers() & set(words):
            continue
        if key in full:
            found.add(full[key], "person", run, "speaks in the text")
        elif _ORGS & set(words) and len(words) > 1:
            found.add(name, "organisation", run, "word of an organisation")
        elif name.startswith(tuple(_two(full))):
            found.add(
                next(n for n in full.values() if name.startswith(n)),
                "person",
                run,
                "speaks in the text",
            )
        elif _role_before(text, run) and len(words) < 4:
            found.add(name, "person", run, "title before a name")
        elif rule := places.rule(text, run):
            found.add(places.name(name), "place", run, rule)
        elif len(words) <= 2 and words[-1] in last:
            _as_person(found, last[words[-1]], run, name)


def _as_person(found: _Found, whole: str, run: Span, short: str) -> None:
    key = key_of(whole)
    found.add(whole, "person", run, "short form of a name")
    each = found.by_key.get(key)
    if each and short != each.name and short not in each.aliases:
        found.by_key[key] = replace(each, aliases=(*each.aliases, short))


def _two(full: dict[str, str]) -> Iterator[str]:
    return (name for name in full.values() if " " in name)


def _each_run(text: str, parts: list[tuple[int, int]]) -> Iterator[Span]:
    for start, end in parts:
        for match in _RUN.finditer(text, start, end):
            low = match.start() + leading_words(match.group())
            high = match.end()
            said = text[low:high]
            if said.endswith(("'s", "’s")):
                high -= 2
            if low < high and any(c.isalpha() for c in text[low:high]):
                yield Span(low, high)


def _role_before(text: str, run: Span) -> bool:
    before = re.findall(r"[\w-]+", text[max(0, run.start - 40) : run.start])
    if not before or re.search(r"[.,;:!?]\s*$", text[max(0, run.start - 3) : run.start]):
        return bool(before) and before[-1].lower() in {"mr", "mrs", "ms", "dr"}
    return before[-1].lower() in _ROLES


def _is_person(each: Statement) -> bool:
    words = key_of(each.by.speaker_name).split()
    name = each.by.speaker_name
    if each.by.rule in ("description before the verb", "according to") and len(words) != 2:
        return False
    return len(words) > 1 and name[:1].isupper() and not (_ORGS & set(words))
