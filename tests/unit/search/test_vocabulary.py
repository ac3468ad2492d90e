"""Words that begin so or are spelled nearly so, against looking at every word."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from casefile.search.reader import Snapshot
from casefile.search.vocabulary import Vocabulary, edits
from tests.unit.search.conftest import document, written

WORD = st.text(alphabet="abcdе", min_size=1, max_size=8)  # the last one takes two bytes
WORDS = st.sets(WORD, min_size=1, max_size=90)


@contextmanager
def vocabulary(words: Iterable[str], *, segments: int = 1) -> Iterator[Vocabulary]:
    """Write words into an index, some of them into each of its segments."""
    listed = sorted(words)
    with tempfile.TemporaryDirectory() as folder:
        fields = []
        for n in range(segments):
            part = " ".join(listed[n::segments]) + " " + listed[0]
            snapshot = Snapshot(written(Path(folder) / str(n), document("a", part)))
            fields += [leaf.field("body") for leaf in snapshot.leaves]
        yield Vocabulary([field for field in fields if field])


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


@given(WORDS, WORD, st.integers(1, 2), st.integers(1, 2))
def test_no_near_word_is_missed(words: set[str], word: str, distance: int, segments: int) -> None:
    with vocabulary(words, segments=segments) as known:
        found, more = known.near(word, distance, 100)
    assert set(found) == {w for w in words if naive(word, w) <= distance}
    assert found == sorted(found, key=lambda w: (naive(word, w), w))
    assert not more


@given(WORDS, st.text(alphabet="abcdе", max_size=3), st.integers(1, 3))
def test_no_beginning_is_missed(words: set[str], start: str, segments: int) -> None:
    with vocabulary(words, segments=segments) as known:
        found, more = known.beginning(start, 100)
        assert found == sorted(w for w in words if w.startswith(start))
        assert not more
        assert list(known) == sorted(words)
        assert [w for w in words if w in known] == list(words)
        assert list(known.between("b", "d")) == sorted(w for w in words if "b" <= w < "d")


def test_too_many_are_cut_and_said() -> None:
    with vocabulary(["ab", "abc", "abcd", "abcde", "b"]) as words:
        assert words.beginning("a", 2) == (["ab", "abc"], True)
        assert words.near("abcd", 1, 2) == (["abcd", "abc"], True)


def test_only_words_are_contained() -> None:
    with vocabulary(["a", "b", "ccc"], segments=2) as words:
        assert "a" in words
        assert [w for w in ("aa", "c", "", "a\nb", 7, "\ud800", "zz") if w in words] == []
        assert [words.frequency(w) for w in ("a", "b", "zz")] == [2, 1, 0]
