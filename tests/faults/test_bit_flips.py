"""One bit turned over in what a case holds: the check finds it and names the record, and whoever
uses the case with it meets a sentence, never a defect.

The figures: `pytest tests/faults/test_bit_flips.py -s`.
"""

import pytest

pytestmark = pytest.mark.faults


def test_every_turned_bit_is_found(stage, tier):
    count = tier.count(quick=10, ci=1000, long=5000)
    seed = tier.seed
    found = stage("flips", count=count, seed=seed)
    assert found["missed"] == [], f"seed {seed}"
    assert found["unnamed"] == [], f"seed {seed}"
    assert found["defects"] == [], f"seed {seed}"
    assert found["found"] == found["flips"] >= count
