"""Each protection is switched off once: a harness that says nothing then would prove nothing."""

import pytest

pytestmark = pytest.mark.faults

# harness, protection that is off, act, number of tries, what has to be said
CASES = [
    ("kills", "no journal", "annotate", 12, "damage"),
    ("kills", "told too early", "annotate", 4, "lost"),
    ("cuts", "synchronous=NORMAL", "annotate", 12, "lost"),
    ("cuts", "no object sync", "import", 12, "original"),
    ("cuts", "no folder sync", "import", 12, "missing"),
    ("errors", "raw errors", "new", 12, "defect"),
    ("flips", "no hashes", "original", 3, "byte"),
    ("damages", "trusting", "swap back", 2, "wrong answer"),
    ("kills", "no sweep", "import", 6, "left over"),  # stays off: the last one
]


def test_a_protection_switched_off_is_noticed(stage):
    found = stage("controls", cases=[case[:4] for case in CASES])["noticed"]
    for case in CASES:
        assert any(case[-1] in one for one in found[case[1]]), (case, found[case[1]])
