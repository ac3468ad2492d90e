import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.model import ledger
from casefile.model.ledger import ZERO, canonical, chain, compose, op_id, read

_FILE = Path(__file__).parents[2] / "data" / "ops-v1.jsonl"
VECTORS = [json.loads(line) for line in _FILE.read_bytes().split(b"\n") if line]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
SOUND: dict[str, Any] = {
    "v": 1,
    "replica": "8f14e45f-ceea-467f-a0e6-1c9a4b7d2e01",
    "seq": 1,
    "prev": ZERO,
    "hlc": 1,
    "txn": "4a8a08f0-9d37-4737-a564-9038408b5f33",
    "person": "0cc175b9-c0f1-4b6a-831c-399e26977266",
    "tbl": "source",
    "row": "92eb5ffe-e6ae-42fe-8c3d-ad5c7e8d4b10",
    "set": {"title": "x"},
    "nonce": "a0",
}


def vectors(kind: str) -> list[Any]:
    return [pytest.param(v, id=v["note"]) for v in VECTORS if v["vector"] == kind]


def test_operations_are_named_and_chained_as_published() -> None:
    prev = ZERO
    operations = [v for v in VECTORS if v["vector"] == "operation"]
    assert len(operations) == 3
    for seq, vector in enumerate(operations, 1):
        body = vector["body"].encode()
        assert canonical(json.loads(body)) == body
        assert read(body).data["seq"] == seq
        assert read(body).data["prev"] == prev
        assert op_id(body) == read(body).id == vector["id"]
        prev = chain(prev, op_id(body))
        assert prev == vector["chain"]


@pytest.mark.parametrize("vector", vectors("canonical"))
def test_values_are_written_as_published(vector: dict[str, Any]) -> None:
    assert canonical(vector["value"]).decode() == vector["text"]


@pytest.mark.parametrize("vector", vectors("not canonical"))
def test_other_spellings_are_refused(vector: dict[str, Any]) -> None:
    body = canonical(SOUND).decode()
    with pytest.raises(ValueError, match=r"."):
        read(body.replace('{"title":"x"}', vector["text"]).encode())


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), {1: 2}, {"a": b"x"}, {1, 2}, "\ud800", 2**63, -(2**63), [object()]]
)
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical(value)


@given(JSON)
def test_canonical_bytes_read_back_as_the_same_value(value: Any) -> None:
    body = canonical(value)
    assert json.loads(body) == value
    assert canonical(json.loads(body)) == body


@given(st.dictionaries(st.text(), st.integers(0, 9)))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def test_a_composed_operation_reads_back() -> None:
    made = compose(SOUND)
    again = read(made.body)
    assert (again.data, again.digest) == (SOUND, made.digest)
    assert again.values == {"deleted": False, "title": "x"}
    assert again.superseded("title") == []
    assert again.rank == (1, SOUND["replica"], made.digest)


def test_an_operation_too_long_is_refused_both_ways() -> None:
    long = SOUND | {"set": {"title": "x" * ledger.MAX_BODY}}
    with pytest.raises(ValueError, match="too long"):
        compose(long)
    with pytest.raises(ValueError, match="too many"):
        read(canonical(long))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"v": 2}, "out of range"),
        ({"v": True}, "v is missing"),
        ({"seq": 0}, "out of range"),
        ({"hlc": -1}, "out of range"),
        ({"hlc": 2**62 + 1}, "out of range"),
        ({"row": "x"}, "row is not an id"),
        ({"replica": SOUND["replica"].upper()}, "replica is not an id"),
        ({"prev": "0" * 63}, "prev is not"),
        ({"tbl": ""}, "empty or too long"),
        ({"set": {"f" * 65: 1}}, "empty or too long"),
        ({"set": {"deleted": 1}}, "neither true nor false"),
        ({"set": None}, "set is missing"),
        ({"more": 1}, "more is unknown"),
        ({"sup": {}}, "does not set"),
        ({"sup": {"url": ["0" * 64]}}, "does not set"),
        ({"sup": {"title": []}}, "not an operation"),
        ({"sup": {"title": ["x"]}}, "not an operation"),
        ({"sup": {"title": "0" * 64}}, "not an operation"),
        ({"sup": {"title": ["1" * 64, "0" * 64]}}, "not sorted"),
        ({"sup": {"title": ["0" * 64, "0" * 64]}}, "not sorted"),
        ({"sup": []}, "sup is unknown or"),
        ({"act": {"key": "x"}}, "act is not"),
        ({"act": {"key": 1, "args": {}}}, "act is not"),
        ({"act": {"key": "x", "args": []}}, "act is not"),
    ],
)
def test_unsound_operations_are_refused_with_the_reason(change: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read(canonical(SOUND | change))


@pytest.mark.parametrize("body", [b"", b"[]", b"1", b"\xff", b"[" * 60_000, b'"x"'])
def test_what_is_no_operation_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(body)


ODD = [b"1.5", b"1e3", b"-0", b"-0.0", b"NaN", b"-Infinity", b"9223372036854775808", b"01"]
ODD += [b"-9223372036854775808", rb'"\ud800"', rb'"\u0041"', b'{"b":1,"a":1}', b'{"a":1,"a":1}']
ODD += [b"[1, 2]", b'"\x7f\\/"', b"1" * 5000]


@pytest.mark.parametrize("words", ODD)
def test_a_value_that_is_not_written_in_the_one_way_is_refused(words: bytes) -> None:
    sound = canonical(SOUND | {"set": {"title": 7}})
    assert read(sound).values["title"] == 7
    with pytest.raises(ValueError, match=r"."):
        read(sound.replace(b'"title":7', b'"title":' + words))


@given(JSON)
def test_what_can_be_written_is_read_and_read_again(value: Any) -> None:
    body = canonical(SOUND | {"set": {"title": value}})
    assert read(body).data == ledger.read_again(body).data == json.loads(body)
    assert read(body).digest == ledger.read_again(body).digest


def test_a_delete_may_supersede_without_setting_it() -> None:
    assert read(canonical(SOUND | {"sup": {"deleted": ["0" * 64]}})).superseded("deleted")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(body)


def test_every_flipped_bit_changes_the_name_or_is_refused() -> None:
    body = canonical(SOUND)
    for place in range(len(body) * 8):
        changed = bytearray(body)
        changed[place // 8] ^= 1 << place % 8
        assert op_id(bytes(changed)) != op_id(body)
