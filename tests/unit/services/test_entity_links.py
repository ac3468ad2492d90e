"""Entities are merged and parted again, related, and put on the map as exactly as is known."""

import pytest

from casefile.model.errors import Refused, UsageError
from casefile.services import claims, entities, entity_links, history
from casefile.services.claims import ClaimDraft
from casefile.services.desk import Desk


@pytest.fixture
def pair(desk: Desk) -> tuple[str, str]:
    return entities.add(desk, "Yusuf al-Harith")[0], entities.add(desk, "Y. Harith")[0]


def test_a_merge_is_parted_again_and_stays_in_the_history(
    desk: Desk, pair: tuple[str, str]
) -> None:
    keep, other = pair
    claim, _ = claims.add(desk, ClaimDraft(statement="They came at dawn", speaker="Y. Harith"))
    entities.alias(desk, other, "أبو علي")
    entities.merge(desk, keep, other)
    merged = entity_links.detail(desk, keep)
    assert [each.id for each in merged.merged] == [other]
    assert [row.id for row in merged.speaks] == [claim]
    entities.add(desk, "Somebody else")  # it need not be the last act
    report, _ = entity_links.unmerge(desk, other)
    assert report.changed_since == ()
    assert entity_links.detail(desk, keep).merged == ()
    parted = entity_links.detail(desk, other)
    assert [row.id for row in parted.speaks] == [claim]
    assert [name.name for name in parted.view.names] == ["أبو علي"]
    assert "merge entities" in {act.key for act in history.acts(desk)}
    with pytest.raises(Refused):
        entity_links.unmerge(desk, other)


def test_what_was_changed_since_the_merge_stays(desk: Desk, pair: tuple[str, str]) -> None:
    keep, other = pair
    claim, _ = claims.add(desk, ClaimDraft(statement="They came at dawn", speaker="Y. Harith"))
    entities.merge(desk, keep, other)
    third, _ = entities.add(desk, "Leila Haddon")
    claims.edit(desk, claim, speaker=third)
    report, _ = entity_links.unmerge(desk, other)
    assert [(table, record) for table, record, _ in report.changed_since] == [("claim", claim)]
    assert [row.id for row in entity_links.detail(desk, third).speaks] == [claim]


def test_a_relation_is_seen_from_both_ends_with_its_evidence(
    desk: Desk, pair: tuple[str, str]
) -> None:
    one, _ = pair
    brigade, _ = entities.add(desk, "Basalt Brigade", "unit")
    claim, _ = claims.add(desk, ClaimDraft(statement="He commands the brigade"))
    entity_links.relate(desk, one, brigade, "commands", claim=claim)
    (seen,) = entity_links.detail(desk, one).relations
    (back,) = entity_links.detail(desk, brigade).relations
    assert (seen.outward, back.outward) == (True, False)
    assert (seen.other and seen.other.name, seen.statement) == (
        "Basalt Brigade",
        "He commands the brigade",
    )
    history.undo(desk)
    assert entity_links.detail(desk, one).relations == ()


@pytest.mark.parametrize("kind", ["", "  "])
def test_a_relation_needs_a_word_and_two_ends(desk: Desk, pair: tuple[str, str], kind: str) -> None:
    with pytest.raises(Refused):
        entity_links.relate(desk, *pair, kind)
    with pytest.raises(Refused):
        entity_links.relate(desk, pair[0], pair[0], "is")


def test_a_place_of_the_gazetteer_is_taken_with_its_precision(desk: Desk) -> None:
    place, _ = entities.add(desk, "دير الزور", "place")
    found = entity_links.known_places(desk, place)
    assert found
    entity_links.locate(desk, place, found[0])
    entity = entities.view(desk, place).entity
    assert (round(float(entity.latitude)), round(float(entity.longitude))) == (35, 40)
    assert entity.precision == "5000"


@pytest.mark.parametrize(
    "values",
    [
        {"latitude": "135.3"}, {"longitude": "40,1"}, {"precision": "-5"},
        {"kind": "ghost"}, {"name": "  "}, {"latitude": "NaN"}, {"precision": "٥"},
    ],
)  # fmt: skip
def test_what_is_no_place_kind_or_name_changes_nothing(
    desk: Desk, pair: tuple[str, str], values: dict[str, str]
) -> None:
    before = entities.view(desk, pair[0]).entity
    with pytest.raises((UsageError, Refused)):
        entity_links.edit(desk, pair[0], **values)
    assert entities.view(desk, pair[0]).entity == before
