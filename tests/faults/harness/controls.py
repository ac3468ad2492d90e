"""Several harnesses, one after another, each with one protection switched off."""

from typing import Any

from harness import cuts, errors, flips, kills
from harness.ground import Ground

RUN: dict[str, Any] = {
    "kills": kills.sweep,
    "cuts": cuts.cuts,
    "errors": errors.errors,
    "flips": flips.flips,
}


def controls(ground: Ground, cases: list[tuple[str, str, str, int]]) -> dict[str, Any]:
    """Give what each harness complains about, by the protection that was off."""
    noticed = {
        fault: RUN[harness](ground, count, 5, acts=[act], fault=fault)["complaints"]
        for harness, fault, act, count in cases
    }
    return {"noticed": noticed}
