"""Zone maps cover a text, in order, and faults in them are named."""

import pytest

from casefile.model.zone import Zone, faults, page_at, zone_at

TEXT = "Head\n\nBody of it.\n"


def test_a_map_that_covers_every_word_has_no_fault():
    assert list(faults(TEXT, [Zone("headline", 0, 4), Zone("body", 6, 17)])) == []


@pytest.mark.parametrize(
    ("zones", "word"),
    [
        ([Zone("headline", 0, 4)], "no zone"),
        ([Zone("body", 6, 17)], "no zone"),
        ([Zone("headline", 0, 8), Zone("body", 6, 17)], "out of order"),
        ([Zone("body", 6, 17), Zone("headline", 0, 4)], "out of order"),
        ([Zone("poem", 0, 17)], "unknown zone"),
        ([Zone("body", 0, 99)], "out of order"),
        ([Zone("body", 0, 0), Zone("body", 0, 17)], "out of order"),
    ],
)
def test_every_fault_is_named(zones, word):
    assert any(word in fault for fault in faults(TEXT, zones))


def test_zones_survive_json():
    for zone in (Zone("caption", 1, 5, 2), Zone("body", 0, 3)):
        assert Zone.from_json(zone.to_json()) == zone


def test_the_words_of_a_zone_are_its_slice():
    assert Zone("body", 6, 10).of(TEXT) == "Body"


def test_the_zone_at_a_place():
    zones = [Zone("headline", 0, 4), Zone("body", 6, 17)]
    assert zone_at(zones, 3) == zones[0]
    assert zone_at(zones, 4) is None
    assert zone_at(zones, 6) == zones[1]


def test_the_form_feed_between_two_pages_belongs_to_none():
    pages = ((0, 3), (4, 9))
    assert [page_at(pages, n) for n in (0, 2, 3, 4, 8, 9)] == [1, 1, None, 2, 2, None]
