"""Marks that a PDF brings along are marks of the case, with who made them as the file says."""

import io
from pathlib import Path

from pypdf import PdfWriter
from pypdf.annotations import Highlight, Text
from pypdf.generic import ArrayObject, FloatObject, NameObject, TextStringObject

from casefile.extract.pdf_sample import SAMPLE
from casefile.services import history, ingest, reading
from casefile.services.desk import Desk


def _reviewed(folder: Path) -> Path:
    """Make a PDF of the words "sample word" with a highlight on the second and a note."""
    writer = PdfWriter(clone_from=io.BytesIO(SAMPLE))
    sides = (38.0, 46.0, 70.0, 60.0)
    left, bottom, right, top = sides
    quads = ArrayObject(
        FloatObject(n) for n in (left, top, right, top, left, bottom, right, bottom)
    )
    mark = Highlight(rect=sides, quad_points=quads)
    for key, words in (("T", "Mira Odeh"), ("Contents", "check"), ("M", "D:20210424130559Z")):
        mark[NameObject(f"/{key}")] = TextStringObject(words)
    writer.add_annotation(0, mark)
    writer.add_annotation(0, Text(rect=(10, 80, 20, 90), text="<b>see</b> page 2"))
    file = folder / "reviewed.pdf"
    with file.open("wb") as out:
        writer.write(out)
    return file


def test_marks_in_a_pdf_become_marks_of_the_case(desk: Desk, files: Path) -> None:
    report = ingest.add(desk, [_reviewed(files)])
    key = report.entries[0].source
    assert key is not None
    first, second = (view.annotation for view in reading.marks(desk, key))
    text = reading.text(desk, key)
    assert text is not None
    assert first.span is not None
    assert text.text[slice(*first.span)] == first.quote == "word"
    assert (first.said_by, first.said_at) == ("Mira Odeh", "2021-04-24T13:05:59+00:00")
    assert (first.body, first.motivation, first.page, first.mark) == ("check", "commenting", 1, 1)
    assert (second.body, second.quote, second.page) == ("<b>see</b> page 2", "", 1)
    left, top, width, height = map(
        float, second.selector("FragmentSelector")["value"].partition(":")[2].split(",")
    )
    assert (round(left), round(top), round(width), round(height)) == (10, 9, 10, 10)


def test_undo_of_the_import_takes_them_along(desk: Desk, files: Path) -> None:
    report = ingest.add(desk, [_reviewed(files)])
    history.undo(desk, report.act)
    assert all(v.annotation.deleted for v in reading.marks(desk, report.entries[0].source or ""))


def test_files_attached_to_a_pdf_are_sources_of_their_own(desk: Desk, files: Path) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(SAMPLE))
    writer.add_attachment("list.txt", b"The list of the villages without water since March.")
    file = files / "letter.pdf"
    with file.open("wb") as out:
        writer.write(out)
    (entry,) = ingest.add(desk, [file]).entries
    (inner,) = entry.inside
    assert entry.source is not None
    assert inner.path == f"{file}!list.txt"
    text = reading.text(desk, inner.source or "")
    assert text is not None
    assert "villages without water" in text.text
