"""Photos and PDFs with some bytes changed: never an unhandled error in the parent."""

import io
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from mutants import mutant
from pypdf import PdfWriter
from pypdf.annotations import Highlight, Text
from pypdf.generic import ArrayObject, FloatObject

from casefile.extract import pdf_sample
from casefile.extract.limits import Limits
from casefile.extract.pool import Extractor
from casefile.model.errors import CasefileError

pytestmark = pytest.mark.faults
LIMITS = Limits(cpu_seconds=2, wall_seconds=4, one_page_seconds=0.5)


@pytest.fixture(scope="module")
def readers() -> Iterator[Extractor]:
    with Extractor(LIMITS) as found:
        yield found


def _reviewed() -> bytes:
    """Make a PDF with an outline, an attachment, a highlight and a note."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf_sample.SAMPLE))
    quads = ArrayObject(FloatObject(n) for n in (9, 60, 70, 60, 9, 46, 70, 46))
    writer.add_annotation(0, Highlight(rect=(9, 46, 70, 60), quad_points=quads))
    writer.add_annotation(0, Text(rect=(9, 80, 20, 90), text="a note"))
    writer.add_outline_item("Part one", 0)
    writer.add_attachment("a.txt", b"words")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _all_end(readers: Extractor, files: list[Path], derive: Callable[[Path], object]) -> list[str]:
    def one(file: Path) -> str | None:
        draft = readers.read(file, name=file.name)
        draft.check()
        if not (draft.complete or draft.reason) or draft.reason == "the reader stopped working":
            return f"{file.name}: {draft.reason}"
        try:
            derive(file)
        except CasefileError as error:
            return None if error.message else f"{file.name}: trouble without words"
        return None

    with ThreadPoolExecutor(2) as lanes:
        return [wrong for wrong in lanes.map(one, files) if wrong]


def _mutants(original: bytes, folder: Path, count: int, ending: str) -> list[Path]:
    chance = random.Random(ending)  # the same mutants every time
    files = []
    for number in range(count):
        files.append(folder / f"{number}.{ending}")
        files[-1].write_bytes(mutant(original, chance))
    return files


def test_changed_pdfs_with_marks(readers: Extractor, tmp_path: Path, tier: Any) -> None:
    count = tier.count(quick=12, ci=1500, long=5000)
    files = _mutants(_reviewed(), tmp_path, count, "pdf")
    marks = [{"page": 1, "boxes": [[0.1, 0.1, 0.2, 0.2]], "note": "a"}]
    assert _all_end(readers, files, lambda file: readers.marked_pdf(file, marks)) == []


@pytest.mark.corpora
def test_changed_heic(readers: Extractor, corpora: Path, tmp_path: Path, tier: Any) -> None:
    # The smallest of the real ones: nothing here writes this format.
    original = min((corpora / "photos").rglob("*.heic"), key=lambda p: p.stat().st_size)
    count = tier.count(quick=6, ci=1500, long=5000)
    files = _mutants(original.read_bytes(), tmp_path, count, "heic")
    assert _all_end(readers, files, lambda file: readers.photo_picture(file, 64, 64)) == []
