import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from casefile.model.annotation import Annotation
from casefile.model.errors import Refused
from casefile.model.ids import new_id
from casefile.model.ledger import MAX_BODY, read
from casefile.model.note import Note, Tagging
from casefile.model.source import Extraction, Source
from casefile.model.values import DateValue
from casefile.store import contents, history, records
from casefile.store.case import CaseStore
from casefile.store.schema import content, op

from .conftest import PERSON


def sets(store: CaseStore) -> list[dict[str, Any]]:
    with store.read() as r:
        bodies = r.connection.execute(select(op.c.body).order_by(op.c.n)).scalars().all()
    return [read(body).data["set"] for body in bodies]


def test_values_may_be_python_or_plain_json(store: CaseStore, id_: str) -> None:
    date = DateValue(text="May", edtf="2021-05", earliest="2021-05-01", latest="2021-05-31")
    other = new_id()
    with store.write("import") as w:
        w.put(Source, id_, title="x", byline=("A", "B"), published=date)
        w.put(Source, other, title="x", byline=["A", "B"], published=date.to_json())
    with store.read() as r:
        one, two = records.many(r, Source, [id_, other])
    assert one.values() == two.values()
    assert (one.byline, one.published) == (("A", "B"), date)
    assert one.made_by == one.changed_by == PERSON


def test_only_what_differs_is_written(store: CaseStore, id_: str) -> None:
    with store.write("import") as w:
        w.put(Source, id_, title="x", kind="pdf", url=None)
        w.put(Source, id_, title="x", kind="pdf")
    with store.write("edit") as w:
        w.put(Source, id_, title="x", kind="article", url=None)
        w.put(Source, id_, title="x", kind="article")
        w.put(Source, id_, title=None)
        w.put(Source, id_)
    assert sets(store) == [{"title": "x", "kind": "pdf"}, {"kind": "article"}, {"title": None}]
    assert w.changes
    assert w.changes.records == {"source": (id_,)}


def test_a_record_may_have_no_values(store: CaseStore, id_: str) -> None:
    with store.write("tag") as w:
        w.put(Tagging, id_)
    with store.read() as r:
        assert records.get(r, Tagging, id_)
    assert sets(store) == [{}]


def test_delete_and_restore_write_once(store: CaseStore, id_: str) -> None:
    with store.write("import") as w:
        w.put(Source, id_, title="x")
    with store.write("delete") as w:
        w.delete(Source, id_)
        w.delete(Source, id_)
    with store.read() as r:
        assert records.get(r, Source, id_).deleted  # type: ignore[union-attr]  # it is there
        assert records.where(r, Source) == []
        assert [s.title for s in records.where(r, Source, deleted=True)] == ["x"]
    with store.write("restore") as w:
        w.restore(Source, id_)
        w.restore(Source, id_)
    assert sets(store) == [{"title": "x"}, {"deleted": True}, {"deleted": False}]


def test_putting_a_deleted_record_restores_it(store: CaseStore, id_: str) -> None:
    with store.write("tag") as w:
        w.put(Tagging, id_, tag=id_)
        w.delete(Tagging, id_)
        w.put(Tagging, id_, tag=id_)
    with store.read() as r:
        assert not records.get(r, Tagging, id_).deleted  # type: ignore[union-attr]  # it is there
    assert sets(store) == [{"tag": id_}, {"deleted": True}, {}]


@pytest.mark.parametrize("what", ["delete", "restore"])
def test_what_is_not_there_cannot_be_deleted(store: CaseStore, id_: str, what: str) -> None:
    with pytest.raises(Refused, match="no record"), store.write(what) as w:
        getattr(w, what)(Source, id_)
    assert sets(store) == []


def test_a_record_keeps_its_kind(store: CaseStore, id_: str) -> None:
    with store.write("import") as w:
        w.put(Source, id_, title="x")
    with pytest.raises(Refused, match="is a source, not a note"), store.write("note") as w:
        w.put(Note, id_, body="x")


@pytest.mark.parametrize(
    "values",
    [{"titel": "x"}, {"title": 1}, {"published": "May"}, {"published": {"when": "May"}}],
)
def test_fields_that_do_not_exist_or_fit_are_a_defect(
    store: CaseStore, id_: str, values: dict[str, Any]
) -> None:
    with pytest.raises(TypeError, match="cannot be"), store.write("import") as w:
        w.put(Source, id_, **values)


def test_other_types_are_checked_too(store: CaseStore, id_: str) -> None:
    for kind, values in (
        (Extraction, {"complete": 1}),
        (Annotation, {"mark": True}),
        (Annotation, {"source": "x"}),
    ):
        with pytest.raises(TypeError, match="cannot be"), store.write("import") as w:
            w.put(kind, id_, **values)
    with pytest.raises(ValueError, match="not an id"), store.write("import") as w:
        w.put(Source, "x", title="x")


@pytest.mark.parametrize("value", [{"a": 1.5}, {"a": "\ud800"}, {"$sha256": "0" * 64}])
def test_values_that_cannot_be_written_are_refused(
    store: CaseStore, id_: str, value: object
) -> None:
    with pytest.raises(Refused, match="cannot be stored"), store.write("import") as w:
        w.put(Extraction, id_, parameters=value)
    with pytest.raises(Refused, match="cannot be stored"), store.write("x", what=1.5):
        pass


def test_an_act_has_no_room_for_a_list_of_everything(store: CaseStore) -> None:
    with pytest.raises(Refused, match="too much to say"), store.write("x", names=["x" * 20_000]):
        pass


def test_long_values_go_aside_and_come_back(store: CaseStore, id_: str) -> None:
    long = "ح" * 20_000
    with store.write("note") as w:
        w.put(Note, id_, body=long)
    with store.write("note") as w:
        w.put(Note, id_, body=long)  # the same again is no change
    with store.read() as r:
        assert records.get(r, Note, id_).body == long  # type: ignore[union-attr]  # it is there
        (revision,) = history.of(r, id_)
        assert revision.values == {"body": long}
        name = sets(store)[0]["body"]["$sha256"]
        assert json.loads(contents.get(r, name)) == long
    with store.write("edit") as w:
        w.put(Note, id_, body="short")
    store.undo()
    with store.read() as r:
        assert records.get(r, Note, id_).body == long  # type: ignore[union-attr]  # it is there


def test_many_middling_values_fit_an_operation(store: CaseStore, id_: str) -> None:
    words = {name: name * 1200 for name in ("title", "section", "dateline", "publisher", "url")}
    words |= {name: name * 900 for name in ("canonical_url", "credit", "licence", "language")}
    with store.write("import") as w:
        w.put(Source, id_, **words)
    with store.read() as r:
        one = records.get(r, Source, id_)
        bodies = r.connection.execute(select(op.c.body)).scalars().all()
    assert one
    assert {name: getattr(one, name) for name in words} == words
    assert max(map(len, bodies)) <= MAX_BODY


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=3000), max_size=8))
def test_any_json_comes_back(cases: Any, value: dict[str, str]) -> None:
    store = cases.new()
    one = new_id()
    with store.write("import") as w:
        w.put(Extraction, one, parameters=value)
    with store.read() as r:
        assert records.get(r, Extraction, one).parameters == value
    store.close()


def test_content_is_kept_once(store: CaseStore) -> None:
    with store.write("import") as w:
        name = w.content("text", b"x" * 5000)
        assert w.content("text", b"x" * 5000) == name
        assert contents.get(w, name) == b"x" * 5000
    with store.write("import") as w:
        assert w.content("text", b"x" * 5000) == name
    with store.read() as r:
        assert contents.many(r, [name, "0" * 64]) == {name: b"x" * 5000}
        assert len(r.connection.execute(select(content.c.hash)).all()) == 1


def test_a_very_large_transaction_starts_its_memory_afresh(store: CaseStore) -> None:
    with store.write("import") as w:
        for n in range(4100):
            w.put(Note, new_id(), body=str(n))
        assert not w.unit().ops
    assert w.changes
    assert len(w.changes.records["note"]) == 4100
    with store.read() as r:
        assert history.acts(r)[0].operations == 4100
