"""What a person should know of the place where a case lies."""

import os
from pathlib import Path

import pytest

from casefile.store.mounts import Mount
from casefile.store.surroundings import cloud_of, notes


def mount(kind: str, source: str = "none", *, read_only: bool = False) -> Mount:
    return Mount("/", kind, source, "0:9999", read_only)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("nfs4", "network share (NFS)"),
        ("cifs", "network share (SMB)"),
        ("fuse.sshfs", "network share (SSH)"),
        ("vfat", "no file above 4 GiB"),
        ("exfat", "no journal"),
    ],
)
def test_the_kind_of_disk_is_said_with_what_to_do(tmp_path: Path, kind: str, words: str) -> None:
    (note,) = notes(tmp_path, mount(kind))
    assert words in note.message
    assert "local copy" in note.hint


@pytest.mark.parametrize("kind", ["ext4", "btrfs", "xfs", "overlay", "tmpfs"])
def test_an_ordinary_folder_needs_no_words(tmp_path: Path, kind: str) -> None:
    assert notes(tmp_path, mount(kind)) == ()


def test_a_case_in_memory_only_is_said() -> None:
    (note,) = [n for n in notes(Path("/home/amnesia/a"), mount("tmpfs")) if n.kind == "memory"]
    assert "switched off" in note.message


def test_a_stick_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casefile.store.mounts.is_removable", lambda _: True)
    assert [n.kind for n in notes(tmp_path, mount("vfat"))] == ["removable", "small files"]


def test_media_that_can_only_be_read_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (note,) = notes(tmp_path, mount("iso9660", read_only=True))
    assert note.kind == "read only"
    assert "copy its folder" in note.hint
    monkeypatch.setattr(os, "access", lambda *_: False)  # the superuser may write everywhere
    assert [n.kind for n in notes(tmp_path, mount("ext4"))] == ["read only"]


@pytest.mark.parametrize(
    ("folder", "marker", "service"),
    [
        ("Dropbox", "", "Dropbox"),
        ("files", ".dropbox.cache", "Dropbox"),
        ("OneDrive - Newsroom", "", "OneDrive"),
        ("files", ".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        ("My Drive", "", "Google Drive"),
        ("files", ".tmp.driveupload", "Google Drive"),
        ("files", "._sync_0a1b2c3d4e5f.db", "Nextcloud"),
        ("files", ".sync_0a1b2c3d4e5f.db", "Nextcloud"),
        ("Mobile Documents", "", "iCloud"),
        ("files", ".stfolder", "Syncthing"),
        ("files", ".sync/ID", "Resilio Sync"),
    ],
)
def test_folders_that_a_service_copies_are_known(
    tmp_path: Path, folder: str, marker: str, service: str
) -> None:
    case = tmp_path / folder / "work" / "a.casefile"
    case.mkdir(parents=True)
    if marker:
        place = tmp_path / folder / marker
        place.parent.mkdir(exist_ok=True)
        place.touch()
    assert cloud_of(case) == service
    (note,) = notes(case, mount("ext4"))
    assert service in note.message
    assert "exchange bundles" in note.hint


@pytest.mark.parametrize("name", ["Dropbox notes", "onedriver", "drive", "sync"])
def test_other_folders_are_not_taken_for_one(tmp_path: Path, name: str) -> None:
    case = tmp_path / name / "a.casefile"
    case.mkdir(parents=True)
    assert cloud_of(case) == ""


def test_a_link_into_such_a_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "a.casefile").mkdir(parents=True)
    (tmp_path / "here").symlink_to(tmp_path / "Dropbox" / "a.casefile")
    assert cloud_of(tmp_path / "here") == "Dropbox"
