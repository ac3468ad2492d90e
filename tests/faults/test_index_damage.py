"""The search index is damaged, or an enemy's: no code runs, no answer is silently wrong, it heals.

The figures: `pytest tests/faults/test_index_damage.py -s`.
"""

import pytest

pytestmark = pytest.mark.faults


def test_a_damaged_index_says_so_and_heals(stage, tier):
    count = tier.count(quick=6, ci=500, long=1000)
    seed = tier.seed
    found = stage("damages", count=count, seed=seed)
    assert found["complaints"] == [], f"seed {seed}"
    assert found["healed"] == found["damages"] == count
    assert found["payloads"] >= count // 10
    assert found["told"] > count // 2
