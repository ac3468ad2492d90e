"""Cases of every released version are opened, upgraded after a backup, and stay what they were."""

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from casefile.model.case import FORMAT
from casefile.model.claim import Claim
from casefile.model.errors import CaseUnusable, OlderFormat
from casefile.model.purge import Purge
from casefile.model.source import Source
from casefile.store import backups, history, records, seal
from casefile.store.case import CaseStore
from casefile.store.checking import check

from .conftest import Cases

FROZEN = sorted((Path(__file__).parents[2] / "data" / "cases").glob("*.zip"))
RELEASED = pytest.mark.parametrize("frozen", FROZEN, ids=[one.stem for one in FROZEN])


def thaw(frozen: Path, folder: Path) -> tuple[Path, dict[str, Any]]:
    with zipfile.ZipFile(frozen) as packed:
        packed.extractall(folder)
    for name in ("objects", "backups", "tmp"):
        (folder / "case" / name).mkdir(exist_ok=True)
    return folder / "case", json.loads((folder / "expected.json").read_text("utf-8"))


def version(case: Path) -> int:
    with closing(sqlite3.connect(case / "case.db")) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def holds(store: CaseStore, expected: dict[str, Any]) -> None:
    with store.read() as r:
        assert store.case_id == expected["case"]
        assert sorted(one.title or "" for one in records.where(r, Source)) == expected["titles"]
        assert [one.statement for one in records.where(r, Claim)] == expected["claims"]
        assert [act.key for act in history.acts(r)] == expected["acts"]
        assert not seal.fault(r.connection)


@RELEASED
def test_a_case_of_a_released_version_is_upgraded(
    cases: Cases, tmp_path: Path, frozen: Path
) -> None:
    case, expected = thaw(frozen, tmp_path)
    with cases.open(case) as store:
        holds(store, expected)
        report = check(store, full=True)
        assert report.findings == ()
        assert (report.ops, report.objects) == tuple(expected["checked"].values())
    assert version(case) == FORMAT
    if expected["format"] < FORMAT:
        (backup,) = backups.listed(case)
        assert (backup.reason, backup.state, backup.ops) == (
            "upgrade",
            "verified",
            expected["checked"]["ops"],
        )
        with closing(sqlite3.connect(backup.path)) as db:
            assert db.execute("PRAGMA user_version").fetchone() == (expected["format"],)
    with cases.open(case) as store:  # a second time there is nothing to do
        holds(store, expected)
    assert len(backups.listed(case)) == int(expected["format"] < FORMAT)


@RELEASED
def test_reading_an_older_case_leaves_it_as_it_is(
    cases: Cases, tmp_path: Path, frozen: Path
) -> None:
    case, expected = thaw(frozen, tmp_path)
    if expected["format"] == FORMAT:
        pytest.skip("of this format")
    before = (case / "case.db").read_bytes()
    with pytest.raises(OlderFormat, match="older format"):
        cases.open(case, write=False)
    assert (case / "case.db").read_bytes() == before


def test_a_damaged_older_case_is_not_upgraded(cases: Cases, tmp_path: Path) -> None:
    case, _ = thaw(FROZEN[0], tmp_path)
    with closing(sqlite3.connect(case / "case.db")) as db:
        db.execute("UPDATE op SET body = x'7b7d' WHERE n = 3")
        db.commit()
    with pytest.raises(CaseUnusable, match="damaged and of an older format"):
        cases.open(case)
    assert version(case) == 1
    assert [one.state for one in backups.listed(case)] == ["damaged case"]


def test_an_upgrade_that_goes_wrong_changes_nothing(
    cases: Cases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, expected = thaw(FROZEN[0], tmp_path)
    with closing(sqlite3.connect(case / "case.db")) as db:
        db.execute("CREATE TABLE stray(x)")
        db.commit()
    with pytest.raises(CaseUnusable, match="could not be upgraded: stray"):
        cases.open(case)
    assert version(case) == 1
    with closing(sqlite3.connect(case / "case.db")) as db:
        assert not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'checkpoint'").fetchone()
        db.execute("DROP TABLE stray")
        db.commit()
    with cases.open(case) as store:
        holds(store, expected)


def test_records_of_a_newer_kind_are_shown_after_the_upgrade(cases: Cases) -> None:
    """A colleague's newer version wrote a purge; the older one kept what it did not know."""
    made = cases.new()
    with made.write("x") as w:
        w.put(Purge, "11111111-1111-4111-8111-111111111111", reason="why")
    made.close()
    with closing(sqlite3.connect(made.path / "case.db")) as db:
        db.execute("DROP TABLE purge")
        db.execute("DROP TABLE checked")
        db.execute("DROP TABLE checkpoint")
        db.execute("PRAGMA user_version = 1")
        db.commit()
    with cases.open(made.path) as store, store.read() as r:
        assert [one.reason for one in records.where(r, Purge)] == ["why"]
        assert check(store, full=True).findings == ()
