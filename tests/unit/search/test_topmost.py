"""The best documents of a long list, and the shortest words, against sorting all of them."""

from hypothesis import given
from hypothesis import strategies as st

from casefile.search.postings import Posting, encode
from casefile.search.topmost import Ranks, shortest, topmost
from casefile.search.weights import dampers

STANDING = st.tuples(st.integers(1, 300), st.integers(0, 255))  # how often, and the length code


@given(st.lists(STANDING, min_size=2, max_size=80), st.integers(1, 90), st.booleans())
def test_none_of_the_others_weighs_more(
    standings: list[tuple[int, int]], wanted: int, once: bool
) -> None:
    times = [1 if once else often for often, _ in standings]
    ids = range(0, 3 * len(standings), 3)
    places = [place for often in times for place in range(often)]
    posting = Posting(encode(ids, times, places))
    lengths = bytes(code for _, code in standings for _ in range(3))
    table = dampers("body", 90.0)
    found = topmost(posting, lengths, Ranks(table), wanted)
    weights = {n: often / (often + table[lengths[n]]) for n, often in zip(ids, times, strict=True)}
    assert len(found) >= min(wanted, len(ids))
    assert len(set(found)) == len(found)
    least = min(weights[n] for n in found)
    left = weights.keys() - set(found)
    assert len(ids) <= wanted or all(weights[n] <= least for n in left)


@given(st.lists(st.binary(min_size=1, max_size=300), max_size=60), st.integers(1, 70))
def test_the_shortest_words_come_first(words: list[bytes], wanted: int) -> None:
    found = shortest(words, wanted)
    assert found == sorted(range(len(words)), key=lambda n: min(255, len(words[n])))[:wanted]
