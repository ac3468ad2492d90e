"""Speakers are proposed from the sentence, not guessed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.analysis.attribution import attribution


def of(text: str, passage: str) -> list[tuple[str, str]]:
    at = text.index(passage)
    found = attribution(text, at, at + len(passage))
    for each in found:
        assert " ".join(each.words_span.of(text).split()) == each.words
        assert each.speaker_span.of(text).strip()
    return [(each.speaker_name, each.words) for each in found]


ENGLISH = [
    ("The bridge fell, journalist Rana Haddad said, noting rain.", ("Rana Haddad", "said")),
    ("According to the River Watch for Clean Water, it fell.", ("River Watch for Clean Water", "According to")),
    ("It fell, according to Rana Haddad.", ("Rana Haddad", "according to")),
    ('"It fell," said engineer Omar bin Said.', ("Omar bin Said", "said")),
    ('"It fell," Omar al-Said, a spokesman for the town, told reporters.', ("Omar al-Said", "told")),
    ("Omar al-Said, who denied the charge, left as it fell.", ("Omar al-Said", "denied")),
    ("It fell at night, a local activist said.", ("a local activist", "said")),
    ("But Haddad later claimed it fell.", ("Haddad", "claimed")),
    ("Witnesses said it fell.", ("Witnesses", "said")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text: str, expected: tuple[str, str]):
    assert of(text, "fell")[0] == expected


OTHERS = [
    ("«Мост упал», — сказал инженер Иван Петров.", "Мост упал", ("Иван Петров", "сказал")),
    ("Иван Петров заявил, что мост упал.", "мост упал", ("Иван Петров", "заявил")),
    ("По словам Ивана Петрова, мост упал.", "мост упал", ("Ивана Петрова", "По словам")),
    ("По данным речного надзора города, мост упал.", "мост упал", ("речного надзора города", "По данным")),
    ("Об этом сообщил глава района Пётр Ким, мост упал.", "мост упал", ("Пётр Ким", "сообщил")),
    ("قال الناشط محمد العبد الله إن الجسر سقط.", "الجسر سقط", ("محمد العبد الله", "قال")),
    ("وذكر المرصد السوري لحقوق الإنسان أن الجسر سقط.", "الجسر سقط", ("المرصد السوري لحقوق الإنسان", "وذكر")),
    ("سقط الجسر، وفقا للمرصد السوري.", "سقط الجسر", ("المرصد السوري", "وفقا")),
    ("سقط الجسر بحسب محمد العلي، ليلا.", "سقط الجسر", ("محمد العلي", "بحسب")),
    ("أفاد سامي نور لموقع الأخبار بأن الجسر سقط.", "الجسر سقط", ("سامي نور", "أفاد")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "passage", "expected"), OTHERS)
def test_russian_and_arabic(text: str, passage: str, expected: tuple[str, str]):
    assert of(text, passage)[0] == expected


def test_a_pronoun_stands_for_the_last_speaker():
    text = (
        "Rain fell, Rana Haddad said.\n\nThe dam broke, she added.\n\n"
        "According to Water Watch, nobody knew.\n\nHaddad denied that. He slept, he told Al Hadath."
    )
    assert of(text, "The dam broke") == [("Rana Haddad", "added")]
    assert of(text, "denied that") == [("Rana Haddad", "denied")]


def test_a_pronoun_without_a_person_before_it_proposes_nothing():
    assert of("The dam broke, he said.", "The dam broke") == []


def test_a_russian_and_an_arabic_speaker_are_carried_on():
    russian = "Иван Петров заявил, что мост упал. Он добавил, что дождь шёл."
    assert of(russian, "дождь шёл") == [("Иван Петров", "добавил")]
    arabic = "قال محمد العلي إن الجسر سقط. وأضاف أن المطر نزل."
    assert of(arabic, "المطر نزل") == [("محمد العلي", "وأضاف")]


def test_sentences_do_not_break_inside_quotation_marks():
    text = 'Nothing here. "It fell. We saw it. It was dark," Rana Haddad said. Ali Nur denied it.'
    assert of(text, "We saw it") == [("Rana Haddad", "said")]


def test_a_quotation_goes_on_with_the_speaker_before_it():
    text = '"It fell," Rana Haddad said. "It was dark."\n\n"Another paragraph."'
    assert of(text, "It was dark") == [("Rana Haddad", "said")]
    assert of(text, "Another paragraph") == []


def test_reported_words_after_the_verb_are_no_speaker():
    assert of("It said Russian forces came. Rain fell.", "came") == []
    assert of("The man is said to be ill.", "ill") == []


def test_the_nearest_comes_first():
    text = "Ali Nur said it fell, but Rana Haddad denied that it was dark."
    assert [name for name, _ in of(text, "it was dark")] == ["Rana Haddad", "Ali Nur"]


@pytest.mark.corpora
def test_the_seed_article(corpora: Path):
    text = next((corpora / "seed").glob("*.txt")).read_text("utf-8")
    said = {
        "outside the city limits": ("Mohammed al-Abdullah", "said"),
        "began to engage in new activities": ("Mohammed al-Abdullah", "told"),
        "Russian forces entered al-Mayadeen": ("Mohammed al-Abdullah", "said"),
        "photo-opportunity tour": ("Syrian Observatory for Human Rights", "According to"),
        "The situation could escalate": ("Mohammed al-Abdullah", "added"),
        "most activity concentrated": ("a local activist", "said"),
        "main stronghold": ("Mohammed al-Abdullah", "said"),
    }
    assert {passage: of(text, passage)[0] for passage in said} == said


@given(st.text(st.sampled_from('abA .,"«»\n قالإنПсказл'), max_size=80), st.data())
def test_any_text_and_passage(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for each in attribution(text, start, end):
        assert each.speaker_span.end <= len(text)
