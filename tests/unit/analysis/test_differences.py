"""Differences are whole words; what is the same is not marked."""

from hypothesis import given
from hypothesis import strategies as st

from casefile.analysis.differences import differences

ONE = "An armoured column entered the grounds in the last week of March, residents said."
OTHER = "An armoured column entered the station in the last week of March,\nresidents say."


def test_changed_words_are_marked_on_both_sides():
    found = differences(ONE, OTHER)
    assert [ONE[s.start : s.end] for s in found.left] == ["grounds", "said"]
    assert [OTHER[s.start : s.end] for s in found.right] == ["station", "say"]
    assert 0.8 < found.same < 1


def test_white_space_is_no_difference_and_scripts_are_words():
    assert differences("one  two\n", "one two").left == ()
    found = differences("قال الناشط إن القوات دخلت", "قال الشاهد إن القوات دخلت")
    assert [s.end - s.start for s in found.left] == [6]


@given(st.text(max_size=80), st.text(max_size=80))
def test_what_is_not_marked_is_the_same(one: str, other: str):
    found = differences(one, other)

    def rest(text: str, spans: tuple) -> list[str]:
        for span in reversed(spans):
            text = text[: span.start] + " " + text[span.end :]
        return text.split()

    assert "".join(rest(one, found.left)) == "".join(rest(other, found.right))
    assert 0 <= found.same <= 1
