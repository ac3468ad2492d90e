"""A person at work, in a few words."""

from typing import Any

from casefile.model.ids import new_id
from casefile.model.source import Acquisition, Extraction, Source, SourceFile
from casefile.store import history, records
from casefile.store.case import CaseStore

A = "aaaaaaaa-0000-4000-8000-000000000001"
B = "aaaaaaaa-0000-4000-8000-000000000002"


def edit(store: CaseStore, id_: str = A, **values: Any) -> str:
    with store.write("edit", fields=sorted(values)) as w:
        w.put(Source, id_, **values)
    return w.act


def delete(store: CaseStore, id_: str = A) -> str:
    with store.write("delete") as w:
        w.delete(Source, id_)
    return w.act


def shown(store: CaseStore, id_: str = A) -> tuple[str | None, str | None, bool] | None:
    with store.read() as r:
        one = records.get(r, Source, id_)
    return (one.title, one.status, one.deleted) if one else None


def acts(store: CaseStore) -> list[tuple[str, bool]]:
    with store.read() as r:
        return [(a.key, a.undone) for a in history.acts(r)]


def an_import(store: CaseStore, *ids: str) -> str:
    act = new_id()
    for id_ in ids:
        with store.write("import", act=act) as w:
            w.put(Source, id_, title="x")
            for kind in (SourceFile, Acquisition, Extraction):
                w.put(kind, new_id(), source=id_)
    return act


def living(store: CaseStore) -> dict[str, int]:
    with store.read() as r:
        return {
            kind.TABLE: records.count(r, kind)
            for kind in (Source, SourceFile, Acquisition, Extraction)
        }
