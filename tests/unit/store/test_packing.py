import hashlib
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from casefile.model.errors import CaseUnusable
from casefile.store import contents, packing
from casefile.store.case import CaseStore
from casefile.store.packing import PLAIN, ZLIB, Changed, pack, unpack


def row(packed: dict[str, object]) -> tuple[object, ...]:
    return tuple(packed[name] for name in ("hash", "packing", "crc", "body"))


@given(st.binary(max_size=3000) | st.text().map(lambda s: (s * 200).encode()))
def test_any_bytes_come_back(body: bytes) -> None:
    packed = pack("text", body)
    assert packed["hash"] == hashlib.sha256(body).hexdigest()
    assert unpack(row(packed)) == body


def test_only_long_bytes_that_get_shorter_are_packed() -> None:
    assert pack("text", b"x" * 1024)["packing"] == PLAIN
    assert pack("text", b"x" * 1025)["packing"] == ZLIB
    noise = b"".join(hashlib.sha256(bytes([n])).digest() for n in range(60))
    assert pack("text", noise)["packing"] == PLAIN


@pytest.mark.parametrize("body", [b"short text", b"long text " * 300])
def test_every_flipped_bit_is_found(body: bytes) -> None:
    packed = pack("text", body)
    kept = packed["body"]
    for place in range(len(kept) * 8):
        changed = bytearray(kept)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises(Changed):
            unpack(row(packed | {"body": bytes(changed)}))


@pytest.mark.parametrize("change", [{"packing": 2}, {"packing": 0}, {"crc": 1}, {"hash": "0" * 64}])
def test_other_columns_are_checked_too(change: dict[str, object]) -> None:
    with pytest.raises(Changed):
        unpack(row(pack("text", b"long text " * 300) | change))


@pytest.mark.parametrize("kept", [b"not zlib", zlib.compress(b"x" * 5000)[:-3]])
def test_bytes_that_do_not_unpack_are_found(kept: bytes) -> None:
    made = {"hash": "0" * 64, "packing": ZLIB, "crc": zlib.crc32(kept), "body": kept}
    with pytest.raises(Changed):
        unpack(row(made))


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "LONGEST", 1000)
    with pytest.raises(Changed):
        unpack(row(pack("text", b"x" * 5000)))


def test_reading_says_what_is_missing_or_changed(store: CaseStore) -> None:
    with store.write("x") as w:
        name = w.content("text", b"evidence")
        w.connection.execute(text("UPDATE content SET body = x'00'"))
    with store.read() as r:
        with pytest.raises(CaseUnusable, match="missing"):
            contents.get(r, "0" * 64)
        assert contents.many(r, ["0" * 64]) == {}
        with pytest.raises(CaseUnusable, match="changed on the disk"):
            contents.get(r, name)
