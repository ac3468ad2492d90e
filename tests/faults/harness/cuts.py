"""Power cuts: record what an act does to the disk, then replay it up to any moment."""

import hashlib
import json
import random
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from harness import seeds
from harness.acts import ACTS
from harness.disk import Disk, Step, apply, step_of
from harness.ground import Ground, clear
from harness.kills import template
from harness.running import attempt
from harness.tracing import Call
from harness.verify import complaints

# Syncs that a seeded fault leaves out, by what they are of.
UNSYNCED = {"no object sync": "/tmp/object-", "no folder sync": "/objects"}


@dataclass
class Cuts:
    """The figures; `distinct` are replays that differ in what is on the disk."""

    replays: int = 0
    distinct: int = 0
    steps: int = 0
    unsynced: int = 0
    acknowledged: int = 0
    acts: dict[str, int] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)


@dataclass
class Record:
    """What one act did to the disk, and after which step it told what."""

    steps: list[Step] = field(default_factory=list)
    told: list[tuple[int, dict[str, Any]]] = field(default_factory=list)


def cuts(
    ground: Ground, replays: int, seed: int, acts: list[str] | None = None, fault: str = ""
) -> dict[str, object]:
    """Replay cuts at moments chosen by chance, spread over the acts."""
    rnd, result = random.Random(seed), Cuts()
    wanted = acts or list(ACTS)
    for n, name in enumerate(wanted):
        share = replays // len(wanted) + (n < replays % len(wanted))
        while share > 0:
            size, part = rnd.choice((2, 3, 5)), min(share, 250)
            place = template(ground, name, size)
            ground.lay(place)
            record = recorded(ground, name, size, fault)
            _replay(ground, (name, place, record), (part, rnd), result)
            share -= part
    return asdict(result)


def recorded(ground: Ground, name: str, size: int, fault: str) -> Record:
    """Run an act once and remember every step."""
    record = Record()

    def watch(_: int, call: Call, place: str) -> None:
        step = step_of(call, place)
        if step is not None and not _left_out(step, fault):
            record.steps.append(step)

    def heard(words: bytes) -> None:
        record.told += [(len(record.steps), json.loads(line)) for line in words.splitlines()]

    outcome = attempt(ground, name, size, watch, seeds.SEEDS.get(fault), heard)
    if outcome.ending.status != 0:
        msg = f"{name} fails by itself: {outcome}"
        raise RuntimeError(msg)
    return record


def _left_out(step: Step, fault: str) -> bool:
    return step[0] == "sync" and fault in UNSYNCED and UNSYNCED[fault] in step[1]


def _replay(
    ground: Ground,
    act: tuple[str, Path, Record],
    much: tuple[int, random.Random],
    result: Cuts,
) -> None:
    name, place, record = act
    count, rnd = much
    ground.lay(place)
    disk, at = Disk.of(ground.work), 0
    result.steps += len(record.steps)
    seen: set[bytes] = set()
    for moment in _moments(record.steps, count, rnd):
        for step in record.steps[at:moment]:
            apply(disk, step)
        at = moment
        left = disk.cut(rnd)
        told = [words for when, words in record.told if when <= moment]
        result.replays += 1
        result.unsynced += any(inode.waiting for inode in disk.live.values()) or bool(disk.names)
        result.acknowledged += len(told)
        result.acts[name] = result.acts.get(name, 0) + 1
        print_ = _print_of(left, len(told))
        if print_ in seen:
            continue
        seen.add(print_)
        result.distinct += 1
        lay_out(ground, left)
        found = complaints(ground, name, told)
        result.complaints += [f"{name}, cut after step {moment}: {one}" for one in found]


def _moments(steps: list[Step], count: int, rnd: random.Random) -> list[int]:
    """Choose after how many steps to cut: any, and half of them beside a sync or a change of names."""
    turns = [n for n, step in enumerate(steps) if step[0] != "write"] or [0]
    anywhere = (rnd.randrange(len(steps) + 1) for _ in range(count - count // 2))
    beside = (rnd.choice(turns) + rnd.randrange(2) for _ in range(count // 2))
    return sorted([*anywhere, *beside])


def _print_of(left: dict[str, bytes | None], told: int) -> bytes:
    made = hashlib.sha256(str(told).encode())
    for path, data in left.items():
        made.update(path.encode() + b"\0" + hashlib.sha256(data or b"").digest())
    return made.digest()


def lay_out(ground: Ground, left: dict[str, bytes | None]) -> None:
    """Make the folder as the power cut left it."""
    clear(ground.work)
    for path, data in left.items():
        place = Path(path)
        if data is None:
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
