import errno
import os
from pathlib import Path

import pytest

from casefile.model.errors import CaseUnusable
from casefile.store import folder
from casefile.store.folder import State

from .conftest import INSTALL, PERSON, Cases


def test_an_absent_or_empty_folder_is_no_case(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        assert folder.state(path) is State.ABSENT
        with pytest.raises(CaseUnusable, match="There is no case"):
            folder.check_state(path)


def test_a_file_or_another_folder_is_no_case(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "file", tmp_path):
        assert folder.state(path) is State.OTHER
        with pytest.raises(CaseUnusable, match="not a case"):
            folder.check_state(path)
        with pytest.raises(CaseUnusable, match="something at"):
            folder.check_absent(path)


@pytest.mark.parametrize(
    "lost", [("case.db",), ("case.db", "README.txt"), ("case.db", "objects", "backups")]
)
def test_a_making_cut_short_can_be_done_again(cases: Cases, lost: tuple[str, ...]) -> None:
    path = cases.new().path
    cases.close()
    (path / "tmp" / "fresh.db").write_bytes(b"half")
    for name in lost:
        one = path / name
        one.rmdir() if one.is_dir() else one.unlink()
    assert folder.state(path) is State.UNFINISHED
    with pytest.raises(CaseUnusable, match="not finished") as caught:
        cases.open(path)
    assert "made again" in caught.value.hint
    folder.make(path)
    assert folder.state(path) is State.UNFINISHED


def test_a_case_that_lost_its_database_is_not_taken_for_unfinished(cases: Cases) -> None:
    from io import BytesIO

    store = cases.new()
    store.objects.put(BytesIO(b"evidence"), limit=10)
    store.close()
    (store.path / "case.db").unlink()
    assert folder.state(store.path) is State.OTHER


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CaseUnusable, match="cannot be made"):
        folder.make(tmp_path / "file" / "case")


def test_the_readme_says_how_to_verify(cases: Cases) -> None:
    words = (cases.new().path / "README.txt").read_text("utf-8")
    for part in ("sha256sum", "sqlite3", "objects/", "casefile check"):
        assert part in words
    assert PERSON not in words
    assert INSTALL not in words


def test_emptying_leaves_folders_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    folder.empty(tmp_path)
    folder.empty(tmp_path / "none")
    assert [one.name for one in tmp_path.iterdir()] == ["folder"]


def test_a_file_is_replaced_as_a_whole(tmp_path):
    file = tmp_path / "deep" / "down" / "person.json"
    folder.replace(file, b"one")
    folder.replace(file, b"two")
    assert file.read_bytes() == b"two"
    assert [one.name for one in file.parent.iterdir()] == ["person.json"]


def test_what_cannot_be_written_stays_as_it_was(tmp_path, monkeypatch):
    file = tmp_path / "person.json"
    folder.replace(file, b"one")

    def broken(_):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="Input/output"):
        folder.replace(file, b"two")
    assert file.read_bytes() == b"one"
    assert [one.name for one in tmp_path.iterdir()] == ["person.json"]


@pytest.mark.parametrize(("number", "tolerated"), [(errno.EINVAL, True), (errno.EIO, False)])
def test_a_disk_that_syncs_no_folders_is_used(tmp_path, monkeypatch, number, tolerated):
    def answer(_):
        raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", answer)
    if tolerated:
        folder.sync(tmp_path)
    else:
        with pytest.raises(OSError, match="no"):
            folder.sync(tmp_path)
