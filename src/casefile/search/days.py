"""Days and ranges of days as a query writes them."""

import calendar
import re
from datetime import date, timedelta

from casefile.model.text import fold

FIRST, LAST = 1, 9999_12_31
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_COMPARED = re.compile(r"([<>]=?)(.*)")


def day_range(words: str) -> tuple[int, int] | None:
    """Read `2024`, `2024-04`, `2024-04-24`, `A..B`, `A..`, `..B`, `>A`, `>=A`, `<A`, `<=A`.

    Gives the first and last day as YYYYMMDD, both included; None when the words are no range.
    """
    words = fold(words).text.strip()
    compared = _COMPARED.fullmatch(words)
    if compared:
        return _compared(compared.group(1), compared.group(2))
    first, dots, last = words.partition("..")
    if not dots:
        return _days(first)
    if not first and not last:
        return None
    low = _days(first) if first else (FIRST, FIRST)
    high = _days(last) if last else (LAST, LAST)
    return (low[0], high[1]) if low and high and low[0] <= high[1] else None


def _compared(sign: str, words: str) -> tuple[int, int] | None:
    days = _days(words)
    if days is None:
        return None
    return {
        ">": (_beside(days[1], 1), LAST),
        ">=": (days[0], LAST),
        "<": (FIRST, _beside(days[0], -1)),
        "<=": (FIRST, days[1]),
    }[sign]


def _beside(day: int, step: int) -> int:
    try:
        moved = date(day // 10000, day // 100 % 100, day % 100) + timedelta(days=step)
    except OverflowError:  # the first or last day that a calendar has
        return day + step
    return _number(moved)


def _days(words: str) -> tuple[int, int] | None:
    match = _DAY.fullmatch(words.strip())
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    last_month = int(month or 12)
    last_day = int(day or calendar.monthrange(first.year, last_month)[1])
    return _number(first), first.year * 10000 + last_month * 100 + last_day


def _number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def shown(day: int) -> str:
    """Give a day as YYYY-MM-DD."""
    return f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}"
