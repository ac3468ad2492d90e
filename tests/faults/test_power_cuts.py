"""The power goes at any moment: what was acknowledged is there, and nothing is damaged.

What no sync has made safe may be lost, torn or out of order; see `harness/disk.py`.
The figures: `pytest tests/faults/test_power_cuts.py -s`.
"""

import pytest

pytestmark = pytest.mark.faults


def test_power_cuts(stage, tier):
    replays = tier.count(quick=30, ci=1200, long=10000)
    seed = tier.seed
    found = stage("cuts", replays=replays, seed=seed)
    assert found["complaints"] == [], f"seed {seed}"
    assert found["replays"] == replays
    assert found["distinct"] > replays // 3
    assert found["unsynced"] > replays // 2
    assert found["acknowledged"] > 0
