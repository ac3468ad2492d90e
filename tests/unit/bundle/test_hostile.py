"""Bundles by strangers who mean no good: none is accepted, each is refused with a named reason."""

import io
import json
import random
import re
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from casefile.bundle import layout, zipped
from casefile.bundle.unsound import Unsound
from casefile.bundle.zipped import Member, ZipWriter
from casefile.model.ledger import canonical

from .conftest import Members, bagged, changed, looked_at, members, zipped_up

REASONS = {"zip", "layout", "limit", "manifest", "signature", "about", "newer", "operations"}
REASONS |= {"objects", "checkpoints"}


def refused(body: bytes) -> str:
    with pytest.raises(Unsound) as caught:
        looked_at(body)
    assert caught.value.reason in REASONS
    return caught.value.reason


def test_a_sound_bundle_is_accepted(whole: bytes, unsigned: bytes) -> None:
    assert looked_at(whole).signed
    assert not looked_at(unsigned).signed
    assert looked_at(bagged(members(unsigned))).about.title == "Valley"  # so a forgery is its form


def test_no_mutant_of_a_byte_is_accepted(whole: bytes, unsigned: bytes, tier: Any) -> None:
    chance = random.Random(tier.seed)
    seen: set[str] = set()
    for n in range(tier.count(quick=200, ci=4_000, long=50_000)):
        body = bytearray(whole if n % 2 else unsigned)
        at = chance.randrange(len(body))
        body[at] ^= chance.randrange(1, 256)
        seen.add(refused(bytes(body)))
    assert {"zip"} <= seen


def test_no_bundle_that_was_cut_or_grew_is_accepted(whole: bytes, tier: Any) -> None:
    chance = random.Random(tier.seed)
    for _ in range(tier.count(quick=20, ci=300, long=2_000)):
        at, more = chance.randrange(len(whole)), chance.randbytes(chance.randrange(1, 100))
        for body in (whole[:at], whole[:at] + more + whole[at:], whole[:at] + whole[at + 1 :]):
            refused(body)
    for body in (b"", b"PK", whole + b"x", b"x" + whole, whole + whole, whole[::-1]):
        refused(body)


# Structure: the container is right and the manifests fit; what they hold does not.

Change = Callable[[random.Random, Members], Members]


def _ops(parts: Members) -> str:
    return next(name for name, _ in parts if name.startswith(layout.OPS))


def _object(parts: Members, chance: random.Random) -> str:
    return chance.choice([name for name, _ in parts if name.startswith(layout.OBJECTS)])


def _lines(body: bytes) -> list[bytes]:
    return body.splitlines(keepends=True)


def swapped(chance: random.Random, parts: Members) -> Members:
    def change(body: bytes) -> bytes:
        lines = _lines(body)
        a, b = chance.sample(range(len(lines)), 2)
        lines[a], lines[b] = lines[b], lines[a]
        return b"".join(lines)

    return changed(parts, _ops(parts), change)


def dropped(chance: random.Random, parts: Members) -> Members:
    def change(body: bytes) -> bytes:
        lines = _lines(body)
        del lines[chance.randrange(len(lines))]
        return b"".join(lines)

    return changed(parts, _ops(parts), change)


def doubled(chance: random.Random, parts: Members) -> Members:
    def change(body: bytes) -> bytes:
        lines = _lines(body)
        at = chance.randrange(len(lines))
        return b"".join([*lines[:at], lines[at], *lines[at:]])

    return changed(parts, _ops(parts), change)


def reworded(chance: random.Random, parts: Members) -> Members:
    def change(body: bytes) -> bytes:
        at = chance.randrange(len(body))
        return body[:at] + bytes([body[at] ^ chance.randrange(1, 256)]) + body[at + 1 :]

    return changed(parts, _ops(parts), change)


def another_object(chance: random.Random, parts: Members) -> Members:
    return changed(parts, _object(parts, chance), lambda body: body + b"!")


def object_left_out(chance: random.Random, parts: Members) -> Members:
    gone = _object(parts, chance)
    return [one for one in parts if one[0] != gone]


def object_too_many(chance: random.Random, parts: Members) -> Members:
    import hashlib

    body = chance.randbytes(20)
    return [*parts, (layout.object_name(hashlib.sha256(body).hexdigest()), body)]


def other_word(chance: random.Random, parts: Members) -> Members:
    """Say something else of the bundle: each of these must be noticed."""

    def change(body: bytes) -> bytes:
        data = json.loads(body)
        what = chance.randrange(8)
        if what == 0:
            data["heads"][0]["seq"] += 1
        elif what == 1:
            data["heads"] = []
        elif what == 2:
            data["counts"]["operations"] += chance.choice((-1, 1))
        elif what == 3:
            data["kind"] = chance.choice(("", "disclosure", "everything", "../x"))
        elif what == 4:
            data["more"] = 1
        elif what == 5:
            data["case"] = chance.choice(("../../x", "", "x" * 36))
        elif what == 6:
            data["format"] = 2
        else:
            return json.dumps(data).encode()
        return canonical(data)

    return changed(parts, layout.ABOUT, change)


def needed_left_out(chance: random.Random, parts: Members) -> Members:
    gone = chance.choice(
        [layout.ABOUT, layout.CRATE, layout.PAGE, layout.BAGIT, layout.OBJECT_LIST]
    )
    return [one for one in parts if one[0] != gone]


def unfinished_line(chance: random.Random, parts: Members) -> Members:
    name = chance.choice([_ops(parts), layout.OBJECT_LIST])
    return changed(parts, name, lambda body: body[:-1])


def odd_json(chance: random.Random, parts: Members) -> Members:
    words = chance.choice((b"[" * 100_000, b"{}", b"null", b'{"a":NaN}', b"\xff\xfe", b"1e999"))
    name = chance.choice([_ops(parts), layout.OBJECT_LIST, layout.ABOUT, layout.STUBS])
    if name == layout.STUBS:
        return [*parts, (name, words + b"\n")]
    return changed(parts, name, lambda _: words + b"\n")


def other_bag(chance: random.Random, parts: Members) -> Members:
    version = chance.choice((b"0.97", b"1.1", b"2.0"))
    return changed(parts, layout.BAGIT, lambda body: body.replace(b"1.0", version))


def foreign_replica(_: random.Random, parts: Members) -> Members:
    name = _ops(parts)
    other = layout.ops_name("00000000-0000-4000-8000-000000000000")
    return [(other if each == name else each, body) for each, body in parts]


CHANGES: tuple[Change, ...] = (
    swapped, dropped, doubled, reworded, another_object, object_left_out, object_too_many,
    other_word, needed_left_out, unfinished_line, odd_json, other_bag, foreign_replica,
)  # fmt: skip


def test_no_forged_structure_is_accepted(unsigned: bytes, tier: Any) -> None:
    parts = members(unsigned)
    chance = random.Random(tier.seed)
    for n in range(tier.count(quick=65, ci=520, long=5_000)):
        made = CHANGES[n % len(CHANGES)](chance, parts)
        assert refused(bagged(made)) not in ("zip", "manifest")


def test_a_manifest_vouches_for_every_member_and_no_other(unsigned: bytes) -> None:
    parts = members(unsigned)
    for name in (layout.MANIFEST, layout.TAGMANIFEST):
        for change in (
            lambda body: body + body,
            lambda body: b"".join(reversed(_lines(body))),
            lambda body: b"".join(_lines(body)[1:]),
            lambda body: body.replace(b"  ", b" *"),
            lambda body: body.upper(),
            lambda body: body.replace(b"\n", b"\r\n"),
        ):
            assert refused(zipped_up(changed(parts, name, change))) in ("manifest", "layout")


def test_a_signature_is_that_of_the_key_that_is_named(whole: bytes, unsigned: bytes) -> None:
    signed = members(whole)
    signature = next(body for name, body in signed if name == layout.SIGNATURE)
    without = [one for one in signed if one[0] != layout.SIGNATURE]
    assert refused(zipped_up(without)) == "signature"
    moved = [*members(unsigned), (layout.SIGNATURE, signature)]
    assert refused(zipped_up(moved)) == "signature"
    for change in (
        lambda body: body.replace(b"bundle", b"bundel"),
        lambda body: body + b"\n",
        lambda body: b"".join(_lines(body)[:2]),
        lambda body: body.replace(b"full", b"FULL"),
    ):
        assert refused(zipped_up(changed(signed, layout.SIGNATURE, change))) == "signature"


def test_a_checkpoint_is_signed_and_true_of_the_log(whole: bytes) -> None:
    def unsigned_now(body: bytes) -> bytes:
        return canonical(json.loads(body) | {"signer": None})

    def other_case(body: bytes) -> bytes:
        return unsigned_now(
            canonical(json.loads(body) | {"case": "00000000-0000-4000-8000-000000000000"})
        )

    parts = changed(members(whole), layout.ABOUT, unsigned_now)
    assert looked_at(bagged(parts))
    for change in (
        lambda _: b"{}\n",
        lambda _: b"garbage\n",
        lambda body: re.sub(rb'"signature":"[^"]+"', b'"signature":"%s"' % (b"0" * 128), body),
        lambda body: body.replace(b'\\"v\\":1', b'\\"v\\":2'),
        lambda body: body.replace(b'\\"seq\\":', b'\\"seq\\":1'),
    ):
        assert refused(bagged(changed(parts, layout.CHECKPOINTS, change))) == "checkpoints"
    moved = changed(members(whole), layout.ABOUT, other_case)
    assert refused(bagged(moved)) == "checkpoints"
    ops, have = _ops(parts), dict(parts)
    *kept, last = _lines(have[ops])
    about = json.loads(have[layout.ABOUT])
    head = about["heads"][0]
    head |= {"seq": head["seq"] - 1, "chain": json.loads(last)["prev"]}
    about["counts"]["operations"] -= 1
    cut = changed(parts, ops, lambda _: b"".join(kept))
    cut = changed(cut, layout.ABOUT, lambda _: canonical(about))
    assert refused(bagged(cut)) == "checkpoints"
    none = [one for one in cut if one[0] != layout.CHECKPOINTS]
    assert looked_at(bagged(none))  # nobody vouched for more


# Names: nothing is ever written under a name from a bundle, and none but ours is even read.

NAMES = [
    f"{before}{name}{after}"
    for before in ("", "../", "/", "./", "data/../", "data/objects/../../", "//", "C:\\", "~/", "\\")
    for name in (
        "x", "etc/passwd", ".git/config", "data/casefile.json ", "data/ops/x.jsonl", "CON",
        "data/objects/ab/" + "ab" * 32 + "x", "data/objects/AB/" + "AB" * 32, "data\\casefile.json",
        "data/objects/cd/" + "ab" * 32,
    )
    for after in ("", "/", ".", "\0", "/..", "%2e%2e")
]  # fmt: skip


def test_no_name_but_those_of_the_layout_is_read(unsigned: bytes, tier: Any) -> None:
    parts = members(unsigned)
    assert len(NAMES) >= 300
    for name in tier.choose(NAMES, quick=60):
        assert refused(zipped_up([*parts, (name, b"x")])) in ("layout", "zip")
    assert refused(zipped_up([*parts, parts[0]])) == "layout"  # the same name twice


def test_letters_that_look_like_ours_are_not_ours(unsigned: bytes) -> None:
    for other in ("dаta/casefile.json", "data/casefile.jsоn", "data∕casefile.json"):
        lookalike = other.encode()
        stand_in = "x" * len(lookalike)
        body = zipped_up([*members(unsigned), (stand_in, b"x")])
        assert refused(body.replace(stand_in.encode(), lookalike)) == "layout"


# Bombs: little that says it is much.


def _says(size: int, count: int = 1) -> bytes:
    """Write a container of members that say they have so many bytes, and have none."""
    out = io.BytesIO()
    at, lines = 0, []
    for n in range(count):
        one = Member(layout.object_name(f"{n:064x}"), size, 0, at)
        out.write(zipped.local(one))
        lines.append(zipped.entry(one))
        at = one.end
    offset = out.tell()
    for line in lines:
        out.write(line)
    out.write(zipped.ends(count, out.tell() - offset, offset))
    return out.getvalue()


def test_no_bomb_goes_off(unsigned: bytes) -> None:
    bombs = [_says(1 << power) for power in (20, 32, 40, 43, 62)]
    bombs += [_says(0, 3), zipped.ends(0, 0, 0), zipped.ends(1 << 60, 0, 0)]
    end = bytearray(zipped.ends(0, 0, 0))
    for count in (1, 1 << 20, layout.MOST_MEMBERS + 1, 1 << 63):
        end[24:40] = struct.pack("<2Q", count, count)
        bombs.append(bytes(end))
    for kind in (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_STORED):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", kind) as made:
            made.writestr("data/casefile.json", bytes(30_000_000))
        bombs.append(out.getvalue())
    bombs += [_overlapping(), _overlapping(same=True)]
    parts = members(unsigned)
    for name in (layout.ABOUT, layout.OBJECT_LIST, _ops(parts)):
        bombs.append(bagged(changed(parts, name, lambda _: b"[" * 20_000_000 + b"\n")))
    assert len(bombs) >= 20
    for bomb in bombs:
        refused(bomb)


def _overlapping(*, same: bool = False) -> bytes:
    """Two lines of the directory for the same bytes, or for bytes that overlap."""
    out = io.BytesIO()
    writer = ZipWriter(out)
    first, _ = writer.add(layout.BAGIT, (b"x" * 1000,))
    writer.members.append(
        first._replace(name=layout.BAG_INFO, offset=first.offset if same else first.offset + 8)
    )
    writer.finish()
    return out.getvalue()
