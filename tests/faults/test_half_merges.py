"""A merge that is killed in the middle, or whose disk fails: all of the bundle is there, or nothing.

Afterwards the same bundle is merged again, and the case is what an undisturbed merge would have made.
The figures: `pytest tests/faults/test_half_merges.py -s`.
"""

import pytest

pytestmark = pytest.mark.faults


def test_a_merge_killed_in_the_middle(stage, tier):
    points = tier.count(quick=8, ci=60, long=400)
    found = stage("kills", points=points, seed=tier.seed, acts=["merge"])
    assert found["complaints"] == [], f"seed {tier.seed}"
    assert found["points"] >= points


def test_a_merge_on_a_disk_that_fails(stage, tier):
    points = tier.count(quick=8, ci=60, long=400)
    found = stage("errors", points=points, seed=tier.seed, acts=["merge"])
    assert found["complaints"] == [], f"seed {tier.seed}"
    assert found["points"] >= points
