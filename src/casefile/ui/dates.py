"""Dates and times as the window writes them."""

from datetime import UTC, date, datetime

from casefile.model.values import DateValue
from casefile.strings import later, tr

_MONTHS = (
    later("Jan"),
    later("Feb"),
    later("Mar"),
    later("Apr"),
    later("May"),
    later("Jun"),
    later("Jul"),
    later("Aug"),
    later("Sep"),
    later("Oct"),
    later("Nov"),
    later("Dec"),
)


def short_date(value: DateValue | None) -> str:
    """Write a date value in a few letters: one day, a span, or the words of the source."""
    if value is None:
        return ""
    first, last = _parts(value.earliest), _parts(value.latest)
    if first is None or last is None:
        return value.text or value.edtf or ""
    doubt = "?" if value.edtf and any(sign in value.edtf for sign in "?~%") else ""
    if first == last:
        return _day(first) + doubt
    return _span(first, last) + doubt


def short_day(day: date) -> str:
    """Write one day: 6 Apr 2024."""
    return _day((day.year, day.month, day.day))


def local_time(milliseconds: int) -> str:
    """Write a time of this machine's clock: 6 Apr 2024, 17:02."""
    when = datetime.fromtimestamp(milliseconds / 1000).astimezone()
    return f"{_day((when.year, when.month, when.day))}, {when:%H:%M}"


def utc_time(iso: str | None) -> str:
    """Write a UTC instant of custody: 4 Apr 2024, 08:31 UTC; words that are none stay."""
    if not iso:
        return ""
    try:
        when = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    if "T" not in iso:
        return _day((when.year, when.month, when.day))
    utc = when.astimezone(UTC) if when.tzinfo else when
    zone = " UTC" if when.tzinfo else ""
    return f"{_day((utc.year, utc.month, utc.day))}, {utc:%H:%M}{zone}"


def _parts(day: str | None) -> tuple[int, int, int] | None:
    try:
        year, month, number = (day or "").rsplit("-", 2)
        return int(year), int(month), int(number)
    except ValueError:
        return None


def _day(day: tuple[int, int, int]) -> str:
    year, month, number = day
    return f"{number} {tr(_MONTHS[month - 1])} {year}"


def _span(first: tuple[int, int, int], last: tuple[int, int, int]) -> str:
    whole_year = first[1:] == (1, 1) and last[1:] == (12, 31)
    if first[0] == last[0] and whole_year:
        return str(first[0])
    if first[:2] == last[:2]:
        if first[2] == 1 and last[2] >= 28:
            return f"{tr(_MONTHS[first[1] - 1])} {first[0]}"
        return f"{first[2]}–{last[2]} {tr(_MONTHS[first[1] - 1])} {first[0]}"
    return f"{_day(first)} – {_day(last)}"
