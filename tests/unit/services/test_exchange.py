"""Bundles between two people with two cases, two folders and two keys."""

import hashlib
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyrage
import pytest

from casefile.bundle.unsound import Unsound
from casefile.model.claim import Claim
from casefile.model.errors import CasefileError, Refused, UsageError
from casefile.model.exchange import DELTA, FULL, Heads, Opening, Wanted
from casefile.model.ids import new_id
from casefile.model.source import Source, SourceFile
from casefile.services import age_stream, exchange, exchange_log, history, keys, people
from casefile.services.desk import Desk, create_desk
from casefile.services.places import Places
from casefile.services.spoken import WORDS
from casefile.store import bundling, records
from casefile.store.checking import check

Maker = Callable[..., Desk]


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Maker]:
    """Give a maker of people, each with a case of their own."""
    with ExitStack() as stack:

        def make(name: str, title: str | None = None) -> Desk:
            home = tmp_path / name
            places = Places(home / "cache", home / "config")
            return stack.enter_context(create_desk(home / "x.casefile", places, title))

        yield make


def source(desk: Desk, title: str, body: bytes = b"") -> str:
    """Add a source with an original."""
    id_ = new_id()
    kept = desk.store.objects.path(hashlib.sha256(body).hexdigest())
    if body:
        whole = desk.store.path.parent / "in.bin"
        whole.write_bytes(body)
        desk.store.objects.put(whole, limit=1 << 30)
    with desk.store.write("import") as w:
        w.put(Source, id_, kind="other", title=title)
        if body:
            w.put(SourceFile, new_id(), source=id_, object=kept.name, role="original", name="a.txt")
    return id_


def say(desk: Desk, id_: str, words: str) -> None:
    with desk.store.write("claim") as w:
        w.put(Claim, id_, statement=words)


def heads(desk: Desk) -> Heads:
    with desk.store.read() as r:
        return bundling.heads(r)


def sent(desk: Desk, name: str, **wanted: Any) -> Path:
    file = desk.store.path.parent / f"{name}.casebundle"
    exchange.write(desk, file, Wanted(**wanted))
    return file


def titles(desk: Desk) -> set[str | None]:
    with desk.store.read() as r:
        return {one.title for one in records.where(r, Source)}


def bytes_of(case: Path) -> dict[str, str]:
    return {
        str(one.relative_to(case)): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in sorted(case.rglob("*"))
        if one.is_file() and one.name != "case.lock"
    }


def test_a_case_goes_to_somebody_else_whole(person: Maker) -> None:
    a, b = person("a", "Valley"), person("b")
    source(a, "Column", b"the column came at dawn")
    file = sent(a, "1")
    told = exchange.verify(file, b.places)
    assert (told.ok, told.signature, told.kind, told.title) == (True, "unsigned", FULL, "Valley")
    done = exchange.merge(b, file)
    assert done.preview.adopts
    assert not done.preview.other_case
    assert done.preview.new_records == 3  # case, source, file
    assert b.store.case_id == a.store.case_id
    assert titles(b) == {"Column"}
    assert check(b.store, full=True, verify=keys.verify).ok
    with b.store.objects.open(hashlib.sha256(b"the column came at dawn").hexdigest()) as body:
        assert body.read() == b"the column came at dawn"
    again = exchange.merge(b, file)
    assert (again.preview.new_records, again.preview.changed_records) == (0, 0)
    assert again.preview.already == done.preview.operations
    assert not again.changes.records
    assert not again.backup


def test_both_see_the_same_conflict_and_lose_nothing(person: Maker) -> None:
    a, b = person("a"), person("b")
    id_ = new_id()
    say(a, id_, "they came at dawn")
    exchange.merge(b, sent(a, "1"))
    say(a, id_, "they came at noon")
    say(b, id_, "they came at night")
    theirs, mine = sent(b, "2"), sent(a, "2")
    seen = exchange.preview(a, theirs)
    assert [one.field for one in seen.conflicts] == ["statement"]
    assert seen.conflicts[0].base == ("they came at dawn",)
    values = {side.value: side.mine for side in seen.conflicts[0].sides}
    assert values == {"they came at noon": True, "they came at night": False}
    before = heads(a)
    assert exchange.merge(a, theirs).preview == seen
    exchange.merge(b, mine)
    assert heads(a) == heads(b) != before
    with a.store.read() as r, b.store.read() as other:
        ours, others = records.get(r, Claim, id_), records.get(other, Claim, id_)
        assert ours
        assert others
        assert ours.statement == others.statement
        assert ours.conflicts == others.conflicts == 1
    assert exchange_log.entries(a)[0].result == "merged"


def test_a_merge_is_undone_whole_and_comes_no_second_time(person: Maker) -> None:
    a, b = person("a"), person("b")
    mine, theirs = new_id(), new_id()
    say(a, mine, "they came at dawn")
    exchange.merge(b, sent(a, "1"))
    say(b, mine, "they came at night")
    say(b, theirs, "they left")
    done = exchange.merge(a, sent(b, "2"))
    assert exchange.standing_merges(a) == [done.merge]
    report, changes = exchange.undo_merge(a)
    assert (report.undone, report.restored, report.changed_since) == (done.merge, 2, ())
    assert set(changes.records["claim"]) == {mine, theirs}
    with a.store.read() as r:
        one, two = records.get(r, Claim, mine), records.get(r, Claim, theirs)
        assert one
        assert two
        assert (one.statement, one.conflicts, two.deleted) == ("they came at dawn", 0, True)
    assert exchange.standing_merges(a) == []
    assert exchange_log.entries(a)[0].merge == done.merge
    assert history.label(*_named(a)) == "Undone: Bundle merged"
    history.redo(a)
    assert history.label(*_named(a)) == "Redone: Bundle merged"
    exchange.merge(b, sent(a, "3"))
    assert heads(a) == heads(b)
    with b.store.read() as r:
        again = records.get(r, Claim, mine)
        assert again
        assert again.statement == "they came at night"


def _named(desk: Desk) -> tuple[str, dict[str, Any]]:
    act = history.acts(desk, 1)[0]
    return act.key, act.args


def test_a_delta_holds_only_what_is_new_and_needs_its_base(person: Maker) -> None:
    a, b, c = person("a"), person("b"), person("c")
    source(a, "Old", b"old")
    exchange.merge(b, sent(a, "1"))
    exchange.merge(a, sent(b, "1b"))
    source(a, "New", b"new")
    with pytest.raises(UsageError, match="delta"):
        sent(a, "2", kind=DELTA)
    file = sent(a, "2", kind=DELTA, base=exchange.base_of(a, None))
    assert exchange.verify(file, b.places).counts["operations"] == 2
    assert exchange.verify(file, b.places).counts["objects"] == 1
    with pytest.raises(Refused, match="another case"):
        exchange.merge(c, file)
    exchange.merge(b, file)
    assert titles(b) == {"Old", "New"}
    third = sent(a, "3", kind=DELTA, base=heads(a))
    assert exchange.merge(b, third).preview.operations == 0
    source(a, "Newest")
    newer = sent(a, "4", kind=DELTA, base=heads(a))
    with pytest.raises(Refused, match="not here"):
        exchange.merge(b, newer)


def test_who_signed_it_is_known_or_not(person: Maker) -> None:
    a, b = person("a"), person("b")
    source(a, "Column")
    keys.new(a.places, None)
    a.signer = keys.unlock(a.places)
    file = sent(a, "1")
    told = exchange.verify(file, b.places)
    assert (told.signature, told.person, len(told.words)) == ("unknown key", a.person, 12)
    people.trust(b.places, a.signer.public, "Leila", person=a.person)
    assert exchange.verify(file, b.places).signature == "trusted"


@pytest.mark.parametrize("size", [0, 100, 65_536, 65_537, 200_000])
def test_an_encrypted_bundle_opens_for_whom_it_is_for(size: int, tmp_path: Path) -> None:
    body = random.Random(size).randbytes(size)
    plain, locked, out = tmp_path / "p", tmp_path / "l", tmp_path / "o"
    plain.write_bytes(body)
    with plain.open("rb") as source_, locked.open("wb") as to:
        age_stream.encrypt(source_, to, (), "six words")
    assert pyrage.passphrase.decrypt(locked.read_bytes(), "six words") == body
    with locked.open("rb") as source_, out.open("wb") as to:
        age_stream.decrypt(source_, to, (), "six words")
    assert out.read_bytes() == body
    with locked.open("rb") as source_, out.open("wb") as to, pytest.raises(Refused):
        age_stream.decrypt(source_, to, (), "other words")


def test_a_bundle_travels_encrypted_to_a_key(person: Maker) -> None:
    a, b = person("a"), person("b")
    source(a, "Column", b"secret words of the column")
    identity = pyrage.x25519.Identity.generate()
    file = sent(a, "1", recipients=(str(identity.to_public()),))
    assert b"secret words" not in file.read_bytes()
    with pytest.raises(Refused, match="encrypted"):
        exchange.merge(b, file)
    wrong = Opening(identities=(str(pyrage.x25519.Identity.generate()),))
    with pytest.raises(Refused, match="does not open"):
        exchange.merge(b, file, wrong)
    exchange.merge(b, file, Opening(identities=(str(identity),)))
    assert titles(b) == {"Column"}
    words = exchange.passphrase()
    other = sent(a, "2", passphrase=words)
    assert exchange.verify(other, b.places, Opening(passphrase=words)).encrypted


def test_an_offered_passphrase_cannot_be_guessed() -> None:
    found = [exchange.passphrase().split() for _ in range(200)]
    assert {len(one) for one in found} == {8}  # as the window and the command line say
    assert len(set(WORDS)) ** 8 >= 2**64
    assert len({word for one in found for word in one}) > 0.95 * len(WORDS)


def test_a_refused_bundle_leaves_the_case_as_it_was(person: Maker) -> None:
    a, b = person("a"), person("b")
    source(a, "Column", b"x" * 300)
    source(b, "Own")
    keys.new(a.places, None)
    a.signer = keys.unlock(a.places)
    whole = sent(a, "1").read_bytes()
    chance = random.Random(7)
    bad = b.store.path.parent / "bad.casebundle"
    before = bytes_of(b.store.path)
    outside = {one.name for one in b.store.path.parent.iterdir()}
    for at in chance.sample(range(len(whole)), 40):
        body = bytearray(whole)
        body[at] ^= 1 << chance.randrange(8)
        bad.write_bytes(body)
        assert not exchange.verify(bad, b.places).ok
        with pytest.raises(Unsound) as caught:
            exchange.merge(b, bad)
        assert caught.value.reason
    assert bytes_of(b.store.path) == before
    assert {one.name for one in b.store.path.parent.iterdir()} == {*outside, bad.name}


def test_what_cannot_be_logged_is_done_all_the_same(person: Maker) -> None:
    a, b = person("a"), person("b")
    source(a, "Column")
    for desk in (a, b):  # no folder can be made where a file is
        (desk.places.config / "exchange").write_bytes(b"")
    file = a.store.path.parent / "1.casebundle"
    written = exchange.write(a, file)
    merged = exchange.merge(b, file)
    for done in (written, merged):
        assert "log of exchanges could not be written" in done.unlogged
    assert titles(b) == {"Column"}
    assert merged.changes.records
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(Unsound, match="cannot be used"):  # not what befell the log
        exchange.merge(b, file)


def test_a_full_bundle_of_another_case_says_so(person: Maker) -> None:
    a, b = person("a"), person("b")
    source(a, "Column")
    source(b, "Own")
    done = exchange.merge(b, sent(a, "1"))
    assert done.preview.other_case
    assert not done.preview.adopts
    assert titles(b) == {"Own", "Column"}
    assert done.backup


def test_nothing_is_written_over_a_file(person: Maker) -> None:
    a = person("a")
    file = sent(a, "1")
    with pytest.raises(CasefileError, match="already"):
        exchange.write(a, file)
    assert [one.name for one in file.parent.glob(".bundle-*")] == []
