"""Dates as said become the days that they may mean, and never more than was said."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.model import edtf
from casefile.model.dates import certainly_within, parse_when, possibly_within
from casefile.model.values import DateValue

Row = tuple[str, str, str | None, str | None]

EXTENDED: list[Row] = [
    ("2024", "2024", "2024-01-01", "2024-12-31"),
    ("2024-02", "2024-02", "2024-02-01", "2024-02-29"),
    ("2023-02", "2023-02", "2023-02-01", "2023-02-28"),
    ("9999-12", "9999-12", "9999-12-01", "9999-12-31"),
    ("2024-04-03", "2024-04-03", "2024-04-03", "2024-04-03"),
    ("2024-04-03~", "2024-04-03~", "2024-04-03", "2024-04-03"),
    ("2024?-04", "2024?-04", "2024-04-01", "2024-04-30"),
    ("201x", "201X", "2010-01-01", "2019-12-31"),
    ("2024-XX", "2024-XX", "2024-01-01", "2024-12-31"),
    ("2024-XX-05", "2024-XX-05", "2024-01-05", "2024-12-05"),
    ("2024-XX-31", "2024-XX-31", "2024-01-31", "2024-12-31"),
    ("202X-02-29", "202X-02-29", "2020-02-29", "2028-02-29"),
    ("2024-1X", "2024-1X", "2024-10-01", "2024-12-31"),
    ("XXXX-04-24", "XXXX-04-24", None, None),
    ("XXXX-02-29", "XXXX-02-29", None, None),
    ("2024-21", "2024-21", "2024-03-01", "2024-05-31"),
    ("2024-24", "2024-24", "2024-12-01", "2025-02-28"),
    ("2024-04-01/2024-04-05", "2024-04-01/2024-04-05", "2024-04-01", "2024-04-05"),
    ("2017/..", "2017/..", "2017-01-01", None),
    ("../2017-05", "../2017-05", None, "2017-05-31"),
    ("2017/", "2017/", "2017-01-01", None),
]

NOT_EXTENDED = [
    *("2024-13", "2024-02-30", "2023-02-29", "0000", "24", "2024-4-3", "20240403", "2024-21-05"),
    *("../..", "/", "2024-05/2024-04", "XXXX-02-30", "2024-04-", "2024/2023", "٢٠٢٤-04"),
]

PHRASES: list[Row] = [
    ("3 April 2024", "2024-04-03", "2024-04-03", "2024-04-03"),
    ("April 3, 2024", "2024-04-03", "2024-04-03", "2024-04-03"),
    ("the 3rd of April, 2024", "2024-04-03", "2024-04-03", "2024-04-03"),
    ("Wednesday, 3 April 2024 at 14:30 UTC", "2024-04-03", "2024-04-03", "2024-04-03"),
    ("Tuesday, 3 April 2024", "2024-04-03?", "2024-04-03", "2024-04-03"),
    ("2024-04-03T10:00:00+03:00", "2024-04-03", "2024-04-03", "2024-04-03"),
    ("03.04.2024", "2024-04-03", "2024-04-03", "2024-04-03"),
    ("2024/04/03", "2024-04-03", "2024-04-03", "2024-04-03"),
    ("23/4/2024", "2024-04-23", "2024-04-23", "2024-04-23"),
    ("4/23/2024", "2024-04-23", "2024-04-23", "2024-04-23"),
    ("Sept. 2024", "2024-09", "2024-09-01", "2024-09-30"),
    ("in April 2024", "2024-04", "2024-04-01", "2024-04-30"),
    ("April", "XXXX-04", None, None),
    ("24 April", "XXXX-04-24", None, None),
    ("In the last week of April", "XXXX-04-24/XXXX-04-30", None, None),
    ("in the last week of April 2024", "2024-04-24/2024-04-30", "2024-04-24", "2024-04-30"),
    ("the last week of February 2023", "2023-02-22/2023-02-28", "2023-02-22", "2023-02-28"),
    ("first week of May 2024", "2024-05-01/2024-05-07", "2024-05-01", "2024-05-07"),
    ("early April 2024", "2024-04-01/2024-04-10", "2024-04-01", "2024-04-10"),
    ("mid-April 2024", "2024-04-11/2024-04-20", "2024-04-11", "2024-04-20"),
    ("at the end of February 2024", "2024-02-21/2024-02-29", "2024-02-21", "2024-02-29"),
    ("late 2024", "2024-09/2024-12", "2024-09-01", "2024-12-31"),
    ("the second half of 2024", "2024-07/2024-12", "2024-07-01", "2024-12-31"),
    ("spring 2024", "2024-21", "2024-03-01", "2024-05-31"),
    ("the 1990s", "199X", "1990-01-01", "1999-12-31"),
    ("around 3 April 2024", "2024-04-03~", "2024-04-03", "2024-04-03"),
    ("possibly around April 2024", "2024-04%", "2024-04-01", "2024-04-30"),
    ("between 3 and 5 April 2024", "2024-04-03/2024-04-05", "2024-04-03", "2024-04-05"),
    ("from 28 March to 5 April 2024", "2024-03-28/2024-04-05", "2024-03-28", "2024-04-05"),
    ("3-5 April 2024", "2024-04-03/2024-04-05", "2024-04-03", "2024-04-05"),
    ("April 24-30, 2021", "2021-04-24/2021-04-30", "2021-04-24", "2021-04-30"),
    ("28 December – 3 January 2024", "2023-12-28/2024-01-03", "2023-12-28", "2024-01-03"),
    ("between 3 and 5 April", "XXXX-04-03/XXXX-04-05", None, None),
    ("2015-2017", "2015/2017", "2015-01-01", "2017-12-31"),
    ("since 2017", "2017/..", "2017-01-01", None),
    ("before 3 April 2024", "../2024-04-02", None, "2024-04-02"),
    ("after April 2024", "2024-05-01/..", "2024-05-01", None),
    ("until April 2024", "../2024-04", None, "2024-04-30"),
    # Arabic: Levantine, Egyptian and Maghrebi months, Eastern digits, both names of a month
    ("3 نيسان 2024", "2024-04-03", "2024-04-03", "2024-04-03"),
    ("٣ أبريل ٢٠٢٤", "2024-04-03", "2024-04-03", "2024-04-03"),
    ("يوم الأربعاء 3 نيسان/أبريل 2024", "2024-04-03", "2024-04-03", "2024-04-03"),
    ("كانون الثاني 2024", "2024-01", "2024-01-01", "2024-01-31"),
    ("تشرين الأول/أكتوبر 2023", "2023-10", "2023-10-01", "2023-10-31"),
    ("في عام ٢٠١٧", "2017", "2017-01-01", "2017-12-31"),
    ("في الأسبوع الأخير من نيسان", "XXXX-04-24/XXXX-04-30", None, None),
    ("أواخر نيسان 2024", "2024-04-21/2024-04-30", "2024-04-21", "2024-04-30"),
    ("بين 3 و5 نيسان 2024", "2024-04-03/2024-04-05", "2024-04-03", "2024-04-05"),
    ("من 3 إلى 5 أبريل 2024", "2024-04-03/2024-04-05", "2024-04-03", "2024-04-05"),
    ("منذ 2017", "2017/..", "2017-01-01", None),
    # Russian
    ("3 апреля 2024 года", "2024-04-03", "2024-04-03", "2024-04-03"),
    ("в апреле 2024 г.", "2024-04", "2024-04-01", "2024-04-30"),
    ("в последнюю неделю апреля", "XXXX-04-24/XXXX-04-30", None, None),
    ("в начале мая 2024 года", "2024-05-01/2024-05-10", "2024-05-01", "2024-05-10"),
    ("с 3 по 5 апреля 2024 года", "2024-04-03/2024-04-05", "2024-04-03", "2024-04-05"),
    ("около 3 апреля 2024", "2024-04-03~", "2024-04-03", "2024-04-03"),
    ("весной 2024 года", "2024-21", "2024-03-01", "2024-05-31"),
    ("с 2017 года", "2017/..", "2017-01-01", None),
    # Persian, Gregorian months
    ("۳ آوریل ۲۰۲۴", "2024-04-03", "2024-04-03", "2024-04-03"),
    ("هفته آخر آوریل ۲۰۲۴", "2024-04-24/2024-04-30", "2024-04-24", "2024-04-30"),
    ("از ۳ تا ۵ ژوئن ۲۰۲۴", "2024-06-03/2024-06-05", "2024-06-03", "2024-06-05"),
]

WORDS_ONLY = [
    *("", "when the rain stopped", "3/4/2024", "31 April 2024", "April May 2024", "2024 2025"),
    *("yesterday", "on Tuesday", "last week", "the 24th", "between 2024", "20 to", "to", "24"),
    *("۱۵ فروردین ۱۴۰۳", "۱۴۰۳", "15 رمضان 1445", "1402/01/15 хиджра", "x" * 500, "\ud800", "²"),
    "5 April 2024 or so they said",
]

ANCHORED: list[tuple[str, str, str | None, str | None]] = [
    # the anchor is Wednesday, 15 May 2024
    ("yesterday", "2024-05-14", "2024-05-14", "2024-05-14"),
    ("today", "2024-05-15", "2024-05-15", "2024-05-15"),
    ("on Tuesday", "2024-05-14", "2024-05-14", "2024-05-14"),
    ("Wednesday", "2024-05-15", "2024-05-15", "2024-05-15"),
    ("last Wednesday", "2024-05-08", "2024-05-08", "2024-05-08"),
    ("in the last week of April", "2024-04-24/2024-04-30", "2024-04-24", "2024-04-30"),
    ("24 December", "2023-12-24", "2023-12-24", "2023-12-24"),
    ("between 3 and 5 April", "2024-04-03/2024-04-05", "2024-04-03", "2024-04-05"),
    ("last week", "2024-05-06/2024-05-12", "2024-05-06", "2024-05-12"),
    ("last month", "2024-04", "2024-04-01", "2024-04-30"),
    ("last year", "2023", "2023-01-01", "2023-12-31"),
    ("three days ago", "", None, None),
    ("3 days ago", "2024-05-12", "2024-05-12", "2024-05-12"),
    ("6 months ago", "2023-11~", "2023-11-01", "2023-11-30"),
    ("two", "", None, None),
    ("вчера", "2024-05-14", "2024-05-14", "2024-05-14"),
    ("во вторник", "2024-05-14", "2024-05-14", "2024-05-14"),
    ("أمس", "2024-05-14", "2024-05-14", "2024-05-14"),
    ("يوم الثلاثاء", "2024-05-14", "2024-05-14", "2024-05-14"),
    ("دیروز", "2024-05-14", "2024-05-14", "2024-05-14"),
]


@pytest.mark.parametrize(("words", "form", "earliest", "latest"), EXTENDED + PHRASES)
def test_read(words: str, form: str, earliest: str | None, latest: str | None):
    assert parse_when(words) == DateValue(text=words, edtf=form, earliest=earliest, latest=latest)


@pytest.mark.parametrize("words", NOT_EXTENDED)
def test_not_extended(words: str):
    assert edtf.bounds(words) is None


@pytest.mark.parametrize("words", WORDS_ONLY)
def test_what_is_not_understood_keeps_its_words(words: str):
    assert parse_when(words) == DateValue(text=words or None)


@pytest.mark.parametrize(("words", "form", "earliest", "latest"), ANCHORED)
def test_read_from_an_anchor(words: str, form: str, earliest: str | None, latest: str | None):
    found = parse_when(words, "2024-05-15T08:00:00.000Z")
    anchor = "2024-05-15" if form else None
    expected = DateValue(
        text=words, edtf=form or None, earliest=earliest, latest=latest, anchor=anchor
    )
    assert found == expected


def test_a_date_that_needs_no_anchor_does_not_name_one():
    assert parse_when("3 April 2024", "2024-05-15").anchor is None
    assert parse_when("2024-04", "2024-05-15").anchor is None
    assert parse_when("on Tuesday", "no day").edtf is None


@given(st.text(max_size=60), st.none() | st.text(max_size=12) | st.dates().map(str))
def test_never_raises(words: str, anchor: str | None):
    found = parse_when(words, anchor)
    assert found.edtf is None or edtf.bounds(found.edtf) == (found.earliest, found.latest)


WORDS = (
    "3 24 31 2024 0001 9999 april апреля نيسان between and to - since before last week of early "
    "mid tuesday yesterday around / 199 1990s 6 months ago spring 12.2024 1.1.0001"
)
PIECES = st.sampled_from(WORDS.split())


@given(
    st.lists(PIECES, max_size=7).map(" ".join), st.sampled_from([None, "0001-01-01", "9999-12-31"])
)
def test_any_order_of_known_words(words: str, anchor: str | None):
    found = parse_when(words, anchor)
    assert found.edtf is None or edtf.bounds(found.edtf) == (found.earliest, found.latest)


@given(st.dates(min_value=date(1, 1, 1)), st.integers(0, 4000))
def test_every_day_and_interval_is_its_own_bounds(day: date, length: int):
    last = date.fromordinal(min(day.toordinal() + length, date.max.toordinal()))
    assert edtf.bounds(day.isoformat()) == (day.isoformat(), day.isoformat())
    assert edtf.bounds(f"{day}/{last}") == (day.isoformat(), last.isoformat())


@given(st.dates(min_value=date(1000, 1, 1)), st.data())
def test_unknown_digits_hold_the_day_that_they_hide(day: date, data: st.DataObject):
    hidden = "".join(
        "X" if c.isdigit() and data.draw(st.booleans()) else c for c in day.isoformat()
    )
    found = edtf.bounds(hidden)
    assert found is not None
    assert (found[0] or "") <= day.isoformat() <= (found[1] or "9999-12-31")


def test_months_end_where_the_calendar_ends_them():
    for year in (None, 1900, 2000, 2023, 2024):
        for month in range(1, 13):
            first = date(year or 2024, month, 1)
            following = (first + timedelta(days=32)).replace(day=1)
            assert edtf.month_length(year, month) == (following - first).days


def test_within():
    april = parse_when("April 2024")
    assert possibly_within(april, "2024-04-30", "2024-06-01")
    assert not certainly_within(april, "2024-04-30", "2024-06-01")
    assert certainly_within(april, "2024-04-01", "2024-04-30")
    assert not possibly_within(april, "2024-05-01", None)
    assert certainly_within(april, None, None)
    since = parse_when("since 2017")
    assert possibly_within(since, "2024-01-01", None)
    assert certainly_within(since, "2017-01-01", None)
    assert not certainly_within(since, "2017-01-01", "2030-01-01")
    for nothing in (parse_when("24 April"), parse_when("some day")):
        assert not possibly_within(nothing, None, None)
        assert not certainly_within(nothing, None, None)
