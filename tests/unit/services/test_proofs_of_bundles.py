"""The stand-alone verifier on bundles: what is sound, and what each damage is called."""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casefile.extract.pool import Extractor
from casefile.model.disclosure import Plan
from casefile.model.exchange import DELTA, DISCLOSURE, FULL, Wanted
from casefile.services import claims, disclosing, disclosure_bundle, exchange, ingest, keys, purges
from casefile.services.claims import ClaimDraft
from casefile.services.desk import Desk, create_desk
from casefile.services.places import Places
from casefile.services.reading import listing
from tests.unit.bundle.conftest import Members, bagged, changed, members, zipped_up

from .bare import run
from .conftest import ARTICLE, DENIAL

ABOUT, TAGS = "data/casefile.json", "tagmanifest-sha256.txt"


@pytest.fixture(scope="module")
def sender(tmp_path_factory: pytest.TempPathFactory, extractor: Extractor) -> Iterator[Desk]:
    """A signing person with a case of three sources, one of them removed for good."""
    home = tmp_path_factory.mktemp("sender")
    places = Places(home / "cache", home / "config")
    keys.new(places, None)
    for name, words in (("a", ARTICLE), ("b", DENIAL), ("c", "Words that are not wanted here.")):
        (home / f"{name}.txt").write_text(words, "utf-8")
    with create_desk(home / "x.casefile", places, "Valley", extractor=extractor) as desk:
        desk.signer = keys.unlock(places)
        ingest.add(desk, [home / "c.txt"])
        purges.purge(desk, listing(desk)[0], "it was private")
        ingest.add(desk, [home / "a.txt"])
        keys.sign(desk)
        exchange.write(desk, home / f"{FULL}-before.casebundle", Wanted())
        added = ingest.add(desk, [home / "b.txt"])
        claims.add(desk, ClaimDraft(statement="Nobody came " * 9000, quote=None))
        keys.sign(desk)
        exchange.write(desk, home / f"{FULL}.casebundle", Wanted())
        base = exchange.base_of(desk, str(home / f"{FULL}-before.casebundle"))
        exchange.write(desk, home / f"{DELTA}.casebundle", Wanted(kind=DELTA, base=base))
        exchange.write(desk, home / "locked.casebundle", Wanted(passphrase="seven words"))
        plan = Plan(chosen=tuple(listing(desk)), words=("spokesman",), title="Shown")
        seen = disclosing.prepare(desk, plan).travel.digest
        disclosure_bundle.write(desk, plan, seen, home / f"{DISCLOSURE}.casebundle", Wanted())
        assert added.entries[0].source
        yield desk


def bundle(sender: Desk, kind: str) -> Path:
    return sender.store.path.parent / f"{kind}.casebundle"


@pytest.mark.parametrize("kind", [FULL, DELTA, DISCLOSURE])
def test_what_is_sound_holds(sender: Desk, kind: str) -> None:
    status, words = run(bundle(sender, kind))
    assert status == 0, words
    assert re.search("checked: the bundle is signed with key [0-9a-f]{64}", words)
    assert re.search("checked: [2-9] original or texts hashed", words) or kind != DISCLOSURE
    assert "casefile bundle verify" in words
    if kind != DISCLOSURE:
        assert "checked: the checkpoint by" in words
        assert "operations that no checkpoint covers" not in words


def test_what_it_cannot_read_it_says(sender: Desk, tmp_path: Path) -> None:
    status, words = run(bundle(sender, "locked"))
    assert (status, "opened with age" in words) == (1, True)
    short = tmp_path / "short.casebundle"
    short.write_bytes(bundle(sender, FULL).read_bytes()[:-5000])
    status, words = run(short)
    assert (status, "PROBLEM: CHANGED: it cannot be read" in words) == (1, True), words


def named(parts: Members, start: str) -> list[str]:
    return [name for name, _ in parts if name.startswith(start)]


def flipped(parts: Members) -> bytes:
    name = named(parts, "data/objects/")[0]
    return bagged(changed(parts, name, lambda body: bytes([body[0] ^ 1]) + body[1:]))


def swapped(parts: Members) -> bytes:
    one, two = named(parts, "data/objects/")[:2]
    other = {one: two, two: one}
    have = dict(parts)
    return bagged([(name, have[other.get(name, name)]) for name, _ in parts])


def reordered(parts: Members) -> bytes:
    def turned(body: bytes) -> bytes:
        lines = body.splitlines(keepends=True)
        lines[1], lines[2] = lines[2], lines[1]
        return b"".join(lines)

    return bagged(changed(parts, named(parts, "data/ops/")[0], turned))


def cut_off(parts: Members) -> bytes:
    """Drop the last operation, and say everywhere that there never was one."""
    ops = named(parts, "data/ops/")[0]
    have = dict(parts)
    *lines, last = have[ops].splitlines(keepends=True)
    about = json.loads(have[ABOUT])
    head = next(one for one in about["heads"] if one["replica"] in ops)
    head |= {"seq": head["seq"] - 1, "chain": json.loads(last)["prev"]}
    about["counts"]["operations"] -= 1
    about["signer"] = None
    told = json.dumps(about, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return bagged(changed(changed(parts, ops, lambda _: b"".join(lines)), ABOUT, lambda _: told))


def unlike_its_manifest(parts: Members) -> bytes:
    return zipped_up(changed(parts, "data/sources.csv", lambda body: body + b"x"))


def lost(parts: Members) -> bytes:
    gone = named(parts, "data/objects/")[0]
    return bagged([(name, body) for name, body in parts if name != gone])


def smuggled(parts: Members) -> bytes:
    return zipped_up([*parts, ("data/records.jsonl", b"{}\n")])


def signed_by_nobody(parts: Members) -> bytes:
    def other(body: bytes) -> bytes:
        lines = body.split(b"\n")
        raw = base64.b64decode(lines[1])
        lines[1] = base64.b64encode(raw[:-1] + bytes([raw[-1] ^ 1]))
        return b"\n".join(lines)

    return zipped_up(changed(parts, f"{TAGS}.minisig", other))


DAMAGE: dict[str, tuple[Callable[[Members], bytes], str]] = {
    "changed byte": (flipped, "CHANGED: the original or text"),
    "changed list": (unlike_its_manifest, "CHANGED: the member data/sources.csv"),
    "swapped file": (swapped, "SWAPPED: the original or text"),
    "lost file": (lost, "MISSING: the original or text"),
    "extra file": (smuggled, "CHANGED: the member data/records.jsonl"),
    "forged signature": (signed_by_nobody, "FORGED: the signature of the bundle"),
}
OF_THE_LOG: dict[str, tuple[Callable[[Members], bytes], str]] = {
    "dropped last operation": (cut_off, "MISSING: the checkpoint by"),
    "reordered log": (reordered, "REORDERED: the log of replica"),
}
EVERY = [
    *((FULL, what) for what in (*DAMAGE, *OF_THE_LOG)),
    *((DELTA, what) for what in OF_THE_LOG),
    *((DISCLOSURE, what) for what in DAMAGE if what != "extra file"),  # it has that file
]


@pytest.mark.parametrize(("kind", "what"), EVERY)
def test_each_damage_has_its_own_message(
    sender: Desk, kind: str, what: str, tmp_path: Path
) -> None:
    how, message = (DAMAGE | OF_THE_LOG)[what]
    body = how(members(bundle(sender, kind).read_bytes()))
    (tmp_path / "bad.casebundle").write_bytes(body)
    status, words = run(tmp_path / "bad.casebundle")
    assert status == 1, words
    assert any(line.startswith(f"PROBLEM: {message}") for line in words.splitlines()), words
    assert not exchange.verify(tmp_path / "bad.casebundle", sender.places).ok


def test_what_is_left_out_by_its_name_alone_is_no_damage(sender: Desk, tmp_path: Path) -> None:
    parts = members(bundle(sender, FULL).read_bytes())
    ops = named(parts, "data/ops/")[0]
    lines = dict(parts)[ops].splitlines(keepends=True)
    gone = lines.pop(-3)
    data = json.loads(gone)
    stub = {"id": hashlib.sha256(gone[:-1]).hexdigest()}
    stub |= {name: data[name] for name in ("replica", "seq")}
    body = json.dumps(stub, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    parts = [*changed(parts, ops, lambda _: b"".join(lines)), ("data/stubs.jsonl", body)]
    parts = changed(
        parts, ABOUT, lambda about: re.sub(rb'"signer":{[^}]*}', b'"signer":null', about)
    )
    (tmp_path / "part.casebundle").write_bytes(bagged(parts))
    status, words = run(tmp_path / "part.casebundle")
    assert status == 0, words
    assert "checked: the checkpoint by" in words


def test_four_kinds_of_damage_have_four_messages() -> None:
    kinds = {message.split(":")[0] for _, message in (DAMAGE | OF_THE_LOG).values()}
    assert kinds == {"CHANGED", "MISSING", "SWAPPED", "REORDERED", "FORGED"}


def test_any_changed_byte_is_noticed(sender: Desk, tmp_path: Path) -> None:
    whole, bad = bundle(sender, FULL).read_bytes(), tmp_path / "bad.casebundle"
    for at in range(100, len(whole) // 2, len(whole) // 12):
        body = bytearray(whole)
        body[at] ^= 4
        bad.write_bytes(body)
        status, words = run(bad)
        assert (status, "PROBLEM: CHANGED" in words) == (1, True), words


def test_a_case_that_took_in_another_one_still_holds(sender: Desk, tmp_path: Path) -> None:
    with create_desk(tmp_path / "y.casefile", Places(tmp_path, tmp_path / "config"), "Own") as desk:
        assert exchange.merge(desk, bundle(sender, FULL)).preview.other_case
    status, words = run(tmp_path / "y.casefile")
    assert status == 0, words
    assert f"is of case {sender.store.case_id}" in words
    assert hashlib.sha256(DENIAL.encode()).hexdigest() not in words
