"""Folders of generations, digests, and what holds when the disk says no."""

import os
from pathlib import Path

import pytest

from casefile.search import files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "gen-1"
    made.mkdir()
    (made / "a").write_bytes(b"one")
    (made / "b").write_bytes(b"two")
    (made / "case_WRITELOCK").write_bytes(b"")
    return made


@pytest.mark.parametrize("linked", [True, False])
def test_a_generation_begins_with_the_files_of_another(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, linked: bool
) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    if not linked:
        monkeypatch.setattr(os, "link", refuse)
    target = folder.parent / "gen-2"
    files.link_all(folder, target)
    assert sorted(p.name for p in target.iterdir()) == ["a", "b"]
    assert (target / "b").read_bytes() == b"two"
    assert ((target / "a").stat().st_nlink == 2) == linked


def test_generations_are_numbered_on_and_dropped(folder: Path) -> None:
    root = folder.parent
    (root / "gen-7").mkdir()
    (root / "gen-x").mkdir()
    (root / "other").mkdir()
    assert files.next_generation(root, 3) == 8
    assert files.next_generation(root, 9) == 10
    files.drop_generations(root, [1])
    assert sorted(p.name for p in root.iterdir()) == ["gen-1", "gen-x", "other"]


def test_settling_reaches_files_and_both_folders(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[str] = []
    monkeypatch.setattr(
        os, "fsync", lambda n: reached.append(Path(f"/proc/self/fd/{n}").readlink().name)
    )
    files.settle(folder, ["a"])
    assert reached == ["a", "gen-1", folder.parent.name]


def test_a_disk_that_does_not_save_is_heard(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="Input/output"):
        files.settle(folder, ["a"])
