"""Kill sweep: end the program at one system call after another, and look what is left."""

import random
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from harness import seeds
from harness.acts import ACTS
from harness.ground import Ground
from harness.running import attempt
from harness.tracing import KILL, Call, Verdict
from harness.verify import complaints


@dataclass
class Sweep:
    """The figures of a sweep; `complaints` are what no fault may ever cause."""

    points: int = 0
    unfired: int = 0
    acknowledged: int = 0
    calls: dict[str, int] = field(default_factory=dict)
    acts: dict[str, int] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)


def sweep(
    ground: Ground, points: int, seed: int, acts: list[str] | None = None, fault: str = ""
) -> dict[str, object]:
    """Kill at `points` calls that are confirmed to have been reached, spread over the acts."""
    rnd, result = random.Random(seed), Sweep()
    chosen = acts or list(ACTS)
    if fault in seeds.EVERYWHERE:
        seeds.EVERYWHERE[fault]()
    for n, name in enumerate(chosen):
        share = points // len(chosen) + (n < points % len(chosen))
        _sweep_act(ground, name, share, (rnd, result, seeds.SEEDS.get(fault)))
    return asdict(result)


Watch = Callable[[int, Call, str], Verdict]
Work = tuple[random.Random, Sweep, Callable[[], None] | None]


def template(ground: Ground, name: str, size: int) -> Path:
    """Give the template of an act, made at first need."""
    place = ground.root / f"template-{name}-{size}"
    if not place.is_dir():
        ground.lay(ground.root / "in")  # anything; what matters is that nothing old is there
        for left in ground.work.iterdir():
            left.unlink()
        ACTS[name].prepare(ground, size)
        ground.keep(place)
    return place


def _sweep_act(ground: Ground, name: str, share: int, work: Work) -> None:
    rnd, result, before = work
    while share > 0:
        size = rnd.choice((2, 3, 5, 8))
        place = template(ground, name, size)
        ground.lay(place)
        met: dict[str, list[int]] = {}
        whole = attempt(ground, name, size, _remember(met))
        if whole.ending.status or not whole.told:
            result.complaints.append(f"{name} fails by itself: {whole}")
            return
        for at in spread(met, min(share, max(8, whole.calls // 2)), rnd):
            share -= _one(ground, (name, size, place, at), result, before)


def _remember(met: dict[str, list[int]]) -> Watch:
    def watch(number: int, call: Call, _: str) -> None:
        met.setdefault(call.name, []).append(number)

    return watch


def spread(met: dict[str, list[int]], count: int, rnd: random.Random) -> list[int]:
    """Choose numbers of calls: of every kind in turn, by chance."""
    queues = [rnd.sample(numbers, len(numbers)) for numbers in met.values()]
    rnd.shuffle(queues)
    found: list[int] = []
    while len(found) < count and any(queues):
        found += [queue.pop() for queue in queues if queue]
    return sorted(found[:count])


def _one(
    ground: Ground,
    point: tuple[str, int, Path, int],
    result: Sweep,
    before: Callable[[], None] | None,
) -> bool:
    name, size, place, at = point
    fired = ""

    def watch(number: int, call: Call, path: str) -> Verdict:
        nonlocal fired
        if number != at:
            return None
        fired = call.name
        return KILL

    ground.lay(place)
    outcome = attempt(ground, name, size, watch, before)
    if not fired or not outcome.ending.killed:
        result.unfired += 1
        return False
    result.points += 1
    result.acknowledged += len(outcome.told)
    result.calls[fired] = result.calls.get(fired, 0) + 1
    result.acts[name] = result.acts.get(name, 0) + 1
    heal = name == "index" and not result.points % 4
    found = complaints(ground, name, outcome.told, heal=heal)
    result.complaints += [f"{name}({size}), {fired} number {at}: {one}" for one in found]
    return True
