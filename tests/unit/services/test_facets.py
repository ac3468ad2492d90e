"""What hits are made of, and a search narrowed to some of it."""

import pytest

from casefile.model.facet import Facets, Narrowing
from casefile.model.hit import SearchRequest
from casefile.services import annotate, claims, facets, find, notes, reading
from casefile.services.claims import ClaimDraft

STATION = SearchRequest(query="station")


@pytest.fixture
def indexed(desk, sources):
    reading.grade(desk, [sources["denial.txt"]], "D")
    reading.edit(desk, sources["denial.txt"], publisher="Radio Nahra")
    notes.tag(desk, [sources["column.txt"]], ["water", "north road"])
    mark, _ = annotate.quote(desk, sources["column.txt"], "at least\nsix villages")
    claims.add(desk, ClaimDraft(statement="Six villages are without water.", quote=mark))
    find.catch_up(desk)
    return desk


def counted(found: Facets, key: str) -> dict[str, int]:
    return {each.value: each.count for each in found.groups.get(key, ())}


def test_hits_are_counted_by_what_they_are(indexed, sources):
    found = facets.facets(indexed, STATION)
    assert counted(found, "type") == {"article": 2}
    assert counted(found, "language") == {"en": 2}
    assert counted(found, "outlet")["Radio Nahra"] == 1
    assert counted(found, "tag") == {"water": 1, "north road": 1}
    assert counted(found, "reliability") == {"D": 1, "": 1}
    assert found.groups["reliability"][-1].words == "not judged"
    assert counted(found, "claims") == {"yes": 1, "no": 1}


def test_what_matches_nothing_has_no_facets(indexed):
    found = facets.facets(indexed, SearchRequest(query="zeppelin"))
    assert not any(found.groups.values())
    assert (found.days, found.undated) == ((), 0)
    assert facets.facets(indexed, SearchRequest(query="")).days == ()


@pytest.mark.parametrize(
    ("values", "left"),
    [
        ({"reliability": ("D",)}, {"denial.txt"}),
        ({"reliability": ("",)}, {"column.txt"}),
        ({"tag": ("water",)}, {"column.txt"}),
        ({"claims": ("yes",)}, {"column.txt"}),
        ({"claims": ("no",)}, {"denial.txt"}),
        ({"claims": ("yes", "no")}, {"denial.txt", "column.txt"}),
        ({"outlet": ("Radio Nahra",)}, {"denial.txt"}),
        ({"type": ("article",)}, {"denial.txt", "column.txt"}),
        ({"type": ("pdf",)}, set()),
        ({"tag": ("water",), "reliability": ("D",)}, set()),
        ({"type": ("article", "pdf"), "tag": ()}, {"denial.txt", "column.txt"}),
    ],
)
def test_a_search_is_narrowed(indexed, sources, values, left):
    request = facets.narrowed(indexed, STATION, Narrowing(values=values))
    answer = find.search(indexed, request)
    named = {key: name for name, key in sources.items()}
    assert {named[hit.record] for hit in answer.hits if hit.kind == "source"} == left


def test_the_narrowed_count_is_the_one_that_was_told(indexed):
    """Every number opens what it counts."""
    found = facets.facets(indexed, STATION)
    for key, values in found.groups.items():
        for value in values:
            chosen = Narrowing(values={key: (value.value,)})
            answer = find.search(indexed, facets.narrowed(indexed, STATION, chosen))
            kinds = [hit for hit in answer.hits if hit.kind == "source"]
            assert len(kinds) == value.count, (key, value)


def test_days_narrow_and_the_texts_read_without_an_index_agree(indexed, sources, tmp_path):
    reading.edit(indexed, sources["denial.txt"], published={"text": "2024-04-06",
                 "edtf": "2024-04-06", "earliest": "2024-04-06", "latest": "2024-04-06",
                 "anchor": None})  # fmt: skip
    find.catch_up(indexed)
    assert (20240406, 1) in facets.facets(indexed, STATION).days
    within = facets.narrowed(indexed, STATION, Narrowing(days=(20240401, 20240430)))
    outside = facets.narrowed(indexed, STATION, Narrowing(days=(20230101, 20231231)))
    assert {h.record for h in find.search(indexed, within).hits} >= {sources["denial.txt"]}
    assert find.search(indexed, outside).total == 0
    from casefile.services.scanning import scanned

    by_reading = {hit.record for hit in scanned(indexed, within).hits}
    assert by_reading == {hit.record for hit in find.search(indexed, within).hits}
