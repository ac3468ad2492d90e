import pytest

from casefile.extract.pdf_words import mended


@pytest.mark.parametrize(
    ("text", "spare", "words"),
    [
        ("it is aboutthe bridge", "it is about the bridge", "it is about the bridge"),
        ("to p erform a mo del", "to perform a model", "to perform a model"),
        ("Ta b l e 1", "Table 1", "Table 1"),
        ("شماره جلسهکميته 436", "شماره جلسه کميته 436", "شماره جلسه کميته 436"),
        ("يستخدم لتنفيذعمليات", "Pythonلتنفيذ عمليات يستخدم", "يستخدم لتنفيذ عمليات"),
        # Letters set wide are one word, and words that both have stay as they are.
        ("HELLO there", "H E L L O there", "HELLO there"),
        ("a part of it", "a part of it, apart", "a part of it"),
        ("cannot go", "can not go, cannot", "cannot go"),
        ("one\ntwo", "onetwo", "one\ntwo"),
        ("words", "", "words"),
        ("", "words", ""),
    ],
)
def test_words_end_where_the_other_reading_says(text: str, spare: str, words: str) -> None:
    assert mended(text, spare) == words


def test_letters_are_never_changed() -> None:
    text, spare = "ab cd efg hi", "a bcde fghi abcd"
    assert mended(text, spare).replace(" ", "") == text.replace(" ", "")
