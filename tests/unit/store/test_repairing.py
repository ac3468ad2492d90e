"""A damaged case is put right from all that is sound; the damaged one is kept, what is lost is named."""

import hashlib
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from casefile.model.errors import CaseUnusable
from casefile.model.source import Source
from casefile.store import backups, records, repairing
from casefile.store.checking import check
from casefile.store.repairing import Help, Repaired

from .conftest import INSTALL, Cases
from .filled import IDS, ask, change
from .work import edit

OPS = "SELECT body FROM op ORDER BY hlc"


def repair(case: Path, *others: Path) -> Repaired:
    return repairing.repair(case, Help(INSTALL, 1_000_000, others))


def sound(cases: Cases, case: Path) -> bool:
    with cases.open(case, write=False) as store:
        return not [f for f in check(store, full=True).findings if f.level == "damage"]


@pytest.mark.parametrize(
    "words",
    [
        "UPDATE source SET title = 'x'",
        "DELETE FROM annotation",
        "DROP TABLE claim",
        "CREATE TABLE stray(x)",
        "DROP INDEX op_rec",
        "UPDATE record SET id = 'x' WHERE n = 3",
        "UPDATE txn SET id = 'x', key = 'y' WHERE n = 2",
        "UPDATE replica SET chain = 'x'",
        "UPDATE op SET h8 = 1, rec = 2, seq = 77, hlc = 1 WHERE n = 4",
        "DELETE FROM record",
    ],
)
def test_all_but_the_ledger_is_made_again(cases: Cases, filled: Path, words: str) -> None:
    before = ask(filled, OPS)
    with closing(sqlite3.connect(filled / "case.db")) as db:
        db.execute(words)
        db.commit()
    assert not sound(cases, filled)
    done = repair(filled)
    assert done.lost == []
    assert sound(cases, filled)
    assert ask(filled, OPS) == before
    assert (done.kept / "case.db").is_file()
    with cases.open(filled) as store:  # and it can be worked on
        edit(store, IDS[1], title="new")
    assert sound(cases, filled)


def test_operations_and_texts_come_back_from_a_backup(cases: Cases, filled: Path) -> None:
    before = ask(filled, OPS)
    backups.make(filled, "daily", 1_000)
    with cases.open(filled) as store:
        edit(store, IDS[1], title="after the backup")
    after = ask(filled, OPS)
    change(filled, "UPDATE op SET body = CAST('{}' AS BLOB) WHERE n = 5")
    change(filled, "UPDATE op SET body = CAST(replace(body, 'a', 'b') AS BLOB) WHERE n = 8")
    change(filled, "UPDATE content SET body = zeroblob(9) WHERE kind = 'text'")
    done = repair(filled)
    assert done.lost == []
    assert len(done.done) == 3
    assert "2 operations came back from" in done.done[2]
    assert ask(filled, OPS) == after
    assert len(after) == len(before) + 1
    assert sound(cases, filled)


def test_what_is_nowhere_is_named_and_the_rest_goes_on(cases: Cases, filled: Path) -> None:
    (record,) = ask(filled, "SELECT r.id FROM op JOIN record r ON r.n = op.rec WHERE op.n = 4")[0]
    change(filled, "UPDATE op SET body = CAST('x' AS BLOB) WHERE n = 4")
    done = repair(filled)
    assert [f.kind for f in done.lost] == ["ledger", "content", "content"][: len(done.lost)]
    assert "operation 4 of replica" in done.lost[0].detail
    with cases.open(filled) as store:
        report = check(store, full=True)
        assert not report.ok  # a gap in a chain stays a gap
        with store.read() as r:
            titles = [one.title for one in records.where(r, Source)]
        assert len(titles) == 3
        edit(store, IDS[2], title="goes on")
    assert record


def test_an_altered_operation_is_not_taken_for_true(cases: Cases, filled: Path) -> None:
    """Somebody changed a title and the number it is found by, but what follows knows better."""
    with closing(sqlite3.connect(filled / "case.db")) as db:
        n, body = db.execute(
            "SELECT n, body FROM op WHERE json_extract(body,'$.set.title') LIKE '%other words 1'"
        ).fetchone()
        forged = body.replace(b"other words 1", b"fabricated 11")
        h8 = int.from_bytes(hashlib.sha256(forged).digest()[:8], "big", signed=True)
        db.execute("UPDATE op SET body = ?, h8 = ? WHERE n = ?", (forged, h8, n))
        db.commit()
    done = repair(filled)
    assert [f.kind for f in done.lost] == ["ledger"]
    with cases.open(filled) as store, store.read() as r:
        assert all("fabricated" not in (one.title or "") for one in records.where(r, Source))


def test_originals_come_back_from_another_copy(cases: Cases, filled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.casefile"
    shutil.copytree(filled, copy)
    one, two, _ = sorted(p for p in (filled / "objects").rglob("*") if p.is_file())
    one.unlink()
    two.chmod(0o644)
    two.write_bytes(b"rotten")
    alone = repair(filled)
    assert [f.kind for f in alone.lost] == ["object", "object"]
    assert all(f.record for f in alone.lost)
    assert (alone.kept / "objects" / two.name).read_bytes() == b"rotten"
    done = repair(filled, copy)
    assert done.lost == []
    assert sound(cases, filled)


def test_a_torn_file_is_read_around(cases: Cases, filled: Path) -> None:
    """Whole pages of zeros in the middle: everything that can be read comes along, the rest is named."""
    backups.make(filled, "daily", 1_000)
    file = filled / "case.db"
    body = bytearray(file.read_bytes())
    rnd = random.Random(3)
    for page in rnd.sample(range(2, len(body) // 4096), 12):
        body[page * 4096 : (page + 1) * 4096] = bytes(4096)
    file.write_bytes(body)
    done = repair(filled)
    assert done.lost == []
    assert sound(cases, filled)


def test_no_database_at_all_comes_back_from_a_backup(cases: Cases, filled: Path) -> None:
    backups.make(filled, "daily", 1_000)
    (filled / "case.db").write_bytes(b"\0" * 100_000)
    done = repair(filled)
    assert done.lost == []
    assert sound(cases, filled)


def test_with_nothing_to_read_the_case_stays_as_it_is(filled: Path) -> None:
    (filled / "case.db").write_bytes(b"\0" * 100_000)
    with pytest.raises(CaseUnusable, match="Nothing of the ledger"):
        repair(filled)
    assert (filled / "case.db").read_bytes() == b"\0" * 100_000


def test_a_repair_goes_on_as_a_new_replica(cases: Cases, filled: Path) -> None:
    with cases.open(filled) as store:
        before, case_id = store.replica, store.case_id
    change(filled, "UPDATE source SET title = 'x'")
    repair(filled)
    with cases.open(filled) as store:
        assert (store.replica != before, store.case_id) == (True, case_id)
        assert store.undo().restored
