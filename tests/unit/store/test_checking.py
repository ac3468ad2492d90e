import random
import shutil
import sqlite3
from contextlib import closing
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from casefile.jobs.progress import Progress
from casefile.model.change import CheckReport
from casefile.model.errors import Cancelled, CaseUnusable
from casefile.model.ids import new_id
from casefile.model.note import Note
from casefile.model.source import Acquisition, Extraction, Source, SourceFile
from casefile.store.case import CaseStore
from casefile.store.checking import check

from .conftest import INSTALL, PERSON, Cases


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed case with something of everything in it."""
    path = tmp_path_factory.mktemp("checking") / "original.casefile"
    store = CaseStore.create(path, person=PERSON, install=INSTALL, title="x")
    for n in range(6):
        kept = store.objects.put(BytesIO(f"original {n}".encode()), limit=100)
        with store.write("import", number=n) as w:
            one = new_id()
            w.put(Source, one, title=f"title {n}", kind="article")
            w.put(SourceFile, new_id(), source=one, object=kept.sha256, role="original")
            w.put(Acquisition, new_id(), source=one, object=kept.sha256)
            w.put(
                Extraction,
                new_id(),
                source=one,
                text_hash=w.content("text", f"text {n} ".encode() * 300),
                zones=w.content("zones", b"[]"),
            )
    with store.write("note") as w:
        w.put(Note, new_id(), target=one, body="long " * 5000)
    with store.write("edit") as w:
        w.put(Source, one, title="other")
    store.undo()
    store.close()
    return path


@pytest.fixture
def path(original: Path, tmp_path: Path) -> Path:
    """A copy to break."""
    shutil.copytree(original, tmp_path / "a.casefile")
    return tmp_path / "a.casefile"


def changed(path: Path, words: str, *values: Any) -> None:
    with closing(sqlite3.connect(path / "case.db")) as db:
        assert db.execute(words, values).rowcount
        db.commit()


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path / "case.db")) as db:
        return list(db.iterdump())


def checked(cases: Cases, path: Path, *, full: bool) -> CheckReport:
    store = cases.open(path, write=False)
    try:
        return check(store, full=full)
    finally:
        store.close()


FULL = pytest.mark.parametrize("full", [False, True], ids=["plain", "full"])


@FULL
def test_a_sound_case_and_its_copy_are_sound(cases: Cases, path: Path, full: bool) -> None:
    copied = path.with_name("copy.casefile")
    shutil.copytree(path, copied)
    for one in (path, copied):
        report = checked(cases, one, full=full)
        assert report.findings == ()
        assert report.ok
        assert (report.ops, report.objects) == (1 + 24 + 3, 6)
        assert report.bytes > 10_000


@FULL
def test_checking_changes_nothing(cases: Cases, path: Path, full: bool) -> None:
    before = {one: one.stat().st_mtime_ns for one in path.rglob("*")}
    checked(cases, path, full=full)
    assert {one: one.stat().st_mtime_ns for one in path.rglob("*")} == before


def test_an_open_case_may_be_checked(cases: Cases, path: Path) -> None:
    store = cases.open(path)
    assert check(store, full=True).findings == ()


def flip(body: bytes, rnd: random.Random) -> bytes:
    found = bytearray(body)
    found[rnd.randrange(len(found))] ^= 1 << rnd.randrange(8)
    return bytes(found)


@FULL
@pytest.mark.parametrize("what", ["object", "op", "content"])
def test_every_changed_bit_is_found(cases: Cases, path: Path, what: str, full: bool) -> None:
    rnd = random.Random(what)
    originals = [one for one in (path / "objects").rglob("*") if one.is_file()]
    undo: partial[Any]
    for _ in range(8):
        if what == "object":
            one = rnd.choice(originals)
            one.chmod(0o644)
            before = one.read_bytes()
            one.write_bytes(flip(before, rnd))
            undo = partial(one.write_bytes, before)
        else:
            with closing(sqlite3.connect(path / "case.db")) as db:
                rows = db.execute(f"SELECT rowid, body FROM {what}").fetchall()
            row, before = rnd.choice(rows)
            words = f"UPDATE {what} SET body = ? WHERE rowid = ?"
            changed(path, words, flip(before, rnd), row)
            undo = partial(changed, path, words, before, row)
        report = checked(cases, path, full=full)
        assert not report.ok
        undo()
    assert checked(cases, path, full=full).ok


@FULL
@pytest.mark.parametrize(
    ("words", "kind", "detail"),
    [
        ("UPDATE op SET body = CAST('not json' AS BLOB) WHERE n = 3", "ledger", "damaged"),
        (
            "UPDATE op SET body = CAST(replace(CAST(body AS TEXT), ':', ': ') AS BLOB) WHERE n = 3",
            "ledger",
            "not written canonically",
        ),
        ("UPDATE op SET body = x'' WHERE n = 3", "ledger", "damaged"),
        ("UPDATE op SET h8 = h8 + 1 WHERE n = 3", "ledger", "has changed"),
        ("UPDATE op SET rec = rec + 1 WHERE n = 3", "ledger", "wrong place"),
        ("UPDATE op SET rec = 999 WHERE n = 3", "ledger", "wrong place"),
        ("UPDATE op SET txn = 1 WHERE n = 9", "ledger", "wrong place"),
        ("UPDATE op SET hlc = 1 WHERE n = 9", "ledger", "wrong place"),
        ("UPDATE op SET seq = 99 WHERE n = 9", "ledger", "wrong place"),
        ("UPDATE op SET replica = 99 WHERE n = 9", "ledger", "wrong place"),
        ("DELETE FROM op WHERE n = 3", "ledger", "does not follow"),
        ("DELETE FROM op WHERE n = (SELECT max(n) FROM op)", "ledger", "does not end"),
        ("UPDATE replica SET chain = seq", "ledger", "does not end"),
        ("UPDATE replica SET seq = 2", "ledger", "does not end"),
        ("UPDATE content SET crc = crc + 1", "content", "has changed"),
        ("UPDATE content SET packing = 1 - packing", "content", "has changed"),
        ("DELETE FROM content WHERE kind = 'text'", "content", "missing"),
        ("DELETE FROM content WHERE kind = 'value'", "content", "missing"),
        ("DROP INDEX op_h8", "projection", "op_h8"),
        ("CREATE TABLE more (x)", "projection", "more"),
        (
            "CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM op; END",
            "projection",
            "t is not",
        ),
        ("DELETE FROM note", "projection", "note has more or fewer|note: the whole row"),
        ("UPDATE source SET title = 'forged'", "projection", "source"),
        ("UPDATE source SET deleted = 1", "projection", "source"),
        ("UPDATE record SET conflicts = 1", "projection", "differs"),
        ("UPDATE record SET made = made - 65536 * 1000 WHERE base IS NOT NULL", "projection", ""),
        ("INSERT INTO tag (n, deleted) VALUES (999, 0)", "projection", "tag"),
    ],
)
def test_damage_to_the_database_is_found(
    cases: Cases, path: Path, words: str, kind: str, detail: str, full: bool
) -> None:
    if words.startswith(("DROP", "CREATE")):
        with closing(sqlite3.connect(path / "case.db")) as db:
            db.execute(words)
    else:
        changed(path, words)
    report = checked(cases, path, full=full)
    assert not report.ok
    import re

    assert any(f.kind == kind and re.search(detail, f.detail) for f in report.findings), report


@pytest.mark.parametrize(
    "words",
    [
        "UPDATE record SET heads = NULL",
        "UPDATE txn SET key = 'forged'",
        "UPDATE txn SET undoes = NULL",
        "UPDATE source_file SET object = NULL WHERE n = (SELECT min(n) FROM source_file)",
        "DELETE FROM txn WHERE first IS NULL OR n = 1",
        "INSERT INTO wait VALUES ('x', 1, 'title')",
        "UPDATE record SET id = upper(id) WHERE kind IS NULL",
    ],
)
def test_every_row_is_compared_in_full(cases: Cases, path: Path, words: str) -> None:
    changed(path, words)
    assert not checked(cases, path, full=True).ok


def test_findings_name_the_record_and_the_fields(cases: Cases, path: Path) -> None:
    with closing(sqlite3.connect(path / "case.db")) as db:
        words = "SELECT record.id FROM source JOIN record USING (n) ORDER BY n LIMIT 1"
        ((id_,),) = db.execute(words).fetchall()
    changed(path, "UPDATE source SET title = 'a', url = 'b' WHERE n = (SELECT min(n) FROM source)")
    (finding,) = checked(cases, path, full=True).findings
    assert (finding.record, finding.kind, finding.level) == (id_, "projection", "damage")
    assert "title, url" in finding.detail


def test_a_record_whose_id_rotted_is_named_by_the_ledger(cases: Cases, path: Path) -> None:
    with closing(sqlite3.connect(path / "case.db")) as db:
        ((id_,),) = db.execute("SELECT record.id FROM source JOIN record USING (n) LIMIT 1")
        rows = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'record'").fetchall()
        ((size,),) = db.execute("PRAGMA page_size").fetchall()
    data = bytearray((path / "case.db").read_bytes())
    page = slice((rows[0][0] - 1) * size, rows[0][0] * size)
    data[data.index(id_.encode(), page.start, page.stop)] ^= 1  # its indexes stay as they are
    (path / "case.db").write_bytes(data)
    named = {one.record for one in checked(cases, path, full=True).findings}
    assert named - {None} == {id_}


def test_a_flood_of_findings_is_kept_short(cases: Cases) -> None:
    store = cases.new()
    with store.write("note") as w:
        for _ in range(50):
            w.put(Note, new_id(), body="x")
    store.close()
    changed(store.path, "UPDATE note SET body = 'y'")
    assert len(checked(cases, store.path, full=True).findings) == 20
    assert len(checked(cases, store.path, full=False).findings) == 50


@FULL
def test_missing_and_strange_originals(cases: Cases, path: Path, full: bool) -> None:
    first, second, third, *_ = sorted(p for p in (path / "objects").rglob("*") if p.is_file())
    first.unlink()
    second.unlink()
    second.symlink_to(third)
    (path / "objects" / "stranger").write_text("x")
    (path / "tmp" / "object-half").write_text("x")
    report = checked(cases, path, full=full)
    assert {(f.level, f.kind, f.detail.split(" ", 3)[-1]) for f in report.findings} == {
        ("damage", "object", "is missing"),
        ("damage", "object", "is not a plain file"),
        ("note", "object", "ledger names objects/stranger"),
        ("note", "leftover", "in tmp: object-half"),
    } or len(report.findings) == 4
    assert sum(f.level == "damage" for f in report.findings) == 2
    assert all(f.record for f in report.findings if f.level == "damage")


def test_an_original_that_cannot_be_read_is_damage(
    cases: Cases, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from casefile.store import checking

    def fail(_: Path) -> str:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(checking, "sha256_of", fail)
    report = checked(cases, path, full=False)
    assert len([f for f in report.findings if "cannot be read" in f.detail]) == 6


def test_notes_alone_are_no_damage(cases: Cases, path: Path) -> None:
    (path / "objects" / "stranger").write_text("x")
    report = checked(cases, path, full=False)
    assert report.ok
    assert len(report.findings) == 1


@FULL
def test_damaged_pages_never_stop_the_check(cases: Cases, path: Path, full: bool) -> None:
    rnd = random.Random(7)
    sound, words = (path / "case.db").read_bytes(), dump(path)
    found = 0
    for _ in range(15):
        body = bytearray(sound)
        start = rnd.randrange(0, len(body), 512)
        body[start : start + 512] = rnd.randbytes(512)
        (path / "case.db").write_bytes(body)
        try:
            report = checked(cases, path, full=full)
        except CaseUnusable:
            continue
        found += not report.ok
        assert not report.ok or dump(path) == words  # or it hit a place where nothing lies
    assert found


def test_a_check_can_be_stopped(cases: Cases, path: Path) -> None:
    store = cases.open(path)
    progress = Progress()
    check(store, full=True, progress=progress)
    assert progress.step.what
    progress.cancel()
    with pytest.raises(Cancelled):
        check(store, progress=progress)


def test_progress_is_told_on_the_way(cases: Cases) -> None:
    class Steps(Progress):
        def at(self, done: int, total: int | None = None, what: str = "") -> None:
            seen.add(what)
            super().at(done, total, what)

    seen: set[str] = set()
    store = cases.new()
    with store.write("note") as w:
        for n in range(501):
            w.put(Note, new_id(), body=str(n))
            w.content("text", str(n).encode())
    check(store, full=True, progress=Steps())
    assert len(seen) == 3


def test_records_of_a_newer_version_are_no_damage(store: CaseStore) -> None:
    with store.write("note") as w:
        unit = w.unit()
        unit.load([])
        w.operate("hologram", new_id(), {"shape": "round"})
        one = new_id()
        w.operate("note", one, {"body": "x", "aura": "blue"})
    for full in (False, True):
        assert check(store, full=full).findings == ()
