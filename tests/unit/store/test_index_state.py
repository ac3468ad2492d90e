import pytest
from sqlalchemy import text

from casefile.model.hit import IndexState
from casefile.store.case import CaseStore
from casefile.store.index_state import recall

STATE = IndexState(generation=2, upto=7, documents=3, schema="1", digests={"a": "0" * 64})


def test_each_place_has_its_own_memory(store: CaseStore) -> None:
    with store.write("index") as w:
        w.remember_index("here", STATE)
        w.remember_index("here", STATE)
    with store.read() as r:
        assert recall(r, "here") == STATE
        assert recall(r, "there") is None
    assert store.changes_after(0).records == {}


@pytest.mark.parametrize("words", ["{", "[]", '{"generation": 1}'])
def test_memory_that_makes_no_sense_is_none(store: CaseStore, words: str) -> None:
    with store.write("index") as w:
        w.remember_index("here", STATE)
        w.connection.execute(text("UPDATE index_state SET state = :w"), {"w": words})
    with store.read() as r:
        assert recall(r, "here") is None
