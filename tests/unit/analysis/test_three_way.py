"""Both people's words are kept where they leave each other alone, and never silently lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.analysis.three_way import merge

BASE = "Vehicles entered the station at the end of March."
WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        (BASE.replace("Vehicles", "Armed vehicles"), BASE.replace("March", "April"),
         "Armed vehicles entered the station at the end of April."),
        (BASE.replace("March", "April"), BASE.replace("March", "May"), None),
        (BASE, BASE.replace("March", "May"), BASE.replace("March", "May")),
        (BASE.replace("March", "May"), BASE.replace("March", "May"), BASE.replace("March", "May")),
        (BASE + " One.", BASE + " Two.", None),
        ("", BASE.replace("March", "May"), None),
        ("دخل رتل المحطة", "دخل رتل المحطة أمس", None),
    ],
)  # fmt: skip
def test_changes_are_taken_together_or_not_at_all(mine: str, theirs: str, both: str | None) -> None:
    assert merge(BASE, mine, theirs) == both
    assert merge(BASE, theirs, mine) == both


@given(WORDS, WORDS)
def test_one_who_changed_nothing_changes_nothing(base: str, other: str) -> None:
    assert merge(base, other, base) == other
    assert merge(base, other, other) == other


PLACES = st.integers(0, 11)


@given(PLACES, PLACES, st.sampled_from(["new", "quite new", "", "، جديد"]))
def test_changes_of_different_words_are_both_there(one: int, other: int, word: str) -> None:
    words = [f"word{n}" for n in range(12)]
    mine, theirs = words.copy(), words.copy()
    mine[one], theirs[other] = word, "Другое слово"
    both = merge(" ".join(words), " ".join(mine), " ".join(theirs))
    assert both == merge(" ".join(words), " ".join(theirs), " ".join(mine))
    if abs(one - other) > 1:
        mine[other] = "Другое слово"
        assert both == " ".join(mine)
    elif one == other:
        assert both is None
