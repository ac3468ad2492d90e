"""Backups inside a case: verified, described, rotated; a bit that flips in one is found."""

import random
import shutil
from pathlib import Path

import pytest

from casefile.model.errors import CaseUnusable
from casefile.store import backups
from casefile.store.case import CaseStore
from casefile.store.checking import check

from .conftest import Cases
from .filled import IDS, change
from .work import edit

DAY = backups.DAY
START = 20_000 * DAY


def made(case: Path) -> list[tuple[int, str]]:
    return [((one.made - START) // DAY, one.reason) for one in backups.listed(case)]


def test_a_backup_is_verified_and_described(cases: Cases, filled: Path) -> None:
    with cases.open(filled) as store:  # beside an open writer
        edit(store, IDS[0], title="newest")
        report = backups.make(filled, "manual", START)
    (one,) = backups.listed(filled)
    assert report.ok
    assert (one.state, one.reason, one.ops, one.size) == (
        "verified",
        "manual",
        report.ops,
        one.path.stat().st_size,
    )
    with CaseStore.open(filled, person=IDS[0], install=IDS[1], write=False) as store:
        found = check(store, full=True)
    assert found.findings == ()
    assert found.ops == one.ops


def test_daily_ones_are_rotated_and_others_kept(filled: Path) -> None:
    for day in range(40):
        backups.make(filled, "daily", START + day * DAY)
    for day in range(4):
        backups.make(filled, "upgrade", START + (50 + day) * DAY)
    for day in range(3):
        backups.make(filled, "manual", START + (60 + day) * DAY)
    kept = made(filled)
    daily = [day for day, reason in kept if reason == "daily"]
    assert daily[:7] == list(range(39, 32, -1))
    assert len(daily) in (7 + 2, 7 + 3)  # of the four newest weeks, some are among the seven days
    assert daily[-1] in range(12, 26)
    assert [day for day, reason in kept if reason == "upgrade"] == [53, 52]
    assert [day for day, reason in kept if reason == "manual"] == [62, 61, 60]
    assert len(list((filled / "backups").iterdir())) == 2 * len(kept)


def test_a_damaged_case_rotates_nothing_good_away(filled: Path) -> None:
    for day in range(7):
        backups.make(filled, "daily", START + day * DAY)
    change(filled, "UPDATE content SET body = zeroblob(4)")
    for day in range(7, 12):
        report = backups.make(filled, "daily", START + day * DAY)
        assert not report.ok
    found = backups.listed(filled)
    assert [one.state for one in found] == ["damaged case"] * 2 + ["verified"] * 7
    assert "has changed" in found[0].detail


def test_it_is_due_once_a_day(filled: Path) -> None:
    assert backups.due(filled, START)
    backups.make(filled, "daily", START)
    assert not backups.due(filled, START + DAY - 1)
    assert backups.due(filled, START + DAY)
    assert not backups.due(filled, START + backups.WEEK, backups.WEEK)
    assert backups.due(filled, START + backups.WEEK + 1, backups.WEEK)


def test_every_flipped_bit_is_found(cases: Cases, filled: Path, tier) -> None:
    backups.make(filled, "manual", START)
    pristine = {one: one.read_bytes() for one in (filled / "backups").iterdir()}
    store = cases.open(filled, write=False)
    rnd = random.Random(7)
    for n in range(tier.count(quick=40, ci=400, long=4000)):
        file = sorted(pristine)[n % 2]
        body = bytearray(pristine[file])
        body[rnd.randrange(len(body))] ^= 1 << rnd.randrange(8)
        file.chmod(0o644)
        file.write_bytes(body)
        (found,) = list(backups.check(filled))
        assert (found.level, found.kind) == ("damage", "backup")
        assert backups.listed(filled)[0].name in found.detail
        file.write_bytes(pristine[file])
    assert check(store).findings == ()


def test_what_does_not_belong_is_said(filled: Path) -> None:
    backups.make(filled, "manual", START)
    (one,) = backups.listed(filled)
    shutil.copy(one.path, one.path.with_name("stray.db"))
    one.path.unlink()
    details = sorted((f.level, f.detail.split(" ")[0]) for f in backups.check(filled))
    assert details == [("damage", "the"), ("note", "the")]
    assert {one.state for one in backups.listed(filled)} == {"changed"}


def test_without_room_nothing_is_written(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(filled)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(CaseUnusable, match="not enough free space"):
        backups.make(filled, "daily", START)
    assert backups.listed(filled) == []
