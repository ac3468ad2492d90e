"""A text is cut into paragraphs that cover every word of it."""

from hypothesis import given
from hypothesis import strategies as st

from casefile.model.view import TextView
from casefile.model.zone import Zone
from casefile.ui.reader.blocks import LONGEST, MOST, block_direction, blocks_of, source_direction


def view(text: str, zones: tuple[Zone, ...] = (), language: str = "") -> TextView:
    return TextView(
        source="s", text_hash="", object="", text=text, zones=zones, pages=(), language=language
    )


def test_paragraphs_end_at_blank_lines_and_form_feeds_only() -> None:
    text = "One line\nand its next.\n \nTwo.\fThree."
    found = [text[b.start : b.end] for b in blocks_of(view(text))]
    assert found == ["One line\nand its next.", "Two.", "Three."]


def test_zones_part_a_line() -> None:
    text = "A gate. Photo: R. T."
    zones = (Zone("caption", 0, 7), Zone("credit", 8, 20))
    found = blocks_of(view(text, zones))
    assert [(b.kind, text[b.start : b.end], b.zone) for b in found] == [
        ("caption", "A gate.", 0),
        ("credit", "Photo: R. T.", 1),
    ]


def test_words_outside_all_zones_are_shown_as_body() -> None:
    text = "head\n\nlost words\n\ntail"
    found = blocks_of(view(text, (Zone("headline", 0, 4), Zone("credit", 18, 22))))
    assert [(b.kind, text[b.start : b.end]) for b in found] == [
        ("headline", "head"),
        ("body", "lost words"),
        ("credit", "tail"),
    ]


def test_a_very_long_paragraph_goes_on_in_joined_pieces() -> None:
    text = "word " * 3000
    found = blocks_of(view(text.strip()))
    assert len(found) > 3
    assert [b.joined for b in found] == [False, *[True] * (len(found) - 1)]
    assert max(b.end - b.start for b in found) <= LONGEST
    assert "".join(text[b.start : b.end] for b in found) == text.strip()


def test_a_flood_of_paragraphs_is_cut_by_length_alone() -> None:
    text = "ab\n\n" * (MOST + 5)
    found = blocks_of(view(text))
    assert len(found) < MOST / 10
    assert "".join(text[b.start : b.end] for b in found).split() == text.split()


@given(st.text(alphabet="ab \n\f\tя\u0645😀\u00a0", max_size=200))
def test_every_word_is_in_exactly_one_block(text: str) -> None:
    covered = [n for b in blocks_of(view(text)) for n in range(b.start, b.end)]
    assert len(covered) == len(set(covered))
    assert {n for n, letter in enumerate(text) if not letter.isspace()} <= set(covered)


def test_directions() -> None:
    assert source_direction(view("NOR قال", language="ar")) == "rtl"
    assert source_direction(view("مرحبا", language="en-GB")) == "ltr"
    assert source_direction(view("12 مرحبا")) == "rtl"
    assert source_direction(view("12")) == "ltr"
    assert block_direction("12 Uhr", "rtl") == "ltr"
    assert block_direction("12", "rtl") == "rtl"
