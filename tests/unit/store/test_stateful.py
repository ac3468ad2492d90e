"""Three people at work on copies of a case, whatever they do and in whatever order, against a plain
function of the set of operations."""

import itertools
import random
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sqlalchemy import select

from casefile.model.change import UndoReport
from casefile.model.errors import Refused
from casefile.model.ids import new_id
from casefile.model.note import Note
from casefile.model.record import Record
from casefile.model.source import Source, SourceFile
from casefile.store import history, moments, records
from casefile.store.case import CaseStore
from casefile.store.checking import check
from casefile.store.conflicts import conflicts
from casefile.store.merging import merge
from casefile.store.rebuilding import rebuild_projections
from casefile.store.schema import op, record, replica

from . import naive

KINDS: dict[str, type[Record]] = {
    f"aaaaaaaa-0000-4000-8000-00000000000{n}": kind
    for n, kind in enumerate((Source, Source, Source, Note, SourceFile))
}
ROWS = list(KINDS)
STEPS = 50
RUNS = settings().max_examples if settings().max_examples > 30 else 3
WHO = st.integers(0, 2)
ROW = st.sampled_from(ROWS)
WORD = st.sampled_from(["a", "b", None])
CLOCK = st.integers(0, 5) | st.just(4_000_000_000_000)
SOURCE = st.fixed_dictionaries(
    {},
    optional={"title": WORD, "status": WORD, "byline": st.sampled_from([("x",), ("x", "y"), None])},
)


@cache
def template() -> Path:
    """An empty case that is copied: making one anew takes longer than all steps on it."""
    path = Path(tempfile.mkdtemp()) / "template.casefile"
    CaseStore.create(path, person=new_id(), install=new_id()).close()
    return path


def values_of(row: str, words: dict[str, Any], other: str) -> dict[str, Any]:
    """Turn drawn words into fields of the kind of this row; notes and files refer to a source."""
    kind = KINDS[row]
    if kind is Source:
        return words
    referred = other if KINDS[other] is Source else ROWS[0]
    name = words.get("title")
    if kind is Note:
        return {"target": referred, "body": name}
    return {"source": referred, "name": name}


def bodies(store: CaseStore) -> list[bytes]:
    """Every operation, each replica's in their order."""
    with store.read() as r:
        asked = select(op.c.body).join(replica, replica.c.n == op.c.replica)
        return list(r.connection.execute(asked.order_by(replica.c.id, op.c.seq)).scalars())


def take(store: CaseStore, operations: Iterable[bytes]) -> int:
    with store.write("merge") as w:
        return merge(w, operations)


def tables(store: CaseStore) -> dict[str, naive.Fields]:
    """What the tables say, in the form of `naive.state`."""
    found: dict[str, naive.Fields] = {}
    with store.read() as r:
        there = select(record.c.id).where(record.c.base.is_not(None))
        for row in list(r.connection.execute(there).scalars()):
            one = records.get(r, KINDS[row], row)
            assert one is not None
            fought = conflicts(r, row)
            assert one.conflicts == len(fought)
            found[row] = {f: (value, f in fought) for f, value in one.values().items()}
            found[row]["deleted"] = (one.deleted, "deleted" in fought)
    return found


def full(found: dict[str, naive.Fields]) -> dict[str, naive.Fields]:
    """A field that nobody set is as good as an empty one."""
    return {
        row: dict.fromkeys(KINDS[row].spec(), (None, False)) | fields
        for row, fields in found.items()
    }


class Work(RuleBasedStateMachine):
    """Three copies of a case; each step changes one of them, and is compared at once."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.people = [new_id() for _ in range(3)]
        self.clocks = [0, 0, 0]
        self.stores: list[CaseStore] = []
        self.acknowledged: list[set[bytes]] = [set(), set(), set()]
        for who in range(3):
            shutil.copytree(template(), self.folder / f"{who}.casefile")
            self.stores.append(self._opened(who))
        assert len({store.replica for store in self.stores}) == 3  # each copy is a replica

    def _opened(self, who: int) -> CaseStore:
        store = CaseStore.open(
            self.folder / f"{who}.casefile", person=self.people[who], install=self.people[who]
        )
        store.clock = lambda: self.clocks[who]
        return store

    def compare(self, who: int) -> dict[str, naive.Op]:
        """Compare one copy with the function of its operations; what was there is still there."""
        there = set(bodies(self.stores[who]))
        assert self.acknowledged[who] <= there
        self.acknowledged[who] = there
        ops = naive.read(there)
        assert full(tables(self.stores[who])) == full(naive.state(ops))
        return ops

    @rule(who=WHO, clock=CLOCK)
    def set_clock(self, who: int, clock: int) -> None:
        self.clocks[who] = clock

    @rule(who=WHO, row=ROW, words=SOURCE, other=ROW)
    def edit(self, who: int, row: str, words: dict[str, Any], other: str) -> None:
        with self.stores[who].write("edit") as w:
            w.put(KINDS[row], row, **values_of(row, words, other))
        self.compare(who)

    @rule(who=WHO, row=ROW, lives=st.booleans())
    def delete_or_restore(self, who: int, row: str, lives: bool) -> None:
        with suppress(Refused), self.stores[who].write("delete") as w:
            (w.restore if lives else w.delete)(KINDS[row], row)
        self.compare(who)

    @rule(who=WHO, steps=st.lists(st.tuples(ROW, SOURCE, st.booleans()), min_size=2, max_size=4))
    def several(self, who: int, steps: list[tuple[str, dict[str, Any], bool]]) -> None:
        """One act that touches records several times, in two transactions."""
        act = new_id()
        for row, words, dies in steps:
            with self.stores[who].write("several", act=act) as w:
                w.put(KINDS[row], row, **values_of(row, words, ROWS[1]))
                w.flush()
                if dies:
                    w.delete(KINDS[row], row)
        self.compare(who)

    @rule(who=WHO, row=ROW, words=SOURCE)
    def there_and_back(self, who: int, row: str, words: dict[str, Any]) -> None:
        """What was just done is taken back exactly, and done again exactly."""
        store, before = self.stores[who], naive.state(self.compare(who))
        with store.write("edit") as w:
            w.put(KINDS[row], row, **values_of(row, words, ROWS[0]))
        if not (w.changes and w.changes.records):
            return
        after = naive.state(self.compare(who))
        store.undo()
        assert naive.looks(full(naive.state(self.compare(who)))) == naive.looks(full(before))
        store.redo()
        assert naive.looks(full(naive.state(self.compare(who)))) == naive.looks(full(after))

    @rule(who=WHO, which=st.none() | st.integers(0, 30), again=st.booleans())
    def take_back(self, who: int, which: int | None, again: bool) -> None:
        """Undo or redo the last act, or any act of anybody."""
        store, before = self.stores[who], self.compare(who)
        act = None
        if which is not None:
            with store.read() as r:
                acts = [a.id for a in history.acts(r)]
            act = acts[which % len(acts)] if acts else None
        try:
            report = (store.redo if again else store.undo)(act)
        except Refused:
            assert self.compare(who).keys() == before.keys()
            return
        _check_undo(before, self.compare(who), report)

    @rule(who=WHO, other=WHO, turned=st.booleans())
    def exchange(self, who: int, other: int, turned: bool) -> None:
        """Take in what another has, effects before causes or after them, and then once more."""
        coming = bodies(self.stores[other])
        replicas = {naive.read([body]).popitem()[1]["replica"] for body in coming}
        order = sorted(replicas, reverse=turned)
        coming.sort(key=lambda b: order.index(naive.read([b]).popitem()[1]["replica"]))
        lacking = len(set(coming) - self.acknowledged[who])
        assert take(self.stores[who], coming) == lacking
        assert take(self.stores[who], coming) == 0
        self.compare(who)

    @rule(who=WHO, row=ROW, words=SOURCE, late=st.booleans())
    def crash(self, who: int, row: str, words: dict[str, Any], late: bool) -> None:
        """The power goes in the middle of a transaction; the case is opened again."""
        store = self.stores[who]
        transaction = store.write("lost")
        writer = transaction.__enter__()
        writer.put(KINDS[row], row, **values_of(row, words, ROWS[2]))
        writer.put(KINDS[ROWS[0]], ROWS[0], title="lost")
        if late:
            writer.flush()
        _pull_the_plug(store)
        with suppress(BaseException):
            transaction.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
        old = store.replica
        self.stores[who] = self._opened(who)
        assert self.stores[who].replica == old
        self.compare(who)

    @rule(who=WHO)
    def reopen(self, who: int) -> None:
        self.stores[who].close()
        self.stores[who] = self._opened(who)
        self.compare(who)

    @rule(who=WHO, moment=CLOCK)
    def look_back(self, who: int, moment: int) -> None:
        """The case as it was known at a moment is the function of what was written by then."""
        then = naive.state(naive.until(naive.read(bodies(self.stores[who])), moment))
        with self.stores[who].read() as r:
            found = moments.at(r, ROWS, moment)
            for table in {kind.TABLE for kind in KINDS.values()}:
                alive = {
                    row
                    for row, fields in then.items()
                    if table == KINDS[row].TABLE and not fields["deleted"][0]
                }
                assert set(moments.living(r, table, moment)) == alive
                assert moments.count(r, table, moment) == len(alive)
        shown = {
            row: {f: (value, f in one.conflicts) for f, value in one.values.items()}
            | {"deleted": (one.deleted, "deleted" in one.conflicts)}
            for row, one in found.items()
        }
        assert shown == then

    @rule(who=WHO)
    @precondition(lambda self: any(self.acknowledged))
    def make_again(self, who: int) -> None:
        rebuild_projections(self.stores[who])
        self.compare(who)

    def teardown(self) -> None:
        if not hasattr(self, "stores"):
            return
        try:
            self._converge()
        finally:
            for store in self.stores:
                store.close()
            shutil.rmtree(self.folder)

    def _converge(self) -> None:
        """Whatever the order, all copies come to the same, which a check finds sound."""
        everything = set().union(*map(bodies, self.stores))
        want = full(naive.state(naive.read(everything)))
        rnd = random.Random(len(everything))
        shutil.copytree(template(), self.folder / "3.casefile")
        self.people.append(new_id())
        self.clocks.append(0)
        self.stores.append(self._opened(3))
        for body in _mixed(everything, rnd):
            assert take(self.stores[3], [body, body]) == 1
        for who, other in rnd.sample(list(itertools.permutations(range(3), 2)), 6) * 2:
            take(self.stores[who], bodies(self.stores[other]))
        for store in self.stores:
            assert set(bodies(store)) == everything
            assert full(tables(store)) == want
            with store.read() as r:
                ends = {one["replica"]: (one["seq"], one["chain"]) for one in history.chains(r)}
            assert ends == naive.chained(naive.read(everything))
        assert [f for f in check(self.stores[3], full=True).findings if f.level == "damage"] == []


def _check_undo(
    before: dict[str, naive.Op], after: dict[str, naive.Op], report: UndoReport
) -> None:
    """What was taken back is as if it had never been, with all that was built on it; what is said
    to have changed since, and all else, is as it was."""
    fresh = {h: one for h, one in after.items() if h not in before}
    target = next(one["act"]["args"]["undoes"] for one in fresh.values() if "act" in one)
    mine = naive.of_act(before, target)
    since = {(row, field) for _, row, field in report.changed_since}
    assert {one["row"] for one in fresh.values()} <= {one["row"] for one in mine.values()}
    for row in {one["row"] for one in mine.values()}:
        ours = {h: one for h, one in mine.items() if one["row"] == row}
        if any("deleted" not in one.get("sup", {}) for one in ours.values()):
            _check_made(before, after, row, ours, kept=any(r == row for r, _ in since))
            continue
        for field in {f for one in ours.values() for f in one["values"]}:
            now, then = naive.field_of(after, row, field), naive.field_of(before, row, field)
            heads = set(naive.heads(before, row, field)) - ours.keys()
            if (row, field) in since:
                assert now == then
                assert heads
            elif field == "deleted" and not _changed_life(before, ours):
                assert now[0] == then[0]
            else:
                assert {naive.key_of(before, h) for h in heads} <= {"undo", "redo"}
                assert now == naive.field_of(naive.without(before, target, row, field), row, field)


def _changed_life(ops: dict[str, naive.Op], ours: dict[str, naive.Op]) -> bool:
    """Whether an act gave a record's `deleted` another value than it had."""
    older = {h for one in ours.values() for h in one.get("sup", {}).get("deleted", ())}
    before = {ops[h]["values"]["deleted"] for h in older - ours.keys() if h in ops}
    return {one["values"]["deleted"] for one in ours.values()} != before


def _check_made(
    before: dict[str, naive.Op],
    after: dict[str, naive.Op],
    row: str,
    ours: dict[str, naive.Op],
    *,
    kept: bool,
) -> None:
    """A record that the act made is deleted, or as it was where others have worked on it since."""
    then, now = naive.state(before)[row], naive.state(after)[row]
    alone = all(h in ours for h, one in before.items() if one["row"] == row)
    referred = any(
        one["row"] != row and row in one["values"].values() and h not in ours
        for h, one in before.items()
    )
    if kept or then["deleted"][0]:
        assert now == then
    elif alone and not referred:
        assert now["deleted"] == (True, False)
    else:
        assert now["deleted"] == (True, False) or now == then


def _pull_the_plug(store: CaseStore) -> None:
    """End as a process does that is killed: connections and lock go, and nothing is tidied."""
    assert store._writer is not None
    assert store._lock is not None
    raw = store._writer.raw_connection().driver_connection
    assert raw is not None
    raw.close()
    store._readers.dispose()
    store._lock.drop()


def _mixed(operations: set[bytes], rnd: random.Random) -> list[bytes]:
    """Any order in which each replica's operations keep theirs: effects may come before causes."""
    queues: dict[str, list[bytes]] = {}
    ops = [(naive.read([body]).popitem()[1], body) for body in operations]
    for one, body in sorted(ops, key=lambda each: each[0]["seq"]):
        queues.setdefault(one["replica"], []).append(body)
    found = []
    while queues:
        name = rnd.choice(sorted(queues))
        found.append(queues[name].pop(0))
        if not queues[name]:
            del queues[name]
    return found


Work.TestCase.settings = settings(
    max_examples=RUNS,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestWork = Work.TestCase
