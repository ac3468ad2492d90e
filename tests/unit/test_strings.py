"""Words go through one door."""

from casefile.strings import choose_language, tr, trn


def test_counts_choose_their_form():
    assert trn("{n} file", "{n} files", 1) == "1 file"
    assert trn("{n} file", "{n} files", 3) == "3 files"


def test_without_a_catalogue_the_english_words_stay():
    choose_language("xx")
    assert tr("Undone: {what}") == "Undone: {what}"
