"""A segment's file gives what was written, or says that it is damaged."""

import hashlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.search import segment
from casefile.search.files import DamagedIndex
from casefile.search.segment import BLOCK, SegmentFile, Stamp

LONG = b"".join(hashlib.sha256(bytes([n % 256, n >> 8])).digest() for n in range(3000))
SECTIONS = {"a": [b"one", b"two"], "long": [LONG], "empty": [], "z": [b"end"]}


@pytest.fixture
def written(tmp_path: Path) -> tuple[Path, Stamp]:
    file = tmp_path / "case_a.seg"
    return file, segment.write(file, {"all": {"documents": 3}}, SECTIONS)


def test_sections_come_back(written: tuple[Path, Stamp]) -> None:
    file = SegmentFile(*written)
    assert file.facts == {"all": {"documents": 3}}
    for name, parts in SECTIONS.items():
        assert file.section(name) == b"".join(parts)
    assert file.section("none") == b""
    start = file.sections["long"].start
    assert file.read(start + BLOCK - 2, 5) == LONG[BLOCK - 2 : BLOCK + 3]
    file.examine()
    assert Stamp.read(written[1].written()) == written[1]


@pytest.mark.parametrize("word", ["", "1:2", "x:2:ab", "1:2:ab:cd"])
def test_what_is_no_stamp_is_damage(word: str) -> None:
    with pytest.raises(DamagedIndex):
        Stamp.read(word)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[:-1],
    "longer": lambda data: data + b"x",
    "empty": lambda _: b"",
    "tail": lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
    "another": lambda data: bytes(len(data)),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_file_of_another_size_or_tail_is_not_opened(
    written: tuple[Path, Stamp], damage: str
) -> None:
    file, stamp = written
    file.write_bytes(DAMAGES[damage](file.read_bytes()))
    with pytest.raises(DamagedIndex):
        SegmentFile(file, stamp)


@given(st.data())
def test_no_changed_byte_is_ever_given(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("segment") / "case_a.seg"
    stamp = segment.write(path, {}, SECTIONS)
    whole = path.read_bytes()
    place = data.draw(st.integers(0, stamp.data - 1))
    path.write_bytes(
        whole[:place] + bytes([whole[place] ^ data.draw(st.integers(1, 255))]) + whole[place + 1 :]
    )
    file = SegmentFile(path, stamp)
    start = data.draw(st.integers(0, stamp.data - 1))
    size = data.draw(st.integers(0, stamp.data - start))
    if start // BLOCK <= place // BLOCK <= (start + size - 1) // BLOCK and size:
        with pytest.raises(DamagedIndex):
            file.read(start, size)
    else:
        assert file.read(start, size) == whole[start : start + size]
    with pytest.raises(DamagedIndex):
        file.examine()


def test_a_file_that_is_cut_off_while_it_is_open_is_an_error(written: tuple[Path, Stamp]) -> None:
    """A map of it would end the program."""
    file = SegmentFile(*written)
    assert file.section("long") == LONG
    with written[0].open("r+b") as stream:
        stream.truncate(10)
    with pytest.raises(DamagedIndex):
        file.section("long")


def test_threads_read_at_once(written: tuple[Path, Stamp]) -> None:
    file = SegmentFile(*written)
    start = threading.Barrier(4)

    def read(_: int) -> bool:
        start.wait()
        return all(file.section("long") == LONG and file.section("z") == b"end" for _ in range(50))

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(read, range(4)))


def test_an_older_file_is_never_written_over(written: tuple[Path, Stamp]) -> None:
    with pytest.raises(FileExistsError):
        segment.write(written[0], {}, {})
