"""Who works here is kept for good: never lost to a crash, never made anew by mistake."""

import pytest

from casefile.model.errors import CaseUnusable
from casefile.services.places import Identity, identity, keep_identity


def test_who_works_here_is_made_once(places):
    first = identity(places)
    assert identity(places) == first
    keep_identity(places, Identity(first.person, first.install, "Leila"))
    assert identity(places).handle == "Leila"


def test_a_file_that_makes_no_sense_is_kept_aside(places):
    first = identity(places)
    (places.config / "person.json").write_text("{", "utf-8")
    assert identity(places) != first
    assert (places.config / "person.damaged.json").read_text("utf-8") == "{"


def test_a_file_that_cannot_be_read_is_not_written_over(places):
    (places.config / "person.json").mkdir(parents=True)
    with pytest.raises(CaseUnusable, match="cannot be used"):
        identity(places)


def test_a_folder_that_cannot_be_made_is_said(places):
    places.config.parent.mkdir(parents=True, exist_ok=True)
    places.config.write_text("in the way", "utf-8")
    with pytest.raises(CaseUnusable, match="cannot be used"):
        identity(places)
