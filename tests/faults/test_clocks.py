"""A clock that jumps by years, forth and back, loses nothing and mixes nothing up."""

import random
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from casefile.model.source import Source
from casefile.services import history
from casefile.services.desk import Desk, create_desk, open_desk
from casefile.services.places import Places
from casefile.store import records
from casefile.store.checking import check
from casefile.store.known import Known

pytestmark = pytest.mark.faults
ONE = "aaaaaaaa-0000-4000-8000-000000000001"
YEARS = (1901, 1970, 1980, 2024, 2026, 2038, 2106, 2199)


def at(year: int) -> Callable[[], int]:
    return lambda: int(datetime(year, 6, 1, tzinfo=UTC).timestamp() * 1000)


def title(desk: Desk) -> str | None:
    with desk.store.read() as r:
        found = records.get(r, Source, ONE)
    return found.title if found else None


def test_clock_jumps(tmp_path, tier):
    rnd = random.Random(7)
    places = Places(tmp_path / "cache", tmp_path / "config")
    path, done = tmp_path / "a.casefile", []
    create_desk(path, places).close()
    for n in range(tier.count(quick=6, ci=60, long=400)):
        with open_desk(path, places) as desk:  # what a clock reached must survive the closing
            for part in range(3):
                desk.store.clock = at(rnd.choice(YEARS))
                with desk.store.write("edit", number=n) as w:
                    w.put(Source, ONE, title=f"{n}.{part}")
                done.append(f"{n}.{part}")
                assert title(desk) == done[-1]
            desk.store.clock = at(rnd.choice(YEARS))
            history.undo(desk)
            assert title(desk) == done[-2]
            desk.store.clock = at(rnd.choice(YEARS))
            history.redo(desk)
            assert title(desk) == done[-1]
    with open_desk(path, places) as desk:
        told = [one.args["number"] for one in history.acts(desk, 10_000) if one.key == "edit"]
        assert told == sorted(told, reverse=True)
        with desk.store.read() as r:
            found = records.get(r, Source, ONE)
            assert found is not None
            assert found.conflicts == 0
        assert check(desk.store, full=True).findings == ()


def test_a_clock_that_is_trusted_would_be_noticed(tmp_path, monkeypatch):
    """The negative control: without the ledger's own clock the order of acts is lost."""

    def tick(self: Known, milliseconds: int) -> int:
        return max(0, milliseconds) << 16

    monkeypatch.setattr(Known, "tick", tick)
    places = Places(tmp_path / "cache", tmp_path / "config")
    with create_desk(tmp_path / "a.casefile", places) as desk:
        for n, year in enumerate((2038, 1980)):
            desk.store.clock = at(year)
            with desk.store.write("edit", number=n) as w:
                w.put(Source, ONE, title=str(n))
        told = [one.args["number"] for one in history.acts(desk)]
        assert told != sorted(told, reverse=True)
