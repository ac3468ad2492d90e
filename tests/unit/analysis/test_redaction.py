"""Words are found however they are written, and positions follow what was taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.analysis.redaction import Removal, find, leftovers, remove
from casefile.model.fold import fold

GONE = "[x]"


def without(text: str, *phrases: str) -> str:
    return remove(text, find(text, [(phrase, GONE) for phrase in phrases])).text


@pytest.mark.parametrize(
    ("text", "phrase", "left"),
    [
        ("Yusuf al-Harith said", "Yusuf al-Harith", "[x] said"),
        ("YUSUF AL HARITH said", "Yusuf al-Harith", "[x] said"),
        ("Yusuf\n  al-\nHarith, an activist", "Yusuf al-Harith", "[x], an activist"),
        ("Harith's house", "Harith", "[x]'s house"),
        ("the Hariths came", "Harith", "the [x] came"),
        ("Had\u00addad said, Had-\ndad", "Haddad", "[x] said, [x]"),
        ("José went", "Jose", "[x] went"),
        ("قال يوسف الحارث إن", "يوسف الحارث", "قال [x] إن"),
        ("والحارث قال", "الحارث", "[x] قال"),
        ("يُوسُف قال", "يوسف", "[x] قال"),
        ("call +963-11-555 now", "96311555", "call +[x] now"),
        ("https://x.example/yusuf-al-harith/1", "Yusuf al-Harith", "https://x.example/[x]/1"),
        ("Ann and Anna", "Ann", "[x] and Anna"),
        ("ra nafta", "rana", "ra nafta"),
        ("nothing here", "Yusuf", "nothing here"),
        ("Deirezzor fell", "Deir ez-Zor", "[x] fell"),
        ("a.b", "", "a.b"),
    ],
)
def test_words_are_found_however_they_are_written(text: str, phrase: str, left: str) -> None:
    assert without(text, phrase) == left


def test_overlaps_become_one_with_the_longer_words() -> None:
    phrases = [("Yusuf al-Harith", "Speaker A"), ("Harith", "B")]
    text = "Yusuf al-Harith, Harith"
    assert remove(text, find(text, phrases)).text == "Speaker A, B"


def test_positions_follow() -> None:
    done = remove("abc SECRET def SECRET ghi", [Removal(4, 10, GONE), Removal(15, 21, GONE)])
    assert done.text == "abc [x] def [x] ghi"
    for old, new in (("abc", "abc"), ("def", "def"), ("ghi", "ghi")):
        at = "abc SECRET def SECRET ghi".index(old)
        start, end = done.place(at, at + 3)
        assert done.text[start:end] == new
    start, end = done.place(6, 12)  # from within what is gone
    assert done.text[start:end] == "[x] d"


@given(st.text("abc \n-dé"), st.text("abc", min_size=4, max_size=5))
def test_nothing_of_the_words_is_left(text: str, phrase: str) -> None:
    done = without(text, phrase)
    assert fold(phrase).text not in fold(done.replace(GONE, " ")).text


@given(st.text(), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_every_place_stays_within_the_text(text: str, ranges: list[tuple[int, int]]) -> None:
    spans = [Removal(min(r), min(max(r), len(text)), GONE) for r in ranges if min(r) <= len(text)]
    done = remove(text, spans)
    for start in range(len(text) + 1):
        low, high = done.place(start, len(text))
        assert 0 <= low <= high <= len(done.text)
    gone = {n for r in spans for n in range(r.start, r.end)}
    kept = "".join(c for n, c in enumerate(text) if n not in gone)
    assert "".join(done.text.split(GONE)).replace(GONE, "") == kept or GONE in text


def test_other_spellings_that_are_left_are_shown() -> None:
    assert leftovers(["Yousef al-Haarith said"], ["Yusuf al-Harith"]) == ["haarith", "yousef"]
    assert leftovers(["The bridge was closed"], ["Yusuf"]) == []
