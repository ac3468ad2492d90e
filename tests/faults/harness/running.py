"""One try: an act in a traced process of its own, with what it said and how it ended."""

import json
import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from harness.acts import ACTS
from harness.ground import Ground
from harness.seeds import TOLD
from harness.tracing import Call, Ending, Verdict, trace

from casefile.model.errors import CasefileError

DEFECT, TROUBLE = 1, 3


@dataclass
class Outcome:
    """What came of a try: what was acknowledged, what a person was told, how it ended."""

    ending: Ending
    told: list[dict[str, Any]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    calls: int = 0


def attempt(
    ground: Ground,
    act: str,
    size: int,
    watch: Callable[[int, Call, str], Verdict],
    before: Callable[[], None] | None = None,
    heard: Callable[[bytes], None] | None = None,
) -> Outcome:
    """Run an act; `watch` is asked with the number of the call (from 1), the call and its path.

    Only calls that change something below the ground's `work` are counted and asked about.
    `before` is run in the process before the act: the place for a seeded fault. `heard` is given
    what the act tells, at that moment.
    """
    come, go = os.pipe()
    root = f"{ground.work}/"
    outcome = Outcome(Ending())

    def seen(call: Call) -> Verdict:
        if heard is not None and call.name == "write" and call.arguments[0] == TOLD:
            heard(call.memory(call.arguments[1], call.arguments[2]))
        place = call.place()
        if not f"{place}/".startswith(root) or place.endswith(
            "-shm"
        ):  # shared memory, not the disk
            return None
        outcome.calls += 1
        return watch(outcome.calls, call, place)

    def run() -> None:
        os.dup2(go, TOLD)
        os.set_inheritable(TOLD, False)
        os.close(come)
        os.close(go)
        _do(ground.run_of(TOLD), act, size, before)

    outcome.ending = trace(run, seen)
    os.close(go)
    _hear(come, outcome)
    return outcome


def _hear(come: int, outcome: Outcome) -> None:
    """Read all that was told; a line that was cut off was not told."""
    heard = b""
    os.set_blocking(come, False)  # a process that was left behind could hold the other end
    while part := os.read(come, 1 << 16):
        heard += part
    os.close(come)
    for line in heard.decode().split("\n")[:-1]:
        words = json.loads(line)
        if "said" in words:
            outcome.said.append(words["said"])
        elif "defect" in words:
            outcome.defects.append(words["defect"])
        else:
            outcome.told.append(words)


def _do(ground: Ground, act: str, size: int, before: Callable[[], None] | None) -> None:
    """The whole life of the process; known trouble is said, anything else is a defect."""
    status = 0
    try:
        if before is not None:
            before()
        ACTS[act].run(ground, size)
    except CasefileError as error:
        ground.tell(said=f"{error.message} {error.hint}".strip())
        status = TROUBLE
    except BaseException:  # noqa: BLE001 - a defect of the program, told as such
        ground.tell(defect=traceback.format_exc()[-1500:])
        status = DEFECT
    os._exit(status)
