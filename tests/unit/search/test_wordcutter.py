"""Words are cut piece by piece as they are cut from the whole text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.model.text import folded_words
from casefile.search import wordcutter
from casefile.search.wordcutter import Cutter

TEXT = st.text() | st.lists(
    st.sampled_from(
        ["é", "e", "\u0301", "ко\u0306т", "كِتاب", "می\u200cروم", "a_b", "x¹²", "ʿAbd", "東京", "ไทย",
         " ", "\u00a0", "\u2003", "\n", "\x1c", "ﬁ", "İ", "\u1112\u1161\u11ab", "ﹶ", "A's", "\u0085"]
    )
).map("".join)  # fmt: skip


@given(TEXT, TEXT)
def test_the_words_are_those_of_the_whole_text(one: str, other: str) -> None:
    cutter = Cutter()
    for text in (one, other, one):
        assert cutter.words(text) == [word[:80].encode() for word in folded_words(text)]


def test_long_words_are_cut_and_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordcutter, "_KEPT", 3)
    cutter = Cutter()
    assert cutter.words("x" * 300) == [b"x" * 80]
    for n in range(20):
        assert cutter.words(f"é{n} ü{n}") == [f"e{n}".encode(), f"u{n}".encode()]
    assert len(cutter._known) < 8
