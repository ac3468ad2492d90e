"""What is shown of a source is what is stored, and what a person says of it is kept."""

import hashlib

import pytest

from casefile.model.errors import CasefileError, Refused, UsageError
from casefile.model.view import SourceFilter
from casefile.services import cases, history, notes, reading, upkeep
from casefile.services.desk import open_desk
from casefile.services.views import LocalView


def test_a_source_is_shown_with_its_file_and_how_it_came(desk, sources, files):
    view = reading.source(desk, sources["column.txt"])
    bytes_ = (files / "column.txt").read_bytes()
    assert view.title == "Armoured column takes pumping station at Tell Marun"
    assert view.source.byline == ("Leila Haddon",)
    assert view.file.object == hashlib.sha256(bytes_).hexdigest()
    assert view.file.size == len(bytes_)
    (way,) = view.acquisitions
    assert way.person == desk.person
    assert way.acquired_at.endswith("Z")
    assert view.extraction.complete


def test_zones_are_slices_of_the_stored_text(desk, sources):
    view = reading.text(desk, sources["column.txt"])
    kinds = {zone.kind: zone.of(view.text) for zone in view.zones}
    assert kinds["section"] == "Valley dispatches"
    assert "Comment Policy" in kinds["boilerplate"]


def test_lists_are_filtered_and_sorted(desk, sources):
    column, denial = sources["column.txt"], sources["denial.txt"]
    assert reading.listing(desk, sort="title", descending=False) == [column, denial]
    reading.triage(desk, [denial], "later")
    assert reading.listing(desk, SourceFilter(status="later")) == [denial]
    assert reading.listing(desk, SourceFilter(words="armoured")) == [column]
    assert reading.listing(desk, SourceFilter(kind="photo")) == []
    notes.tag(desk, [column], ["water"])
    tag = notes.tags(desk)[0][0]
    assert reading.listing(desk, SourceFilter(tag=tag.id)) == [column]
    (row,) = reading.rows(desk, [denial])
    assert (row.status, row.title) == ("later", "Basalt Brigade denies seizing pumping station")


def test_triage_and_grades_take_known_words(desk, sources):
    with pytest.raises(UsageError):
        reading.triage(desk, sources.values(), "maybe")
    with pytest.raises(UsageError):
        reading.grade(desk, sources.values(), "G")
    reading.grade(desk, sources.values(), "C")
    assert {r.reliability for r in reading.rows(desk, list(sources.values()))} == {"C"}


def test_triage_of_many_is_one_act(desk, sources):
    reading.triage(desk, sources.values(), "no")
    assert history.acts(desk)[0].key == "triage"
    history.undo(desk)
    assert {r.status for r in reading.rows(desk, list(sources.values()))} == {None}


def test_the_original_is_exported_byte_for_byte_and_never_over_another(desk, sources, files):
    target = files.parent / "out.txt"
    reading.export_original(desk, sources["column.txt"], target)
    assert target.read_bytes() == (files / "column.txt").read_bytes()
    with pytest.raises(Refused):
        reading.export_original(desk, sources["denial.txt"], target)
    assert target.read_bytes() == (files / "column.txt").read_bytes()
    with pytest.raises(CasefileError):
        reading.export_original(desk, sources["denial.txt"], files / "no" / "out.txt")


def test_a_missing_original_is_said_in_one_sentence(desk, sources, files):
    view = reading.source(desk, sources["column.txt"])
    desk.store.objects.path(view.file.object).unlink()
    with pytest.raises(CasefileError, match="not in the case"):
        reading.export_original(desk, sources["column.txt"], files.parent / "out.txt")
    assert not upkeep.check(desk).ok


def test_ids_may_be_given_by_their_beginning(desk, sources):
    whole = sources["column.txt"]
    assert reading.resolve(desk, whole[:8], "source") == whole
    with pytest.raises(Refused):
        reading.resolve(desk, whole[:8], "claim")
    with pytest.raises(Refused):
        reading.resolve(desk, "zzzzzzzz")


def test_tags_fold_to_one_and_come_off(desk, sources):
    both = list(sources.values())
    notes.tag(desk, both, ["North  road"])
    notes.tag(desk, both[:1], ["north road"])
    ((tag, count),) = notes.tags(desk)
    assert (tag.name, count) == ("North road", 2)
    notes.untag(desk, both[:1], "NORTH ROAD")
    assert notes.tags(desk)[0][1] == 1


def test_the_case_in_figures(desk, sources):
    cases.rename(desk, "Tell Marun water", "Who holds the station?")
    shown = cases.info(desk)
    assert (shown.title, shown.counts["source"], shown.kinds["article"]) == (
        "Tell Marun water",
        2,
        2,
    )
    assert cases.about(desk).summary == "Who holds the station?"
    originals = sum(reading.source(desk, key).file.size for key in sources.values())
    database = sum(f.stat().st_size for f in desk.store.path.glob("case.db*"))
    assert shown.size == originals + database


def test_marks_are_renamed_for_one_case(desk):
    assert cases.mark_meanings(desk)[4] == "doubt"
    cases.rename_mark(desk, 4, "weapon")
    cases.rename_mark(desk, 4, "weapons")
    assert cases.mark_meanings(desk)[4] == "weapons"
    with pytest.raises(UsageError):
        cases.rename_mark(desk, 6, "x")


def test_a_chosen_handle_stands_beside_the_work(desk, sources):
    cases.set_handle(desk, "H. Reuter")
    from casefile.services import annotate

    annotate.mark(desk, sources["column.txt"], (0, 6))
    assert reading.marks(desk, sources["column.txt"])[0].by == "H. Reuter"


def test_how_a_case_was_looked_at_stays_on_this_machine(desk, sources):
    view = LocalView(desk)
    view.set("sort", "title")
    view.mark_read([sources["column.txt"]])
    view.save()
    before = desk.upto
    again = LocalView(desk)
    assert again.get("sort") == "title"
    assert again.unread(sources.values()) == [sources["denial.txt"]]
    again.mark_read([sources["column.txt"]], read=False)
    assert not again.is_read(sources["column.txt"])
    assert desk.upto == before


def test_work_survives_closing_and_opening(desk, places, sources):
    reading.grade(desk, [sources["column.txt"]], "B")
    desk.close()
    with open_desk(desk.store.path, places) as again:
        assert reading.source(again, sources["column.txt"]).source.reliability == "B"
        history.undo(again)
        assert reading.source(again, sources["column.txt"]).source.reliability is None
        assert upkeep.check(again, full=True).ok
