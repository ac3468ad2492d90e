"""What a copy says of itself stands outside of the ledger; a change there is found all the same."""

from pathlib import Path

import pytest

from casefile.model.errors import CaseUnusable
from casefile.store.checking import check

from .conftest import Cases
from .filled import change
from .work import edit


@pytest.mark.parametrize(
    "words",
    [
        "UPDATE meta SET value = replace(value, '4', '5') WHERE key = 'case'",
        "UPDATE meta SET value = replace(value, '4', '5') WHERE key = 'mine'",
        "UPDATE meta SET value = '1' WHERE key = 'seal'",
        "UPDATE meta SET key = 'sea' WHERE key = 'seal'",
        "UPDATE meta SET value = value || '1' WHERE key = 'inode'",
        "UPDATE meta SET value = value + 1 WHERE key = 'hlc'",
        "UPDATE meta SET key = 'hl' WHERE key = 'hlc'",
        "UPDATE meta SET value = CAST(x'ff' AS TEXT) WHERE key = 'device'",
    ],
)
def test_a_change_is_found(cases: Cases, filled: Path, words: str) -> None:
    change(filled, words)
    try:
        store = cases.open(filled, write=False)
    except CaseUnusable:
        return
    found = [f for f in check(store).findings if f.level == "damage"]
    assert {f.kind for f in found} <= {"meta", "database"}
    assert found


def test_a_broken_seal_is_not_mended_by_moving_the_case(cases: Cases, filled: Path) -> None:
    change(filled, "UPDATE meta SET value = replace(value, '4', '5') WHERE key = 'case'")
    change(filled, "UPDATE meta SET value = 'elsewhere' WHERE key = 'inode'")
    with cases.open(filled) as store:  # a new replica id is written
        edit(store, title="x")
        assert [f.kind for f in check(store).findings] == ["meta"]
