import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from casefile.model.errors import CaseUnusable
from casefile.model.ids import new_id
from casefile.model.source import Source
from casefile.store import making
from casefile.store.lock import CaseLock

from .conftest import Cases


def change(path: Path, words: str) -> None:
    with closing(sqlite3.connect(path / "case.db")) as db:
        db.execute(words)
        db.commit()


@pytest.fixture
def closed(cases: Cases) -> Path:
    path = cases.new(title="x").path
    cases.close()
    return path


def test_a_case_is_not_made_over_another(cases: Cases, closed: Path) -> None:
    with pytest.raises(CaseUnusable, match="something at"):
        making.make(closed, new_id())
    assert cases.open(closed)


def test_an_unfinished_case_is_made_again(cases: Cases, closed: Path) -> None:
    (closed / "case.db").rename(closed / "tmp" / "fresh.db")
    shutil.rmtree(closed / "backups")
    making.make(closed, new_id())
    assert cases.open(closed).case_id
    assert not (closed / "tmp" / "fresh.db").exists()


def test_two_makings_at_once_are_one(tmp_path: Path) -> None:
    path = tmp_path / "a.casefile"
    path.mkdir()
    lock = CaseLock(path / "case.lock")
    lock.take(0)
    (path / "tmp").mkdir()
    with pytest.raises(CaseUnusable, match="open in another"):
        making.make(path, new_id())
    lock.drop()
    making.make(path, new_id())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("PRAGMA application_id = 7", "not the database of a case"),
        ("PRAGMA user_version = 99", "newer Casefile"),
        ("PRAGMA user_version = 0", "no known format"),
        ("DELETE FROM meta WHERE key = 'case'", "damaged"),
        ("UPDATE meta SET value = '{' WHERE key = 'mine'", "damaged"),
        ("DROP TABLE meta", "damaged"),
    ],
)
@pytest.mark.parametrize("write", [True, False])
def test_what_cannot_be_used_is_refused_in_a_sentence(
    cases: Cases, closed: Path, words: str, message: str, write: bool
) -> None:
    change(closed, words)
    before = (closed / "case.db").read_bytes()
    with pytest.raises(CaseUnusable, match=message):
        cases.open(closed, write=write)
    if not write:
        assert (closed / "case.db").read_bytes() == before
    assert not (closed / "case.lock").exists()


@pytest.mark.parametrize("body", [b"", b"not a database at all" * 100])
def test_a_destroyed_database_is_refused(cases: Cases, closed: Path, body: bytes) -> None:
    (closed / "case.db").write_bytes(body)
    with pytest.raises(CaseUnusable):
        cases.open(closed)
    with pytest.raises(CaseUnusable):
        cases.open(closed, write=False)


def test_the_commands_of_the_readme_work(cases: Cases) -> None:
    from io import BytesIO

    from casefile.model.source import SourceFile

    store = cases.new()
    kept = store.objects.put(BytesIO(b"evidence"), limit=100)
    with store.write("import") as w:
        w.put(Source, new_id(), title="x")
        w.put(SourceFile, new_id(), object=kept.sha256)
    store.close()
    words = (store.path / "README.txt").read_text("utf-8")
    line = next(line for line in words.splitlines() if "sha256sum --check" in line)
    done = subprocess.run(["sh", "-c", line], cwd=store.path, capture_output=True, check=True)
    assert done.stdout == b""
    place = store.objects.path(kept.sha256)
    place.chmod(0o644)
    place.write_bytes(b"evidencf")
    done = subprocess.run(["sh", "-c", line], cwd=store.path, capture_output=True, check=False)
    assert b"FAILED" in done.stdout
