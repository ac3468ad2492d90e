import pytest
from sqlalchemy import Integer, LargeBinary, Text

from casefile.model.kinds import KINDS
from casefile.model.record import FieldType
from casefile.store import sqlite
from casefile.store.schema import VIEWS, column_names, make_tables, metadata, op


def test_every_record_type_has_its_table() -> None:
    assert VIEWS.keys() == KINDS.keys()
    for name, kind in KINDS.items():
        columns = {column.name for column in VIEWS[name].columns}
        wanted = {c for field, type_ in kind.spec().items() for c in column_names(field, type_)}
        assert columns == {"n", "deleted"} | wanted


def test_a_date_takes_five_columns() -> None:
    assert column_names("published", FieldType.DATE) == (
        "published_text",
        "published_edtf",
        "published_earliest",
        "published_latest",
        "published_anchor",
    )


@pytest.mark.parametrize("table", metadata.tables.values(), ids=metadata.tables)
def test_tables_are_strict_and_plain(table: object) -> None:
    columns = table.columns  # type: ignore[attr-defined]  # a table
    assert table.dialect_options["sqlite"]["strict"]  # type: ignore[attr-defined]  # a table
    assert {type(column.type) for column in columns} <= {Integer, Text, LargeBinary}
    assert not table.foreign_keys  # type: ignore[attr-defined]  # a table


def test_the_hashed_bytes_are_a_blob() -> None:
    assert type(op.c.body.type) is LargeBinary


def test_the_tables_are_those_that_sqlalchemy_makes() -> None:
    with sqlite.in_memory() as ours, sqlite.in_memory() as theirs:
        make_tables(ours)
        metadata.create_all(theirs)
        assert sqlite.objects(ours) == sqlite.objects(theirs)
