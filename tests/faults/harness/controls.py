"""Several harnesses, one after another, each with one protection switched off."""

from typing import Any

from harness import cuts, errors, flips, indexes, kills
from harness.ground import Ground, clear

RUN: dict[str, Any] = {
    "kills": kills.sweep,
    "cuts": cuts.cuts,
    "errors": errors.errors,
    "flips": flips.flips,
    "damages": indexes.damages,
}


def controls(ground: Ground, cases: list[tuple[str, str, str, int]]) -> dict[str, Any]:
    """Give what each harness complains about, by the protection that was off."""
    noticed = {}
    for harness, fault, act, count in cases:
        clear(ground.work)  # what the one before left
        noticed[fault] = RUN[harness](ground, count, 5, acts=[act], fault=fault)["complaints"]
    return {"noticed": noticed}
