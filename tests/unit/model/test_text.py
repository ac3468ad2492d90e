"""Folding with the way back, words, UTF-16 positions, directions, sentences."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.model.fold import _fold_letter
from casefile.model.text import (
    Utf16Map,
    direction,
    fold,
    folded_words,
    from_utf16,
    isolate,
    script,
    sentence_at,
    sentences,
    to_utf16,
    words,
)

MIXED = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "aAéßﬁİ كِتَابٌـأةىئйЙёи\u0306\u0301か\u3099ﷲ한\u1112\u1161\u11ab२हिं東😀²½\u200c.-'\n"
        ),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Café NAÏVE Łódź Straße", "cafe naive lodz strasse"),
        ("İstanbul ISPARTA ısı", "istanbul isparta isi"),
        ("Σοφός Άγιος", "σοφοσ αγιοσ"),
        ("Ёлка йод ѝ за́мок", "елка йод и замок"),
        ("и\u0306од", "йод"),
        ("كِتَابٌ مُـحَـمَّد", "كتاب محمد"),
        ("أحمد إلى آمال مدرسة مصطفى", "احمد الي امال مدرسه مصطفي"),
        ("مسؤول شئ", "مسوول شي"),
        ("یک کتاب", "يك كتاب"),
        ("می\u200cخواهم", "ميخواهم"),
        ("ﻻ ﷲ", "لا الله"),
        ("٢٠٢٤ ۱۲۳ १२", "2024 123 12"),
        ("ﬁn ｗｉｄｅ", "fin wide"),
        ("ʿAbd Sha\u02bcar", "abd sha'ar"),
        ("עִבְרִית", "עברית"),
        ("が か\u3099", "が が"),
        ("हिन्दी", "हिन्दी"),
        ("base¹", "base "),
        ("co\u00adoperate", "cooperate"),
    ],
)
def test_what_people_write_for_one_another_folds_alike(written: str, folded: str) -> None:
    assert fold(written).text == folded


def test_what_only_becomes_small_is_folded_as_the_table_says() -> None:
    for letter in map(chr, (*range(0x80, 0x700), *range(0x1E00, 0x2400), 0x13A0, 0xAB70)):
        if not unicodedata.combining(letter):
            table = _fold_letter(letter)
            assert fold(f"a{letter} {letter}B").text == f"a{table} {table}b", letter


def test_letters_never_change_script() -> None:
    for first, last in ((0xC0, 0x2AF), (0x370, 0x5FF), (0x620, 0x7FF), (0x900, 0x1FFF)):
        for letter in map(chr, range(first, last)):
            if unicodedata.category(letter) in ("Lu", "Ll", "Lo"):
                assert {script(c) for c in fold(letter).text if c.isalpha()} == {script(letter)}, (
                    letter
                )


@given(MIXED)
def test_folding_again_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(MIXED)
def test_every_folded_letter_knows_where_it_came_from(text: str) -> None:
    folded = fold(text)
    origins = [folded.origin(k) for k in range(len(folded.text))]
    assert origins == sorted(origins)
    assert all(0 <= k < len(text) for k in origins)


@given(MIXED)
def test_the_original_of_each_word_folds_to_it(text: str) -> None:
    last = 0
    for word in words(text):
        assert 0 <= word.start < word.end <= len(text)
        assert word.start >= last - 1  # a letter such as ½ may make two words
        last = word.end
        assert word.folded in fold(text[word.start : word.end]).text
    assert [w.folded for w in words(text)] == folded_words(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("al-Mayadeen", ["al", "Mayadeen"]),
        ("Iran's", ["Iran", "s"]),
        ("كِتَابٌ، العَرَبِيّة", ["كِتَابٌ", "العَرَبِيّة"]),
        ("a_b 3.5 24/04/2024", ["a", "b", "3", "5", "24", "04", "2024"]),
        ("東京 café", ["東", "京", "café"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("", []),
        ("… — !", []),
    ],
)
def test_words_stand_where_they_are_written(text: str, found: list[str]) -> None:
    assert [text[w.start : w.end] for w in words(text)] == found


def test_an_empty_range_stays_empty() -> None:
    assert fold("é").span(1, 1) == (1, 1)
    assert fold("ßa").span(2, 2) == (1, 1)


@given(MIXED)
def test_utf16_positions_go_there_and_back(text: str) -> None:
    way = Utf16Map(text)
    assert way.units == len(text.encode("utf-16-le")) // 2
    for position in range(len(text) + 1):
        unit = len(text[:position].encode("utf-16-le")) // 2
        assert way.to_utf16(position) == to_utf16(text, position) == unit
        assert way.from_utf16(unit) == from_utf16(text, unit) == position


def test_a_unit_inside_a_pair_belongs_to_its_letter() -> None:
    assert [from_utf16("a😀b", unit) for unit in range(-1, 7)] == [0, 0, 1, 1, 2, 3, 3, 3]
    assert [to_utf16("a😀b", position) for position in range(-1, 6)] == [0, 0, 1, 3, 4, 4, 4]


@given(MIXED | st.text(alphabet="a\u2066\u2067\u2068\u2069\u202e", max_size=12))
def test_an_isolate_cannot_be_left_from_inside(text: str) -> None:
    depth = 0
    wrapped = isolate(text)
    for k, letter in enumerate(wrapped):
        depth += (letter in "\u2066\u2067\u2068") - (letter == "\u2069")
        assert (depth == 0) == (k == len(wrapped) - 1)


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Beirut صدى", "ltr"),
        ("12 صدى Beirut", "rtl"),
        ("שלום", "rtl"),
        ("12 …", None),
        ("", None),
        (isolate("صدى") + " Beirut", "ltr"),
        ("\u2069Beirut", "ltr"),
    ],
)
def test_the_first_strong_letter_gives_the_direction(text: str, way: str | None) -> None:
    assert direction(text) == way


def test_scripts_have_their_unicode_names() -> None:
    found = [script(w) for w in ("Beirut", "بيروت", "Бейрут", "東", "12", "12a", "")]
    assert found == ["latin", "arabic", "cyrillic", "cjk", None, "latin", None]


@pytest.mark.parametrize(
    "parts",
    [
        ["Dr. Haddad met Lt. Col. Reed at 5 p.m. on Monday.", "He left at 6 p.m. The road was shut."],
        ["He lives in the U.S. Army base.", "She saw no. 12 burn!", "Why?", "Nobody knows…"],
        ["J. R. R. Karam signed it.", "The price was 3.5 million."],
        ["“We saw nothing.”", "“Why?” he asked.", "(It was night.)", "Then silence."],
        ["وصل القائد إلى المدينة.", "هل رأى أحد شيئًا؟", "لا أحد يعرف!"],
        ["یہ پہلا جملہ ہے۔", "یہ دوسرا ہے۔"],
        ["Это было в 2019 г. в г. Северске, ул. Мира, и т.д.", "Он уехал.", "А. С. Орлов вернулся!"],
        ["東は静かだ。", "西は違う。"],
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_ends_them(parts: list[str]) -> None:
    text = " ".join(parts)
    if "p.m. The" in text:
        parts = [parts[0], "He left at 6 p.m.", "The road was shut."]
    assert [text[a:b] for a, b in sentences(text)] == parts


def test_lines_end_a_sentence_unless_they_are_wrapped() -> None:
    text = (
        "Tunnel found near Nahra\nBy A. Writer\n\nThe patrol went\nnorth, and found,\nIt says, nothing"
        "\n\n  وصلت القوة إلى المدينة القديمة في ساعة متأخرة\nمن الليل وغادرت\n"
    )
    assert [text[a:b] for a, b in sentences(text)] == [
        "Tunnel found near Nahra",
        "By A. Writer",
        "The patrol went\nnorth, and found,\nIt says, nothing",
        "وصلت القوة إلى المدينة القديمة في ساعة متأخرة\nمن الليل وغادرت",
    ]


@given(st.text(alphabet="aB. ?!\n\f“”'؟ه2", max_size=50))
def test_sentences_cover_every_letter_once(text: str) -> None:
    found = sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())
    assert all(a < b for a, b in found)
    for start, end in found:
        assert sentence_at(text, start) == (start, end)
        assert sentence_at(text, end - 1) == (start, end)


def test_a_position_between_sentences_has_the_one_before_or_none() -> None:
    text = "One is here. Two is there.\n\n   \n\nThree."
    assert sentence_at(text, 3) == (0, 12)
    assert sentence_at(text, 12) == (0, 12)
    assert sentence_at(text, 13) == (13, 26)
    assert sentence_at(text, len(text)) == (len(text) - 6, len(text))
    assert sentence_at("", 0) is None
    assert sentence_at("a  \n\n b", 4) is None
