"""The table of contents is read without running anything that it names."""

import os
import pickle  # noqa: TID251 - the hostile ones are made here
from contextlib import suppress
from pathlib import Path

import pytest

from casefile.search.files import DamagedIndex
from casefile.search.toc import Index, loads
from tests.unit.search.conftest import document, written


class Runs:
    """A pickle that would run a command."""

    def __init__(self, act: object, *words: object) -> None:
        self._act = (act, words)

    def __reduce__(self) -> object:
        return self._act


@pytest.mark.parametrize("act", [os.system, eval, exec, __import__, os.mkdir, getattr, print])
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_hostile_pickle_runs_nothing(tmp_path: Path, act: object, protocol: int) -> None:
    ran = tmp_path / "ran"
    words = {os.system: f"touch {ran}", os.mkdir: str(ran)}.get(act, f"open({str(ran)!r}, 'w')")  # type: ignore[call-overload]  # only two of them matter
    with pytest.raises(DamagedIndex):
        loads(pickle.dumps([Runs(act, words)], protocol))
    assert not ran.exists()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        b"cos\nsystem\n(S'true'\ntR.",
        b"cbuiltins\neval\n.",
        b"ccasefile.search.toc\nos\n.",
        b"\x80\x09.",
    ],
)
def test_what_is_no_table_is_damage(data: bytes) -> None:
    with pytest.raises(DamagedIndex):
        loads(data)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return next(written(tmp_path, document("a", "word")).glob("*.toc"))


def test_our_own_table_is_read(table: Path) -> None:
    assert [s.doc_count_all() for s in Index(table.parent).contents().segments] == [1]


def test_the_schema_in_the_table_is_never_loaded(table: Path, tmp_path: Path) -> None:
    hostile = pickle.dumps(Runs(os.system, f"touch {tmp_path / 'ran'}"), 2)
    data = table.read_bytes()
    start = data.index(b"\x80\x02cwhoosh.fields")
    size = data[:start][-2:]
    old = (size[0] & 0x7F) | size[1] << 7
    new = bytes([len(hostile) | 0x80, 0]) if len(hostile) < 128 else size
    table.write_bytes(data[: start - 2] + new + hostile + data[start + old :])
    assert len(Index(table.parent).contents().segments) == 1
    assert not (tmp_path / "ran").exists()


def test_damage_at_every_place_is_said_and_never_crashes(table: Path) -> None:
    data = table.read_bytes()
    for cut in range(0, len(data), 7):
        table.write_bytes(data[:cut])
        with pytest.raises(DamagedIndex):
            Index(table.parent).contents()
    for place in range(16):
        table.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        with suppress(DamagedIndex):
            Index(table.parent).contents()


@pytest.mark.parametrize("tail", [pickle.dumps({}), pickle.dumps([1]), pickle.dumps("x")])
def test_only_a_list_of_segments_will_do(table: Path, tail: bytes) -> None:
    data = table.read_bytes()
    table.write_bytes(data[: data.rindex(b"\x80")] + tail)
    with pytest.raises(DamagedIndex, match="no list"):
        Index(table.parent).contents()


def test_another_generation_or_none_is_damage(table: Path) -> None:
    table.rename(table.with_name("_case_7.toc"))
    with pytest.raises(DamagedIndex, match="another generation"):
        Index(table.parent).contents()
    table.with_name("_case_7.toc").unlink()
    with pytest.raises(DamagedIndex, match="no table"):
        Index(table.parent).contents()
