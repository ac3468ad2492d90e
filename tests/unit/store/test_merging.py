"""The ledger against a plain function of the set of operations, whatever the order."""

import itertools
import json
import random
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from casefile.model.errors import Refused
from casefile.model.ids import new_id
from casefile.model.ledger import ZERO, canonical, chain, compose, op_id, read
from casefile.model.source import Source
from casefile.store import history, records
from casefile.store.case import CaseStore
from casefile.store.checking import check
from casefile.store.conflicts import conflicts
from casefile.store.merging import merge
from casefile.store.rebuilding import rebuild_projections
from casefile.store.schema import op, record, replica

from .conftest import Cases

ROWS = [f"aaaaaaaa-0000-4000-8000-00000000000{n}" for n in range(3)]
FIELDS = ("title", "status", "url")


def bodies(store: CaseStore) -> list[bytes]:
    """Every operation, each replica's in their order."""
    with store.read() as r:
        asked = select(op.c.body).join(replica, replica.c.n == op.c.replica)
        rows = r.connection.execute(asked.order_by(replica.c.id, op.c.seq))
        return list(rows.scalars())


def take(store: CaseStore, operations: list[bytes]) -> int:
    with store.write("merge") as w:
        return merge(w, operations)


def naive(operations: set[bytes]) -> dict[str, dict[str, Any]]:
    """What each field of each record shows and whether it is in conflict, from the definition."""
    ops = {op_id(body): json.loads(body) for body in operations}
    values = {h: {"deleted": False, **one["set"]} for h, one in ops.items()}
    state: dict[str, dict[str, Any]] = {}
    for h, one in ops.items():
        state.setdefault(one["row"], {}).update(dict.fromkeys(values[h]))
    for row, fields in state.items():
        mine = {h: one for h, one in ops.items() if one["row"] == row}
        for field in fields:
            gone = {x for one in mine.values() for x in one.get("sup", {}).get(field, ())}
            heads = sorted(
                (h for h in mine if field in values[h] and h not in gone),
                key=lambda h: (mine[h]["hlc"], mine[h]["replica"], h),
            )
            shown = values[heads[-1]][field]
            if field == "deleted":
                shown = all(values[h][field] for h in heads)
            fields[field] = (shown, len({json.dumps(values[h][field]) for h in heads}) > 1)
    return state


def state(store: CaseStore) -> dict[str, dict[str, Any]]:
    """The same, read from the tables."""
    found: dict[str, dict[str, Any]] = {}
    with store.read() as r:
        ids = r.connection.execute(select(record.c.id).where(record.c.kind == "source")).scalars()
        for id_ in list(ids):
            one = records.get(r, Source, id_)
            assert one
            fought = conflicts(r, id_)
            assert one.conflicts == len(fought)
            found[id_] = {"deleted": (one.deleted, "deleted" in fought)}
            found[id_] |= {f: (getattr(one, f), f in fought) for f in FIELDS}
    return found


def same(left: dict[str, dict[str, Any]], right: dict[str, dict[str, Any]]) -> bool:
    """A field that nobody set is as good as one that was emptied."""

    def full(state: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        empty = dict.fromkeys(FIELDS, (None, False))
        return {row: empty | fields for row, fields in state.items()}

    return full(left) == full(right)


STEP = st.tuples(
    st.sampled_from("wwwdmmu"),
    st.integers(0, 1),
    st.sampled_from(ROWS[:2]),
    st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(["a", "b", None]), min_size=1),
    st.integers(0, 4),
)


def play(stores: list[CaseStore], steps: list[Any]) -> None:
    """Let two people work, each with a clock of their own, and exchange what they did."""
    time = [0]
    for store in stores:
        store.clock = lambda: time[0]
    for what, who, row, values, clock in steps:
        time[0] = clock
        store = stores[who]
        if what == "w":
            with store.write("edit") as w:
                w.put(Source, row, **values)
                w.put(Source, ROWS[2], title=row)
        elif what == "m":
            take(store, bodies(stores[1 - who]))
        elif what == "u":
            try:
                store.undo()
            except Refused:
                continue
        elif row in state(store):
            with store.write("delete") as w:
                w.delete(Source, row)


@settings(suppress_health_check=list(HealthCheck), max_examples=settings().max_examples // 3)
@given(st.lists(STEP, max_size=9), st.randoms(use_true_random=False))
def test_any_order_leads_to_one_state(cases: Cases, steps: Any, rnd: random.Random) -> None:
    stores = [cases.new(person=new_id(), install=new_id()) for _ in range(2)]
    play(stores, steps)
    for store in stores:
        assert same(state(store), naive(set(bodies(store))))
        assert check(store, full=True).findings == ()
    everything = set(itertools.chain(*map(bodies, stores)))
    want = naive(everything)
    for store, other in itertools.permutations(stores):
        take(store, bodies(other))
        assert take(store, bodies(other)) == 0
        assert same(state(store), want)
    third = cases.new()
    for part in mixed(everything, rnd):
        assert take(third, [part, part]) == 1
    assert same(state(third), want)
    assert set(bodies(third)) == everything
    assert check(third, full=True).findings == ()
    rebuild_projections(third)
    assert same(state(third), want)
    cases.close()


def mixed(operations: set[bytes], rnd: random.Random) -> list[bytes]:
    """Any order in which each replica's operations keep theirs: causes may come after effects."""
    queues: dict[str, list[bytes]] = {}
    for body in sorted(operations, key=lambda body: json.loads(body)["seq"]):
        queues.setdefault(json.loads(body)["replica"], []).append(body)
    found = []
    while queues:
        name = rnd.choice(sorted(queues))
        found.append(queues[name].pop(0))
        if not queues[name]:
            del queues[name]
    return found


@pytest.fixture
def pair(cases: Cases) -> tuple[CaseStore, CaseStore]:
    """Two people's cases with the same source in them."""
    one, two = (cases.new(person=new_id(), install=new_id()) for _ in range(2))
    with one.write("import") as w:
        w.put(Source, ROWS[0], title="x", status="later")
    take(two, bodies(one))
    return one, two


def title(store: CaseStore) -> tuple[str | None, int, list[str]]:
    with store.read() as r:
        one = records.get(r, Source, ROWS[0])
        assert one
        return one.title, one.conflicts, conflicts(r, ROWS[0])


def edit(store: CaseStore, clock: int, **values: Any) -> None:
    store.clock = lambda: clock
    with store.write("edit") as w:
        w.put(Source, ROWS[0], **values)


FAR = 4_000_000_000_000  # milliseconds: later than any clock of a test


def test_a_conflict_keeps_both_and_shows_the_newest(pair: tuple[CaseStore, CaseStore]) -> None:
    one, two = pair
    edit(one, FAR, title="y")
    edit(two, FAR + 1, title="z", status="no")
    take(one, bodies(two))
    take(two, bodies(one))
    for store in pair:
        assert title(store) == ("z", 1, ["title"])
    edit(one, FAR + 2, title="z")  # the same words settle it
    assert title(one) == ("z", 0, [])
    report = one.undo()  # and that can be undone
    assert report.restored == 1
    assert title(one) == ("z", 1, ["title"])
    take(two, bodies(one))
    assert title(two) == title(one)


def test_the_same_edit_twice_is_no_conflict(pair: tuple[CaseStore, CaseStore]) -> None:
    one, two = pair
    edit(one, FAR, title="y")
    edit(two, FAR, title="y")
    take(one, bodies(two))
    assert title(one) == ("y", 0, [])


def test_an_edit_against_a_delete_keeps_the_record(pair: tuple[CaseStore, CaseStore]) -> None:
    one, two = pair
    edit(one, FAR, title="y")
    two.clock = lambda: FAR + 5
    with two.write("delete") as w:
        w.delete(Source, ROWS[0])
    take(one, bodies(two))
    with one.read() as r:
        found = records.get(r, Source, ROWS[0])
        assert found
        assert (found.deleted, found.title, conflicts(r, ROWS[0])) == (False, "y", ["deleted"])


def test_the_other_persons_act_is_not_undone_unless_named(
    pair: tuple[CaseStore, CaseStore],
) -> None:
    one, two = pair
    edit(two, FAR, title="y")
    take(one, bodies(two))
    with pytest.raises(Refused, match="changed since") as caught:
        one.undo()  # one's own import, which two has worked on since
    assert caught.value.details == [("source", ROWS[0], "title")]
    with one.read() as r:
        other = history.acts(r)[0].id
    assert one.undo(other).restored == 1
    assert title(one) == ("x", 0, [])
    assert one.undo().key == "import"


def test_an_act_of_which_nothing_is_left_is_passed_over(
    pair: tuple[CaseStore, CaseStore],
) -> None:
    one, two = pair
    edit(one, FAR, title="y")
    made = new_id()
    with one.write("import") as w:
        w.put(Source, made)
    take(two, bodies(one))
    two.clock = lambda: FAR + 5
    with two.write("delete") as w:
        w.delete(Source, made)
    take(one, bodies(two))
    assert one.undo().key == "edit"


def test_ties_do_not_depend_on_who_came_first(cases: Cases) -> None:
    one, two = (cases.new(person=new_id(), install=new_id()) for _ in range(2))
    for store in (one, two):
        edit(store, 5, title=store.replica)
    left, right = bodies(one), bodies(two)
    take(one, right)
    take(two, left)
    assert title(one) == title(two)
    with one.read() as a, two.read() as b:
        assert records.get(a, Source, ROWS[0]) == records.get(b, Source, ROWS[0])


def refused(store: CaseStore, operations: list[bytes]) -> str:
    before = bodies(store)
    with pytest.raises(Refused) as caught:
        take(store, operations)
    assert bodies(store) == before
    assert check(store, full=True).ok
    return caught.value.message


def test_unsound_operations_are_refused_and_nothing_is_taken_in(
    pair: tuple[CaseStore, CaseStore],
) -> None:
    one, two = pair
    edit(two, FAR, title="y")
    edit(two, FAR, title="z")
    *old, first, second = sorted(bodies(two), key=lambda b: json.loads(b)["hlc"])
    assert "missing before" in refused(one, [second])
    assert "canonical" in refused(one, [first, second + b" "])
    forged = canonical(json.loads(second) | {"prev": ZERO})
    assert "missing before" in refused(one, [first, forged])
    assert take(one, [*old, first, second]) == 2
    assert take(one, [first]) == 0


def test_a_record_cannot_change_its_kind(pair: tuple[CaseStore, CaseStore]) -> None:
    one, two = pair
    last = read(bodies(two)[-1])
    data = {
        **last.data,
        "replica": new_id(),
        "seq": 1,
        "prev": ZERO,
        "tbl": "note",
        "set": {"body": "x"},
    }
    assert "not a note" in refused(one, [compose(data).body])


def act_of(number: int, hlc: int, words: dict[str, Any] | None, replica_: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "v": 1,
        "replica": replica_,
        "seq": number,
        "prev": ZERO,
        "hlc": hlc,
        "txn": ROWS[2],
        "person": ROWS[1],
        "tbl": "source",
        "row": ROWS[0],
        "set": {"title": str(number)},
        "nonce": "a0",
    }
    return data | ({"act": words} if words else {})


@pytest.mark.parametrize("turned", [False, True])
def test_of_several_names_of_an_act_the_oldest_counts(cases: Cases, turned: bool) -> None:
    one = compose(act_of(1, 9, {"key": "late", "args": {}}, new_id()))
    two = compose(act_of(1, 5, {"key": "early", "args": {"undoes": "nonsense"}}, new_id()))
    store = cases.new()
    for made in (two, one) if turned else (one, two):
        take(store, [made.body])
    with store.read() as r:
        (act,) = history.acts(r)
    assert (act.key, act.operations, act.undoes) == ("early", 2, None)
    assert check(store, full=True).findings == ()


def test_an_act_without_a_name_is_kept_but_not_shown(cases: Cases) -> None:
    store = cases.new()
    take(store, [compose(act_of(1, 9, None, new_id())).body])
    with store.read() as r:
        assert history.acts(r) == []
        assert [one.key for one in history.of(r, ROWS[0])] == [""]
    assert check(store, full=True).findings == ()


def test_acts_that_take_back_one_another_end_somewhere(cases: Cases) -> None:
    store = cases.new()
    ids = [new_id(), new_id()]
    for mine, other in (ids, ids[::-1]):
        words = {"key": "undo", "args": {"undoes": other}}
        take(store, [compose(act_of(1, 9, words, new_id()) | {"txn": mine}).body])
    with store.read() as r:
        assert len(history.acts(r)) == 2
    for one in ids:
        with suppress(Refused):
            store.undo(one)
    assert check(store, full=True).findings == ()


def test_a_long_merge_goes_in_batches(cases: Cases, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casefile.store.merging.BATCH", 3)
    one, two = (cases.new(person=new_id(), install=new_id()) for _ in range(2))
    for n in range(10):
        edit(one, n, title=str(n))
    assert take(two, bodies(one)) == 10
    assert title(two) == ("9", 0, [])
    assert check(two, full=True).findings == ()
    with two.read() as r:
        end = ZERO
        for body in bodies(one):
            end = chain(end, op_id(body))
        assert r.connection.scalar(select(replica.c.chain)) == end


def test_what_comes_before_its_cause_waits_for_it(
    cases: Cases, pair: tuple[CaseStore, CaseStore]
) -> None:
    one, two = pair
    edit(two, FAR, title="y")
    third = cases.new()
    first = [body for body in bodies(two) if read(body).data["replica"] == two.replica]
    take(third, first)
    assert title(third) == ("y", 0, [])
    take(third, bodies(one))  # the import that was edited arrives last
    assert title(third) == ("y", 0, [])
    with third.read() as r:
        found = records.get(r, Source, ROWS[0])
        assert found
        assert (found.status, found.made_by) == ("later", one.person)
        assert sorted(a.key for a in history.acts(r)) == ["edit", "import"]
    assert check(third, full=True).findings == ()
