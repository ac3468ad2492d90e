"""Areas of photos and pages bear marks, and are refused where there is no picture."""

from pathlib import Path

import pytest
from PIL import Image

from casefile.extract.pdf_sample import SAMPLE
from casefile.model.area import Area, area_of
from casefile.model.errors import Refused, UsageError
from casefile.services import annotate, areas, history, ingest, reading
from casefile.services.annotate import MarkAs
from casefile.services.desk import Desk

CORNER = Area(10, 20, 30, 15)


@pytest.fixture
def pictures(desk: Desk, files: Path) -> dict[str, str]:
    Image.new("RGB", (40, 30), "grey").save(files / "gate.png")
    (files / "page.pdf").write_bytes(SAMPLE)
    names = ["gate.png", "page.pdf", "column.txt"]
    entries = ingest.add(desk, [files / name for name in names]).entries
    return {Path(e.path).name: e.source or "" for e in entries}


def test_an_area_of_a_photo_is_marked_undone_and_redone(
    desk: Desk, pictures: dict[str, str]
) -> None:
    key, changes = areas.mark(desk, pictures["gate.png"], CORNER, MarkAs(4, "plate", ("van",)))
    (mark,) = reading.marks(desk, pictures["gate.png"])
    assert (mark.annotation.id, mark.annotation.area, mark.tags) == (key, CORNER, ("van",))
    assert (mark.annotation.quote, mark.annotation.span) == ("", None)
    view = reading.source(desk, pictures["gate.png"])
    assert mark.annotation.object == (view.file and view.file.object)
    assert changes.records["annotation"] == (key,)
    history.undo(desk)
    assert all(m.annotation.deleted for m in reading.marks(desk, pictures["gate.png"]))
    history.redo(desk)
    assert reading.marks(desk, pictures["gate.png"])[0].annotation.area == CORNER


def test_an_area_of_a_page_knows_its_page_and_can_be_moved(
    desk: Desk, pictures: dict[str, str]
) -> None:
    key, _ = areas.mark(desk, pictures["page.pdf"], Area(5, 5, 50, 10, page=1))
    areas.move(desk, key, Area(6, 7, 50, 10, page=1))
    (mark,) = reading.marks(desk, pictures["page.pdf"])
    assert (mark.annotation.area, mark.annotation.page) == (Area(6, 7, 50, 10, page=1), 1)


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("column.txt", CORNER),
        ("gate.png", Area(1, 1, 5, 5, page=1)),
        ("page.pdf", CORNER),
        ("page.pdf", Area(1, 1, 5, 5, page=9)),
    ],
)
def test_there_must_be_such_a_picture(
    desk: Desk, pictures: dict[str, str], name: str, area: Area
) -> None:
    with pytest.raises(Refused):
        areas.mark(desk, pictures[name], area)
    assert reading.marks(desk, pictures[name]) == []


def test_marks_on_words_are_not_moved_as_areas(desk: Desk, pictures: dict[str, str]) -> None:
    key, _ = annotate.mark(desk, pictures["column.txt"], (0, 6))
    with pytest.raises(Refused):
        areas.move(desk, key, CORNER)
    with pytest.raises(UsageError):
        areas.mark(desk, pictures["gate.png"], CORNER, MarkAs(9))


def test_an_area_is_read_as_it_was_written() -> None:
    made = Area.of_box((0.1, -0.5, 1.7, 0.25), 3)
    assert made == Area(10, 0, 90, 25, 3)
    assert area_of(made.selectors()[0]["value"], 3) == made
    assert made.box == (0.1, 0, 1, 0.25)


@pytest.mark.parametrize(
    "value",
    ["xywh=percent:90,0,20,10", "xywh=percent:1,1,0,5", "xywh=1,2,3,4", "xywh=percent:1..2,1,1,1"],
)
def test_what_is_no_area_is_none(value: str) -> None:
    assert area_of(value) is None
