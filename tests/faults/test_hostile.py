"""Strangers' files: each ends in time, with a reason, and leaves the parent as it was."""

import gzip
import io
import random
import struct
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from mutants import mutant
from PIL import Image
from pypdf import PdfReader

from casefile.extract import pdf_sample
from casefile.extract.limits import MIB, Limits
from casefile.extract.pool import Extractor
from casefile.model.draft import Draft

pytestmark = pytest.mark.faults

# A tenth of what a person's file may use, and some seconds for a busy machine.
LIMITS = Limits(cpu_seconds=2, wall_seconds=4, one_page_seconds=0.5, unpacked_bytes=26 * MIB)
GRACE = 2.0
SOURCES = ("SOURCE.txt", "README.md")


@pytest.fixture(scope="module")
def readers() -> Iterator[Extractor]:
    with Extractor(LIMITS) as found:
        found.protections()  # what follows is timed with warm readers
        yield found


def _all_end(readers: Extractor, files: Sequence[Path]) -> list[Draft]:
    """Read files two at a time; each ends in time with a reason unless complete."""

    def one(file: Path) -> tuple[Draft, float]:
        began = time.monotonic()
        draft = readers.read(file, name=file.name)
        return draft, time.monotonic() - began

    before = _memory()
    with ThreadPoolExecutor(2) as lanes:
        found = list(lanes.map(one, files))
    wrong = []
    for file, (draft, seconds) in zip(files, found, strict=True):
        draft.check()
        if seconds > LIMITS.wall_seconds + GRACE:
            wrong.append(f"{file.name} took {seconds:.1f} s")
        if not (draft.complete or draft.reason):
            wrong.append(f"{file.name} is partly read without a reason")
        if draft.reason == "the reader stopped working":
            wrong.append(f"{file.name} brought all readers down")
    assert wrong == []
    assert _memory() - before < 100
    return [draft for draft, _ in found]


def _memory() -> int:
    """Give the resident megabytes of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 // MIB


@pytest.mark.corpora
@pytest.mark.parametrize("folder", ["hostile", "webarchive", "encodings"])
def test_hostile_files_end_with_a_reason(
    folder: str, readers: Extractor, corpora: Path, tier: Any
) -> None:
    files = sorted(
        p for p in (corpora / folder).rglob("*") if p.is_file() and p.name not in SOURCES
    )
    _all_end(readers, tier.choose(files, quick=450))


def _png(width: int, height: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    )


def _pdf(page: bytes, more: bytes = b"") -> bytes:
    stream = b"<</Length %d>>stream\n%s\nendstream" % (len(page), page)
    packed = zlib.compress(page, 9)
    if len(page) > MIB:
        stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>endobj\n"
        b"4 0 obj" + stream + b"endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
        + more
        + b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
    )


LOOP = (
    b"6 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"
    b"/Length 12>>stream\n/X Do /X Do \nendstream endobj\n"
)
# Files that promise or hold far more than they weigh; made one at a time.
BOMBS: dict[str, Callable[[], bytes]] = {
    "promises pixels.png": lambda: _png(60_000, 60_000, b""),
    "holds pixels.png": lambda: _png(13_000, 13_000, bytes((13_000 * 3 + 1) * 2_000)),
    "zeros.gz": lambda: gzip.compress(bytes(200 * MIB), 1),
    "nested.gz": lambda: gzip.compress(gzip.compress(gzip.compress(b"words"))),
    "operators.pdf": lambda: _pdf(b"q 0 0 1 1 re f Q\n" * 2_000_000),
    "letters.pdf": lambda: _pdf(b"BT /F 9 Tf (x) Tj ET\n" * 200_000),
    "zeros.pdf": lambda: _pdf(bytes(100 * MIB)),
    "loop.pdf": lambda: _pdf(b"/X Do", LOOP),
    "pages of itself.pdf": lambda: _pdf(b"").replace(b"[3 0 R]", b"[2 0 R 2 0 R]"),
    "deep.pdf": lambda: _pdf(b"[" * 500_000),
    "references.pdf": lambda: _pdf(b"").replace(b"/Root 1 0 R", b"/Root " + b"[" * 200_000),
    "deep.html": lambda: b"<html><body>" + b"<div>" * 200_000 + b"words",
    "entities.html": lambda: b"<html><p>" + b"&lt;" * 2_000_000,
    "attributes.html": lambda: b"<html><p " + b"a=b " * 500_000 + b">words",
    "one line.txt": lambda: b"word " * 4_000_000,
    "no end.txt": lambda: b"a" * 20_000_000,
    "lines.txt": lambda: b"\n" * 10_000_000,
    "empty tags.html": lambda: b"<html>" + b"<b></b>" * 500_000,
}


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_bombs_end_in_time(name: str, readers: Extractor, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(BOMBS[name]())
    _all_end(readers, [file])
    # And whoever comes next is read as ever.
    file.write_bytes(pdf_sample.SAMPLE)
    assert readers.read(file, name="x").text == "sample word"


def _originals() -> dict[str, bytes]:
    found = {"pdf": pdf_sample.SAMPLE, "html": "<html><p>слова <b>и</b> words".encode()}
    for form in ("JPEG", "PNG", "GIF", "TIFF", "WEBP", "AVIF"):
        out = io.BytesIO()
        exif = Image.Exif()
        exif[0x010F] = "Maker"
        Image.linear_gradient("L").convert("RGB").save(out, form, **_options(form, exif))
        found[form.lower()] = out.getvalue()
    return found


def _options(form: str, exif: Image.Exif) -> dict[str, Any]:
    return {"exif": exif} if form in {"JPEG", "PNG", "WEBP"} else {}


@pytest.mark.parametrize("form", sorted(_originals()))
def test_changed_files_never_reach_the_parent_as_an_error(
    form: str, readers: Extractor, tmp_path: Path, tier: Any
) -> None:
    chance = random.Random(form)  # the same mutants every time
    original = _originals()[form]
    files = []
    for number in range(tier.count(quick=12, ci=1500, long=5000)):
        files.append(tmp_path / f"{number}.{form}")
        files[-1].write_bytes(mutant(original, chance))
    _all_end(readers, files)


@pytest.mark.corpora
def test_changed_pdfs_of_many_makers(
    readers: Extractor, corpora: Path, tmp_path: Path, tier: Any
) -> None:
    chance = random.Random(7)  # the same mutants every time
    originals = sorted(p for p in (corpora / "pdf").rglob("*.pdf") if p.stat().st_size < 100_000)
    files = []
    for number in range(tier.count(quick=20, ci=1500, long=5000)):
        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(mutant(chance.choice(originals).read_bytes(), chance))
    _all_end(readers, files)


@pytest.mark.allow_logs("pypdf")
def test_the_bombs_are_real() -> None:
    """The negative control: what is packed in them is as large as they are meant to be."""
    zeros = BOMBS["zeros.gz"]()
    assert len(zeros) < MIB < len(gzip.decompress(zeros))
    page = PdfReader(io.BytesIO(BOMBS["letters.pdf"]()), strict=False).pages[0]
    assert page.extract_text().count("x") == 200_000
