"""Reading once more: pages that are pictures get words, locked files open, marks stay."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from casefile.extract import letters
from casefile.extract.pdf_sample import SAMPLE
from casefile.model.errors import CasefileError, Refused
from casefile.services import annotate, history, ingest, reading, recognising, rereading
from casefile.services.desk import Desk

LAST = b"third page, with as many letters as show where a mark stands in another text"


def _with_picture(folder: Path) -> Path:
    """Make a PDF: a page with words, and a page that is the picture of words."""
    image = Image.new("L", (1200, 400), 255)
    font = ImageFont.load_default(80)
    ImageDraw.Draw(image).text((60, 100), "The bridge is closed", fill=0, font=font)
    scan = io.BytesIO()
    image.save(scan, "PDF", resolution=150)
    writer = PdfWriter()
    for part in (SAMPLE, scan.getvalue(), SAMPLE):
        writer.append(io.BytesIO(part))
    content = DecodedStreamObject()
    content.set_data(b"BT/F 1 Tf 9 50 Td(%s)Tj ET" % LAST)
    writer.pages[2][NameObject("/Contents")] = writer._add_object(content)
    file = folder / "scanned.pdf"
    with file.open("wb") as out:
        writer.write(out)
    return file


def _locked(folder: Path, password: str) -> Path:
    writer = PdfWriter(clone_from=io.BytesIO(SAMPLE))
    writer.encrypt(password, algorithm="AES-256")
    file = folder / "locked.pdf"
    with file.open("wb") as out:
        writer.write(out)
    return file


@pytest.mark.skipif(letters.find() is None, reason="tesseract is not installed")
def test_a_page_that_is_a_picture_gets_words(desk: Desk, files: Path) -> None:
    entry = ingest.add(desk, [_with_picture(files)]).entries[0]
    assert entry.reason == "page 2 shows a picture without text"
    key = entry.source or ""
    before = reading.text(desk, key)
    assert before is not None
    last = before.pages[2][0] + LAST.index(b"letters")
    mark, _ = annotate.mark(desk, key, (last, last + 7))
    found = recognising.recognise(desk, key, languages=["en"])
    assert (found.pages, found.languages) == ((2,), ("eng",))
    after = reading.text(desk, key)
    assert after is not None
    words = [after.text[slice(*page)] for page in after.pages]
    assert words == ["sample word", "The bridge is closed", LAST.decode()]
    view = reading.source(desk, key)
    assert view.extraction is not None
    assert view.extraction.complete
    assert view.extraction.extractor == "casefile.letters"
    assert view.facts.document is not None
    assert [(r.reader, r.first, r.last) for r in view.facts.document.readers] == [
        ("pypdf", 1, 1),
        ("tesseract", 2, 2),
        ("pypdf", 3, 3),
    ]
    boxes = reading.page_boxes(desk, key, 2).boxes
    assert len(boxes) == len("The bridge is closed")
    assert all((b is None) == c.isspace() for b, c in zip(boxes, words[1], strict=True))
    # The mark went along to where its words are now.
    (moved,) = (v.annotation for v in reading.marks(desk, key) if v.annotation.id == mark)
    assert moved.span is not None
    assert after.text[slice(*moved.span)] == "letters"
    assert moved.span[0] == after.pages[2][0] + LAST.index(b"letters")
    plain = files / "plain.pdf"
    plain.write_bytes(SAMPLE)
    with pytest.raises(Refused, match="words already"):
        recognising.recognise(desk, ingest.add(desk, [plain]).entries[0].source or "")


def test_without_a_recogniser_it_is_said(
    desk: Desk, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = ingest.add(desk, [_with_picture(files)]).entries[0].source or ""
    monkeypatch.setenv("PATH", str(files))
    with pytest.raises(CasefileError, match="Tesseract is not installed") as told:
        recognising.recognise(desk, key)
    assert "apt install" in told.value.hint


def test_a_locked_file_opens_with_its_password_later(desk: Desk, files: Path) -> None:
    entry = ingest.add(desk, [_locked(files, "ключ")]).entries[0]
    key = entry.source or ""
    assert entry.reason == "this PDF asks for a password"
    with pytest.raises(Refused, match="reads as before"):
        rereading.read_again(desk, key)
    desk.extractor.try_passwords(["wrong", "ключ"])
    try:
        again = rereading.read_again(desk, key)
        assert again.draft.text == "sample word"
        assert reading.page_picture(desk, key, 1, 50).width == 50
    finally:
        desk.extractor.forget_passwords()
    text = reading.text(desk, key)
    assert text is not None
    assert text.text == "sample word"
    for file in desk.store.path.rglob("*"):
        assert not file.is_file() or "ключ".encode() not in file.read_bytes()
    history.undo(desk)
    before = reading.text(desk, key)
    assert before is None or before.text == ""
