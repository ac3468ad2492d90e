"""Dates as said and as computed: extended dates and phrases to a range of days."""

import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from casefile.model import edtf
from casefile.model.phrases import Token, plain, tokens
from casefile.model.values import DateValue

_LONGEST: Final = 200  # code points; a longer text is no date
_PERSIAN_YEARS: Final = range(1300, 1500)  # solar or lunar years in Persian or Arabic digits


def parse_when(words: str, anchor: str | None = None) -> DateValue:
    """Read an extended date or a phrase (English, Arabic, Russian, Persian); never raises.

    `anchor` is the day (YYYY-MM-DD…) that "on Tuesday" and a missing year are resolved against: the
    nearest one before or on it. Without it a day of April is `XXXX-04-24`, which has no earliest
    and latest day. What is not understood, ambiguous (3/4/2024), or of another calendar than the
    Gregorian keeps its words only.
    """
    said = words.strip()
    upper = said.upper()
    if days := _known(upper):
        return DateValue(text=said, edtf=upper, earliest=days[0], latest=days[1])
    day = _day(anchor)
    read = _phrase(said, day) if 0 < len(said) <= _LONGEST else None
    if read is None:
        return DateValue(text=said or None)
    form, anchored = read
    days = edtf.bounds(form)
    if days is None:
        return DateValue(text=said)
    kept = day.isoformat() if day and anchored else None
    return DateValue(text=said, edtf=form, earliest=days[0], latest=days[1], anchor=kept)


def _known(form: str) -> edtf.Bounds | None:
    return edtf.bounds(form) if form.isascii() else None


def possibly_within(value: DateValue, first: str | None, last: str | None) -> bool:
    """Say whether the date can lie between two days (None: open); no when nothing is computed."""
    if value.earliest is None and value.latest is None:
        return False
    before = last is None or value.earliest is None or value.earliest <= last
    return before and (first is None or value.latest is None or value.latest >= first)


def certainly_within(value: DateValue, first: str | None, last: str | None) -> bool:
    """Say whether the date must lie between two days (None: open)."""
    if value.earliest is None and value.latest is None:
        return False
    after = first is None or (value.earliest is not None and value.earliest >= first)
    return after and (last is None or (value.latest is not None and value.latest <= last))


@dataclass(frozen=True, slots=True)
class _Point:
    """One date as far as its words say it; `first` and `last` are set for named stretches."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str | None = None
    season: int | None = None
    weekday: int | None = None
    decade: str | None = None
    offset: int | None = None
    strictly: bool = False  # "last Tuesday": not the anchor itself


_OPENING: Final = frozenset({"before", "after", "since", "by", "to"})  # "to": until 3 April
_Ends = tuple[str, str]  # the extended dates that a stretch begins and ends with


def _phrase(said: str, anchor: date | None) -> tuple[str, bool] | None:
    if _of_another_calendar(said):
        return None
    found = tokens(said)
    if not found:
        return None
    marks = "".join(sorted({"about": "~", "perhaps": "?"}.get(t.kind, "") for t in found))
    mark = {"": "", "~": "~", "?": "?"}.get(marks, "%")
    rest = [t for t in found if t.kind not in {"about", "perhaps"}]
    read = _sentence(rest, anchor)
    if read is None:
        return None
    (first, last), anchored = read
    ends = [end if end in {"", ".."} else end + mark for end in (first, last)]
    return (ends[0] if first == last else "/".join(ends)), anchored


def _of_another_calendar(said: str) -> bool:
    """Say whether a year in Eastern digits is one of the Jalali or Hijri calendars."""
    eastern = any(unicodedata.digit(c, -1) >= 0 and not c.isascii() for c in said)
    years = {int(w) for w in plain(said).replace("/", " ").split() if len(w) == 4 and w.isdecimal()}
    return eastern and any(year in _PERSIAN_YEARS for year in years)


def _sentence(found: list[Token], anchor: date | None) -> tuple[_Ends, bool] | None:
    if not found:
        return None
    kind, rest = found[0].kind, found[1:]
    if kind in {"span", "ago"}:
        return None if anchor is None else (_relative(found[0], anchor), True)
    if kind in _OPENING and not _splits(rest):
        return _open(kind, rest, anchor)
    if kind in {"between", "since"}:
        found = rest
    if places := _splits(found):
        return _range(found[: places[0]], found[places[0] + 1 :], anchor)
    point = None if kind == "between" else _point(found)
    return None if point is None else _settle(point, anchor)


def _splits(found: list[Token]) -> list[int]:
    return [n for n, token in enumerate(found) if token.kind == "to"]


def _point(found: list[Token]) -> _Point | None:
    point = _Point()
    for token in found:
        added = _with(point, token)
        if added is None:
            return None
        point = added
    return None if point == _Point() or point == _Point(strictly=True) else point


def _with(point: _Point, token: Token) -> _Point | None:
    """Add what one token says; None when it was said already."""
    if token.kind == "last":
        return replace(point, strictly=True)
    if token.kind == "date":
        if point.year or point.month or point.day:
            return None
        return replace(point, **dict(zip(("year", "month", "day"), token.value, strict=False)))
    if token.kind not in {"year", "month", "day", "part", "season", "weekday", "decade", "offset"}:
        return None
    if getattr(point, token.kind) is not None:
        return None
    return replace(point, **{token.kind: token.value})


def _settle(point: _Point, anchor: date | None) -> tuple[_Ends, bool] | None:
    """Fill in from the anchor what the words leave open; give the ends and whether it was used."""
    if point.offset is not None or _is_only_weekday(point):
        return None if anchor is None else _from_day(point, anchor)
    needs = point.year is None and point.decade is None
    if needs and anchor and not point.strictly:
        point = replace(point, year=_year_before(point, anchor))
    elif point.strictly:
        return None
    ends = _ends(point)
    return None if ends is None else (ends, needs and anchor is not None)


def _is_only_weekday(point: _Point) -> bool:
    return point == _Point(weekday=point.weekday, strictly=point.strictly)


def _from_day(point: _Point, anchor: date) -> tuple[_Ends, bool] | None:
    if point.offset is None and point.weekday is not None:
        back = (anchor.weekday() - point.weekday) % 7
        day = _shift(anchor, -(7 if point.strictly and not back else back))
    elif point == _Point(offset=point.offset):
        day = _shift(anchor, point.offset or 0)
    else:
        return None
    return _single(day.isoformat()), True


def _year_before(point: _Point, anchor: date) -> int:
    """Give the last year in which the date lies before or on the anchor."""
    for year in range(anchor.year, max(0, anchor.year - 9), -1):
        ends = _ends(replace(point, year=year))
        days = edtf.bounds(ends[0]) if ends else None
        if days and days[0] and days[0] <= anchor.isoformat():
            return year
    return anchor.year


def _ends(point: _Point) -> _Ends | None:
    if point.decade is not None:
        alone = _Point(decade=point.decade) == point
        return _single(point.decade + "X") if alone else None
    if point.season is not None:
        alone = point.month is None and point.day is None and point.part is None
        known = alone and point.year is not None
        return _single(edtf.write(point.year, point.season)) if known else None
    if point.part is not None:
        return None if point.day is not None else _part(point)
    if point.month is None:
        alone = point.year is not None and point.day is None and point.weekday is None
        return _single(edtf.write(point.year)) if alone else None
    form = edtf.write(point.year, point.month, point.day)
    if point.weekday is not None and not _agrees(form, point.weekday):
        form += "?"  # the words name a weekday that the day does not have
    return _single(form)


def _agrees(form: str, weekday: int) -> bool:
    days = edtf.bounds(form)
    exact = days and days[0] and days[0] == days[1]
    return not exact or date.fromisoformat(days[0] or "").weekday() == weekday if days else True


def _part(point: _Point) -> _Ends | None:
    """Early, middle, late, a week or a half: thirds, sevens and halves of a month or year."""
    name, year, month = point.part or "", point.year, point.month
    if month is None:
        if year is None or name.startswith("week"):
            return None
        first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "half1": (1, 6)}.get(
            name, (7, 12)
        )
        return edtf.write(year, first), edtf.write(year, last)
    length = edtf.month_length(year, month)
    middle = 15
    first, last = {
        "early": (1, 10),
        "mid": (11, 20),
        "late": (21, length),
        "half1": (1, middle),
        "half2": (middle + 1, length),
        "week5": (length - 6, length),
    }.get(name) or _week(name)
    return edtf.write(year, month, first), edtf.write(year, month, last)


def _week(name: str) -> tuple[int, int]:
    number = int(name.removeprefix("week"))
    return 7 * number - 6, 7 * number


def _range(left: list[Token], right: list[Token], anchor: date | None) -> tuple[_Ends, bool] | None:
    """Read two ends; what one of them leaves out is taken from the other."""
    a, b = _point(left), _point(right)
    if a is None or b is None or _splits(right):
        return None
    if a.month is None and a.day is not None:
        a = replace(a, month=b.month)
    if b.month is None and b.day is not None:
        b = replace(b, month=a.month)
    borrowed = a.year is None and b.year is not None
    if borrowed:
        a = replace(a, year=b.year)
    first, last = _settle(a, anchor), _settle(b if b.year else replace(b, year=a.year), anchor)
    if first is None or last is None:
        return None
    if borrowed and _backwards(first[0], last[0]):
        # From 28 December to 3 January 2024
        first = _settle(replace(a, year=(a.year or 2) - 1), anchor) or first
    return (first[0][0], last[0][1]), first[1] or last[1]


def _backwards(first: _Ends, last: _Ends) -> bool:
    a, b = edtf.bounds(first[0]), edtf.bounds(last[1])
    return bool(a and b and a[0] and b[1] and a[0] > b[1])


def _open(kind: str, found: list[Token], anchor: date | None) -> tuple[_Ends, bool] | None:
    """Read "since 2017", "before 3 April 2024": one end only."""
    point = _point(found)
    settled = None if point is None else _settle(point, anchor)
    if settled is None:
        return None
    (first, last), anchored = settled
    if kind == "since":
        return (first, ".."), anchored
    if kind in {"by", "to"}:
        return ("..", last), anchored
    days = edtf.bounds(first if first == last else f"{first}/{last}")
    if days is None or days[0] is None or days[1] is None:
        return None
    if kind == "before":
        return ("..", _shift(date.fromisoformat(days[0]), -1).isoformat()), anchored
    return (_shift(date.fromisoformat(days[1]), 1).isoformat(), ".."), anchored


def _relative(token: Token, anchor: date) -> _Ends:
    if token.kind == "span":
        return _span(token.value, anchor)
    number, unit = token.value
    return _single(_ago(number, unit, anchor))


def _span(name: str, anchor: date) -> _Ends:
    back = 1 if name.startswith("last") else 0
    unit = name.partition("_")[2]
    if unit == "week":
        monday = _shift(anchor, -anchor.weekday() - 7 * back)
        return monday.isoformat(), _shift(monday, 6).isoformat()
    if unit == "month":
        return _single(_months_before(anchor, back))
    return _single(edtf.write(max(1, anchor.year - back)))


def _ago(number: int, unit: str, anchor: date) -> str:
    """Count back; more than days is only about then."""
    if unit == "month":
        return _months_before(anchor, number) + "~"
    if unit == "year":
        return edtf.write(max(1, anchor.year - number)) + "~"
    if unit == "week":
        return _shift(anchor, -7 * number).isoformat() + "~"
    return _shift(anchor, -number).isoformat()


def _months_before(anchor: date, number: int) -> str:
    months = max(12, anchor.year * 12 + anchor.month - 1 - number)
    return edtf.write(months // 12, months % 12 + 1)


def _single(form: str) -> _Ends:
    return form, form


def _shift(day: date, days: int) -> date:
    """Move a day, and stay within the years that there are."""
    wanted = day.toordinal() + days
    return date.fromordinal(min(max(wanted, 1), date.max.toordinal()))


def _day(anchor: str | None) -> date | None:
    try:
        return date.fromisoformat((anchor or "")[:10])
    except ValueError:
        return None
