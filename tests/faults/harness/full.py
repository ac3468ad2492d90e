"""Disks that are really full: small file systems in memory, and a limit on the size of files."""

import ctypes
import os
import resource
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from harness.acts import ACTS
from harness.errors import Fault, misbehaviour
from harness.ground import Ground
from harness.kills import template
from harness.running import Outcome, attempt
from harness.verify import complaints

from casefile.model.errors import CasefileError

KIB = 1024
STEPS = (0, 8, 24, 48, 80, 120, 180, 260, 400, 4000)  # KiB beyond what the case has already
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass
class Full:
    """The figures; `full` are tries that the space did not suffice for."""

    tries: int = 0
    full: int = 0
    acknowledged: int = 0
    sentences: dict[str, int] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)


def small_disks(ground: Ground, acts: list[str] | None = None) -> dict[str, object]:
    """Run each act on file systems of ten sizes; `skip` says why none can be mounted."""
    result = Full()
    for name in acts or list(ACTS):
        place = template(ground, name, 5)
        base = sum(-(-p.stat().st_size // 4096) * 4 + 4 for p in place.rglob("*")) + 64
        for more in STEPS:
            if why := _mount(ground.work, base + more):
                return {"skip": why}
            try:
                ground.lay(place)
                outcome = attempt(ground, name, 5, lambda *_: None)
                found = [*_judge(result, name, outcome), *_readable(ground, outcome)]
                _mount(ground.work, 1 << 18, again=True)  # room for a backup, too
                found += complaints(ground, name, outcome.told)
            finally:
                _libc.umount2(os.fsencode(ground.work), 2)
            result.complaints += [f"{name}, {more} KiB free: {one}" for one in found]
    return asdict(result)


def size_limits(ground: Ground, acts: list[str] | None = None) -> dict[str, object]:
    """Run each act where no file may grow beyond one of ten sizes."""
    result = Full()
    for name in acts or list(ACTS):
        place = template(ground, name, 5)
        for limit in STEPS:
            ground.lay(place)
            outcome = attempt(ground, name, 5, lambda *_: None, _limited(limit * KIB + 1))
            found = [*_judge(result, name, outcome), *complaints(ground, name, outcome.told)]
            result.complaints += [f"{name}, files up to {limit} KiB: {one}" for one in found]
    return asdict(result)


def _limited(size: int) -> Callable[[], None]:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    return limit


def _judge(result: Full, name: str, outcome: Outcome) -> list[str]:
    result.tries += 1
    result.acknowledged += len(outcome.told)
    said = outcome.said + [one["refused"] for one in outcome.told if "refused" in one]
    result.full += bool(said)
    for words in said:
        result.sentences[words] = result.sentences.get(words, 0) + 1
    return misbehaviour(name, outcome, Fault(0, 0, lasting=True))


def _readable(ground: Ground, outcome: Outcome) -> list[str]:
    """A full disk keeps nobody from reading the case."""
    if not (ground.case / "case.db").exists():
        return []
    try:
        with ground.desk(write=False) as desk:
            return [] if desk.title else ["it has no title"]
    except CasefileError as error:
        if "for a backup" in error.message:  # an older case is upgraded first, after a backup
            return []
        return [f"cannot be read on the full disk: {error.message}"]


def _mount(place: Path, kib: int, *, again: bool = False) -> str:
    flags = 32 if again else 0  # MS_REMOUNT
    options = f"size={kib}k".encode()
    if _libc.mount(b"none", os.fsencode(place), b"tmpfs", flags, options):
        return f"no file system can be mounted here ({os.strerror(ctypes.get_errno())})"
    return ""
