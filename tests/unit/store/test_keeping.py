from casefile.model.annotation import Annotation
from casefile.model.entity import Entity, EntityName
from casefile.model.ids import new_id
from casefile.model.note import Note, Tag
from casefile.model.source import Source, SourceLink
from casefile.store import history, records
from casefile.store.case import CaseStore
from casefile.store.checking import check

from .work import A, B, an_import, delete, edit, living, shown


def test_an_import_of_several_transactions_is_undone_as_one(store: CaseStore) -> None:
    ids = [new_id() for _ in range(130)]
    act = an_import(store, *ids)
    assert store.undo().restored == 520
    assert set(living(store).values()) == {0}
    assert store.redo().undone == act
    assert set(living(store).values()) == {130}
    assert store.undo().restored == 520
    assert set(living(store).values()) == {0}
    assert check(store, full=True).findings == ()


def test_what_was_worked_on_since_is_kept_with_its_parts(store: CaseStore) -> None:
    act = an_import(store, A, B)
    with store.write("annotate") as w:
        w.put(Annotation, new_id(), source=B)
    report = store.undo(act)
    assert report.changed_since == (("source", B, "annotation"),)
    assert set(living(store).values()) == {1}
    assert shown(store, B) == ("x", None, False)
    assert shown(store, A) == ("x", None, True)


def test_a_record_edited_since_is_kept(store: CaseStore) -> None:
    act = an_import(store, A, B)
    edit(store, B, status="later")
    report = store.undo(act)
    assert report.changed_since == (("source", B, "status"),)
    assert set(living(store).values()) == {1}


def test_work_that_was_undone_since_does_not_keep_a_record(store: CaseStore) -> None:
    act = an_import(store, A)
    edit(store, A, status="later")
    with store.write("annotate") as w:
        w.put(Annotation, new_id(), source=A)
    store.undo()
    store.undo()
    report = store.undo()
    assert (report.undone, report.changed_since) == (act, ())
    assert set(living(store).values()) == {0}


def test_with_a_kept_record_stays_what_it_refers_to(store: CaseStore) -> None:
    link, mark, tag = new_id(), new_id(), new_id()
    with store.write("import") as w:
        w.put(Source, A, title="x")
        w.put(Source, B, title="y")
        w.put(SourceLink, link, source=A, other=B)
        w.put(Annotation, mark, source=A)
        w.put(Tag, tag, name="unused")
    with store.write("note") as w:
        w.put(Note, new_id(), target=mark)
    report = store.undo(_first(store))
    assert report.changed_since == (("annotation", mark, "note"),)
    with store.read() as r:
        assert [s.id for s in records.where(r, Source)] == [A]
        assert records.count(r, SourceLink) == 0
        assert records.count(r, Tag) == 0
        assert records.count(r, Annotation) == 1


def _first(store: CaseStore) -> str:
    with store.read() as r:
        return history.acts(r)[-1].id


def test_a_reference_that_the_act_itself_set_keeps_nothing(store: CaseStore) -> None:
    with store.write("entity") as w:
        w.put(Entity, A, name="a")
    with store.write("merge entities") as w:
        w.put(Entity, B, name="b")
        w.put(EntityName, new_id(), entity=B, name="also b")
        w.put(Entity, A, merged_into=B)
    act = w.act
    with store.write("edit") as w:
        w.put(Entity, A, description="since")
    report = store.undo(act)
    assert report.changed_since == ()
    with store.read() as r:
        assert [(e.id, e.merged_into) for e in records.where(r, Entity)] == [(A, None)]
        assert records.count(r, EntityName) == 0


def test_a_record_deleted_since_stays_deleted(store: CaseStore) -> None:
    act = an_import(store, A, B)
    delete(store, A)
    report = store.undo(act)
    assert report.changed_since == ()
    assert shown(store, A) == ("x", None, True)
    assert shown(store, B) == ("x", None, True)
