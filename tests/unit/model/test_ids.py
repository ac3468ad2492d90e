import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.model import ids
from casefile.model.ledger import is_uuid


def test_new_ids_are_random_and_lower_case() -> None:
    found = {ids.new_id() for _ in range(100)}
    assert len(found) == 100
    assert all(is_uuid(one) and uuid.UUID(one).version == 4 for one in found)


# Two people who make the same thing make one record: these may never change.
@pytest.mark.parametrize(
    ("made", "parts"),
    [
        (ids.case_record_id(), "case"),
        (ids.tag_id("Militia"), "tag\0militia"),
        (ids.tagging_id("t", "s"), "tagging\0t\0s"),
        (ids.assessment_id("c", "p"), "assessment\0c\0p"),
    ],
)
def test_derived_ids_are_what_they_always_were(made: str, parts: str) -> None:
    assert made == str(uuid.uuid5(uuid.UUID("6f2b8a52-6c0e-5b0e-9d4a-6b8f6f1c3c11"), parts))


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("  Deir   ez-Zor ", "deir ez-zor"),
        ("STRASSE", "strasse"),
        ("straße", "strasse"),
        ("ﬁle", "file"),
        ("دير الزور", "دير الزور"),
        ("Ҫ", "ҫ"),
    ],
)
def test_names_fold_as_version_1(name: str, folded: str) -> None:
    assert ids.id_fold(name) == folded
    assert ids.tag_id(name) == ids.tag_id(folded)


@given(st.text())
def test_folding_again_changes_nothing_in_plain_words(name: str) -> None:
    once = ids.id_fold(name)
    assert once == " ".join(once.split())
    assert is_uuid(ids.tag_id(name))
