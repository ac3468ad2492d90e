"""Other forms of a word come from the words of the index, and only those that are forms."""

import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile.model.text import folded_words
from casefile.search.forms import MOST, forms_of
from casefile.search.terms import Terms


class Words:
    """A plain list of words."""

    def __init__(self, words: str | set[str]) -> None:
        self._words = sorted(words.split() if isinstance(words, str) else words)

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def beginning(self, start: str, limit: int) -> tuple[list[str], bool]:
        found = [word for word in self._words if word.startswith(start)]
        return found[:limit], len(found) > limit

    def near(self, *_: object) -> tuple[list[str], bool]:
        return [], False


@pytest.mark.parametrize(
    ("language", "word", "forms", "others"),
    [
        ("en", "entered", "enter enters entering", "entry enterprise"),
        ("en", "men", "man", "mend many"),
        ("en", "cities", "city", "cite citizen"),
        ("en", "struck", "strike strikes", "street"),
        ("de", "angriff", "angriffe angriffs", "angst"),
        ("fr", "attaque", "attaques attaquer", "attacher"),
        ("ru", "города", "город городе городом городам", "горох гора"),
        ("ru", "отец", "отца отцу отцом", "отель"),
        ("ru", "удар", "удары ударами ударил", "удача"),
        ("uk", "києва", "київ києві києвом", "кишені"),
        ("uk", "руці", "рука руки рукою", "рубати"),
        ("uk", "діяльність", "діяльності діяльністю", "діяти"),
        ("ar", "المدينه", "مدينه بالمدينه ومدينه مدينتهم مدن", "مدير"),
        ("ar", "كتب", "وكتب يكتب كتبت سيكتب كتبوا", "كلب"),
        ("ar", "القائد", "قائد والقائد للقائد", "قاعده"),
        ("ar", "قال", "يقول قالت وقال", "قلب"),
        ("fa", "كتاب", "كتابها كتابهاي كتابي", "كباب"),
        ("fa", "رفت", "رفتند ميرود ميروم نرفت", "راه"),
    ],
)
def test_forms_are_found_and_neighbours_are_not(
    language: str, word: str, forms: str, others: str
) -> None:
    word = folded_words(word)[0]  # as the words of an index are
    terms = Terms([Words(set(folded_words(f"{word} {forms} {others}")))], [language])
    assert set(forms_of(word, terms)) == set(folded_words(forms))


@pytest.mark.parametrize("word", ["", "a", "42", "b52s", "漢", "x" * 300, "ΑΒΓ"])
def test_what_has_no_forms_gives_none(word: str) -> None:
    assert forms_of(word.lower(), Terms([Words("a b42 ab")], [])) == []


def test_forms_never_flood() -> None:
    many = {"город" + a + b for a in "аеиоуы" for b in ("", "м", "й", "х")}
    many |= {f"attack{n}" for n in range(500)}
    terms = Terms([Words(many | {"город"})], ["ru"])
    assert 0 < len(forms_of("город", terms)) <= MOST


def sentences(file: Path) -> list[tuple[str, list[list[str]]]]:
    """Read sentences with their tokens (CoNLL-U)."""
    found = []
    for block in file.read_text("utf-8").strip().split("\n\n"):
        lines = block.split("\n")
        text = next(line[9:] for line in lines if line.startswith("# text = "))
        found.append((text, [line.split("\t") for line in lines if line[0].isdigit()]))
    return found


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("language", "name"), [("ar", "ar_pud_first_half.conllu"), ("fa", "fa_seraji-dev.conllu")]
)
def test_another_form_of_a_word_finds_its_sentences(corpora, tier, language, name) -> None:
    """Of the sentences with a word, most are found by another of its forms."""
    texts = sentences(corpora / "ud" / name)
    holders: dict[str, set[int]] = defaultdict(set)
    lemmas: dict[tuple[str, str], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for number, (text, tokens) in enumerate(texts):
        words = set(folded_words(text))
        for word in words:
            holders[word].add(number)
        for token in tokens:
            form = folded_words(token[1])
            if token[3] in ("NOUN", "VERB", "ADJ", "PROPN") and len(form) == 1 and form[0] in words:
                lemmas[token[2], token[3]][form[0]].add(number)
    asked = [
        (form, set().union(*forms.values()))
        for forms in lemmas.values()
        if len(forms) > 1
        for form in forms
    ]
    random.Random(1).shuffle(asked)
    terms = Terms([Words(set(holders))], [language])
    found = wanted = 0
    for form, held in asked[: tier.count(quick=100, ci=1200, long=4000)]:
        hits = holders[form].union(*(holders[other] for other in forms_of(form, terms)))
        found += len(hits & held)
        wanted += len(held)
    assert found >= 0.8 * wanted
