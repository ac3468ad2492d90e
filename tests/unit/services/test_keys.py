"""The person's key, and checkpoints signed with it."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pyrage
import pytest

from casefile.model import signing
from casefile.model.case import Case
from casefile.model.errors import CaseUnusable, Refused
from casefile.model.ids import case_record_id
from casefile.services import cases, keys, upkeep
from casefile.services.desk import Desk, create_desk, open_desk
from casefile.services.places import Places
from casefile.store import checkpoints

PASSPHRASE = "correct horse battery"


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """A configuration with a locked key; making one takes seconds by design."""
    folder = tmp_path_factory.mktemp("locked")
    places = Places(folder / "cache", folder / "config")
    keys.new(places, PASSPHRASE)
    return places


@pytest.fixture
def plain(places: Places) -> Places:
    keys.new(places, None)
    return places


def work(desk: Desk, title: str) -> None:
    with desk.store.write("new") as w:
        w.put(Case, case_record_id(), title=title)


def notes(desk: Desk) -> list[str]:
    return [f.detail for f in upkeep.check(desk).findings if f.kind == "checkpoint"]


def change(case: Path, words: str) -> None:
    with closing(sqlite3.connect(case / "case.db")) as db:
        db.execute(words)
        db.commit()


def test_without_a_key_nothing_is_signed(desk: Desk, places: Places) -> None:
    assert keys.state(places).state == "none"
    with pytest.raises(Refused, match="no key on this machine"):
        keys.unlock(places)
    with pytest.raises(Refused, match="No key is unlocked"):
        keys.sign(desk)


def test_a_key_is_kept_encrypted_with_age_and_shown_without_the_passphrase(locked: Places) -> None:
    shown = keys.state(locked)
    assert (shown.state, len(shown.public), len(shown.words)) == ("locked", 64, 12)
    file = locked.config / "key.age"
    assert file.read_bytes().startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    secret = pyrage.passphrase.decrypt(file.read_bytes(), PASSPHRASE)
    everything = b"".join(one.read_bytes() for one in locked.config.iterdir())
    assert secret not in everything
    assert keys.unlock(locked, PASSPHRASE).public.hex() == shown.public
    for wrong in ("another passphrase", "", None):
        with pytest.raises(Refused, match=r"passphrase|locked"):
            keys.unlock(locked, wrong)
    with pytest.raises(Refused, match="a key on this machine already"):
        keys.new(locked, PASSPHRASE)


def test_a_short_passphrase_and_a_broken_file_are_told(places: Places) -> None:
    with pytest.raises(Refused, match="too short"):
        keys.new(places, "short")
    assert keys.state(places).state == "none"
    keys.new(places, None)
    (places.config / "key.plain").write_text("{}")
    with pytest.raises(CaseUnusable, match="key file is damaged"):
        keys.unlock(places)
    (places.config / "key.pub").write_text('{"public": 1}')
    with pytest.raises(CaseUnusable, match="public half"):
        keys.state(places)


def test_a_key_does_not_show_itself(plain: Places) -> None:
    key = keys.unlock(plain)
    assert repr(key) == f"Ed25519({keys.fingerprint(key.public)})"
    other = bytes(32)
    assert keys.verify(key.public, key.sign(b"x"), b"x")
    assert not keys.verify(key.public, key.sign(b"x"), b"y")
    assert not keys.verify(other, key.sign(b"x"), b"x")


def test_signing_names_the_key_once_and_covers_everything(desk: Desk, plain: Places) -> None:
    work(desk, "one")
    keys.give(desk, keys.unlock(plain))
    assert keys.state(plain, desk).state == "unlocked"
    first = keys.sign(desk)
    assert first is not None
    assert (first.ok, first.known, first.operations) == (True, True, 2)
    assert keys.sign(desk) is None
    work(desk, "two")
    second = keys.sign(desk)
    assert second is not None
    assert second.operations == 3  # the key was named before
    assert [one.operations for one in keys.listed(desk)] == [3, 2]
    assert notes(desk) == [notes(desk)[0]]
    assert "covers 3 operations; 0 are outside it" in notes(desk)[0]
    work(desk, "three")
    assert "covers 3 operations; 1 are outside it" in notes(desk)[0]
    assert upkeep.check(desk).ok


def test_a_case_is_signed_when_it_is_closed(tmp_path: Path, plain: Places) -> None:
    case = tmp_path / "a.casefile"
    with create_desk(case, plain, "x") as desk:
        keys.give(desk, keys.unlock(plain))
        assert keys.sign_if_due(desk) is None  # not so many yet
    with open_desk(case, plain, write=False) as desk:
        assert [one.operations for one in keys.listed(desk)] == [2]
        keys.give(desk, keys.unlock(plain))
    with open_desk(case, plain) as desk:
        work(desk, "y")
        keys.give(desk, keys.unlock(plain))
        assert keys.sign_if_due(desk, every=1) is not None
    with open_desk(case, plain, write=False) as desk:
        assert [one.operations for one in keys.listed(desk)] == [3, 2]


@pytest.fixture
def signed(tmp_path: Path, plain: Places) -> Path:
    case = tmp_path / "a.casefile"
    with create_desk(case, plain, "x") as desk:
        cases.set_handle(desk, "Ana")
        keys.give(desk, keys.unlock(plain))
        keys.sign(desk)
    return case


LAST = "(SELECT max(n) FROM op)"
OTHER = "00000000-0000-4000-8000-000000000000"
TIP = "(SELECT max(seq) FROM op)"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("UPDATE checkpoint SET signature = zeroblob(64)", "cannot be used: it has changed"),
        ("UPDATE checkpoint SET body = x'7b7d'", "not written as a checkpoint"),
        (f"UPDATE meta SET value = '{OTHER}' WHERE key = 'case'", "another case"),
        (f"DELETE FROM op WHERE n = {LAST}", "knows 3 operations"),
    ],
)
def test_what_a_checkpoint_shows(signed: Path, plain: Places, words: str, said: str) -> None:
    change(signed, words)
    with open_desk(signed, plain, write=False) as desk:
        report = upkeep.check(desk)
        found = [f.detail for f in report.findings if f.kind == "checkpoint"]
    assert not report.ok
    assert any(said in one for one in found), found


def test_a_whole_new_log_does_not_fit_an_old_checkpoint(
    tmp_path: Path, signed: Path, plain: Places
) -> None:
    """Everything is consistent, only the checkpoint knows that it was otherwise."""
    other = tmp_path / "b.casefile"
    with create_desk(other, plain, "another title") as desk:
        cases.set_handle(desk, "Ana")
    with (
        closing(sqlite3.connect(signed / "case.db")) as old,
        closing(sqlite3.connect(other / "case.db")) as forged,
    ):
        row = old.execute("SELECT id, body, signature FROM checkpoint").fetchone()
        forged.execute("INSERT INTO checkpoint VALUES (?, ?, ?)", row)
        (case,) = old.execute("SELECT value FROM meta WHERE key = 'case'").fetchone()
        (mine,) = old.execute("SELECT id FROM replica").fetchone()
        forged.execute("UPDATE meta SET value = ? WHERE key = 'case'", (case,))
        forged.commit()
    with open_desk(other, plain, write=False) as desk:
        report = upkeep.check(desk)
    found = [f.detail for f in report.findings if f.kind == "checkpoint"]
    assert any(f"operations of replica {mine}" in one for one in found), found


def test_a_changed_head_does_not_fit_the_chain(signed: Path, plain: Places) -> None:
    """A colleague signed another log of the same replica: the two cannot both be true."""
    with open_desk(signed, plain) as desk:
        (one,) = _sound(desk)
        heads = {id_: (seq, "0" * 64) for id_, (seq, _) in one.heads.items()}
        signer = keys.unlock(plain)
        other = signing.compose(signer, desk.store.case_id, desk.person, one.made + 1, heads)
        with desk.store.write("checkpoint") as w:
            checkpoints.add(w.connection, other)
        report = upkeep.check(desk)
    found = [f.detail for f in report.findings if f.level == "damage"]
    assert len(found) == 1
    assert "are not those of the checkpoint" in found[0]


def _sound(desk: Desk) -> list[signing.Checkpoint]:
    with desk.store.read() as r:
        return checkpoints.sound(r)


def test_a_damaged_ledger_is_not_signed(signed: Path, plain: Places) -> None:
    with open_desk(signed, plain) as desk:
        work(desk, "y")
        cases.set_handle(desk, "Eva")
    change(signed, f"UPDATE op SET body = CAST('x' AS BLOB) WHERE n = {LAST} - 1")
    with open_desk(signed, plain) as desk:
        keys.give(desk, keys.unlock(plain))
        with pytest.raises(Refused, match="ledger is damaged"):
            keys.sign(desk)
        desk.before_closing.clear()


def test_a_key_that_nobody_named_is_said(signed: Path, plain: Places) -> None:
    change(signed, "UPDATE person_key SET key = 'ed25519:' || hex(zeroblob(32))")
    with open_desk(signed, plain, write=False) as desk:
        assert any("no person of this case" in one for one in notes(desk))


def test_the_words_are_256_and_differ() -> None:
    assert len(set(keys.WORDS)) == 256
    assert all(word.isascii() and word.islower() for word in keys.WORDS)
