"""Whatever a person types is answered: no error, and soon."""

import sys
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.model.hit import IndexDocument, SearchRequest
from casefile.search.answering import answer
from casefile.search.case_names import CaseNames
from casefile.search.known import Known
from casefile.search.parts import one_less
from casefile.search.query import parse
from casefile.search.reader import Snapshot
from casefile.search.snippets import snippet
from casefile.search.understood import understood
from casefile.services.spellings import gazetteer
from tests.unit.search.conftest import document, written

# Seconds of CPU: half a second is what a query may take (measured by the benchmark); a test only
# finds one that stands still, on any machine and while its lines are counted.
LIMIT = 2.0 if sys.gettrace() is None else 8.0
WORDS = [
    "tell",
    "marun",
    "تل",
    "مارون",
    "Тель-Марун",
    "al-Qasira",
    "NVDC",
    "entering",
    "the",
    "דיר",
]
SIGNS = ['"', "(", ")", "*", "~", "~2", "-", " -", ":", "OR", "AND", "NOT", "title:", "date:", ".."]
TEXTS = [
    "Fighters left Tell Marun on Friday for al-Qasira with the column.",
    "غادر المقاتلون تل مارون يوم الجمعة", "Боевики покинули Тель-Марун в пятницу",
    "The NVDC said nothing about those who entered the town.",
]  # fmt: skip
KNOWN = Known(CaseNames([("Tell Marun", "تل مارون"), ("Nahra Valley Defence Corps",)]), gazetteer())
queries = st.one_of(
    st.lists(st.sampled_from(WORDS + SIGNS) | st.text(max_size=4), max_size=40).map(" ".join),
    st.lists(st.sampled_from(WORDS + SIGNS) | st.text(max_size=4), max_size=40).map("".join),
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    made: list[IndexDocument] = [document(str(n), text) for n, text in enumerate(TEXTS)]
    opened = Snapshot(written(tmp_path_factory.mktemp("any"), *made))
    yield opened
    opened.close()


def asked(snapshot: Snapshot, words: str) -> None:
    began = time.process_time()
    query = parse(words)
    found = answer(snapshot, query, SearchRequest(query=words), understood(query), KNOWN)
    assert found.understood
    for text in TEXTS:
        for start, end in snippet(text, (), (), found.sought).marks:
            assert start < end
    one_less(words)
    assert time.process_time() - began < LIMIT, words


@given(words=queries)
def test_nothing_typed_is_an_error_or_takes_long(snapshot: Snapshot, words: str) -> None:
    asked(snapshot, words)


@given(words=st.text(max_size=80))
def test_no_letters_at_all_are_an_error_or_take_long(snapshot: Snapshot, words: str) -> None:
    asked(snapshot, words)


@pytest.mark.parametrize(
    "words",
    [
        "al-" * 300, "tell marun " * 200, "(" * 500, '"' * 501, "-" * 300, "a" * 5000, "~" * 99,
        "الزور " * 150, "Deir ez Zor OR " * 60, "title:" * 90 + "x", " ".join(map(str, range(900))),
        "ш" * 3000, "é̂̃" * 500, "\ud800\udfff\x00",
    ],
)  # fmt: skip
def test_monstrous_queries_are_answered_soon(snapshot: Snapshot, words: str) -> None:
    asked(snapshot, words)


def test_each_part_can_be_left_out() -> None:
    assert one_less('tell "two words" -x') == [
        ("tell", '"two words" -x'),
        ('"two words"', "tell -x"),
        ("-x", 'tell "two words"'),
    ]
    assert one_less("one") == one_less("a OR b") == one_less("") == []
