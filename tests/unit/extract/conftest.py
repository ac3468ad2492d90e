"""Small PDFs and photos made on the spot, and readers that are started once."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfWriter

from casefile.extract.context import Context
from casefile.extract.limits import Limits
from casefile.extract.pool import Extractor

MakePdf = Callable[..., bytes]


def _object(number: int, body: bytes) -> bytes:
    return b"%d 0 obj\n%s\nendobj\n" % (number, body)


def _stream(content: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)


def _font(number: int) -> bytes:
    return _object(
        number, b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    )


def pdf_of(*pages: str | bytes, title: str = "", password: str | None = None) -> bytes:
    """Make a PDF: a page of lines for a text, a page of drawing commands for bytes."""
    count = len(pages)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(count))
    out = [
        _object(1, b"<</Type/Catalog/Pages 2 0 R>>"),
        _object(2, b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)),
        _font(3),
    ]
    for at, page in enumerate(pages):
        content = page if isinstance(page, bytes) else _lines(page)
        box = b"/MediaBox[0 0 300 400]/Resources<</Font<</F 3 0 R>>>>"
        out += [
            _object(
                4 + 2 * at, b"<</Type/Page/Parent 2 0 R%s/Contents %d 0 R>>" % (box, 5 + 2 * at)
            ),
            _object(5 + 2 * at, _stream(content)),
        ]
    out.append(_object(4 + 2 * count, b"<</Title(%s)>>" % title.encode("latin-1")))
    body = b"%PDF-1.4\n"
    places = []
    for part in out:
        places.append(len(body))
        body += part
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(out) + 1
    trailer = b"<</Size %d/Root 1 0 R/Info %d 0 R>>" % (size, 4 + 2 * count)
    made = body + b"xref\n0 %d\n0000000000 65535 f \n%strailer%s\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        trailer,
        len(body),
    )
    return made if password is None else _encrypted(made, password)


def _lines(text: str) -> bytes:
    lines = text.replace("(", r"\(").replace(")", r"\)").split("\n")
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    return f"BT /F 12 Tf 15 TL 20 360 Td {shown} ET".encode("cp1252")


def _encrypted(data: bytes, password: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def photo_of(form: str = "JPEG", size: tuple[int, int] = (64, 32), **options: object) -> bytes:
    """Make a photo: dark on the left, bright on the right, with a white corner at the top left."""
    image = Image.new("RGB", size, "black")
    draw = ImageDraw.Draw(image)
    for x in range(size[0]):
        grey = 40 + 160 * x // size[0]
        draw.line([(x, 0), (x, size[1])], fill=(grey, grey, grey))
    draw.rectangle([0, 0, size[0] // 4, size[1] // 4], fill="white")
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


@pytest.fixture
def make_pdf() -> MakePdf:
    """Give the maker of PDFs."""
    return pdf_of


@pytest.fixture
def make_photo() -> Callable[..., bytes]:
    """Give the maker of photos."""
    return photo_of


@pytest.fixture
def context() -> Context:
    """Give what a format file is told in most tests."""
    return Context("file", {}, Limits())


@pytest.fixture(scope="session")
def extractor() -> Iterator[Extractor]:
    """Give readers with the limits of the program."""
    with Extractor() as readers:
        yield readers


@pytest.fixture
def put(tmp_path: Path) -> Callable[[bytes], Path]:
    """Write bytes to a file."""

    def write(data: bytes) -> Path:
        file = tmp_path / f"file-{len(list(tmp_path.iterdir()))}"
        file.write_bytes(data)
        return file

    return write
