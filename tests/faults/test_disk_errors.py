"""A disk that is full or fails: one clear sentence, nothing lost, the next start is fine.

The figures: `pytest tests/faults/test_disk_errors.py -s`.
"""

import pytest

pytestmark = pytest.mark.faults


def test_calls_that_fail(stage, tier):
    points = tier.count(quick=10, ci=400, long=2000)
    seed = tier.seed
    found = stage("errors", points=points, seed=seed)
    assert found["complaints"] == [], f"seed {seed}"
    assert found["points"] >= points
    assert found["told"] > 0


def test_file_systems_of_ten_sizes(stage, tier):
    acts = {"quick": ["import"]}.get(tier.name)
    found = stage("small_disks", acts=acts)
    assert found["complaints"] == []
    assert found["full"] >= 3
    assert found["full"] < found["tries"]


def test_files_that_may_not_grow(stage, tier):
    acts = {"quick": ["annotate"]}.get(tier.name)
    found = stage("size_limits", acts=acts)
    assert found["complaints"] == []
    assert found["full"] >= 3
    assert found["full"] < found["tries"]
