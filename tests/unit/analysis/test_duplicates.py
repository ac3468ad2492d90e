"""Same words are one key; copies share pieces, other stories do not."""

import random

from casefile.analysis.duplicates import (
    NEAR_WORDS,
    SHARED_KEYS,
    keys,
    pieces,
    same_words,
    text_key,
)

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


def story(seed: int, words: int = 300) -> list[str]:
    rnd = random.Random(seed)
    return ["".join(rnd.choices("abcdefgh", k=rnd.randint(2, 7))) for _ in range(words)]


def test_edited_copies_are_near_and_share_keys_and_others_do_not():
    words = story(1)
    rnd = random.Random(2)
    edited = [w if rnd.random() > 0.12 else "other" for w in words]
    cut = words[: len(words) // 2]
    longer = words + story(3, 150)
    whole = pieces(" ".join(words))
    for copy in (edited, cut, longer):
        found = pieces(" ".join(copy))
        assert same_words(whole, found) >= NEAR_WORDS
        assert len(set(keys(whole)) & set(keys(found))) >= SHARED_KEYS
    other = pieces(" ".join(story(4)))
    assert same_words(whole, other) < NEAR_WORDS / 2
    assert same_words(whole, pieces("word " * 19)) == 0


def test_a_quoted_paragraph_makes_no_copy():
    quoted = story(1, 30)
    one = pieces(" ".join(story(2) + quoted))
    other = pieces(" ".join(quoted + story(3)))
    assert same_words(one, other) < NEAR_WORDS
    assert same_words(one, pieces(" ".join(quoted))) < NEAR_WORDS


def test_pieces_do_not_mind_case_signs_and_marks_and_know_scripts_without_spaces():
    plain = "قال الناشط إن القوات دخلت المدينة " * 5
    assert pieces(plain) == pieces("قَالَ، الناشط إن القوات دخلت المدينة. " * 5)
    assert pieces("One Two three " * 9) == pieces("one, two – THREE!\n" * 9)
    assert len(pieces("研究人员在河谷的村庄中发现了新的证据表明水泵在中午前停止运行")) > 20
