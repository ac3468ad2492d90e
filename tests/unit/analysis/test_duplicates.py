"""Same words are one key; near pictures are near."""

from casefile.analysis.duplicates import picture_distance, same_picture, text_key

WORDS = "Russian forces have not conducted such patrols since 2017 he said " * 2


def test_case_punctuation_and_white_space_do_not_count():
    assert text_key(WORDS) == text_key(WORDS.upper().replace(" ", " ,\n"))
    assert len(text_key(WORDS) or "") == 64


def test_another_word_or_order_counts():
    assert text_key(WORDS) != text_key(WORDS.replace("2017", "2018"))
    assert text_key(WORDS) != text_key(" ".join(reversed(WORDS.split())))


def test_vowel_signs_and_presentation_forms_do_not_count():
    plain = "قال الناشط إن القوات دخلت المدينة " * 5
    signed = plain.replace("قال", "قَالَ").replace("لا", "ﻻ")
    assert text_key(plain) == text_key(signed)


def test_short_texts_have_no_key():
    assert text_key("word " * 19) is None
    assert text_key("word " * 20) is not None


def test_picture_hashes():
    assert picture_distance("00000000000000ff", "0000000000000000") == 8
    assert same_picture("0000000000000000", "000000000000003f")
    assert not same_picture("0000000000000000", "000000000000007f")
    assert not same_picture(None, None)
    assert not same_picture("0" * 16, None)
