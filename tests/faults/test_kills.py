"""Killed at any system call that changes a file: nothing acknowledged is lost, nothing is left over.

The figures: `pytest tests/faults/test_kills.py -s`.
"""

import pytest

pytestmark = pytest.mark.faults
ACTS = (
    *("new", "import", "annotate", "link", "undo", "purge", "upgrade", "backup", "index"),
    *("repair", "restore", "merge"),
)


def test_kill_sweep(stage, tier):
    points = tier.count(quick=12, ci=500, long=5000, whole=True)
    seed = tier.seed
    found = stage("kills", points=points, seed=seed)
    assert found["complaints"] == [], f"seed {seed}"
    assert found["points"] >= points
    assert set(found["acts"]) == set(ACTS)
    assert found["acknowledged"] > 0
