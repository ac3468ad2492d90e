"""Quotes are found where they stand, whatever the white space."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.analysis.anchoring import find_quote

LETTERS = st.text(st.sampled_from("ab \n\u00a0\f"), max_size=60)


def words_of(text: str, quote: str) -> list[str]:
    return [span.of(text) for span in find_quote(text, quote)]


def test_runs_of_white_space_are_equal():
    text = "the  main\u00a0\n\thighway, the main highway; the\fmain highway"
    assert words_of(text, "the main highway") == [
        "the  main\u00a0\n\thighway",
        "the main highway",
        "the\fmain highway",
    ]
    assert words_of("a b", " a\n\n b ") == ["a b"]


@pytest.mark.parametrize("quote", ["The main", "themain", "thé main", "", " \n", "absent"])
def test_case_and_letters_count(quote: str):
    assert find_quote("the main highway", quote) == []


def test_places_are_code_points_of_the_text():
    text = "😀  دير\u00a0 الزور 😀"
    (span,) = find_quote(text, "دير الزور")
    assert (span.start, span.end) == (3, 13)


def test_marks_do_not_take_the_white_space_after_them():
    assert words_of("one   two   three", "two") == ["two"]
    assert words_of("x\n\n", "x") == ["x"]


@given(LETTERS, LETTERS)
def test_agrees_with_the_plain_definition(text: str, quote: str):
    parts = quote.split()
    expected = (
        [m.span() for m in re.finditer(r"\s+".join(map(re.escape, parts)), text)] if parts else []
    )
    assert [(s.start, s.end) for s in find_quote(text, quote)] == expected


def test_a_million_code_points_are_quick():
    text = "a  " * 333_000 + "b"
    begun = time.process_time()
    assert len(find_quote(text, "a " * 100_000 + "b")) == 1
    assert time.process_time() - begun < 5
