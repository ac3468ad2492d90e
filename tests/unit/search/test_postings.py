"""Posting lists come back as they were, in every width."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.search.postings import (
    HEAD,
    MAX_DOCUMENTS,
    Posting,
    count_of,
    encode,
    encode_one,
)

PLACES = st.lists(st.integers(0, 90_000), min_size=1, max_size=5, unique=True).map(sorted)
LISTS = st.dictionaries(
    st.integers(0, 400) | st.integers(0, MAX_DOCUMENTS - 1), PLACES, min_size=1, max_size=60
)


def check(lists: dict[int, list[int]]) -> None:
    ids = sorted(lists)
    flat = array("I", [place for document in ids for place in lists[document]])
    data = encode(ids, [len(lists[n]) for n in ids], flat)
    posting = Posting(data)
    assert count_of(data[:HEAD]) == posting.count == len(ids)
    assert list(posting.ids) == ids
    times = posting.times if posting.times is not None else [1] * len(ids)
    assert list(times) == [len(lists[n]) for n in ids]
    assert [posting.places_in(n).tolist() for n in range(len(ids))] == [lists[n] for n in ids]
    bare = Posting(encode(ids, [0] * len(ids), None))
    assert list(bare.ids) == ids
    assert bare.times is None
    assert not bare.has_places
    assert not bare.places
    assert [posting.number(n) for n in ids] == list(range(len(ids)))
    assert posting.number(MAX_DOCUMENTS) is None
    if len(ids) == len(flat) == 1:
        assert encode_one(ids[0], flat[0]) == data
        assert encode_one(ids[0], None) == encode(ids, [1], None)


@given(LISTS)
def test_what_goes_in_comes_out(lists: dict[int, list[int]]) -> None:
    check(lists)


@pytest.mark.parametrize(
    "lists",
    [
        {0: [0]},
        {MAX_DOCUMENTS - 1: [65_535]},
        {5: [65_536]},  # a position of more than two bytes
        {n: [n] for n in range(0, 600, 2)},  # close together: gaps
        {n: [1, 2] for n in range(0, 60_000, 255)},
        {0: [1], 256: [1], 257: [1]},
        {3: list(range(255)), 4: [9]},  # frequencies at the edge of one byte
        {3: list(range(256)), 4: [9]},
        {3: list(range(70_000))},
    ],
)
def test_the_edges_of_each_width(lists: dict[int, list[int]]) -> None:
    """The width of a number is chosen when all are known, and never cuts one off."""
    check(lists)
