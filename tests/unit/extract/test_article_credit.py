import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.extract.article_credit import credit_name, is_credit, split_credit


@pytest.mark.parametrize(
    ("text", "caption", "name"),
    [
        ("A patrol. [Photo courtesy of Port Radio]", "A patrol.", "Port Radio"),
        ("A patrol. [Photo courtesy of]", "A patrol.", None),
        ("A man walks. (AP Photo/John Doe, File)", "A man walks.", "AP Photo/John Doe, File"),
        ("A man walks (Reuters)", "A man walks", "Reuters"),
        ("A tower. Foto: Peter Kneif/dpa", "A tower.", "Peter Kneif/dpa"),
        ("A tower © Jane Roe / AFP", "A tower", "Jane Roe / AFP"),
        ("Мост. Фото: Иван Петров / ТАСС", "Мост.", "Иван Петров / ТАСС"),
        ("الجسر. تصوير: أحمد علي", "الجسر.", "أحمد علي"),
        ("Photo by Jane Doe", "", "Jane Doe"),
        ("Men walk past. — Reuters", "Men walk past.", "Reuters"),
    ],
)
def test_a_credit_is_parted_from_its_caption(text: str, caption: str, name: str | None) -> None:
    found = split_credit(text)
    assert found is not None
    assert text[slice(*found.caption)].strip() == caption
    assert found.name == name


@pytest.mark.parametrize(
    "text",
    [
        "A photo of Jane Doe walking",
        "He said by the way (left)",
        "The source said that the bridge was open.",
        "The photo by Jane Doe shows the bridge. It fell in 2020, and nobody was hurt.",
        "Telephoto: a lens",
        "",
    ],
)
def test_words_that_only_look_like_a_credit_are_none(text: str) -> None:
    assert split_credit(text) is None


def test_under_a_picture_a_label_in_the_middle_is_enough() -> None:
    text = "Stau am Tor Foto: Petra Lind"
    assert split_credit(text) is None
    found = split_credit(text, in_picture=True)
    assert found is not None
    assert found.name == "Petra Lind"


@pytest.mark.parametrize(
    ("words", "name"),
    [("Credit: A. Bee", "A. Bee"), ("[Photo courtesy of]", None), ("©", None), ("(AFP)", "AFP")],
)
def test_a_name_stands_without_label_and_brackets(words: str, name: str | None) -> None:
    assert credit_name(words) == name


@given(st.text(alphabet="Photo: ©()[]/|—.A b\nФ", max_size=80))
def test_ranges_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    is_credit(text)
    for loose in (False, True):
        found = split_credit(text, in_picture=loose)
        if found is not None:
            assert 0 <= found.caption[0] <= found.caption[1] <= found.credit[0]
            assert found.credit[1] == len(text)
            assert found.name is None or found.name.strip()
