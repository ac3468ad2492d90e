import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.model.ledger import canonical
from casefile.store.long_values import LONG, NAME, expand, hash_of, name_of, names_in, shorten


@given(st.text(max_size=60).map(lambda s: s * 400) | st.lists(st.text(), max_size=5) | st.none())
def test_long_values_go_aside_and_come_back(value: object) -> None:
    kept: dict[str, bytes] = {}

    def keep(_: str, body: bytes) -> str:
        kept[hash_of(body)] = body
        return hash_of(body)

    short = shorten(value, keep)
    assert len(canonical(short)) <= LONG
    assert bool(kept) == (len(canonical(value)) > LONG)
    assert expand({"x": short}, dict.fromkeys(kept, value)) == {"x": value}
    assert names_in([short]) == set(kept)


def test_a_name_is_not_taken_for_a_value() -> None:
    with pytest.raises(ValueError, match="one key"):
        shorten({NAME: "0" * 64}, lambda _, body: hash_of(body))
    for value in ({NAME: "x"}, {NAME: "0" * 64, "y": 1}, "0" * 64, None, [NAME]):
        assert name_of(value) is None


def test_what_is_not_held_is_none() -> None:
    assert expand({"x": {NAME: "0" * 64}, "y": 1}, {}) == {"x": None, "y": 1}
