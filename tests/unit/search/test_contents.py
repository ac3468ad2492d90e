"""The table of contents is plain data: nothing in it can run, and damage is said."""

import json
import os
import pickle  # noqa: TID251 - hostile ones are made here
from contextlib import suppress
from pathlib import Path

import pytest

from casefile.search import contents
from casefile.search.contents import FILE, Contents, Part
from casefile.search.files import DamagedIndex
from casefile.search.segment import Stamp
from casefile.search.toc import Index
from tests.unit.search.conftest import document, written

GOOD = ["case_abc", 3, "10:20:ff", [1]]


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
        contents.loads(pickle.dumps([Runs(act, words)], protocol))
    assert not ran.exists()


@pytest.mark.parametrize(
    "entry",
    [
        ["other", 3, "10:20:ff", []],
        ["case_../x", 3, "10:20:ff", []],
        ["case_abc", "3", "10:20:ff", []],
        ["case_abc", 3, "10:20", []],
        ["case_abc", 3, None, []],
        ["case_abc", 3, "10:20:ff", [3]],
        ["case_abc", 3, "10:20:ff", [-1]],
        ["case_abc", 3, "10:20:ff", {}],
        ["case_abc", 3, "10:20:ff"],
        7,
    ],
)
def test_what_lists_no_segments_is_damage(entry: object) -> None:
    assert contents.loads(json.dumps({"segments": [GOOD]}).encode()).parts[0].gone == (1,)
    with pytest.raises(DamagedIndex):
        contents.loads(json.dumps({"segments": [GOOD, entry]}).encode())


@pytest.mark.parametrize(
    "data", [b"", b"x", b"[]", b"{}", b'{"segments": 7}', b"\xff", b"[" * 9999]
)
def test_what_is_no_table_is_damage(data: bytes) -> None:
    with pytest.raises(DamagedIndex):
        contents.loads(data)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    table = Contents(
        (Part("case_a", 9, Stamp(1, 2, "ab"), (3, 4)), Part("case_b", 0, Stamp(0, 0, ""), ()))
    )
    contents.write(tmp_path, table)
    contents.write(tmp_path, table)
    assert contents.read(tmp_path) == table
    with pytest.raises(DamagedIndex, match="no table"):
        contents.read(tmp_path / "elsewhere")


def test_whoosh_reads_our_table(tmp_path: Path) -> None:
    folder = written(tmp_path, document("a", "word"))
    index = Index(folder)
    assert [s.doc_count_all() for s in index.contents().segments] == [1]
    assert index.latest_generation() == 0
    assert index.doc_count() == 1


def test_damage_at_every_place_is_said_and_never_crashes(tmp_path: Path) -> None:
    file = written(tmp_path, document("a", "word")) / FILE
    data = file.read_bytes()
    for cut in range(len(data)):
        file.write_bytes(data[:cut])
        with pytest.raises(DamagedIndex):
            contents.read(file.parent)
    for place in range(len(data)):
        file.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        with suppress(DamagedIndex):
            contents.read(file.parent)
