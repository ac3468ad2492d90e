from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.model.annotation import Annotation
from casefile.model.kinds import KINDS
from casefile.model.record import FieldType, Record, plain, typed
from casefile.model.source import Extraction, Source
from casefile.model.values import DateValue

ID = "92eb5ffe-e6ae-42fe-8c3d-ad5c7e8d4b10"
VALUES: dict[FieldType, Any] = {
    FieldType.TEXT: "words",
    FieldType.INT: 7,
    FieldType.BOOL: True,
    FieldType.REF: ID,
    FieldType.JSON: ("a", "b"),
    FieldType.DATE: DateValue(text="May", edtf="2021-05"),
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_record_goes_through_its_ledger_values(kind: type[Record]) -> None:
    record = kind(id=ID, **{name: VALUES[type_] for name, type_ in kind.spec().items()})
    assert kind.from_values(ID, record.values()) == record
    assert kind.from_values(ID, {}) == kind(id=ID)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_field_is_empty_by_default_and_has_a_type(kind: type[Record]) -> None:
    assert set(kind(id=ID).values().values()) <= {None}
    assert kind.spec()
    assert KINDS[kind.TABLE] is kind


def test_fields_of_a_newer_version_are_passed_over() -> None:
    assert Source.from_values(ID, {"title": "x", "aura": "blue"}, made=5) == Source(
        id=ID, title="x", made=5
    )


def test_common_fields_are_no_fields_of_the_ledger() -> None:
    assert "deleted" not in Source.spec()
    assert "id" not in Source(id=ID).values()


@given(st.lists(st.text()), st.none() | st.text())
def test_lists_and_dates_become_plain_and_typed_again(words: list[str], text: str | None) -> None:
    assert typed(FieldType.JSON, plain(tuple(words))) == tuple(words)
    date = DateValue(text=text)
    assert typed(FieldType.DATE, plain(date)) == date


def test_objects_stay_objects_and_numbers_become_yes_or_no() -> None:
    assert typed(FieldType.JSON, {"a": 1}) == {"a": 1}
    assert typed(FieldType.BOOL, 1) is True
    assert Extraction.from_values(ID, {"complete": False}).complete is False
    selectors = ({"type": "TextPositionSelector", "start": 1, "end": 2},)
    assert Annotation.from_values(ID, {"selectors": list(selectors)}).selectors == selectors
