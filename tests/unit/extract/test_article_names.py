import pytest

from casefile.extract.article_names import looks_like_names, names_in, split_place


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("By Waleed Abu al-Khair in Cairo", ("Waleed Abu al-Khair",)),
        ("Von Hans Müller und Petra Klein", ("Hans Müller", "Petra Klein")),
        ("بقلم: أحمد علي", ("أحمد علي",)),
        ("كتب محمد حسن وسارة علي", ("محمد حسن", "سارة علي")),
        ("سليم حوراني ووليد القاضي", ("سليم حوراني", "وليد القاضي")),
        ("محمد وليد القاضي", ("محمد وليد القاضي",)),
        ("Автор: Иван Петров", ("Иван Петров",)),
        ("Jane Doe, Staff Writer", ("Jane Doe",)),
        ("Jane Doe (Image: Agency), jane-doe", ("Jane Doe",)),
        ("Jane Doe and JANE DOE", ("Jane Doe",)),
        ("jane@example.org, https://example.org/jane", ()),
        ("", ()),
    ],
)
def test_names_stand_without_what_is_around_them(words: str, names: tuple[str, ...]) -> None:
    assert names_in([words]) == names


def test_a_newsroom_is_a_name_only_when_asked_for() -> None:
    assert names_in(["News Staff"]) == ()
    assert names_in(["News Staff"], duties=True) == ("News Staff",)


def test_the_place_behind_a_name_is_parted() -> None:
    assert split_place("Jane Doe in Deir Ezzor") == ("Jane Doe", "Deir Ezzor")
    assert split_place("Jane Doe") == ("Jane Doe", None)


@pytest.mark.parametrize("words", ["Jane Doe", "Jane van Doe and Bo Al-Hasan", "أحمد علي"])
def test_names_look_like_names(words: str) -> None:
    assert looks_like_names(words)


@pytest.mark.parametrize("words", ["the bridge was closed", "Chapter 3", "One", ""])
def test_other_words_do_not(words: str) -> None:
    assert not looks_like_names(words)


def test_a_place_may_begin_with_the_article_of_its_name():
    assert split_place("Leila Haddon in al-Qasira") == ("Leila Haddon", "al-Qasira")
    assert split_place("A. Koffi in d'Ivoire") == ("A. Koffi", "d'Ivoire")
    assert split_place("Rami Tavor in a hurry") == ("Rami Tavor in a hurry", None)
