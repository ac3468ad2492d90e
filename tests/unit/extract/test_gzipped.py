import gzip

import pytest

from casefile.extract.gzipped import Bomb, unpack
from casefile.extract.limits import Limits


def test_members_behind_each_other_are_one_file() -> None:
    data = gzip.compress(b"one ") + gzip.compress(b"two")
    assert unpack(data, Limits()) == (b"one two", True)


def test_what_is_before_the_cut_is_kept() -> None:
    words = bytes(range(256)) * 40
    found, whole = unpack(gzip.compress(words)[:-9], Limits())
    assert not whole
    assert words.startswith(found)
    assert found


def test_a_bomb_is_stopped_by_ratio_and_by_size() -> None:
    bomb = gzip.compress(bytes(4_000_000))
    with pytest.raises(Bomb):
        unpack(bomb, Limits(unpacked_ratio=100))
    with pytest.raises(Bomb):
        unpack(bomb, Limits(unpacked_ratio=10_000, unpacked_bytes=1_000_000))
    assert len(unpack(bomb, Limits(unpacked_ratio=10_000))[0]) == 4_000_000


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        unpack(b"\x1f\x8bnonsense", Limits())
