"""Spellings of one name are close across scripts, other names are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.model.text import folded_words
from casefile.search.articles import core, without_article, written
from casefile.search.spelling_rules import Sounding, close_to, names_close_to
from casefile.search.transliteration import closeness, keyed, keys_of, romanised

SAME = [
    ("muhammad", "mohammed"), ("mayadin", "mayadeen"), ("qasim", "قاسم"), ("qasim", "касим"),
    ("kherson", "херсон"), ("luhansk", "луганск"), ("gaddafi", "qaddafi"), ("hussein", "حسين"),
    ("sharif", "шариф"), ("tehran", "تهران"), ("isfahan", "اصفهان"), ("yerevan", "ереван"),
    ("hrodna", "ਗ੍ਰੋਡਨੋ"), ("ankara", "অঙ্কারা"), ("zarqa", "ザルカ"), ("luhansk", "ルハンスク"), ("barda", "Bərdə"),
]  # fmt: skip
OTHERS = [
    ("muhammad", "mahmud"), ("kherson", "kharkiv"), ("tehran", "tripoli"), ("form", "farm"),
    ("qasim", "qasr"), ("hussein", "hassan"), ("damascus", "donetsk"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name_are_close(one: str, other: str) -> None:
    one, other = "".join(folded_words(one)), "".join(folded_words(other))
    assert closeness(one, other) == closeness(other, one) >= 0.72
    assert keyed(other) in keys_of(one) or keyed(one) in keys_of(other)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_other_names_are_further_apart(one: str, other: str) -> None:
    assert closeness(one, other) < 0.9
    worst = min(closeness(folded_words(a)[0], folded_words(b)[0]) for a, b in SAME[:2])
    assert closeness(one, other) < worst


@given(st.lists(st.text(min_size=1).filter(lambda s: "\n" not in s), max_size=5))
def test_the_keys_of_a_list_are_those_of_its_words(words: list[str]) -> None:
    assert keyed("\n".join(words)).split("\n") == ([keyed(word) for word in words] or [""])


@given(st.text(max_size=40), st.text(max_size=40))
def test_closeness_is_a_share(one: str, other: str) -> None:
    assert 0.0 <= closeness(one, other) <= 1.0
    assert closeness(one, one) == 1.0
    assert isinstance(romanised(one), str)


def test_articles_come_and_go() -> None:
    assert core(folded_words("Deir az-Zor")) == ("deir", "zor")
    assert [without_article(w) for w in ("الزور", "ezzor", "elzor", "zor", "alan")] == [
        "زور", "zor", "zor", "zor", "alan",
    ]  # fmt: skip
    assert set(written(("deir", "ez", "zor"))) == {("deir", "ez", "zor"), ("deir", "ezzor")}
    assert ("deir", "ez", "zor") in set(written(("deir", "ezzor")))


def test_the_closest_come_first_and_the_far_ones_not_at_all() -> None:
    known = Sounding(["mayadeen", "madyan", "tabriz", "الميادين", "маядин"])
    found = [other for _, other in close_to("mayadin", known)]
    assert found[0] in ("маядин", "mayadeen")
    assert {"mayadeen", "الميادين", "маядин"} <= set(found)
    assert "tabriz" not in found


def test_many_words_are_found_by_their_keys_alone() -> None:
    known = Sounding(["mayadeen", "tabriz", "الميادين"], compared=False)
    assert {other for _, other in close_to("mayadin", known)} == {"mayadeen", "الميادين"}


def test_a_name_is_known_by_its_telling_word() -> None:
    known = Sounding(["hasakah", "raqqah"])
    assert names_close_to(("muhafazat", "hasaka"), known)[0][1] == "hasakah"
    assert names_close_to(("x",), known) == []
