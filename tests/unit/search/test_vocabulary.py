"""Words that begin so or are spelled nearly so, against looking at every word."""

from hypothesis import given
from hypothesis import strategies as st

from casefile.search.vocabulary import Vocabulary, edits

WORD = st.text(alphabet="abcdé", min_size=1, max_size=8)


def naive(one: str, other: str) -> int:
    """Optimal string alignment distance by its definition."""
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            cost = one[i - 1] != other[j - 1]
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + cost)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one), len(other)]


@given(WORD, WORD, st.integers(1, 2))
def test_the_distance_is_the_least_number_of_edits(one: str, other: str, limit: int) -> None:
    real = naive(one, other)
    assert edits(one, other, limit) == (real if real <= limit else None)


@given(st.sets(WORD, max_size=40), WORD, st.integers(1, 2))
def test_no_near_word_is_missed(words: set[str], word: str, distance: int) -> None:
    found, more = Vocabulary(sorted(words)).near(word, distance, 100)
    assert set(found) == {w for w in words if naive(word, w) <= distance}
    assert found == sorted(found, key=lambda w: (naive(word, w), w))
    assert not more


@given(st.sets(WORD, max_size=40), st.text(alphabet="abcdé", max_size=3))
def test_no_beginning_is_missed(words: set[str], start: str) -> None:
    found, more = Vocabulary(sorted(words)).beginning(start, 100)
    assert set(found) == {w for w in words if w.startswith(start)}
    assert not more


def test_too_many_are_cut_and_said() -> None:
    words = Vocabulary(sorted(["ab", "abc", "abcd", "abcde", "b"]))
    assert words.beginning("a", 2) == (["ab", "abc"], True)
    assert words.near("abcd", 1, 2) == (["abcd", "abc"], True)


def test_only_words_are_contained() -> None:
    words = Vocabulary(["a", "b"])
    assert "a" in words
    assert "aa" not in words
    assert "c" not in words
    assert 7 not in words
