"""Days and ranges in a query."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.search.days import FIRST, LAST, day_range, shown


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("2024", (20240101, 20241231)),
        ("2024-02", (20240201, 20240229)),
        ("2024-4-5", (20240405, 20240405)),
        ("٢٠٢٤-٠٤", (20240401, 20240430)),
        ("2024-04..2024-05", (20240401, 20240531)),
        ("2024..", (20240101, LAST)),
        ("..2024", (FIRST, 20241231)),
        (">2024-04", (20240501, LAST)),
        (">=2024-04", (20240401, LAST)),
        ("<2024-03-01", (FIRST, 20240229)),
        ("<=2024", (FIRST, 20241231)),
        (">9999", (99991232, LAST)),
        ("..", None),
        ("", None),
        ("2024-13", None),
        ("2024-02-30", None),
        ("0000", None),
        ("soon", None),
        (">soon", None),
        ("2024..soon", None),
        ("2025..2024", None),
    ],
)
def test_each_form_has_its_days(words: str, days: tuple[int, int] | None) -> None:
    assert day_range(words) == days


@given(st.dates(min_value=date(1, 1, 1)))
def test_a_day_is_shown_as_it_is_written(day: date) -> None:
    written = day.isoformat()
    found = day_range(written)
    assert found is not None
    assert found[0] == found[1]
    assert shown(found[0]) == written


@given(st.text(alphabet="0123456789-.<>= ", max_size=20))
def test_nothing_written_raises(words: str) -> None:
    day_range(words)
