"""Names that could be taken for one another are found, and different ones are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.model.lookalike import alike, oddities, skeleton


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Noor Haddad", "Nооr Haddad"),  # Cyrillic
        ("Noor Haddad", "Νoor Haddad"),  # Greek
        ("Noor Haddad", "N00r Haddad"),
        ("Noor Haddad", "noor  haddad"),
        ("Noor Haddad", "Noor\u00a0Haddad"),
        ("Noor Haddad", "Noor\u200bHaddad"),
        ("Noor Haddad", "NoorHaddad"),
        ("Noor Haddad", "Noor Haddad."),
        ("Noor Haddad", "Ｎｏｏｒ Haddad"),
        ("Noor Haddad", "𝐍oor Haddad"),
        ("Noor Haddad", "Nóor Haddad"),
        ("Noor Haddad", "\u202eNoor Haddad"),
        ("Ilya", "llya"),
        ("Marnie", "Mamie"),
        ("Paul", "Pau1"),
        ("يوسف", "یوسف"),
        ("أحمد", "احمد"),
        ("Кассар", "Kaccap"),
    ],
)
def test_look_alikes_are_found(first: str, second: str) -> None:
    assert alike(first, second)
    assert alike(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [("Noor", "Noura"), ("Ali", "Alia"), ("Rana", "Rama"), ("محمد", "محمود"), ("Иван", "Ирина")],
)
def test_other_names_are_others(first: str, second: str) -> None:
    assert not alike(first, second)


@pytest.mark.parametrize(
    "name", ["Noor Haddad", "يوسف الحارث", "Иван", "José", "می\u200cخواهم", "李"]
)
def test_plain_names_are_not_odd(name: str) -> None:
    assert oddities(name) == []


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("No\u200bor", "signs"), ("\u202eroon", "signs"), ("Noor\u00a0H", "blanks"),
        ("Noor  H", "blanks"), (" Noor", "blanks"), ("Nооr", "scripts"), ("Νoor", "scripts"),
    ],
)  # fmt: skip
def test_what_misleads_is_said(name: str, part: str) -> None:
    assert any(part in words for words in oddities(name))


@given(st.text())
def test_blanks_and_hidden_signs_never_make_another_name(name: str) -> None:
    assert alike(name, f"  \u200b{name}\u2069 ")
    assert skeleton(skeleton(name)) == skeleton(name) or not name.isascii()
