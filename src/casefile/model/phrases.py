"""The words of dates in English, Arabic, Russian and Persian, as tokens.

Only the Gregorian calendar: months of the Jalali and Hijri calendars are unknown words here, so
that a date in them stays as said instead of being converted wrongly.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Token:
    """One meaning: `kind` with its value."""

    kind: str
    value: Any = None


_UNIFY: Final = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict(zip("ىیئكک", "يييكك", strict=True)),
        "ؤ": "و",
        "ة": "ه",
        "ۀ": "ه",
        "ё": "е",
        "ـ": "",
        "\u200c": " ",
        "،": ",",
        "٫": ".",
        "’": "'",
    }
)
_MARKS: Final = frozenset({"Mn", "Cf"})


def plain(words: str) -> str:
    """Fold case, digits, vowel signs and spelling variants; single spaces."""
    text = unicodedata.normalize("NFKC", words).casefold()
    # "й" must not fall apart into "и": only composed forms are looked at.
    text = text.translate(_UNIFY)
    kept = [
        str(unicodedata.digit(c, c)) if c.isdigit() else c
        for c in text
        if unicodedata.category(c) not in _MARKS
    ]
    return " ".join("".join(kept).split())


def _table(**groups: str) -> dict[str, str]:
    """Turn `name="word word|two words"` into {word: name}."""
    return {plain(word): name for name, words in groups.items() for word in words.split("|")}


_MONTHS: Final = (
    "january|jan|январь|января|январе|янв|يناير|كانون الثاني|جانفي|ژانويه",
    "february|feb|февраль|февраля|феврале|фев|فبراير|شباط|فيفري|فوريه",
    "march|mar|март|марта|марте|мар|مارس|آذار",
    "april|apr|апрель|апреля|апреле|апр|أبريل|إبريل|نيسان|أفريل|آوريل",
    "may|май|мая|мае|مايو|أيار|ماي|مه",
    "june|jun|июнь|июня|июне|يونيو|يونيه|حزيران|جوان|ژوئن",
    "july|jul|июль|июля|июле|يوليو|يوليه|تموز|جويلية|ژوئيه",
    "august|aug|август|августа|августе|авг|أغسطس|آب|أوت|اوت",
    "september|sept|sep|сентябрь|сентября|сентябре|сен|сент|سبتمبر|أيلول|سپتامبر",
    "october|oct|октябрь|октября|октябре|окт|أكتوبر|تشرين الأول|اكتبر",
    "november|nov|ноябрь|ноября|ноябре|ноя|نوفمبر|تشرين الثاني|نوامبر",
    "december|dec|декабрь|декабря|декабре|дек|ديسمبر|كانون الأول|دسامبر",
)
_WEEKDAYS: Final = (
    "monday|mon|понедельник|الاثنين|الإثنين|دوشنبه",
    "tuesday|tue|tues|вторник|الثلاثاء|سه شنبه",
    "wednesday|wed|среда|среду|الأربعاء|الاربعاء|چهارشنبه",
    "thursday|thu|thurs|четверг|الخميس|پنجشنبه|پنج شنبه",
    "friday|fri|пятница|пятницу|الجمعة|جمعه",
    "saturday|sat|суббота|субботу|السبت|شنبه",
    "sunday|sun|воскресенье|الأحد|يكشنبه",
)
_SEASONS: Final = (
    "spring|весна|весной|весны|весну|ربيع|الربيع|بهار",
    "summer|лето|летом|лета|صيف|الصيف|تابستان",
    "autumn|fall|осень|осенью|осени|خريف|الخريف|پاييز",
    "winter|зима|зимой|зимы|зиму|شتاء|الشتاء|زمستان",
)
_PARTS: Final = _table(
    early="early|beginning|start|first days|начале|начало|начала|первых числах|первые дни|أوائل|مطلع|"
    "بداية|اوايل|آغاز",
    mid="mid|middle|середине|середина|середины|منتصف|أواسط|اواسط",
    late="late|end|last days|конце|конец|конца|последних числах|последние дни|أواخر|نهاية|اواخر|"
    "پايان",
    week1="first week|первую неделю|первой неделе|первая неделя|الأسبوع الأول|هفته اول|هفته نخست",
    week2="second week|вторую неделю|второй неделе|вторая неделя|الأسبوع الثاني|هفته دوم",
    week3="third week|третью неделю|третьей неделе|третья неделя|الأسبوع الثالث|هفته سوم",
    week4="fourth week|четвертую неделю|четвертой неделе|الأسبوع الرابع|هفته چهارم",
    week5="last week|final week|последнюю неделю|последней неделе|последняя неделя|الأسبوع الأخير|"
    "آخر أسبوع|هفته آخر|آخرين هفته|هفته پاياني",
    half1="first half|первой половине|первую половину|النصف الأول|نيمه اول|نيمه نخست",
    half2="second half|второй половине|вторую половину|النصف الثاني|نيمه دوم",
)
_WORDS: Final = _table(
    filler="in|on|at|the|of|day|during|month|year|early in|late in|в|во|на|г|г.|гг|год|года|году|"
    "годах|годы|годов|месяца|месяце|числа|в течение|في|من|يوم|شهر|عام|العام|سنة|لعام|"
    "الموافق|در|روز|سال|ماه|صباح|مساء",
    about="about|around|circa|ca|ca.|c.|approximately|roughly|some time in|sometime in|около|"
    "примерно|приблизительно|حوالي|نحو|قرابة|حدود|تقريبا",
    perhaps="possibly|perhaps|probably|maybe|возможно|вероятно|ربما|شايد|احتمالا",
    between="between|from|между|بين|بين يومي|از",
    to="to|until|till|through|and|по|до|и|إلى|حتى|حتي|و|تا|-|–|—",
    before="before|prior to|قبل|قبل يوم|پيش از|قبل از",
    after="after|после|بعد|پس از|بعد از",
    since="since|starting|с|со|начиная с|منذ|ابتداء من",
    by="by|no later than|up to|к|не позднее",
    last="last|прошлый|прошлую|прошлое|прошлой|الماضي|الماضية|گذشته",
)
_OFFSETS: Final = {
    -2: "the day before yesterday|day before yesterday|позавчера|أول أمس|أول من أمس|پريروز",
    -1: "yesterday|вчера|أمس|البارحة|ديروز",
    0: "today|сегодня|اليوم|امروز",
    1: "tomorrow|завтра|غدا|فردا",
}
_SPANS: Final = _table(
    last_week="last week|the previous week|на прошлой неделе|прошлой неделе|الأسبوع الماضي|هفته گذشته",
    this_week="this week|на этой неделе|этой неделе|هذا الأسبوع|اين هفته",
    last_month="last month|в прошлом месяце|прошлом месяце|الشهر الماضي|ماه گذشته",
    this_month="this month|в этом месяце|этом месяце|هذا الشهر|اين ماه",
    last_year="last year|в прошлом году|прошлом году|العام الماضي|السنة الماضية|سال گذشته|پارسال",
    this_year="this year|в этом году|этом году|هذا العام|هذه السنة|امسال",
)


def _lexicon() -> dict[str, Token]:
    found = {plain(word): Token(kind) for word, kind in _WORDS.items()}
    found |= {word: Token("part", name) for word, name in _PARTS.items()}
    for kind, rows, first in (
        ("month", _MONTHS, 1),
        ("weekday", _WEEKDAYS, 0),
        ("season", _SEASONS, 21),
    ):
        for number, row in enumerate(rows, first):
            found |= {plain(word): Token(kind, number) for word in row.split("|")}
    for days, row in _OFFSETS.items():
        found |= {plain(word): Token("offset", days) for word in row.split("|")}
    return found


_LEXICON: Final = _lexicon()
_LONGEST: Final = max(len(word.split()) for word in _LEXICON)
_PIECE: Final = re.compile(
    r"(?P<iso>\d{4}-\d{2}(?:-\d{2})?(?!\d))(?:[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?"
    r"(?: ?(?:z|utc|gmt|[+-]\d{2}:?\d{2}))?)?(?!\w)"
    r"|(?P<ymd>\d{4}[./]\d{1,2}[./]\d{1,2})(?!\d)"
    r"|(?P<dmy>\d{1,2}\.\d{1,2}\.\d{4})(?!\d)|(?P<strokes>\d{1,2}/\d{1,2}/\d{4})(?!\d)"
    r"|(?P<time>(?:at |в |kl )?\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?"
    r"(?: ?(?:z|utc|gmt|msk|мск|est|edt|cet|cest|[+-]\d{2}:?\d{2})\b)?)"
    r"|(?P<decade>\d{3}0)(?:'?s\b|-?е\b|-?х\b)"
    r"|(?P<ordinal>\d{1,2})(?:st|nd|rd|th|-?го|-?ого|-?е|-?ое)\b"
    r"|(?P<number>\d+)|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)?\.?)|(?P<dash>[-–—])|(?P<skip>[\s,()]+|/)"
    r"|(?P<other>.)",
)
_AGO: Final = re.compile(
    r"(?:(?P<n>\d{1,3})|a|an|one)? ?(?P<unit>days?|weeks?|months?|years?|день|дня|дней|неделю|недели|"
    r"недель|месяц|месяца|месяцев|год|года|лет) (?:ago|earlier|назад)"
)
_UNITS: Final = {"d": "day", "w": "week", "m": "month", "y": "year"} | {
    "д": "day", "н": "week", "м": "month", "г": "year", "л": "year",
}  # fmt: skip


def tokens(words: str) -> list[Token] | None:
    """Read the words as tokens, fillers left out; None when any part has no known meaning."""
    text = re.sub(r"\bو(?=\d)", "و ", plain(words)).strip(" .")
    text = re.sub(r"\b(early|mid|late)-(?=\w)", r"\1 ", text)
    for lead in ("in the ", "in ", "the ", "в ", "في "):
        text = text.removeprefix(lead) if text.removeprefix(lead) in _SPANS else text
    if text in _SPANS:
        return [Token("span", _SPANS[text])]
    if ago := _AGO.fullmatch(text):
        unit = _UNITS[ago["unit"][0]]
        return [Token("ago", (int(ago["n"] or 1), unit))]
    pieces = [(m.lastgroup or "", m.group(m.lastgroup or 0)) for m in _PIECE.finditer(text)]
    found = _read([piece for piece in pieces if piece[0] not in {"skip", "time"}])
    return None if found is None else [t for t in found if t.kind != "filler"]


def _read(pieces: list[tuple[str, str]]) -> list[Token] | None:
    found: list[Token] = []
    at = 0
    while at < len(pieces):
        if pieces[at][0] == "word":
            token, length = _longest_word(pieces, at)
        else:
            token, length = _number(*pieces[at]), 1
        if token is None:
            return None
        at += length
        same = found and token.kind == "month" and found[-1] == token  # "نيسان/أبريل"
        if not same:
            found.append(token)
    return found


def _longest_word(pieces: list[tuple[str, str]], at: int) -> tuple[Token | None, int]:
    run: list[str] = []
    for kind, text in pieces[at : at + _LONGEST]:
        if kind != "word":
            break
        run.append(text)
    for length in range(len(run), 0, -1):
        phrase = " ".join(run[:length])
        token = _LEXICON.get(phrase) or _LEXICON.get(phrase.rstrip("."))
        if token:
            return token, length
    return None, 1


def _number(kind: str, text: str) -> Token | None:
    if kind == "dash":
        return Token("to")
    if kind == "decade":
        return Token("decade", text[:3])
    if kind == "number" and len(text) == 4:
        return Token("year", int(text))
    if kind in {"number", "ordinal"}:
        return Token("day", int(text)) if len(text) <= 2 and 1 <= int(text) <= 31 else None
    parts = [int(part) for part in re.split(r"[-./]", text) if part.isdigit()]
    return _numbers(kind, parts)


def _numbers(kind: str, parts: list[int]) -> Token | None:
    """Read a date all in numbers; None for what is no date at all."""
    if kind == "dmy":
        return _day_first(parts, dots=True)
    if kind == "strokes":
        return _day_first(parts, dots=False)
    return Token("date", tuple(parts)) if kind in {"iso", "ymd"} else None


def _day_first(parts: list[int], *, dots: bool) -> Token | None:
    """Read 3.4.2024 as 3 April; with strokes only where one order alone is possible."""
    first, second, year = parts
    if dots or first > 12 or first == second:
        return Token("date", (year, second, first))
    return Token("date", (year, first, second)) if second > 12 else None


@cache
def triggers() -> frozenset[str]:
    """Give the words, as `plain` folds them, that a phrase of time cannot do without."""
    kinds = {"month", "weekday", "season", "offset"}
    found = {word for word, token in _LEXICON.items() if token.kind in kinds}
    units = "ago earlier назад week month year неделе месяце году الأسبوع الشهر العام السنة هفته"
    spans = {part for phrase in _SPANS for part in phrase.split()[-1:]}
    return (
        frozenset(part for phrase in found for part in phrase.split()[-1:])
        | spans
        | set(plain(units).split())
    )
