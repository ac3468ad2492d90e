"""Exact dates as pages and saved texts print them, in the languages we read most."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from casefile.model.values import DateValue

_MONTHS = (
    "january jan januar janvier enero gennaio janeiro января январь янв січня січень يناير كانون+الثاني جانفي ژانویه ocak januari stycznia",
    "february feb februar février fevrier febrero febbraio fevereiro февраля февраль фев лютого лютий فبراير شباط فيفري فوریه şubat februari lutego",
    "march mar märz maerz mars marzo março марта март мар березня березень مارس آذار مارس mart maart marca",
    "april apr avril abril aprile апреля апрель апр квітня квітень أبريل ابريل إبريل نيسان أفريل آوریل nisan kwietnia",
    "may mai mayo maggio maio мая май травня травень مايو أيار ماي مه mayıs mei maja",
    "june jun juni juin junio giugno junho июня июнь июн червня червень يونيو يونيه حزيران جوان ژوئن haziran czerwca",
    "july jul juli juillet julio luglio julho июля июль июл липня липень يوليو يوليه تموز جويلية ژوئیه temmuz lipca",
    "august aug août aout agosto августа август авг серпня серпень أغسطس اغسطس آب أوت اوت ağustos augustus sierpnia",
    "september sep sept septembre septiembre setiembre settembre setembro сентября сентябрь сен вересня вересень سبتمبر أيلول سپتامبر eylül września",
    "october oct oktober okt octobre octubre ottobre outubro октября октябрь окт жовтня жовтень أكتوبر اكتوبر تشرين+الأول اکتبر ekim października",
    "november nov novembre noviembre novembro ноября ноябрь ноя листопада листопад نوفمبر تشرين+الثاني نوامبر kasım listopada",
    "december dec dezember dez décembre decembre diciembre dicembre dezembro декабря декабрь дек грудня грудень ديسمبر كانون+الأول دسامبر aralık grudnia",
)  # fmt: skip
MONTHS = {
    name.replace("+", " "): number
    for number, names in enumerate(_MONTHS, 1)
    for name in names.split()
}
_MONTH = "|".join(
    sorted((re.escape(n).replace(r"\ ", r"\s+") for n in MONTHS), key=len, reverse=True)
)
_BREAK = r"(?![^\W\d_])"
_YEAR = r"(?P<y>(?:1[6-9]|20)\d\d)(?!\d)"
_PATTERNS = (
    re.compile(rf"(?<![\d-]){_YEAR}-(?P<n>\d\d)-(?P<d>\d\d)(?!\d)"),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+)?(?P<m>{_MONTH}){_BREAK}\.?,?\s+(?:de\s+|del\s+)?{_YEAR}", re.IGNORECASE),
    re.compile(rf"(?<![^\W\d_])(?P<m>{_MONTH}){_BREAK}\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}", re.IGNORECASE),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})\.\s?(?P<n>\d{{1,2}})\.\s?{_YEAR}"),
    re.compile(rf"(?<!\d){_YEAR}年\s?(?P<n>\d{{1,2}})月\s?(?P<d>\d{{1,2}})日"),
    re.compile(rf"(?<!\d){_YEAR}[/.](?P<n>\d{{1,2}})[/.](?P<d>\d{{1,2}})(?!\d)"),
)  # fmt: skip
_SLASHED = re.compile(rf"(?<!\d)(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/{_YEAR}")
# A day and a month without a year: words that say a date, but not which.
_YEARLESS = re.compile(
    rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:{_MONTH}){_BREAK}|(?<![^\W\d_])(?:{_MONTH}){_BREAK}\.?\s+\d{{1,2}}(?!\d)",
    re.IGNORECASE,
)
# The months of the calendar of Iran and Afghanistan; pages write Arabic letters for Persian ones.
_PERSIAN_MONTHS = (
    *("فروردین|حمل", "اردیبهشت|ثور", "خرداد|جوزا", "تیر|سرطان", "مرداد|امرداد|اسد", "شهریور|سنبله"),
    *("مهر|میزان", "آبان|عقرب", "آذر|قوس", "دی|جدی", "بهمن|دلو", "اسفند|حوت"),
)
_PERSIAN = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})\s+(?:"
    + "|".join(
        f"(?P<m{n}>{names.replace('ی', '[یي]')})" for n, names in enumerate(_PERSIAN_MONTHS, 1)
    )
    + r")(?:\s*ماه)?\s*[،,]?\s+(?P<y>1[34]\d\d)(?!\d)"
)
# Days before each month, and the first day of 1400, from which others are counted.
_BEFORE = (0, 31, 62, 93, 124, 155, 186, 216, 246, 276, 306, 336)
_YEAR_1400 = date(2021, 3, 21)
_LEAPS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})  # of a cycle of 33 years
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: its range in code points and its value."""

    start: int
    end: int
    value: DateValue


def day_value(words: str, day: date) -> DateValue:
    """Give the value of one day, with the words that said it."""
    iso = day.isoformat()
    return DateValue(text=words, edtf=iso, earliest=iso, latest=iso)


def find_dates(text: str) -> Iterator[Found]:
    """Give the dates of the beginning of a text, in order; without a year only the words are given.

    A date such as 03/04/2024, which could be two days, gives its words only.
    """
    plain = text[:_LONGEST].translate(_DIGITS)
    found = [f for pattern in _PATTERNS for f in _matches(pattern, plain, text)]
    found += [f for m in _PERSIAN.finditer(plain) for f in _persian(m, text)]
    found += [_slashed(m, text) for m in _SLASHED.finditer(plain)]
    found += [
        Found(m.start(), m.end(), DateValue(text=text[m.start() : m.end()]))
        for m in _YEARLESS.finditer(plain)
    ]
    found.sort(key=lambda f: (f.start, f.value.edtf is None, -f.end))
    at = 0
    for one in found:
        if one.start >= at:
            at = one.end
            yield one


def _matches(pattern: re.Pattern[str], plain: str, text: str) -> Iterator[Found]:
    for match in pattern.finditer(plain):
        parts = match.groupdict()
        month = parts.get("n") or MONTHS.get(" ".join((parts.get("m") or "").lower().split()))
        try:
            day = date(int(parts["y"]), int(month or 0), int(parts["d"]))
        except ValueError:
            continue
        words = text[match.start() : match.end()]
        yield Found(match.start(), match.end(), day_value(words, day))


def _persian(match: re.Match[str], text: str) -> Iterator[Found]:
    """Give a day of the Persian calendar as the day of ours; right from 1210 to 1473."""
    month = next(n for n in range(1, 13) if match[f"m{n}"])
    year, day = int(match["y"]), int(match["d"])
    if not 1 <= day <= (31 if month <= 6 else 30):
        return
    years = range(1400, year) if year >= 1400 else range(year, 1400)
    days = sum(365 + (y % 33 in _LEAPS) for y in years) * (1 if year >= 1400 else -1)
    found = _YEAR_1400 + timedelta(days=days + _BEFORE[month - 1] + day - 1)
    yield Found(match.start(), match.end(), day_value(text[match.start() : match.end()], found))


def _slashed(match: re.Match[str], text: str) -> Found:
    words = text[match.start() : match.end()]
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    value = DateValue(text=words)
    if (first > 12) != (second > 12) or first == second:
        try:
            month, day = min(first, second), max(first, second)
            value = day_value(words, date(year, month, day))
        except ValueError:
            pass
    return Found(match.start(), match.end(), value)


def day_of(words: str) -> date | None:
    """Give the one day that a machine's time stamp or a printed date says; None when in doubt."""
    first = next(find_dates(words.strip()), None)
    if first is None or first.value.edtf is None:
        compact = re.match(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?:T|\d{6}|\s*$)", words)
        parts = compact.groups() if compact else ("0", "0", "0")
        try:
            return date(*map(int, parts))
        except ValueError:
            return None
    return date.fromisoformat(first.value.edtf)
