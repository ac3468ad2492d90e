"""What is removed for good is gone from every file; the chain still holds, and nothing brings it back."""

from pathlib import Path

import pytest

from casefile.model.change import CheckReport
from casefile.model.errors import Refused
from casefile.model.purge import Purge, read_remnant
from casefile.model.source import Source
from casefile.store import backups, history, known, purging, records
from casefile.store.case import CaseStore
from casefile.store.checking import check
from casefile.store.rebuilding import rebuild_projections

from .conftest import Cases
from .filled import CLAIM, IDS, SECRET, ask, change


def purge(store: CaseStore, id_: str = IDS[0], table: str = "source") -> str:
    with store.read() as r:
        plan = purging.plan(r, table, id_)
    return purging.purge(store, plan, "a court said so")


def holding(path: Path) -> list[str]:
    return [
        str(one.relative_to(path))
        for one in path.rglob("*")
        if one.is_file() and SECRET.encode() in one.read_bytes()
    ]


def damage(report: CheckReport) -> list[str]:
    return [f.detail for f in report.findings if f.level == "damage"]


@pytest.fixture
def purged(cases: Cases, filled: Path) -> CaseStore:
    store = cases.open(filled)
    purge(store)
    return store


def test_nothing_of_it_is_left_in_any_file(cases: Cases, filled: Path) -> None:
    assert len(holding(filled)) == 2  # the original and case.db; the text lies there compressed
    texts = ask(filled, "SELECT count(*) FROM content")[0][0]
    store = cases.open(filled)
    purge(store)
    assert holding(filled) == []  # while it is still open
    assert len(list((filled / "objects").rglob("*"))) < 6 + 3
    store.close()
    assert holding(filled) == []
    assert ask(filled, "SELECT count(*) FROM content")[0][0] == texts - 1  # the zones are shared


def test_the_chain_still_holds_and_the_tables_fit(cases: Cases, purged: CaseStore) -> None:
    report = check(purged, full=True)
    assert report.findings == ()
    assert report.objects == 2
    rebuild_projections(purged)
    assert check(purged, full=True).findings == ()


def test_the_reason_and_the_hashes_stay(purged: CaseStore) -> None:
    with purged.read() as r:
        (one,) = records.where(r, Purge)
        gone = records.get(r, Source, IDS[0])
        others = [s.title for s in records.where(r, Source)]
        acts = [a.key for a in history.acts(r)]
    assert (one.reason, one.target, len(one.objects or ())) == ("a court said so", IDS[0], 1)
    assert gone is not None
    assert gone.deleted
    assert gone.title is None
    assert others == ["title other words 1", "title other words 2"]
    assert acts[0] == "purge"


def test_what_others_need_stays(cases: Cases, filled: Path) -> None:
    store = cases.open(filled)
    with store.read() as r:
        plan = purging.plan(r, "source", IDS[0])
        assert len(plan.shared) == 1  # the empty map of zones
        assert plan.naming == {"claim": 1}
    purge(store)
    with store.read() as r:
        assert records.kind_of(r, CLAIM) == "claim"


def test_undo_cannot_bring_it_back(purged: CaseStore) -> None:
    with pytest.raises(Refused, match="removed for good cannot be brought back"):
        purged.undo()
    with purged.read() as r:
        imports = [a.id for a in history.acts(r) if a.key in ("import", "annotate", "edit")]
    for act in imports:
        try:
            purged.undo(act)
            purged.redo(act)
        except Refused:
            continue
    with purged.read() as r:
        gone = records.get(r, Source, IDS[0])
    assert gone is not None
    assert gone.deleted
    assert gone.title is None
    assert check(purged, full=True).ok
    assert holding(purged.path) == []


def test_a_delete_from_before_cannot_be_undone_either(cases: Cases, filled: Path) -> None:
    store = cases.open(filled)
    with store.write("delete", count=1) as w:
        w.delete(Source, IDS[0])
    act = w.act
    purge(store)
    with pytest.raises(Refused):
        store.undo(act)
    with store.read() as r:
        gone = records.get(r, Source, IDS[0])
    assert gone is not None
    assert gone.deleted


def test_a_second_time_there_is_nothing(purged: CaseStore) -> None:
    for table, id_ in (("source", IDS[0]), ("purge", _purge_id(purged))):
        with purged.read() as r, pytest.raises(Refused, match="nothing to remove"):
            purging.plan(r, table, id_)


def _purge_id(store: CaseStore) -> str:
    with store.read() as r:
        return records.where(r, Purge)[0].id


def test_an_emptied_operation_without_a_purge_is_damage(cases: Cases, purged: CaseStore) -> None:
    """A forger empties one more operation, or changes what remains of one."""
    purged.close()
    n, body = ask(purged.path, "SELECT n, body FROM op WHERE json_extract(body, '$.purged') > ''")[
        0
    ]
    left = read_remnant(body)
    assert left is not None
    forged = body.replace(b'"tbl":"source"', b'"tbl":"sourcx"')
    assert forged != body
    change(purged.path, "UPDATE op SET body = ? WHERE n = ?", forged, n)
    report = check(cases.open(purged.path, write=False), full=True)
    assert any("was emptied, and no removal vouches" in one for one in damage(report))
    assert any(f.record == IDS[0] for f in report.findings if f.level == "damage")


def test_a_purge_that_was_cut_short_is_finished_at_the_next_opening(
    cases: Cases, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = cases.open(filled)
    with monkeypatch.context() as m:
        m.setattr(purging, "finish", lambda _: None)
        purge(store)
    original = [one for one in holding(filled) if one.startswith("objects")]
    assert len(original) == 1
    notes = [f.detail for f in check(store).findings]
    assert any("still lies here" in one for one in notes)
    store.close()
    store = cases.open(filled)
    assert holding(filled) == []
    with store.read() as r:
        assert purging.PENDING not in known.recall(r.connection)
    assert check(store, full=True).findings == ()


def test_backups_that_hold_it_are_named(cases: Cases, filled: Path) -> None:
    backups.make(filled, "manual", 1_000_000)
    store = cases.open(filled)
    with store.read() as r:
        plan = purging.plan(r, "source", IDS[0])
    purge(store)
    backups.make(filled, "manual", 2_000_000)
    names = [one.id for one in plan.operations.values()]
    assert [one.made for one in backups.holding(filled, names, plan.contents)] == [1_000_000]
    assert all(one.state == "verified" for one in backups.listed(filled))


def test_any_record_can_be_removed(cases: Cases, filled: Path) -> None:
    store = cases.open(filled)
    purge(store, CLAIM, "claim")
    store.close()
    assert b"has no water" not in (filled / "case.db").read_bytes()
    assert check(cases.open(filled), full=True).ok


def test_what_only_this_copy_knows_of_it_goes_too(cases: Cases, filled: Path) -> None:
    ((number,),) = ask(filled, "SELECT n FROM record WHERE id = ?", IDS[0])
    dots = SECRET.encode()
    change(filled, "INSERT INTO picture_look VALUES (?, 1, ?, ?)", number, dots, dots)
    change(filled, "INSERT INTO text_key VALUES (7, ?)", number)
    store = cases.open(filled)
    purge(store)
    store.close()
    assert holding(filled) == []
    assert ask(filled, "SELECT * FROM text_key WHERE source = ?", number) == []
