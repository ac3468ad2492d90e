import pytest

from casefile.extract.article_body import body_blocks, prose_blocks
from casefile.extract.article_noise import ends_article, is_noise, is_signing, opens_related
from casefile.extract.article_refine import refine
from casefile.extract.html_blocks import Block, read_blocks
from casefile.extract.html_tree import parse

LONG = (
    "The council of Velmar met on Monday and agreed that the bridge must be closed until autumn {}."
)


def blocks_of(page: str) -> list[Block]:
    root = parse(f"<html><body>{page}</body></html>")
    assert root is not None
    return read_blocks(root)[0]


def test_the_answer_is_found_again_in_our_blocks() -> None:
    page = (
        "<p>Home</p>"
        + "".join(f"<p>{LONG.format(n)}</p>" for n in "abc")
        + "<p>No way</p><p>Home</p>"
    )
    blocks = blocks_of(page)
    answer = "\n".join([LONG.format("a"), LONG.format("c"), "No way"])
    # The second paragraph shares almost all of its words with the others.
    assert body_blocks(blocks, answer) == {1, 2, 3, 4}
    assert body_blocks(blocks, "") == set()


def test_of_two_copies_the_one_beside_the_others_is_taken() -> None:
    other = "Engineers had found cracks in two of its pillars, the mayor said after the meeting."
    page = f"<p>{other}</p>" + "<p>menu</p>" * 20 + f"<p>{LONG.format(1)}</p><p>{other}</p>"
    found = body_blocks(blocks_of(page), f"{LONG.format(1)}\n{other}")
    assert found == {21, 22}


def test_paragraphs_of_the_same_make_are_added_and_noise_is_taken_away() -> None:
    prose = "".join(f"<p class=text>{LONG.format(n)}</p>" for n in range(5))
    page = (
        prose
        + f"<p class=note>{LONG.format(9)}</p><p class=text>Read also: the flood</p><h2>More</h2>"
    )
    blocks = blocks_of(page)
    assert refine(blocks, {0, 1, 2, 6, 7}) == {0, 1, 2, 3, 4}


def test_without_an_answer_the_element_with_most_prose_is_the_article() -> None:
    prose = "".join(f"<p>{LONG.format(n)}</p>" for n in range(3))
    page = (
        f"<nav><p><a href=x>{LONG.format(8)}</a></p></nav><div>{prose}</div><div><p>Short</p></div>"
    )
    assert prose_blocks(blocks_of(page)) == {1, 2, 3}
    assert prose_blocks([]) == set()


@pytest.mark.parametrize(
    "line",
    [
        "Share this article",
        "Facebook | Twitter | WhatsApp",
        "0 Comment(s)",
        "Do you like this article?",
        "We use cookies to make this site work.",
        "© 2031 The Messenger. All rights reserved.",
        "Поделиться",
        "Читайте также: Мост закрыт",
        "Мы используем файлы cookie",
        "Оставить комментарий",
        "شارك المقال",
        "اقرأ أيضا",
        "التعليقات (٢)",
        "جميع الحقوق محفوظة",
        "Lesen Sie auch",
    ],
)
def test_noise_in_several_languages(line: str) -> None:
    assert is_noise(line)


@pytest.mark.parametrize(
    "line",
    [
        "Shares of the port company fell by a tenth on Monday, its worst day for years.",
        "Commenting on the decision, the mayor said that there had been no other way to go about it.",
        "Residents share a well that was dug in 1931.",
        "Печать газеты остановили в понедельник.",
        LONG.format(1),
    ],
)
def test_sentences_are_no_noise(line: str) -> None:
    assert not is_noise(line)
    assert not is_signing(line)


def test_lines_that_end_an_article_and_those_that_open_others() -> None:
    assert ends_article("3 Comments")
    assert not ends_article("Related articles")
    assert opens_related("Related articles")
    assert is_signing("Follow us on the network @messenger")
