from typing import Any

import pytest

from casefile.model.record import FieldType
from casefile.store.projecting import columns, value_of

ID = "92eb5ffe-e6ae-42fe-8c3d-ad5c7e8d4b10"
DATE = {"text": "May", "edtf": None, "earliest": "2021-05-01", "latest": None, "anchor": None}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FieldType.TEXT, "x"),
        (FieldType.INT, 5),
        (FieldType.BOOL, False),
        (FieldType.REF, ID),
        (FieldType.JSON, ["a", {"b": None}]),
        (FieldType.DATE, DATE),
        *((kind, None) for kind in FieldType),
    ],
)
def test_values_go_through_columns_and_back(kind: FieldType, value: Any) -> None:
    row = columns("f", kind, value, lambda _: 7)
    assert value_of("f", kind, row, {7: ID}) == value


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FieldType.TEXT, 5),
        (FieldType.INT, True),
        (FieldType.INT, "5"),
        (FieldType.BOOL, 1),
        (FieldType.REF, "somebody"),
        (FieldType.DATE, "May"),
        (FieldType.DATE, {"text": 5}),
    ],
)
def test_values_of_another_type_are_left_out(kind: FieldType, value: Any) -> None:
    row = columns("f", kind, value, lambda _: 7)
    assert set(row.values()) == {None}
