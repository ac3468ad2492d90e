"""The passage that is shown of a hit."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.model.hit import Snippet, Sought
from casefile.model.zone import Zone
from casefile.search.query import parse
from casefile.search.snippets import snippet
from tests.unit.search.conftest import zoned

LONG = "nothing here " * 40
PARTS = (
    ("headline", "Tunnel found near Nahra"),
    ("body", LONG + "then the military police closed the tunnel at the gate. " + LONG),
    ("caption", "Fighters at the gate"),
    ("body", "A tunnel."),
    ("boilerplate", "Share this tunnel gate page"),
)


def passage(
    query: str, *parts: tuple[str, str], boilerplate: bool = False, width: int = 200
) -> Snippet:
    text, zones = zoned(*(parts or PARTS))
    pages = ((0, 300), (301, len(text)))
    return snippet(text, zones, pages, parse(query).sought, boilerplate=boilerplate, width=width)


def marked(piece: Snippet) -> list[str]:
    return [piece.text[a:b] for a, b in piece.marks]


def test_the_passage_with_most_of_what_was_sought_is_shown() -> None:
    piece = passage("tunnel gate military")
    assert marked(piece) == ["military", "tunnel", "gate"]
    assert (piece.zone, piece.page) == ("body", 2)
    assert piece.why == ("exact",)
    assert piece.text.startswith("… ")
    assert piece.text.endswith(" …")
    assert 150 <= len(piece.text) <= 210


def test_a_title_comes_last_among_equals() -> None:
    assert passage("tunnel").zone == "body"
    assert passage("nahra").zone == "headline"
    assert passage("nahra").why == ("exact", "title")
    assert passage("nahra").text == "Tunnel found near Nahra"


def test_a_caption_is_named(  # a passage never runs into another field
) -> None:
    piece = passage("fighters")
    assert (piece.zone, piece.text, piece.why) == (
        "caption",
        "Fighters at the gate",
        ("exact", "caption"),
    )


def test_furniture_is_shown_when_it_was_asked_for() -> None:
    assert not passage("share").marks
    assert passage("share", boilerplate=True).zone == "boilerplate"


@pytest.mark.parametrize(
    ("query", "why"),
    [("milit*", "beginning"), ("militery~", "fuzzy"), ('"military police"', "exact")],
)
def test_the_way_it_was_found_is_told(query: str, why: str) -> None:
    assert passage(query).why == (why,)


def test_without_a_mark_the_body_begins() -> None:
    piece = passage("date:2024")
    assert piece.text.startswith("nothing here")
    assert piece.text.endswith("here …")
    assert (piece.marks, piece.zone, piece.why) == ((), "body", ())
    only = passage("zzz", ("boilerplate", "Share this"))
    assert (only.text, only.zone) == ("Share this", "boilerplate")
    assert passage("zzz", ("caption", "A gate")).zone == "caption"
    assert snippet("", (), (), ()) == Snippet(text="", marks=(), start=0)
    assert snippet("a b", (), (), parse("b").sought).zone == "body"


def test_neighbouring_paragraphs_make_one_passage() -> None:
    piece = passage("alpha omega", ("body", "here is alpha"), ("quote", "and omega there"))
    assert piece.text == "here is alpha  and omega there"
    assert marked(piece) == ["alpha", "omega"]


def test_a_passage_can_begin_in_the_middle_of_one_long_word() -> None:
    text = "x" * 500 + " tunnel " + "y" * 500
    piece = snippet(text, (), (), parse("tunnel").sought, width=60)
    assert marked(piece) == ["tunnel"]
    arabic = "ب\u064e" * 400 + " تونل " + "ب\u064e" * 400
    piece = snippet(arabic, (), (), parse("تونل").sought, width=61)
    assert marked(piece) == ["تونل"]
    assert not piece.text.startswith("… \u064e")


def test_a_phrase_longer_than_the_passage_is_whole() -> None:
    words = " ".join(f"w{n}" for n in range(60))
    piece = passage(f'"{words}"', ("body", f"{LONG}{words} {LONG}"), width=80)
    assert marked(piece) == [words]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["headline", "body", "caption", "boilerplate"]),
            st.text(alphabet="abß كِé\n\u0301.", min_size=1, max_size=80),
        ),
        max_size=5,
    ),
    st.sampled_from(["a", '"a b"', "a*", "ss OR b", '"a b"~3', "كe~", "title:b"]),
    st.integers(10, 60),
    st.booleans(),
)
def test_marks_of_a_passage_are_the_marks_of_the_text(
    parts: list[tuple[str, str]], query: str, width: int, furniture: bool
) -> None:
    text, zones = zoned(*parts)
    piece = snippet(text, zones, (), parse(query).sought, boilerplate=furniture, width=width)
    shift = piece.start - (2 if piece.text.startswith("… ") else 0)
    for start, end in piece.marks:
        assert re.sub(r"\s", " ", text[start + shift : end + shift]) == piece.text[start:end]
    if piece.marks:
        at = piece.marks[0][0] + shift
        assert (
            any(z.kind == piece.zone and z.start <= at < z.end for z in zones)
            or len(piece.marks) > 1
        )


@pytest.mark.parametrize(
    "query", ["tunnel", '"military police"', "mil*", "militery~", '"police tunnel"~9', "zzz"]
)
def test_a_text_of_a_million_letters_is_no_wait(query: str) -> None:
    text = "The military police said nothing about the tunnel. " * 20000
    begun = time.process_time()
    piece = snippet(text, (Zone("body", 0, len(text)),), (), parse(query).sought)
    assert time.process_time() - begun < 5.0  # a standstill; 0.3 on a quiet machine
    assert bool(piece.marks) == (query != "zzz")


def test_a_sought_word_alone_will_do() -> None:
    assert snippet("one two", (), (), [Sought(("two",))]).marks == ((4, 7),)
