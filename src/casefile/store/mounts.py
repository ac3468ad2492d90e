"""Which disk a folder lies on, as far as the system tells (Linux)."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
BLOCKS = Path("/sys/dev/block")
_OCTAL = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True, slots=True)
class Mount:
    """A mounted file system: its kind, what is mounted, `major:minor`, whether it is read only."""

    point: str
    kind: str
    source: str
    device: str
    read_only: bool


def mount_of(path: Path, mounts: Path = MOUNTS) -> Mount | None:
    """Give the file system that a path lies on; None where the system does not tell."""
    real = os.path.realpath(path)
    found: Mount | None = None
    for one in _mounts(mounts):
        inside = real == one.point or real.startswith(one.point.rstrip("/") + "/")
        if inside and (found is None or len(one.point) >= len(found.point)):
            found = one  # of equal points the later one lies on top
    return found


def _mounts(file: Path) -> Iterator[Mount]:
    try:
        lines = file.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        before, dash, after = line.partition(" - ")
        head, tail = before.split(" "), after.split(" ")
        if not dash or len(head) < 6 or len(tail) < 3:
            continue
        options = {*head[5].split(","), *tail[2].split(",")}
        yield Mount(_plain(head[4]), tail[0], _plain(tail[1]), head[2], "ro" in options)


def _plain(words: str) -> str:
    """Undo the kernel's way of writing spaces and the like."""
    return _OCTAL.sub(lambda found: chr(int(found[1], 8)), words)


def is_removable(mount: Mount, blocks: Path = BLOCKS) -> bool:
    """Say whether the disk can be pulled out: a stick, a card, a disk on USB."""
    return any(_is_removable(device, blocks) for device in _devices(mount))


def _devices(mount: Mount) -> Iterator[str]:
    yield mount.device
    if mount.source.startswith("/dev/"):  # some file systems have a number of their own
        try:
            number = Path(mount.source).stat().st_rdev
        except OSError:
            return
        yield f"{os.major(number)}:{os.minor(number)}"


def _is_removable(device: str, blocks: Path) -> bool:
    place = blocks / device
    if not place.exists():
        return False
    real = place.resolve()
    if re.search(r"/usb\d", str(real)):
        return True
    for one in (real, real.parent):  # of a partition the disk tells
        try:
            if (one / "removable").read_text("ascii").strip() == "1":
                return True
        except (OSError, ValueError):
            continue
    below = real / "slaves"  # an encrypted disk stands on another one
    names = [one.name for one in below.iterdir()] if below.is_dir() else []
    return any(_is_removable(_number(below / name), blocks) for name in names)


def _number(place: Path) -> str:
    try:
        return (place / "dev").read_text("ascii").strip()
    except (OSError, ValueError):
        return ""
