"""Marks go into a copy of a PDF, and come back as marks when that copy is taken in."""

from pathlib import Path

import pytest

from casefile.extract.pdf_sample import SAMPLE
from casefile.model.area import Area
from casefile.model.errors import Refused
from casefile.services import annotate, areas, ingest, marked_copy, reading
from casefile.services.annotate import MarkAs
from casefile.services.desk import Desk


@pytest.fixture
def page(desk: Desk, files: Path) -> str:
    (files / "page.pdf").write_bytes(SAMPLE)
    return ingest.add(desk, [files / "page.pdf"]).entries[0].source or ""


def test_marks_come_back_from_the_copy(desk: Desk, files: Path, page: str) -> None:
    words = reading.text(desk, page)
    assert words is not None
    at = words.text.index("word")
    annotate.mark(desk, page, (at, at + 4), MarkAs(2, "who wrote this?"))
    areas.mark(desk, page, Area(10, 10, 30, 20, page=1), MarkAs(4))
    original = reading.original_file(desk, page).read_bytes()
    copy = files / "marked.pdf"
    assert marked_copy.write(desk, page, copy) == 2
    assert reading.original_file(desk, page).read_bytes() == original == SAMPLE
    taken = ingest.add(desk, [copy]).entries[0].source or ""
    back = [view.annotation for view in reading.marks(desk, taken)]
    assert ("word", "who wrote this?") in {(mark.quote, mark.body) for mark in back}
    with pytest.raises(Refused):
        marked_copy.write(desk, page, copy)


def test_only_pdfs_take_marks_along(desk: Desk, sources: dict[str, str], files: Path) -> None:
    with pytest.raises(Refused):
        marked_copy.write(desk, sources["column.txt"], files / "no.pdf")
    assert not (files / "no.pdf").exists()
