"""Disks that are full or fail: system calls answer ENOSPC or EIO, once or from then on."""

import errno
import random
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from harness import seeds
from harness.acts import ACTS
from harness.ground import Ground
from harness.kills import spread, template
from harness.running import DEFECT, TROUBLE, Outcome, attempt
from harness.tracing import Call
from harness.verify import complaints

GROWING = {
    "write",
    "pwrite64",
    "openat",
    "ftruncate",
    "mkdir",
    "mkdirat",
    "rename",
    "link",
    "linkat",
}
SYNCS = {"fsync", "fdatasync"}
FAILING = {"write", "pwrite64", "ftruncate", "rename", "unlink", "unlinkat"} | SYNCS
EVIDENCE = ("/tmp/object-", "/objects", "case.db-wal")  # what a person was promised lies there


@dataclass
class Errors:
    """The figures; `told` are tries in which a person was told, `went_on` those that succeeded."""

    points: int = 0
    unfired: int = 0
    told: int = 0
    went_on: int = 0
    acknowledged: int = 0
    calls: dict[str, int] = field(default_factory=dict)
    sentences: dict[str, int] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)


@dataclass
class Fault:
    """The call to spoil, how, and what had been acknowledged when it came to that."""

    number: int
    error: int
    lasting: bool
    fired: str = ""
    place: str = ""
    acknowledged: int = 0

    def concerns(self, name: str) -> bool:
        return name in (GROWING if self.error == errno.ENOSPC else FAILING)


def errors(
    ground: Ground, points: int, seed: int, acts: list[str] | None = None, fault: str = ""
) -> dict[str, object]:
    """Spoil `points` calls, spread over the acts, both errors, once and lasting."""
    rnd, result = random.Random(seed), Errors()
    wanted = acts or list(ACTS)
    for n, name in enumerate(wanted):
        share = points // len(wanted) + (n < points % len(wanted))
        while share > 0:
            size = rnd.choice((2, 3, 5))
            place = template(ground, name, size)
            for one in _faults(ground, (name, size, place), (min(share, 24), rnd)):
                share -= _one(ground, (name, size, place), one, (result, fault))
    return asdict(result)


def _faults(
    ground: Ground, act: tuple[str, int, Path], much: tuple[int, random.Random]
) -> list[Fault]:
    name, size, place = act
    count, rnd = much
    met: dict[str, list[int]] = {}
    ground.lay(place)
    attempt(ground, name, size, lambda n, call, _: met.setdefault(call.name, []).append(n))
    found = []
    for kind, error in ((GROWING, errno.ENOSPC), (FAILING, errno.EIO)):
        calls = {call: numbers for call, numbers in met.items() if call in kind}
        numbers = spread(calls, -(-count // 2), rnd)
        found += [Fault(number, error, rnd.random() < 0.5) for number in numbers]
    return found[:count]


def _one(
    ground: Ground, act: tuple[str, int, Path], fault: Fault, work: tuple[Errors, str]
) -> bool:
    name, size, place = act
    result, seed = work
    heard = 0

    def count(_: bytes) -> None:
        nonlocal heard
        heard += 1

    def watch(number: int, call: Call, path: str) -> int | None:
        later = fault.lasting and fault.fired and fault.concerns(call.name)
        if number == fault.number:
            fault.fired, fault.place, fault.acknowledged = call.name, path, heard
        elif not later:
            return None
        return fault.error

    ground.lay(place)
    outcome = attempt(ground, name, size, watch, seeds.SEEDS.get(seed), count)
    if not fault.fired:
        result.unfired += 1
        return False
    _count(result, fault, outcome)
    found = [*misbehaviour(name, outcome, fault), *complaints(ground, name, outcome.told)]
    kind = f"{errno.errorcode[fault.error]}{' lasting' if fault.lasting else ''}"
    where = f"{name}({size}), {kind} at {fault.fired} {fault.number} of {Path(fault.place).name}"
    result.complaints += [f"{where}: {one}" for one in found]
    return True


def _count(result: Errors, fault: Fault, outcome: Outcome) -> None:
    result.points += 1
    result.acknowledged += len(outcome.told)
    result.calls[fault.fired] = result.calls.get(fault.fired, 0) + 1
    said = outcome.said + [one["refused"] for one in outcome.told if "refused" in one]
    result.told += bool(said)
    result.went_on += not said
    for words in said:
        result.sentences[words] = result.sentences.get(words, 0) + 1


def misbehaviour(name: str, outcome: Outcome, fault: Fault) -> list[str]:
    """List what the program did that it may not do on a failing disk."""
    found = [f"a defect: {words}" for words in outcome.defects]
    if outcome.ending.late:
        found.append("it did not end")
    elif outcome.ending.signal is not None:
        found.append(f"it died of signal {outcome.ending.signal}")
    elif outcome.ending.status not in (0, DEFECT, TROUBLE):
        found.append(f"it ended with {outcome.ending.status}")
    if (outcome.ending.status == TROUBLE) != bool(outcome.said):
        found.append("it failed in silence")
    found += [f"unclear: {words}" for words in outcome.said if not clear(words, fault)]
    if fault.fired in SYNCS and any(part in fault.place for part in EVIDENCE):
        after = outcome.told[fault.acknowledged :]
        found += _told_though_unsaved(name, after, outcome)
    return found


def clear(words: str, fault: Fault) -> bool:
    """A full disk is called full; a failing one is not called a damaged case."""
    low = words.casefold()
    if (
        fault.error == errno.ENOSPC and fault.fired != "ftruncate"
    ):  # making a file shorter needs none
        return "full" in low or "space" in low
    return "damaged" not in low or "disk" in low


def _told_though_unsaved(name: str, after: list[dict[str, Any]], outcome: Outcome) -> list[str]:
    """What was not synced is not saved, and must not be told."""
    if any("begins" in one and one["begins"] == "closing" for one in after) and not outcome.said:
        return []
    known = [one for one in after if {"record", "source", "title"} & one.keys()]
    refused = any("refused" in one for one in after)
    if known and not (name == "import" and refused):
        return [f"told though it was not saved: {known[0]}"]
    return []
