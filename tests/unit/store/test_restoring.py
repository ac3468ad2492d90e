"""Whole backups in one file: written, read back, and nothing hostile comes out of one."""

import io
import json
import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from casefile.model.errors import CaseUnusable
from casefile.store import backups, exporting, restoring
from casefile.store.checking import check

from .conftest import Cases
from .filled import IDS, ask, change
from .work import edit

Members = list[tuple[tarfile.TarInfo, bytes]]


@pytest.fixture
def packed(filled: Path, tmp_path: Path) -> Path:
    file = tmp_path / "whole.casebackup"
    report = exporting.write(filled, file, 1_000)
    assert (report.ok, report.objects) == (True, 3)
    return file


def same(one: Path, other: Path) -> bool:
    words = "SELECT body FROM op ORDER BY n"
    return bool(ask(one, words) == ask(other, words))


def test_a_case_comes_back_from_one_file_as_another_replica(
    cases: Cases, filled: Path, packed: Path, tmp_path: Path
) -> None:
    with cases.open(filled) as first:
        replica, case_id = first.replica, first.case_id
    back = tmp_path / "back.casefile"
    found = restoring.restore(packed, back)
    assert (found.objects, found.findings) == (3, [])
    store = cases.open(back)
    assert store.case_id == case_id
    assert store.replica != replica
    assert store.undo().restored  # what I did is still mine
    assert check(store, full=True).findings == ()
    with cases.open(filled) as first:
        assert first.replica == replica


def test_a_case_comes_back_from_a_backup_inside(cases: Cases, filled: Path, tmp_path: Path) -> None:
    report = backups.make(filled, "manual", 1_000)
    with cases.open(filled) as store:
        edit(store, IDS[0], title="later")
    back = tmp_path / "back.casefile"
    assert restoring.restore(report.path, back).findings == []
    assert not same(back, filled)
    assert check(cases.open(back), full=True).findings == ()


def test_nothing_is_overwritten(filled: Path, packed: Path, tmp_path: Path) -> None:
    with pytest.raises(CaseUnusable, match="something at"):
        restoring.restore(packed, filled)
    with pytest.raises(CaseUnusable, match="something at"):
        exporting.write(filled, packed, 1_000)
    with pytest.raises(CaseUnusable, match="could not be restored"):
        restoring.restore(tmp_path / "absent", tmp_path / "new.casefile")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["filled.casefile", "whole.casebackup"]


def test_a_damaged_original_is_told_and_the_rest_kept(
    cases: Cases, filled: Path, tmp_path: Path
) -> None:
    objects = sorted(one for one in (filled / "objects").rglob("*") if one.is_file())
    objects[0].chmod(0o644)
    objects[0].write_bytes(b"other")
    objects[1].unlink()
    report = exporting.write(filled, tmp_path / "whole", 1_000)
    assert (report.ok, report.objects, len(report.findings)) == (False, 1, 2)
    assert all(f.record for f in report.findings)
    back = tmp_path / "back.casefile"
    restoring.restore(tmp_path / "whole", back)
    damage = [f for f in check(cases.open(back)).findings if f.level == "damage"]
    assert [f.kind for f in damage] == ["object", "object"]


def test_a_changed_byte_anywhere_is_never_taken_for_the_case(
    filled: Path, packed: Path, tmp_path: Path, tier
) -> None:
    """Refused, or told, or of no effect: padding and what tar itself checks."""
    body = packed.read_bytes()
    step = len(body) // tier.count(quick=30, ci=600, long=6000)
    back = tmp_path / "back.casefile"
    for at in range(100, len(body), step):
        packed.write_bytes(body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :])
        try:
            found = restoring.restore(packed, back)
        except CaseUnusable:
            assert not back.exists()
            continue
        assert found.findings or same(back, filled)
        shutil.rmtree(back)
    packed.write_bytes(body[: len(body) // 2])
    with pytest.raises(CaseUnusable):
        restoring.restore(packed, back)


def members(file: Path) -> Members:
    with tarfile.open(file) as archive:
        found: Members = []
        for member in archive:
            body = archive.extractfile(member)
            assert body is not None
            found.append((member, body.read()))
    return found


def repack(file: Path, found: Members) -> None:
    with tarfile.open(file, "w", format=tarfile.GNU_FORMAT) as archive:
        for member, body in found:
            member.size = len(body) if member.isreg() else 0
            archive.addfile(member, io.BytesIO(body))


def renamed(name: str) -> Callable[[Members], None]:
    def change(found: Members) -> None:
        found[2][0].name = name

    return change


def retyped(kind: bytes) -> Callable[[Members], None]:
    def change(found: Members) -> None:
        found[2][0].type = kind
        found[2][0].linkname = "/etc/passwd"

    return change


def swapped(found: Members) -> None:
    found[2], found[3] = (found[2][0], found[3][1]), (found[3][0], found[2][1])


def redescribed(**words: object) -> Callable[[Members], None]:
    def change(found: Members) -> None:
        found[0] = (found[0][0], json.dumps(json.loads(found[0][1]) | words).encode())

    return change


HOSTILE: dict[str, Callable[[Members], object]] = {
    "up": renamed("../../evil"),
    "absolute": renamed("/tmp/evil"),
    "nested": renamed("objects/ab/../../../evil"),
    "short name": renamed("objects/ab/abcd"),
    "wrong folder": renamed("objects/00/" + "f" * 64),
    "symlink": retyped(tarfile.SYMTYPE),
    "hard link": retyped(tarfile.LNKTYPE),
    "device": retyped(tarfile.CHRTYPE),
    "folder": retyped(tarfile.DIRTYPE),
    "twice": lambda found: found.append(found[-1]),
    "missing": lambda found: found.pop(),
    "other order": lambda found: found.reverse(),
    "no description": lambda found: found.pop(0),
    "no database": lambda found: found.pop(1),
    "counts": redescribed(objects=2),
    "size": redescribed(size=1),
    "types": redescribed(v="1"),
    "newer": redescribed(v=99),
    "deep": lambda found: found.__setitem__(0, (found[0][0], b"[" * 60_000)),
}


@pytest.mark.parametrize("how", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_file_makes_nothing(
    packed: Path, tmp_path: Path, how: Callable[[Members], object]
) -> None:
    found = members(packed)
    how(found)
    repack(packed, found)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(CaseUnusable):
        restoring.restore(packed, tmp_path / "back.casefile")
    assert sorted(tmp_path.rglob("*")) == before


def test_swapped_originals_are_told(cases: Cases, packed: Path, tmp_path: Path) -> None:
    found = members(packed)
    swapped(found)
    repack(packed, found)
    restored = restoring.restore(packed, tmp_path / "back.casefile")
    assert [f.kind for f in restored.findings] == ["object", "object"]
    assert not check(cases.open(tmp_path / "back.casefile")).ok


@pytest.mark.parametrize(
    "words",
    [
        "CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM op; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TABLE stray(x)",
        "PRAGMA user_version = 99",
        "PRAGMA application_id = 1",
    ],
)
def test_a_database_with_more_than_a_case_is_refused(
    filled: Path, tmp_path: Path, words: str
) -> None:
    with closing(sqlite3.connect(filled / "case.db")) as db:
        db.execute(words)
        db.commit()
    file = tmp_path / "whole"
    exporting.write(filled, file, 1_000)
    with pytest.raises(CaseUnusable):
        restoring.restore(file, tmp_path / "back.casefile")
    assert not (tmp_path / "back.casefile").exists()


def test_a_changed_backup_inside_is_refused(filled: Path, tmp_path: Path) -> None:
    report = backups.make(filled, "manual", 1_000)
    report.path.chmod(0o644)
    change(filled / "backups", "UPDATE replica SET seq = 1", file=report.path.name)
    with pytest.raises(CaseUnusable, match="no longer what was written"):
        restoring.restore(report.path, tmp_path / "back.casefile")
