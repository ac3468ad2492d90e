import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.extract.article_dateline import split_dateline
from casefile.extract.article_dates import day_of, find_dates


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("April 3, 2024", "2024-04-03"),
        ("3. April 2024", "2024-04-03"),
        ("3rd April 2024", "2024-04-03"),
        ("03.04.2024", "2024-04-03"),
        ("3 апреля 2024 г.", "2024-04-03"),
        ("٣ نيسان 2024", "2024-04-03"),
        ("٣ كانون الثاني ٢٠٢٤", "2024-01-03"),
        ("31 de diciembre de 2023", "2023-12-31"),
        ("1er mars 2022", "2022-03-01"),
        ("2024年4月3日", "2024-04-03"),
        ("04/13/2024", "2024-04-13"),
        ("03/04/2024", None),
        ("3 April", None),
        ("30 February 2024", None),
    ],
)
def test_a_date_is_exact_or_only_words(words: str, edtf: str | None) -> None:
    found = next(find_dates(words))
    assert found.value.edtf == found.value.earliest == found.value.latest == edtf
    assert found.value.text == words[found.start : found.end]


@pytest.mark.parametrize("words", ["mayor 2024", "in April", "1234567", "", "99.99.2024"])
def test_other_words_are_no_date(words: str) -> None:
    assert list(find_dates(words)) == []


def test_several_dates_come_in_order() -> None:
    words = "Published 12 May 2023, updated 13 May 2023"
    assert [f.value.edtf for f in find_dates(words)] == ["2023-05-12", "2023-05-13"]


def test_time_stamps_of_machines() -> None:
    assert str(day_of("2024-04-03T23:30:00-05:00")) == "2024-04-03"
    assert str(day_of("20240403T1200")) == "2024-04-03"
    assert str(day_of("Wed, 03 Apr 2024 12:00:00 GMT")) == "2024-04-03"
    assert day_of("yesterday") is None


@given(st.text(alphabet="0123456789 ./-٣AprilМая,"))
def test_ranges_are_in_order(text: str) -> None:
    at = 0
    for found in find_dates(text):
        assert at <= found.start < found.end <= len(text)
        at = found.end


REST = "The only ferry between Velmar and the island stopped running."


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("KYIV, 3 April (Agency) — ", "KYIV"),
        ("Cairo (AP) – ", "Cairo"),
        ("WASHINGTON -- ", "WASHINGTON"),
        ("МОСКВА, 3 апр — ", "МОСКВА"),
        ("DEIR EZZOR, Syria — ", "DEIR EZZOR"),
        ("دمشق (سانا) — ", "دمشق"),
    ],
)
def test_a_dateline_opens_a_paragraph(opening: str, place: str) -> None:
    found = split_dateline(opening + REST)
    assert found is not None
    assert found.place == place
    assert (opening + REST)[found.end :].lstrip(" —–-") == REST


@pytest.mark.parametrize(
    "text",
    [
        REST,
        "The bridge — the only one — is closed until the autumn, the mayor said.",
        "Question: what happens next, and who will pay for the work on the bridge?",
        "Jane Doe – who was there – said that nobody came to the meeting at all.",
        "KYIV — ",
    ],
)
def test_a_dash_alone_makes_none(text: str) -> None:
    assert split_dateline(text) is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("۲ تير ۱۳۹۹", "2020-06-22"),
        ("دوشنبه ۱ فروردین ۱۴۰۰ - ۱۲:۰۹", "2021-03-21"),
        ("۳۰ اسفند ۱۳۹۹", "2021-03-20"),
        ("22 بهمن 1357", "1979-02-11"),
        ("15 حوت 1402", "2024-03-05"),
        ("۳۲ تیر ۱۳۹۹", None),
    ],
)
def test_days_of_the_persian_calendar(words: str, day: str | None) -> None:
    found = next(find_dates(words), None)
    assert (found.value.edtf if found else None) == day
