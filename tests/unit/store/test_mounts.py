"""Which disk a folder lies on is read from what the kernel says."""

from pathlib import Path

import pytest

from casefile.store.mounts import is_removable, mount_of

TABLE = """\
22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw,errors=remount-ro
40 22 0:45 / /mnt rw,nosuid - nfs4 server:/export rw,vers=4.2
41 22 8:17 / /media/Leila\\040Haddon/STICK rw,nosuid shared:9 - vfat /dev/sdb1 rw,uid=1000
42 41 0:50 / /media/Leila\\040Haddon/STICK/inner ro - squashfs /dev/loop1 ro
43 22 0:51 / /mnt/over rw - tmpfs none rw
44 22 0:52 / /mnt/over rw - fuse.sshfs me@far:/home rw
broken line
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "mountinfo"
    file.write_text(TABLE)
    return file


@pytest.mark.parametrize(
    ("path", "kind", "read_only"),
    [
        ("/home/leila/a.casefile", "ext4", False),
        ("/mnt/a.casefile", "nfs4", False),
        ("/mnt", "nfs4", False),
        ("/mnting/a.casefile", "ext4", False),
        ("/media/Leila Haddon/STICK/a.casefile", "vfat", False),
        ("/media/Leila Haddon/STICK/inner/a", "squashfs", True),
        ("/mnt/over/a", "fuse.sshfs", False),
    ],
)
def test_the_nearest_mount_counts(table: Path, path: str, kind: str, read_only: bool) -> None:
    found = mount_of(Path(path), table)
    assert found
    assert (found.kind, found.read_only) == (kind, read_only)


def test_where_the_system_tells_nothing_nothing_is_known(tmp_path: Path) -> None:
    assert mount_of(tmp_path, tmp_path / "absent") is None


def disk(root: Path, number: str, name: str, removable: str = "0") -> Path:
    """Make what the kernel shows of a disk with one partition."""
    place = root / "devices" / name
    part = place / f"{name.rpartition('/')[2]}1"
    part.mkdir(parents=True)
    (place / "removable").write_text(f"{removable}\n")
    (root / "block").mkdir(exist_ok=True)
    (root / "block" / number).symlink_to(part)
    (part / "dev").write_text(f"{number}\n")
    return part


@pytest.mark.parametrize(
    ("name", "removable", "expected"),
    [
        ("pci0/ata1/sda", "0", False),
        ("pci0/mmc0/mmcblk0", "1", True),
        ("pci0/usb2/2-1/sdb", "0", True),
    ],
)
def test_a_disk_that_can_be_pulled_out(
    tmp_path: Path, table: Path, name: str, removable: str, expected: bool
) -> None:
    disk(tmp_path, "8:17", name, removable)
    mount = mount_of(Path("/media/Leila Haddon/STICK"), table)
    assert mount
    assert is_removable(mount, tmp_path / "block") is expected


def test_an_encrypted_stick_is_a_stick(tmp_path: Path, table: Path) -> None:
    stick = disk(tmp_path, "8:33", "pci0/usb1/1-1/sdc")
    mapped = tmp_path / "devices" / "virtual" / "dm-0"
    (mapped / "slaves").mkdir(parents=True)
    (mapped / "slaves" / "sdc1").symlink_to(stick)
    (tmp_path / "block" / "8:17").symlink_to(mapped)
    mount = mount_of(Path("/media/Leila Haddon/STICK"), table)
    assert mount
    assert is_removable(mount, tmp_path / "block")


def test_a_disk_that_the_kernel_does_not_show_is_none_to_pull(table: Path, tmp_path: Path) -> None:
    mount = mount_of(Path("/mnt"), table)
    assert mount
    assert not is_removable(mount, tmp_path)
