"""Extended dates (EDTF, ISO 8601-2), the subset that cases use.

Year, month and day with `?` `~` `%` after a part, `X` for unknown digits, seasons 21 to 24 (spring
to winter of the northern half, by whole months), and intervals with `..` for an open and nothing
for an unknown end. Years 0001 to 9999.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

_DAY: Final = re.compile(
    r"([0-9X]{4})[?~%]?(?:-([0-9X]{2})[?~%]?(?:-([0-9X]{2})[?~%]?)?)?", re.ASCII
)
_SEASONS: Final = {21: 3, 22: 6, 23: 9, 24: 12}  # the first month
_LEAP: Final = 2024  # stands in where the year is unknown, so that 29 February is possible

Bounds = tuple[str | None, str | None]


def bounds(edtf: str) -> Bounds | None:
    """Give the earliest and latest day (YYYY-MM-DD), or None when it is not valid.

    An end is None where it is open, or where the year is unknown altogether.
    """
    if "/" not in edtf:
        return _day_bounds(edtf)
    first, _, last = edtf.partition("/")
    if {first, last} <= {"", ".."}:
        return None
    begin, end = _end_bounds(first), _end_bounds(last)
    if begin is None or end is None:
        return None
    if begin[0] and end[1] and begin[0] > end[1]:
        return None
    return begin[0], end[1]


def _end_bounds(part: str) -> Bounds | None:
    return (None, None) if part in {"", ".."} else _day_bounds(part)


def _day_bounds(edtf: str) -> Bounds | None:
    match = _DAY.fullmatch(edtf)
    if match is None:
        return None
    year, month, day = match.groups()
    season = month is not None and month.isdigit() and int(month) in _SEASONS
    if season and day is not None:
        return None
    if year == "XXXX":
        known = season or next(_days(f"{_LEAP}", month, day), None)
        return (None, None) if known else None
    if season:
        return _season_bounds(year, int(month))
    first = next(_days(year, month, day), None)
    last = next(_days(year, month, day, backwards=True), None)
    return (first.isoformat(), last.isoformat()) if first and last else None


def _season_bounds(year: str, season: int) -> Bounds | None:
    years = list(_numbers(year, 1, 9998))
    if not years:
        return None
    begin = date(years[0], _SEASONS[season], 1)
    later = date(years[-1], _SEASONS[season], 1) + timedelta(days=95)
    return begin.isoformat(), (later.replace(day=1) - timedelta(days=1)).isoformat()


def _days(
    year: str, month: str | None, day: str | None, *, backwards: bool = False
) -> Iterator[date]:
    """Give the days that fit the digits, from the first or from the last."""
    step = -1 if backwards else 1
    for y in _numbers(year, 1, 9999)[::step]:
        for m in _numbers(month or "XX", 1, 12)[::step]:
            for d in _numbers(day or "XX", 1, month_length(y, m))[::step]:
                yield date(y, m, d)


def _numbers(digits: str, low: int, high: int) -> list[int]:
    """Give the numbers from `low` to `high` that fit digits and `X`."""
    if digits.isdigit():
        return [int(digits)] if low <= int(digits) <= high else []
    pattern = re.compile(digits.replace("X", "[0-9]"))
    width = len(digits)
    return [n for n in range(low, high + 1) if pattern.fullmatch(f"{n:0{width}}")]


def month_length(year: int | None, month: int) -> int:
    """Count the days of a month; 29 for February of an unknown year."""
    first = date(year or _LEAP, month, 1)
    if (first.year, month) == (9999, 12):
        return 31
    return ((first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day


def write(year: int | None, month: int | None = None, day: int | None = None) -> str:
    """Write a year, month or day; an unknown year is `XXXX`."""
    parts = ["XXXX" if year is None else f"{year:04}"]
    parts += [f"{n:02}" for n in (month, day) if n is not None]
    return "-".join(parts)
