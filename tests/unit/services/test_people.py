"""A key is trusted only by what this person said, and no name slips in beside another."""

from pathlib import Path

import pytest

from casefile.model.errors import CaseUnusable, Refused
from casefile.services import exchange_log, keys, people
from casefile.services.desk import Desk
from casefile.services.places import Places

ONE, TWO, THREE = (bytes([n]) * 32 for n in (1, 2, 3))


def test_a_key_is_unknown_until_it_gets_a_name(places: Places) -> None:
    before = people.judge(places, ONE, "Noor", "p1")
    assert (before.state, before.trusted, before.warnings) == ("unknown", False, ())
    people.trust(places, ONE, "Noor", person="p1")
    assert people.judge(places, ONE, "Noor", "p1").state == "trusted"
    assert len(before.words) == 12
    people.forget(places, ONE.hex()[:8])
    assert people.judge(places, ONE).state == "unknown"


def test_the_words_must_be_those_of_the_key(places: Places) -> None:
    people.trust(places, ONE, "Noor")
    words = " ".join(keys.spoken(ONE))
    for wrong in ("", words.rsplit(" ", 1)[0], " ".join(keys.spoken(TWO)), words + " acorn"):
        with pytest.raises(Refused):
            people.verify(places, ONE.hex(), wrong)
    assert not people.known(places)[0].verified
    people.verify(places, ONE.hex(), words.upper())
    assert people.judge(places, ONE).state == "verified"


@pytest.mark.parametrize("name", ["Noor", "noor", "N00r", "Noоr".replace("о", "o"), "No or"])
def test_a_second_key_of_a_like_name_is_refused(places: Places, name: str) -> None:
    people.trust(places, ONE, "Noor")
    with pytest.raises(Refused, match="looks like"):
        people.trust(places, TWO, name)
    assert len(people.known(places)) == 1


@pytest.mark.parametrize("name", ["Nооr", "No\u200bor", "Noor\u00a0H", "", "  "])
def test_a_name_that_misleads_is_refused(places: Places, name: str) -> None:
    with pytest.raises(Refused):
        people.trust(places, ONE, name)


def test_a_spoofed_sender_is_warned_of(places: Places) -> None:
    people.trust(places, ONE, "Noor Haddad", person="p1")
    spoof = people.judge(places, TWO, "Nооr Haddad", "p2")
    assert spoof.state == "unknown"
    assert any("looks like" in words for words in spoof.warnings)
    assert any("scripts" in words for words in spoof.warnings)
    other_key = people.judge(places, TWO, "Someone", "p1")
    assert any("another key until now" in words for words in other_key.warnings)
    renamed = people.judge(places, ONE, "Sami", "p1")
    assert renamed.state == "trusted"
    assert any("You know this key as" in words for words in renamed.warnings)


def test_a_new_key_of_the_same_person_replaces_the_old(places: Places) -> None:
    people.trust(places, ONE, "Noor")
    people.trust(places, TWO, "Noor", replaces=ONE.hex())
    assert people.judge(places, TWO).state == "trusted"
    old = people.judge(places, ONE)
    assert old.state == "unknown"
    assert "replaced this key" in old.warnings[0]
    with pytest.raises(Refused, match="looks like"):
        people.trust(places, THREE, "Noor", replaces=ONE.hex())


def test_my_own_key_is_mine(places: Places) -> None:
    shown = keys.new(places, None)
    assert people.judge(places, bytes.fromhex(shown.public), "anything").state == "mine"


def test_a_damaged_list_is_no_empty_list(places: Places) -> None:
    people.trust(places, ONE, "Noor")
    file = places.config / people.FILE
    assert file.stat().st_mode & 0o077 == 0
    file.write_text('{"people":[{"key":"x","name":"y"}]}', "utf-8")
    with pytest.raises(CaseUnusable):
        people.judge(places, ONE)


@pytest.mark.parametrize("words", ["", "12", "g" * 64, "é" * 64, ONE.hex() + "0"])
def test_what_is_no_key_is_refused(words: str) -> None:
    with pytest.raises(Refused):
        people.public_of(words)


def test_the_log_keeps_what_was_sent_and_received(desk: Desk, tmp_path: Path) -> None:
    assert exchange_log.entries(desk) == []
    exchange_log.note(desk, "sent", "delta", "/home/noor/secret/a.casebundle", to=("Sami",))
    file = exchange_log.file_of(desk)
    with file.open("ab") as out:
        out.write(b'{"way":"rec')  # a write that was cut off
    exchange_log.note(desk, "received", "full", "b.casebundle", who="Sami", counts={"new": 3})
    found = exchange_log.entries(desk)
    assert [(one.way, one.name) for one in found] == [
        ("received", "b.casebundle"), ("sent", "a.casebundle"),
    ]  # fmt: skip
    assert found[0].counts == {"new": 3}
    assert found[1].to == ("Sami",)
    assert b"secret" not in file.read_bytes()
    assert not list(desk.store.path.rglob("*exchange*"))
