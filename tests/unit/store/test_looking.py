"""The background check: a slice at a time, the oldest first, with a date for each name."""

from pathlib import Path

import pytest

from casefile.jobs.progress import Progress
from casefile.model.errors import Cancelled
from casefile.store import looking

from .conftest import Cases
from .filled import IDS, ask, change


def test_slices_come_round_to_everything(cases: Cases, filled: Path) -> None:
    store = cases.open(filled)
    total = len(ask(filled, "SELECT hash FROM content")) + 3
    for n in range(total):
        state = looking.slice_(store, 1_000 + n, 0)
        assert (state.looked, state.total, state.never) == (1, total, total - n - 1)
    assert (state.oldest, state.newest, state.damaged) == (1_000, 1_000 + total - 1, ())
    again = looking.slice_(store, 5_000, 0)
    assert (again.oldest, again.newest) == (1_001, 5_000)
    assert looking.slice_(store, 6_000, 10).looked == total
    with store.read() as r:
        assert looking.state(r).oldest == 6_000


def test_damage_is_found_and_remembered(cases: Cases, filled: Path) -> None:
    file = next(one for one in sorted((filled / "objects").rglob("*")) if one.is_file())
    file.chmod(0o644)
    file.write_bytes(b"rotten")
    change(
        filled,
        "UPDATE content SET body = zeroblob(9) WHERE hash IN "
        "(SELECT text_hash FROM extraction LIMIT 1)",
    )
    store = cases.open(filled)
    state = looking.slice_(store, 1_000, 10)
    assert [(f.kind, f.record in IDS) for f in state.damaged] == [
        ("object", True),
        ("content", True),
    ]
    with store.read() as r:
        assert len(looking.state(r).damaged) == 2
        assert looking.when(r, file.name) == 1_000


def test_it_can_be_stopped_and_keeps_what_it_did(cases: Cases, filled: Path) -> None:
    store = cases.open(filled)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        looking.slice_(store, 1_000, 10, progress)
    with store.read() as r:
        assert looking.state(r).newest == 1_000


def test_reading_only_it_looks_and_writes_nothing(cases: Cases, filled: Path) -> None:
    store = cases.open(filled, write=False)
    state = looking.slice_(store, 1_000, 10)
    assert state.looked == state.total == state.never
