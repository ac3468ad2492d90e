"""Three to five people who send bundles to each other in any order come to the same case."""

import json
import shutil
import tempfile
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from casefile.model.errors import Refused, UsageError
from casefile.model.exchange import DELTA, FULL, Wanted
from casefile.model.ids import new_id
from casefile.model.source import Source
from casefile.services import exchange
from casefile.services.desk import Desk, open_desk
from casefile.services.places import Places
from casefile.store import records
from casefile.store.case import CaseStore
from casefile.store.checking import check
from casefile.store.conflicts import conflicts
from casefile.store.schema import op, record
from tests.unit.store import naive

ROWS = [f"aaaaaaaa-0000-4000-8000-00000000000{n}" for n in range(3)]
FUTURE = "aaaaaaaa-0000-4000-8000-000000000009"
WHO, WORD = st.integers(0, 4), st.sampled_from(["a", "b", None])
CLOCK = st.integers(0, 5) | st.just(4_000_000_000_000)  # years off
STEP = st.one_of(
    st.tuples(st.just("write"), WHO, st.sampled_from(ROWS), WORD, CLOCK),
    st.tuples(st.just("delete"), WHO, st.sampled_from(ROWS), CLOCK),
    st.tuples(st.just("newer"), WHO, WORD, CLOCK),
    st.tuples(st.just("send"), WHO, WHO, st.sampled_from([FULL, DELTA])),
    st.tuples(st.just("lose"), WHO, WHO, st.sampled_from([FULL, DELTA])),
    st.tuples(st.just("repeat"), WHO, st.integers(0, 30)),
)
RUNS = settings().max_examples if settings().max_examples > 30 else 3


@cache
def template() -> Path:
    path = Path(tempfile.mkdtemp()) / "template.casefile"
    CaseStore.create(path, person=new_id(), install=new_id()).close()
    return path


class Team:
    """People with a copy of one case each, and every bundle that was ever written."""

    def __init__(self, home: Path, stack: ExitStack, count: int) -> None:
        self.home = home
        self.desks = [self._join(home / f"p{n}", stack) for n in range(count)]
        self.sent: list[Path] = []
        self.written: set[bytes] = set()

    def _join(self, home: Path, stack: ExitStack) -> Desk:
        shutil.copytree(template(), home / "x.casefile")
        return stack.enter_context(
            open_desk(home / "x.casefile", Places(home / "cache", home / "config"))
        )

    def of(self, n: int) -> Desk:
        return self.desks[n % len(self.desks)]

    def do(self, step: tuple[Any, ...]) -> None:
        kind, who, *rest = step
        desk = self.of(who)
        if kind in ("write", "delete", "newer"):
            desk.store.clock = lambda: rest[-1]
            self._write(desk, kind, rest)
            self.written |= bodies(desk)
        elif kind in ("send", "lose"):
            if file := self.pack(desk, rest[1]):
                self.sent.append(file)
                if kind == "send":
                    self.take(self.of(rest[0]), file)
        elif self.sent:
            self.take(desk, self.sent[rest[0] % len(self.sent)])

    def _write(self, desk: Desk, kind: str, rest: list[Any]) -> None:
        with desk.store.write(kind) as w:
            if kind == "write":
                w.put(Source, rest[0], title=rest[1], url="u")
            elif kind == "newer":  # a version to come knows more kinds and fields
                w.unit().load([FUTURE])
                w.operate("future", FUTURE, {"of": rest[0], "more": [1, {"x": None}]})
            elif records.get(w, Source, rest[0]):
                w.delete(Source, rest[0])

    def pack(self, desk: Desk, kind: str) -> Path | None:
        file = self.home / f"{len(list(self.home.glob('*.casebundle')))}.casebundle"
        try:
            base = exchange.base_of(desk, None) if kind == DELTA else None
        except UsageError:  # nothing ever came from anybody
            return None
        exchange.write(desk, file, Wanted(kind=kind, base=base))
        return file

    def take(self, desk: Desk, file: Path) -> None:
        before, done, refusal = bodies(desk), None, None
        try:
            done = exchange.merge(desk, file)
        except Refused as error:  # a delta on work that is not here: nothing happens
            refusal = error.details
        if done is None:
            assert isinstance(refusal, dict)
            assert refusal["reason"] == "base"
            assert bodies(desk) == before
            return
        assert len(bodies(desk)) == len(before) + done.preview.operations
        again = exchange.preview(desk, file)
        assert (again.operations, again.new, again.changed) == (0, {}, {})


def bodies(desk: Desk) -> set[bytes]:
    with desk.store.read() as r:
        return set(r.connection.execute(select(op.c.body)).scalars())


def state(desk: Desk) -> dict[str, dict[str, tuple[Any, bool]]]:
    found = {}
    with desk.store.read() as r:
        asked = select(record.c.id, record.c.kind, record.c.conflicts)
        for id_, kind, disputed in list(
            r.connection.execute(asked.where(record.c.base.is_not(None)))
        ):
            fought = conflicts(r, id_)
            assert disputed == len(fought)
            one = records.get(r, Source, id_) if kind == "source" else None
            if one:
                fields = ("title", "url", "deleted")
                found[id_] = {f: (getattr(one, f), f in fought) for f in fields}
    return found


@settings(max_examples=RUNS, suppress_health_check=list(HealthCheck))
@given(st.integers(3, 5), st.lists(STEP, min_size=4, max_size=14))
def test_whatever_is_exchanged_all_come_to_the_same(count: int, steps: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as home, ExitStack() as stack:
        team = Team(Path(home), stack, count)
        for step in steps:
            team.do(step)
        for n in range(2 * count):  # in the end, twice around the ring
            team.do(("send", n, (n + 1) % count, FULL))
        told = naive.state(naive.read(team.written))
        want = {  # a field that nobody ever set is an empty one
            row: {f: told[row].get(f, (None, False)) for f in ("title", "url", "deleted")}
            for row in told.keys() & set(ROWS)
        }
        for desk in team.desks:
            assert bodies(desk) == team.written  # nothing is lost, and nothing came from nowhere
            assert state(desk) == want
            assert check(desk.store, full=True).ok


def test_a_replica_that_wrote_two_histories_is_told_and_refused(tmp_path: Path) -> None:
    with ExitStack() as stack:
        team = Team(tmp_path, stack, 2)
        a, b = team.desks
        team.do(("write", 0, ROWS[0], "a", 1))
        twin = json.loads(next(iter(bodies(a))))
        b.store.replica = a.store.replica  # as when the disk of a machine is copied
        team.do(("write", 1, ROWS[0], "b", 1))
        file = team.pack(b, FULL)
        assert file
        before = bodies(a)
        with pytest.raises(Refused) as caught:
            exchange.merge(a, file)
        assert caught.value.details == {"reason": "fork", "replicas": [twin["replica"]]}
        assert bodies(a) == before
