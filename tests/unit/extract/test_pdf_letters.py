import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.extract.pdf_letters import glyph_names, plain, unshaped, words

# The five letters of "peace be" in printed shapes, in the order of reading and as laid out.
WORD = "سلام"
SHAPED = "\ufeb3\ufefc\ufee1"
LONGER = "\ufee3\ufeae\ufea3\ufe92\ufe8e"


def test_shapes_in_the_order_of_reading_become_plain_letters() -> None:
    assert unshaped(SHAPED) == (WORD, False)
    assert unshaped(LONGER) == ("مرحبا", False)


def test_shapes_in_reverse_are_turned() -> None:
    assert unshaped(SHAPED[::-1]) == (WORD, True)
    assert unshaped(f"see {LONGER[::-1]} here") == ("see مرحبا here", True)


def test_marks_stay_behind_their_letter() -> None:
    shaped = "\ufea3\u064e\ufe92\ufef4\ufe90"
    reverse = "\ufe90\ufef4\ufe92\ufea3\u064e"
    assert unshaped(reverse)[0] == unshaped(shaped)[0] == "حَبيب"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\fb", "a\nb"),
        ("oﬃce ﬂag", "office flag"),
        ("bro\x02\nken", "bro-\nken"),
        ("a\x00b\x03c", "a\ufffdb\ufffdc"),
        ("line  \nnext ", "line\nnext"),
        ("half \ud835 letter", "half ? letter"),
    ],
)
def test_what_only_the_printer_needs_is_gone(raw: str, clean: str) -> None:
    assert plain(raw) == clean


@given(st.text(max_size=200))
def test_plain_text_can_be_stored_and_stays(text: str) -> None:
    once = plain(text)
    once.encode()
    assert plain(once) == once
    assert not set("\f\r\x00\v") & set(once)


@given(st.text(alphabet=st.characters(min_codepoint=0xFE70, max_codepoint=0xFEFC), max_size=30))
def test_no_shape_is_left(text: str) -> None:
    found, _ = unshaped(text)
    assert unicodedata.normalize("NFKC", found) == found


def test_letters_set_wide_apart_are_one_word() -> None:
    assert words("T O P I C and more") == 3
    assert words("x in X") == 3


def test_names_of_glyphs_are_counted() -> None:
    assert glyph_names("3 /one.os/two.os and /f_f_i") == 3
    assert glyph_names("and/or https://example.org/one/two 1/2") == 0
