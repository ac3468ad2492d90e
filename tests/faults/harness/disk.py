"""A disk that promises only what was asked for: recorded calls, and what a power cut may leave.

Bytes of a file are safe after a sync of that file, names after a sync of their folder; a rename is
never half done. All else may be there, or not, or in part, in any order, by sectors of 512 bytes.
"""

import os
import random
from dataclasses import dataclass, field
from pathlib import Path

from harness.tracing import Call

SECTOR = 512
MOST_SENT = 0x7FFFF000
WAYS = ("nothing", "all", "first", "some", "torn", "last")


@dataclass(eq=False)
class Inode:
    """A file: what is safe of it, and the changes that nobody synced; None cuts to a length."""

    safe: bytes = b""
    waiting: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        self.safe, self.waiting = applied(self.safe, self.waiting), []


@dataclass(eq=False)
class Name:
    """A change of names, waiting for the sync of its folder; `file` None takes the name away."""

    folder: str
    path: str
    file: Inode | None
    after: "Name | None" = None  # never without this one: the other half of a rename


@dataclass
class Disk:
    """Names and files as the program sees them, as they are safe, and what is in between."""

    live: dict[str, Inode] = field(default_factory=dict)
    safe: dict[str, Inode] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)
    folders: set[str] = field(default_factory=set)
    moved: dict[str, str] = field(default_factory=dict)  # folders: new path by old one

    @classmethod
    def of(cls, root: Path) -> "Disk":
        """Give the disk as it is now, all of it safe."""
        disk, known = cls(), {}
        for path in sorted(root.rglob("*")):
            if path.is_dir():
                disk.folders.add(str(path))
            else:
                inode = known.setdefault(path.stat().st_ino, Inode(path.read_bytes()))
                disk.live[str(path)] = disk.safe[str(path)] = inode
        for folder in disk.folders:
            disk.live[folder] = disk.safe[folder] = FOLDER
        return disk

    def enter(self, path: str, file: Inode) -> Name:
        self.live[path] = file
        self.names.append(Name(os.path.dirname(path), path, file))  # noqa: PTH120 - of a string
        return self.names[-1]

    def leave(self, path: str, after: Name | None = None) -> None:
        if self.live.pop(path, None) is not None:
            self.names.append(Name(os.path.dirname(path), path, None, after))  # noqa: PTH120 - a recorded path, maybe of no file

    def rename(self, old: str, new: str) -> None:
        file = self.live.get(old)
        if file is None:
            return
        if file is FOLDER:
            self._carry(old, new)
        entered = self.enter(new, file)
        self.leave(old, entered)
        if self.names[-1].folder == entered.folder:  # one folder: one step
            entered.after = self.names[-1]

    def _carry(self, old: str, new: str) -> None:
        """What lies in a folder goes where the folder goes, safe or not."""
        for names in (self.live, self.safe):
            for path in [path for path in names if path.startswith(f"{old}/")]:
                names[_below(path, old, new)] = names.pop(path)
        for name in self.names:
            name.path, name.folder = (_below(x, old, new) for x in (name.path, name.folder))
        self.folders |= {_below(path, old, new) for path in self.folders}
        self.moved[old] = new

    def sync(self, path: str) -> None:
        if self.live.get(path) not in (None, FOLDER):
            self.live[path].sync()
            return
        for name in [name for name in self.names if name.folder == path]:
            self.settle(name, self.safe)
            self.names.remove(name)

    def settle(self, name: Name, names: dict[str, Inode]) -> None:
        if name.file is None:
            names.pop(name.path, None)
        else:
            names[name.path] = name.file

    def cut(self, rnd: random.Random) -> dict[str, bytes | None]:
        """Give what a power cut may leave: bytes by path, None for a folder."""
        names = dict(self.safe)
        for name in self._kept(rnd):
            self.settle(name, names)
        for old, new in self.moved.items():
            if names.get(old) is FOLDER:  # the folder had not moved yet
                names = {_below(path, new, old): file for path, file in names.items()}
        way, left = rnd.choice(WAYS), dict[Inode, bytes]()
        found: dict[str, bytes | None] = {}
        for path, file in sorted(names.items()):
            if file is FOLDER:
                found[path] = None
                continue
            if file not in left:
                left[file] = applied(file.safe, chosen(file.waiting, way, rnd))
            found[path] = left[file]
        return {path: data for path, data in found.items() if self._reachable(path, names)}

    def _kept(self, rnd: random.Random) -> list[Name]:
        way = rnd.choice(WAYS)  # None in `after` is never among the names
        kept = set(map(id, chosen(self.names, "some" if way == "torn" else way, rnd)))
        return [
            name
            for name in self.names
            if id(name) in kept and (name.after not in self.names or id(name.after) in kept)
        ]

    def _reachable(self, path: str, names: dict[str, Inode]) -> bool:
        """A file whose folder has no name is lost with it."""
        above = os.path.dirname(path)  # noqa: PTH120 - of a string
        return above not in self.folders or (
            names.get(above) is FOLDER and self._reachable(above, names)
        )


FOLDER = Inode()


def _below(path: str, old: str, new: str) -> str:
    """Give the path after a folder above it, or itself, was renamed."""
    return new + path[len(old) :] if f"{path}/".startswith(f"{old}/") else path


def applied(data: bytes, changes: list[tuple[int, bytes | None]]) -> bytes:
    """Change some bytes; a hole is zeros."""
    made = bytearray(data)
    for at, words in changes:
        end = at if words is None else at + len(words)
        if words is None:
            del made[end:]
        if len(made) < end:
            made.extend(bytes(end - len(made)))
        if words is not None:
            made[at:end] = words
    return bytes(made)


def chosen(waiting: list, way: str, rnd: random.Random) -> list:
    """Choose which of the waiting changes reached the disk."""
    if way == "nothing" or not waiting:
        return []
    if way == "all":
        return list(waiting)
    if way == "first":
        return waiting[: rnd.randrange(len(waiting) + 1)]
    if way == "last":  # the later ones overtook the earlier ones
        return waiting[rnd.randrange(len(waiting)) :]
    if way == "some":
        return [one for one in waiting if rnd.random() < 0.5]
    whole = waiting[: rnd.randrange(len(waiting) + 1)]
    return whole + [
        piece for one in waiting[len(whole) :] for piece in sectors(*one) if rnd.random() < 0.5
    ]


def sectors(at: int, words: bytes | None) -> list[tuple[int, bytes | None]]:
    """Cut a write at the borders of the disk's sectors."""
    if words is None:
        return [(at, None)]
    pieces: list[tuple[int, bytes | None]] = []
    while words:
        size = SECTOR - at % SECTOR
        pieces.append((at, words[:size]))
        at, words = at + size, words[size:]
    return pieces


# What a call does to the disk, told before it happens.

Step = tuple[str, str, str, int, bytes]  # what, path, other path, number, bytes


PLAIN = {
    "fsync": "sync",
    "fdatasync": "sync",
    "mkdir": "folder",
    "mkdirat": "folder",
    "unlink": "remove",
    "unlinkat": "remove",
    "rmdir": "remove",
    "openat": "open",
    "ftruncate": "cut",
    "truncate": "cut",
    "link": "link",
    "linkat": "link",
    "rename": "rename",
    "renameat": "rename",
    "renameat2": "rename",
}


def step_of(call: Call, place: str) -> Step | None:
    """Give a call as a step, with all that it will read or write."""
    name, a = call.name, call.arguments
    if name in {"write", "pwrite64"}:
        at = call.position() if name == "write" else a[3]
        return ("write", place, "", at, call.memory(a[1], a[2]))
    if name == "sendfile":  # a copy, of at most as much as the kernel takes at once
        data, at = Path(call.opened(1)).read_bytes(), call.position()
        return ("write", place, "", at, data[at : at + min(a[3], MOST_SENT)])
    what = PLAIN.get(name)
    if what is None:
        return None
    far = ""
    if what in {"link", "rename"}:
        far = call.path(None, 1) if name in {"rename", "link"} else call.path(2, 3)
    return (what, place, far, a[2] if what == "open" else a[1], b"")


def apply(disk: Disk, step: Step) -> None:
    """Let a step happen; what failed for the program changes nothing here either."""
    what, path, far, number, data = step
    file = disk.live.get(path)
    if what in {"write", "cut", "open"}:
        _change(disk, path, (what, number, data))
    elif what == "sync":
        disk.sync(path)
    elif what == "folder" and file is None:
        disk.folders.add(path)
        disk.enter(path, FOLDER)
    elif what == "remove":
        disk.leave(path)
    elif what == "rename":
        disk.rename(path, far)
    elif what == "link" and file is not None and far not in disk.live:
        disk.enter(far, file)


def _change(disk: Disk, path: str, how: tuple[str, int, bytes]) -> None:
    what, number, data = how
    file = disk.live.get(path)
    if file is FOLDER:
        return
    if file is None:
        if what == "open" and number & os.O_CREAT:
            disk.enter(path, Inode())
    elif what == "write":
        file.waiting.append((number, data))
    elif what == "cut":
        file.waiting.append((number, None))
    elif number & os.O_TRUNC:
        file.waiting.append((0, None))
