"""Tables and fields of a newer version: kept, given on, and shown once they are known."""

import pytest
from sqlalchemy import select

from casefile.model.ids import new_id
from casefile.model.ledger import ZERO, chain, compose
from casefile.model.note import Note
from casefile.model.source import Source
from casefile.store import history, moments, records
from casefile.store.case import CaseStore
from casefile.store.checking import check
from casefile.store.merging import merge
from casefile.store.rebuilding import rebuild_projections
from casefile.store.schema import SPECS, op

from .conftest import Cases
from .work import A, B

HOLOGRAM = "aaaaaaaa-0000-4000-8000-000000000009"


def newer() -> list[bytes]:
    """What a colleague with a newer version wrote: a known kind with more fields, a new kind."""
    replica, person, act = new_id(), new_id(), new_id()
    words = {
        "v": 1, "replica": replica, "person": person, "txn": act, "hlc": 5, "nonce": "a0", "seq": 1,
        "prev": ZERO, "tbl": "source", "row": A, "set": {"title": "x", "smell": {"of": ["rain"]}},
        "act": {"key": "import", "args": {}},
    }  # fmt: skip
    first = compose(words)
    prev = chain(first.data["prev"], first.id)
    del words["act"]
    more = {
        "seq": 2,
        "prev": prev,
        "tbl": "hologram",
        "row": HOLOGRAM,
        "set": {"depth": 3, "of": A},
    }
    return [first.body, compose(words | more).body]


def take(store: CaseStore, bodies: list[bytes]) -> None:
    with store.write("merge") as w:
        merge(w, bodies)


def bodies(store: CaseStore) -> set[bytes]:
    with store.read() as r:
        return set(r.connection.execute(select(op.c.body)).scalars())


def test_what_is_not_known_is_kept_and_given_on(cases: Cases) -> None:
    store, written = cases.new(), newer()
    take(store, written)
    with store.write("edit") as w:
        w.put(Source, A, title="y")
        w.put(Note, B, target=HOLOGRAM, body="what is this?")
    assert set(written) <= bodies(store)
    with store.read() as r:
        made, _ = history.of(r, A)
        assert made.values["smell"] == {"of": ["rain"]}
        assert moments.at(r, [HOLOGRAM], 1 << 45)[HOLOGRAM].values == {"depth": 3, "of": A}
        note = records.get(r, Note, B)
        assert note
        assert note.target == HOLOGRAM
    other = cases.new()
    take(other, sorted(written, key=written.index))
    assert bodies(other) == set(written)
    for each in (store, other):
        rebuild_projections(each)
        assert check(each, full=True).ok


def test_an_undo_takes_what_is_not_known_back_and_a_redo_brings_it(cases: Cases) -> None:
    store = cases.new()
    take(store, newer())
    with store.read() as r:
        act = history.acts(r)[0].id
    store.undo(act)
    with store.read() as r:
        assert moments.at(r, [HOLOGRAM], 1 << 45)[HOLOGRAM].deleted
    store.redo(act)
    with store.read() as r:
        found = moments.at(r, [HOLOGRAM, A], 1 << 45)
    assert (found[HOLOGRAM].deleted, found[A].values["smell"]) == (False, {"of": ["rain"]})


def test_a_field_is_shown_once_it_is_known(cases: Cases, monkeypatch: pytest.MonkeyPatch) -> None:
    store = cases.new()
    older = {name: kind for name, kind in SPECS["source"].items() if name != "licence"}
    with monkeypatch.context() as patch:  # a version that does not know licences yet
        patch.setitem(SPECS, "source", older)
        words = compose(
            {
                "v": 1, "replica": new_id(), "person": new_id(), "txn": new_id(), "hlc": 5,
                "nonce": "a0", "seq": 1, "prev": ZERO, "tbl": "source", "row": A,
                "set": {"title": "x", "licence": "CC0"},
            }
        )  # fmt: skip
        take(store, [words.body])
        with store.write("edit") as w:
            w.put(Source, A, title="y")
    rebuild_projections(store)  # as after an upgrade
    with store.read() as r:
        one = records.get(r, Source, A)
    assert one
    assert (one.title, one.licence) == ("y", "CC0")
    assert check(store, full=True).ok
