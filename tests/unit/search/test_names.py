"""A query finds other spellings, says why each was sought, and leaves out what is not wanted."""

from collections.abc import Callable, Iterator

import pytest

from casefile.model.gazetteer import KnownPlace, name_key
from casefile.model.hit import VARIANTS, RawAnswer, SearchRequest
from casefile.search.answering import FEW, answer
from casefile.search.case_names import CaseNames, acronym
from casefile.search.known import Known
from casefile.search.query import parse
from casefile.search.reader import Snapshot
from tests.unit.search.conftest import document, written

TEXTS = {
    "latin": "Fighters left Tell Marun on Friday for al-Qasira with the column.",
    "arabic": "غادر المقاتلون تل مارون يوم الجمعة",
    "russian": "Боевики покинули Тель-Марун в пятницу",
    "corps": "A spokesman of the Nahra Valley Defence Corps denied it.",
    "short": "The NVDC said nothing.",
    "person": "Mohammed al-Harith spoke to reporters about the farm.",
    "forms": "She strikes; they were striking the farms; a strike.",
    "typing": "The spokesmann was quoted.",
}
NAMES = [
    ("Tell Marun", "تل مارون", "Тель-Марун"),
    ("Nahra Valley Defence Corps",),
    ("Qasira", "The White Town"),
]


class Places:
    """A gazetteer of one place."""

    def places(self, name: str) -> tuple[KnownPlace, ...]:
        known = ("Deir Sabun", "Tell Marun", "تل مارون")
        if name_key(name) not in map(name_key, known):
            return ()
        return (KnownPlace(1, "XX", "1.0", "2.0", 100, known),)


Ask = Callable[..., RawAnswer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    folder = tmp_path_factory.mktemp("names")
    documents = [document(key, text, language="en") for key, text in TEXTS.items()]
    snapshot = Snapshot(written(folder, *documents))

    def asked(query: str, known: Known | None = None, **more: object) -> RawAnswer:
        request = SearchRequest(query=query, **more)  # type: ignore[arg-type]  # a short hand
        return answer(snapshot, parse(query), request, "", known or Known())

    yield asked
    snapshot.close()


def records(found: RawAnswer) -> set[str]:
    return {hit.record for hit in found.hits}


CASE = Known(CaseNames(NAMES))


@pytest.mark.parametrize("query", ["Tell Marun", '"tell marun"', "تل مارون", "Тель-Марун"])
def test_a_name_finds_its_aliases_in_every_script(ask: Ask, query: str) -> None:
    found = ask(query, CASE)
    assert records(found) == {"latin", "arabic", "russian"}
    assert {variant.why for variant in found.variants} >= {"alias"}
    assert "alias" in {sought.why for sought in found.sought}


def test_what_is_written_as_it_was_typed_comes_first(ask: Ask) -> None:
    for query, first in (("Tell Marun", "latin"), ("تل مارون", "arabic"), ("strike", "forms")):
        assert ask(query, CASE).hits[0].record == first


def test_an_acronym_and_its_name_find_each_other(ask: Ask) -> None:
    assert records(ask("NVDC", CASE)) == {"short", "corps"}
    assert records(ask("Nahra Valley Defence Corps", CASE)) == {"short", "corps"}
    assert acronym(["islamic", "revolutionary", "guard", "corps"]) == "irgc"
    assert acronym(["two", "words"]) == ""


def test_the_gazetteer_leads_to_places_that_nobody_named(ask: Ask) -> None:
    found = ask("Deir Sabun", Known(gazetteer=Places()))
    assert records(found) == {"latin", "arabic"}
    assert {v.why for v in found.variants} == {"gazetteer"}
    assert records(ask("Deir Sabun")) == set()


@pytest.mark.parametrize("query", ["Qaseera", "القصيرة", "al-Kasira", "el Qasirah"])
def test_a_rule_leads_across_scripts(ask: Ask, query: str) -> None:
    found = ask(query)
    assert records(found) == {"latin"}
    assert "rule" in {v.why for v in found.variants}


def test_an_article_that_was_not_typed_may_stand_between(ask: Ask) -> None:
    assert records(ask('"Muhamad Harith"')) == {"person"}


def test_common_words_are_not_taken_for_names(ask: Ask) -> None:
    assert records(ask("farm")) == {"person", "forms"}
    assert not [v for v in ask("spoke").variants if v.why in ("rule", "gazetteer")]


def test_one_edit_is_the_last_resort(ask: Ask) -> None:
    found = ask("spokesmannn")
    assert "typing" in records(found)
    assert {v.why for v in found.variants} <= {"rule", "fuzzy"}
    assert {v.why for v in ask("xpokesmann", without=("rule",)).variants} == {"fuzzy"}


def test_forms_go_through_phrases_and_proximity(ask: Ask) -> None:
    assert records(ask('"strike the farm"')) == {"forms"}
    assert records(ask('"farm strikes"~3')) == {"forms"}
    assert records(ask('"strike the farm"', without=("form",))) == set()


@pytest.mark.parametrize("kind", VARIANTS)
def test_a_kind_of_variants_can_be_left_out(ask: Ask, kind: str) -> None:
    for query in ("Tell Marun", "NVDC", "Qaseera", "strike", "xpokesmann", "Deir Sabun"):
        known = Known(CaseNames(NAMES), Places())
        assert kind not in {v.why for v in ask(query, known, without=(kind,)).variants}
        assert not ask(query, known, without=VARIANTS).variants


def test_the_city_of_a_known_place_is_that_place(ask: Ask) -> None:
    known = Known(CaseNames(), Places())
    for query in ("city of Tell Marun", "مدينة تل مارون", '"Tell Marun District"'):
        assert {"latin", "arabic"} <= records(ask(query, known))
    assert records(ask("city of Nowhere", known)) == set()


def test_one_spelling_can_be_left_out(ask: Ask) -> None:
    assert records(ask("Tell Marun", CASE, without=("Тель-Марун", "rule"))) == {"latin", "arabic"}
    assert "strikes" not in {v.spelling for v in ask("strike", without=("strikes",)).variants}


def test_what_is_excluded_is_excluded_as_it_was_written(ask: Ask) -> None:
    assert "arabic" in records(ask("-Marun", CASE))
    assert "latin" not in records(ask("-Marun", CASE))


def test_a_known_name_of_many_words_is_no_sentence(ask: Ask) -> None:
    case = Known(CaseNames([("ta er ma lun si", "Tell Marun")]))
    found = ask("ta er ma lun si", case)
    assert (records(found), found.whole) == ({"latin"}, None)


def test_a_sentence_is_answered_by_most_of_its_words(ask: Ask) -> None:
    found = ask("which spokesman of the corps has denied that report")
    assert found.hits[0].record == "corps"
    assert found.whole == 0
    assert "hold all of these words" in found.understood
    assert ask("spokesman corps denied zeppelin").hits == ()
    less = ask("which spokesman of the corps has denied that report -NVDC")
    assert less.hits[0].record == "corps"
    assert "corps" not in records(ask("which spokesman of the corps has denied it -Nahra"))
    assert not {v.why for v in found.variants} & {"rule", "fuzzy"}  # `denied` is no name
    assert ask("spokesman AND zeppelin").whole is None
    assert FEW > 1


@pytest.mark.parametrize(
    "query",
    [
        "Kal Kiliya", "Qal-qiliya", "Kalkil'ya", "Qalqiliyah city", "город Калькилия", "カルキリヤ",
        '"Kal Kiliya"',
    ],
)  # fmt: skip
def test_gaps_and_the_sort_of_a_place_do_not_hide_it(tmp_path, query: str) -> None:
    texts = {"there": "They came to Qalqilyah at noon.", "not": "Nothing was said of the city."}
    snapshot = Snapshot(written(tmp_path, *(document(k, t) for k, t in texts.items())))
    found = answer(snapshot, parse(query), SearchRequest(query=query), "", Known())
    assert [hit.record for hit in found.hits] == ["there"]
    assert {v.why for v in found.variants} == {"rule"}
    snapshot.close()
