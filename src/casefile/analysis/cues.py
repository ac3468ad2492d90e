"""The words by which a text gives speech to somebody: English, Russian, Arabic.

Each grammar looks at one stretch of a text and yields cues with places in the whole text. They
propose; a person decides.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from casefile.model.values import Span

REACH: Final = 200  # code points on either side of a verb in which its speaker is sought


@dataclass(frozen=True, slots=True)
class Cue:
    """A speaker as it stands in the text, and the words that make it one.

    `how` is name, description, pronoun, or source (for "according to"); `rule` names the pattern.
    """

    name: str
    speaker: Span
    words: Span
    how: str
    rule: str


def cues(text: str, start: int, end: int) -> list[Cue]:
    """Give the cues between two code points, in the order of their words."""
    found = [cue for grammar in (_english, _russian, _arabic) for cue in grammar(text, start, end)]
    return sorted(found, key=lambda cue: cue.words.start)


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _at(text: str, group: tuple[int, int], words: Span, how: str, rule: str) -> Cue:
    start, end = group
    return Cue(_tidy(text[start:end]), Span(start, end), words, how, rule)


# English --------------------------------------------------------------------------------------

_UP = "A-ZÀ-ÖØ-ÞŁŚŠŽĞİŞČ"
CAPITAL = (
    rf"(?:(?:[Aa]l|[Ee]l|[Aa]s|[Aa]sh|[Aa]r|[Aa]n|[Aa]d|[Aa]t|[Aa]z|[Dd]er|[Dd]e|[Uu]l)-)?"
    rf"(?:[DOdLl]['’])?[{_UP}](?:\.(?=\s+[{_UP}])|[\w-]*)"
)
_LINK = r"(?:of|for|the|de|del|van|von|der|bin|bint|ibn|abu|al|el)"
NAME = rf"{CAPITAL}(?:\s+(?:{_LINK}\s+){{0,2}}{CAPITAL})*"
_VERB = re.compile(
    r"\b(said|says|told|tells|added|adds|noted|notes|claimed|claims|denied|denies|stated|states|"
    r"reported|reports|explained|explains|argued|argues|warned|warns|stressed|stresses|confirmed|"
    r"confirms|insisted|insists|announced|announces|declared|declares|acknowledged|admitted|"
    r"alleged|alleges|asserted|asserts|commented|continued|emphasi[sz]ed|pointed\s+out|recalled|"
    r"remarked|replied|revealed|testified|wrote|writes|tweeted|accused|accuses|predicted|"
    r"concluded|cautioned)\b"
)
_ACCORDING = re.compile(
    rf"\b([Aa]ccording\s+to)\s+((?:(?:the|a|an)\s+)?(?:[\w'’-]+\s+){{0,4}}?{NAME}|"
    r"(?:the|a|an|two|three|several|some|local)\s+[^,.;:\"“”\n]{2,50})"
)
_FILLERS = r"(?:\s+(?:also|later|then|has|had|have|previously|repeatedly|earlier|further))*\s*$"
_SUBJECTS = (
    (
        "pronoun",
        "pronoun before the verb",
        re.compile(rf"\b(he|she)(?:,\s+too,)?{_FILLERS}", re.IGNORECASE),
    ),
    ("name", "name before the verb", re.compile(rf"\b({NAME}){_FILLERS}")),
    ("name", "name with a relative clause", re.compile(rf"\b({NAME}),\s+who{_FILLERS}")),
    (
        "name",
        "name with an apposition",
        re.compile(
            rf"\b({NAME}),\s+(?:an?|the|who|whose|head|[a-z]+)\s[^,;:\"“”.]{{1,80}},{_FILLERS}"
        ),
    ),
    (
        "description",
        "description before the verb",
        re.compile(
            r"\b((?:an?|the|one|two|three|several|some|many|another|local)\s+"
            rf"(?:(?!(?:an?|the)\s)[\w'’-]+\s+){{0,4}}(?!(?:is|are|was|were|be|been)\b)[\w-]+){_FILLERS}",
            re.IGNORECASE,
        ),
    ),
    (
        "description",
        "description before the verb",
        re.compile(rf"(?:^|[,.”\"]\s+)((?:[\w-]+\s+){{0,2}}[a-zA-Z-]{{3,}}s){_FILLERS}"),
    ),
)
_AFTER_SPEECH = re.compile(r"[\"”»’',]\s*$")
_INVERTED = re.compile(rf"\s+(?:(he|she)\b|((?:(?:the|an?)\s+)?(?:[a-z-]+\s+){{0,4}})({NAME}))")
_NO_NAME_WORDS = (
    "He She They It We I You But And The A An In On At As Some Several Many This That These Those "
    "There When While Meanwhile However Also Then If For With From By After Before Since Who What "
    "Another One Two Three Both No Not Local Yet So"
)
_NO_NAME = frozenset(_NO_NAME_WORDS.split())


def _english(text: str, start: int, end: int) -> Iterator[Cue]:
    for match in _ACCORDING.finditer(text, start, end):
        yield _at(text, match.span(2), Span(*match.span(1)), "source", "according to")
    for verb in _VERB.finditer(text, start, end):
        words = Span(*verb.span())
        found = _english_subject(text, start, words) or _english_inverted(text, start, end, words)
        if found:
            yield found


def _english_subject(text: str, start: int, words: Span) -> Cue | None:
    low = max(start, words.start - REACH)
    before = text[low : words.start]
    for how, rule, pattern in _SUBJECTS:
        match = pattern.search(before)
        if not match:
            continue
        first, last = match.span(1)
        if how == "name":
            first += leading_words(before[first:last])
        if first < last:
            return _at(text, (low + first, low + last), words, how, rule)
    return None


def leading_words(name: str) -> int:
    """Count the code points of the words before a name that only begin its sentence."""
    at = 0
    for word in re.finditer(r"\S+\s*", name):
        if word.group().strip() not in _NO_NAME:
            break
        at = word.end()
    return at


def _english_inverted(text: str, start: int, end: int, words: Span) -> Cue | None:
    """Read `"…," said X`: only after speech, as "said Russian forces" names no speaker."""
    if not _AFTER_SPEECH.search(text[max(start, words.start - 4) : words.start]):
        return None
    match = _INVERTED.match(text, words.end, min(end, words.end + REACH))
    if not match:
        return None
    if match.group(1):
        return _at(text, match.span(1), words, "pronoun", "pronoun after the verb")
    return _at(text, match.span(3), words, "name", "name after the verb")


# Russian --------------------------------------------------------------------------------------

_CYRILLIC = r"[А-ЯЁ][\w-]*|[А-ЯЁ]\."
_RU_NAME = rf"(?:{_CYRILLIC})(?:\s+(?:{_CYRILLIC}|аль-[А-ЯЁ]\w+|«[^»\n]{{1,60}}»))*"
_RU_VERB = re.compile(
    r"\b((?:сказа|заяви|сообщи|отмети|подчеркну|добави|рассказа|поясни|уточни|указа|призна|"
    r"написа|завери|предупреди|утвержда|объяви|ответи)л[аои]?|опроверг(?:ла|ли)?|"
    r"говорит|сообщает|сообщают|утверждает|утверждают|считает|пишет|переда[её]т|заявляет|отмечает)\b",
    re.IGNORECASE,
)
_RU_SOURCE = re.compile(
    r"\b(по\s+(?:словам|данным|информации|мнению|сообщению|сведениям|утверждению)|согласно|"
    rf"со\s+ссылкой\s+на)\s+([^,.;:—\n]{{2,80}}?(?=\s*[,—])|(?:[а-яё-]+\s+){{0,3}}{_RU_NAME})",
    re.IGNORECASE,
)
_RU_SUBJECT = re.compile(rf"(?:\b(он|она)|({_RU_NAME}))(?:\s+(?:также|ранее|позже))?\s*$")
_RU_PRONOUN = re.compile(r"\b(он|она)\s*$", re.IGNORECASE)
_RU_AFTER = re.compile(
    rf"\s+(?:(он|она)\b|(?:(?:[а-яё-]+|«[^»\n]{{1,60}}»)\s+){{0,6}}?({_RU_NAME}))"
)
_RU_NO_NAME_WORDS = "Как Об Это Он Она Они По В На И А Но Так Кроме При Также Ранее Позже"
_RU_NO_NAME = frozenset(_RU_NO_NAME_WORDS.split())


def _russian(text: str, start: int, end: int) -> Iterator[Cue]:
    for match in _RU_SOURCE.finditer(text, start, end):
        pronoun = match.group(2).lower() in {"него", "неё", "нее"}
        how = "pronoun" if pronoun else "source"
        yield _at(text, match.span(2), Span(*match.span(1)), how, "по словам")
    for verb in _RU_VERB.finditer(text, start, end):
        words = Span(*verb.span())
        found = _russian_before(text, start, words) or _russian_after(text, end, words)
        if found:
            yield found


def _russian_before(text: str, start: int, words: Span) -> Cue | None:
    low = max(start, words.start - REACH)
    before = text[low : words.start]
    if match := _RU_PRONOUN.search(before):
        place = (low + match.start(1), low + match.end(1))
        return _at(text, place, words, "pronoun", "pronoun before the verb")
    match = _RU_SUBJECT.search(before)
    if match and match.group(2) and match.group(2) not in _RU_NO_NAME:
        place = (low + match.start(2), low + match.end(2))
        return _at(text, place, words, "name", "name before the verb")
    return None


def _russian_after(text: str, end: int, words: Span) -> Cue | None:
    match = _RU_AFTER.match(text, words.end, min(end, words.end + REACH))
    if not match:
        return None
    if match.group(1):
        return _at(text, match.span(1), words, "pronoun", "pronoun after the verb")
    return _at(text, match.span(2), words, "name", "name after the verb")


# Arabic ---------------------------------------------------------------------------------------

_AR_VERB = re.compile(
    r"(?<!\w)([وف]?(?:قال|ذكر|أفاد|أضاف|أكد|أوضح|صرح|أعلن|أشار|نفى|زعم|كتب)[تا]?)(?=\s|:)"
)
_AR_SOURCE = re.compile(
    r"(?<!\w)([وف]?(?:بحسب|حسب|نقلا[ً]?\s+عن|نقلاً\s+عن)\s+|[وف]?(?:وفقا|وفقاً|وفقًا|طبقا|طبقاً|طبقًا)\s+"
    r"(?=ل))(\S[^،,.؛:«»\"\n]{1,80})"
)
# What ends the name of a speaker: "that", a listener, a time or place, a mark.
_AR_STOP = re.compile(
    r"\s+(?:[إأا]ن[ّ]?\w{0,3}|بأن\w{0,3}|إلى|في|خلال|يوم|اليوم|أمس|عبر|على|عن|بعد|قبل|من|"
    r"ل(?:موقع|وكالة|قناة|صحيفة|شبكة|وسائل|ديارنا)\S*)(?=\s|:|،|$)|\s*[:،,.؛«»\"\n(]"
)
_AR_ROLE = re.compile(
    r"(?:ال(?:ناشط|صحفي|صحافي|متحدث|سيد|دكتور|عميد|لواء|وزير|رئيس)ة?)\s+(?=\S+\s+\S)"
)
_AR_LONGEST = 80


def _arabic(text: str, start: int, end: int) -> Iterator[Cue]:
    for match in _AR_SOURCE.finditer(text, start, end):
        place = _arabic_name(text, match.start(2), match.end(2))
        words = Span(match.start(1), match.start(1) + len(match.group(1).rstrip()))
        if place:
            cue = _at(text, place, words, "source", "بحسب")
            yield Cue(_without_to(cue.name), cue.speaker, words, cue.how, cue.rule)
    for verb in _AR_VERB.finditer(text, start, end):
        words = Span(*verb.span())
        place = _arabic_name(text, words.end, min(end, words.end + _AR_LONGEST))
        if place:
            yield _at(text, place, words, "name", "name after the verb")
        else:
            yield _at(text, verb.span(), words, "pronoun", "verb without a name")


def _arabic_name(text: str, low: int, high: int) -> tuple[int, int] | None:
    stop = _AR_STOP.search(text, low, high)
    last = stop.start() if stop else high
    name = text[low:last]
    first = low + len(name) - len(name.lstrip())
    if role := _AR_ROLE.match(text, first, last):
        first = role.end()
    last = first + len(text[first:last].rstrip())
    return (first, last) if first < last else None


def _without_to(name: str) -> str:
    """Take the "to" (ل) off a name: للمرصد is the article ال with it."""
    if name.startswith("لل"):
        return "ال" + name[2:]
    return name.removeprefix("لـ").strip() if name.startswith("لـ") else name
