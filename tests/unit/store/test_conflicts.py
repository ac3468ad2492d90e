from casefile.model.ids import new_id
from casefile.model.source import Source
from casefile.store.case import CaseStore
from casefile.store.conflicts import conflicts


def test_one_persons_edits_are_no_conflict(store: CaseStore, id_: str) -> None:
    for title in "xyz":
        with store.write("edit") as w:
            w.put(Source, id_, title=title)
    with store.read() as r:
        assert conflicts(r, id_) == []
        assert conflicts(r, new_id()) == []  # conflicts themselves: see test_merging
