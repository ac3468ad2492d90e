import pytest

from casefile.model.claim import Claim
from casefile.model.errors import Refused
from casefile.model.ids import new_id
from casefile.model.note import Note, Tag, Tagging
from casefile.model.source import Extraction, Source
from casefile.model.values import DateValue
from casefile.store import records
from casefile.store.case import CaseStore

A = "aaaaaaaa-0000-4000-8000-000000000001"
B = "aaaaaaaa-0000-4000-8000-000000000002"
C = "cccccccc-0000-4000-8000-000000000003"


@pytest.fixture
def full(store: CaseStore) -> CaseStore:
    with store.write("import") as w:
        w.put(Source, A, title="b", kind="pdf", published=DateValue(earliest="2021-05-02"))
        w.put(Source, B, title="a", kind="article", published=DateValue(earliest="2021-05-01"))
        w.put(Source, C, kind="article")
        w.delete(Source, C)
    return store


def test_one_record_with_all_that_every_record_has(full: CaseStore) -> None:
    with full.read() as r:
        one = records.get(r, Source, A)
        assert one
        assert (one.id, one.title, one.deleted, one.conflicts) == (A, "b", False, 0)
        assert one.made == one.changed > 1_600_000_000_000
        assert records.get(r, Note, A) is None
        assert records.get(r, Source, new_id()) is None
        assert records.get(r, Source, C).deleted  # type: ignore[union-attr]  # it is there


def test_many_come_in_the_order_asked_for(full: CaseStore) -> None:
    with full.read() as r:
        found = records.many(r, Source, [C, A, new_id(), B, A])
        assert [one.id for one in found] == [C, A, B]
        assert records.many(r, Source, []) == []


def test_many_hundreds(store: CaseStore) -> None:
    ids = [new_id() for _ in range(1203)]
    with store.write("note") as w:
        for n, one in enumerate(ids):
            w.put(Note, one, body=str(n))
    with store.read() as r:
        assert [n.body for n in records.many(r, Note, ids)] == [str(n) for n in range(1203)]


def test_where_takes_values_several_values_and_none(full: CaseStore) -> None:
    def ids(**how: object) -> list[str]:
        with full.read() as r:
            return [one.id for one in records.where(r, Source, **how)]  # type: ignore[arg-type]  # as given

    assert ids() == [A, B]
    assert ids(deleted=None) == [A, B, C]
    assert ids(deleted=True) == [C]
    assert ids(kind="pdf") == [A]
    assert ids(kind=("pdf", "article")) == [A, B]
    assert ids(title=None, deleted=None) == [C]
    assert ids(title=("a", None), deleted=None) == [B, C]
    assert ids(title=()) == []
    assert ids(title="B") == []  # letters count
    assert ids(order=("title",)) == [B, A]
    assert ids(order=("-title",)) == [A, B]
    assert ids(order=("published",)) == [B, A]
    assert ids(order=("-made",)) == [B, A]
    assert ids(order=("-id",), limit=1) == [B]


def test_where_follows_references(store: CaseStore) -> None:
    with store.write("tag") as w:
        w.put(Tag, A, name="x")
        w.put(Tagging, B, tag=A, target=C)
        w.put(Tagging, C, tag=A)
        w.put(Claim, new_id(), quote=A, speaker=B)
    with store.read() as r:
        assert [t.id for t in records.where(r, Tagging, target=C)] == [B]
        assert [t.id for t in records.where(r, Tagging, tag=(A, B))] == [B, C]
        assert [t.id for t in records.where(r, Tagging, target=None)] == [C]
        assert records.where(r, Tagging, target=new_id()) == []
        (claim,) = records.where(r, Claim, speaker=B)
        assert (claim.quote, claim.speaker, claim.place) == (A, B, None)


@pytest.mark.parametrize("name", ["published", "byline", "nothing"])
def test_what_cannot_be_asked_for_is_a_defect(full: CaseStore, name: str) -> None:
    with full.read() as r, pytest.raises(TypeError, match=name):
        records.where(r, Source, **{name: "x"})  # type: ignore[arg-type]  # wrong on purpose


def test_counting(full: CaseStore) -> None:
    with full.read() as r:
        assert records.count(r, Source) == 2
        assert records.count(r, Source, deleted=None) == 3
        assert records.count(r, Source, kind="article") == 1
        assert records.count(r, Note) == 0


def test_yes_no_and_json_come_back_as_they_were(store: CaseStore) -> None:
    with store.write("import") as w:
        w.put(Extraction, A, complete=False, warnings=("x",), parameters={"a": [1]})
        w.put(Extraction, B, complete=True)
    with store.read() as r:
        one, two = records.many(r, Extraction, [A, B])
        assert (one.complete, one.warnings, one.parameters) == (False, ("x",), {"a": [1]})
        assert (two.complete, two.warnings) == (True, None)
        assert [e.id for e in records.where(r, Extraction, complete=True)] == [B]


def test_a_prefix_names_a_record(full: CaseStore) -> None:
    with full.read() as r:
        assert records.resolve(r, C[:8]) == ("source", C)  # deleted ones, too
        assert records.resolve(r, A) == ("source", A)
        assert records.resolve(r, f"  {B.upper()} ") == ("source", B)
        with pytest.raises(Refused, match="several") as caught:
            records.resolve(r, A[:8])
        assert [d["id"] for d in caught.value.details] == [A, B]  # type: ignore[attr-defined]  # a list
        for nothing in ("aaaaaaa", "zzzzzzzz", "", "%aaaaaaa"):
            with pytest.raises(Refused, match="beginning of an id"):
                records.resolve(r, nothing)
        with pytest.raises(Refused, match="no record"):
            records.resolve(r, "ffffffff")


def test_people_and_targets_that_are_no_records_are_not_found(full: CaseStore) -> None:
    with full.write("note") as w:
        w.put(Note, B[:-1] + "9", target="ffffffff-0000-4000-8000-000000000004")
    with full.read() as r:
        for nothing in ("ffffffff", full.person[:8]):
            with pytest.raises(Refused, match="no record"):
                records.resolve(r, nothing)
        assert records.kind_of(r, full.person) is None
        assert records.kind_of(r, A) == "source"
        assert records.kind_of(r, new_id()) is None
        assert records.where(r, Note)[0].target == "ffffffff-0000-4000-8000-000000000004"
