"""Suggestions: nothing is stored before it is accepted, and what is refused stays away."""

from pathlib import Path

import pytest

from casefile.model.errors import Refused
from casefile.model.suggestion import Suggestion, Suggestions
from casefile.services import claims, entities, ingest, suggesting
from casefile.services.desk import Desk

PAGE = """Dam Gazette

Three pumps stand still at the Sarmen dam

By Nora Keller in Sarmen

The pumps were switched off by men in uniform, engineer Ilya Maren said on Tuesday.

"They came in the last week of April," Maren told the Gazette. "Nobody asked us."

According to the River Observatory (RO), water fell by two metres. The RO has no boats.

Nothing moved on the road for days, and the shops were closed.
"""


def of_kind(found: Suggestions, kind: str) -> list[Suggestion]:
    return [each for each in found.found if each.kind == kind]


@pytest.fixture
def source(desk: Desk, tmp_path: Path) -> str:
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    return ingest.add(desk, [tmp_path / "page.txt"]).entries[0].source or ""


def test_statements_have_their_speakers_and_the_words_of_the_text(desk: Desk, source: str) -> None:
    found = of_kind(suggesting.suggestions(desk, source), "claim")
    assert [c.name for c in found] == [
        "Ilya Maren", "Ilya Maren", "Ilya Maren", "River Observatory",
    ]  # fmt: skip
    assert "quotation goes on" in {c.rule for c in found}
    assert not any("Nothing moved" in c.quote for c in found)


def test_no_year_is_made_up(desk: Desk, source: str) -> None:
    (when,) = [
        d for d in of_kind(suggesting.suggestions(desk, source), "date") if "April" in d.name
    ]
    assert when.when is not None
    assert when.when.edtf == "XXXX-04-24/XXXX-04-30"
    assert (when.when.earliest, when.when.anchor) == (None, None)
    given = suggesting.suggestions(desk, source, anchor="2024-05-14")
    (when,) = [d for d in of_kind(given, "date") if "April" in d.name]
    assert when.when is not None
    assert (when.when.earliest, when.when.latest) == ("2024-04-24", "2024-04-30")


def test_an_acronym_comes_with_its_expansion(desk: Desk, source: str) -> None:
    named = of_kind(suggesting.suggestions(desk, source), "entity")
    (group,) = [each for each in named if each.name == "River Observatory"]
    assert group.also == ("RO",)
    assert len(group.mentions) == 3


def test_looking_writes_nothing_and_accepting_makes_one_act(desk: Desk, source: str) -> None:
    before = desk.upto
    found = suggesting.suggestions(desk, source)
    assert desk.upto == before
    chosen = of_kind(found, "claim")[0]
    key, changes = suggesting.accept(desk, source, chosen, found.text_hash)
    assert {"claim", "annotation", "entity"} <= changes.records.keys()
    view = claims.view(desk, key)
    assert view.speaker is not None
    assert view.speaker.name == "Ilya Maren"
    assert view.evidence[0].quote == chosen.quote
    left = suggesting.suggestions(desk, source)
    assert chosen.key not in {each.key for each in left.found}


def test_an_edited_claim_is_kept_as_it_was_edited(desk: Desk, source: str) -> None:
    found = suggesting.suggestions(desk, source)
    chosen = of_kind(found, "claim")[1]
    key, _ = suggesting.accept(
        desk,
        source,
        chosen,
        found.text_hash,
        statement="They came.",
        speaker="I. Maren",
        about=None,
    )
    view = claims.view(desk, key)
    assert (view.claim.statement, view.claim.about) == ("They came.", None)
    assert view.speaker is not None
    assert view.speaker.name == "I. Maren"


def test_an_accepted_name_is_known_with_its_aliases(desk: Desk, source: str) -> None:
    found = suggesting.suggestions(desk, source)
    (group,) = [each for each in of_kind(found, "entity") if each.also == ("RO",)]
    suggesting.accept(desk, source, group, found.text_hash)
    (known,) = entities.candidates(desk, "RO")
    assert known.entity.name == "River Observatory"
    left = suggesting.suggestions(desk, source)
    assert group.key not in {each.key for each in left.found}


def test_what_is_refused_is_not_offered_again(desk: Desk, source: str) -> None:
    found = suggesting.suggestions(desk, source)
    before = desk.upto
    suggesting.refuse(desk, source, found.found[0].key)
    assert desk.upto == before
    left = suggesting.suggestions(desk, source)
    assert left.found == found.found[1:]
    assert left.settled == 1
    suggesting.take_back(desk, source, found.found[0].key)
    assert suggesting.suggestions(desk, source).found == found.found


def test_a_suggestion_of_another_text_is_not_kept(desk: Desk, source: str) -> None:
    found = suggesting.suggestions(desk, source)
    with pytest.raises(Refused, match="anew"):
        suggesting.accept(desk, source, found.found[0], "0" * 64)
