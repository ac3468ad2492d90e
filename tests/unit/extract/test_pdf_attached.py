import io
from collections.abc import Callable
from pathlib import Path

from pypdf import PdfWriter

from casefile.extract.pool import Extractor

Make = Callable[..., bytes]


def test_attached_files_come_out_one_by_one(
    extractor: Extractor, put: Callable[[bytes], Path], make_pdf: Make
) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(make_pdf("a letter")))
    writer.add_attachment("list.txt", b"a list of names")
    writer.add_attachment("../../page.html", "<p>слова".encode())
    out = io.BytesIO()
    writer.write(out)
    found = list(extractor.members(put(out.getvalue()), name="letter.pdf"))
    assert sorted((m.path, m.data) for m in found) == [
        ("../../page.html", "<p>слова".encode()),
        ("list.txt", b"a list of names"),
    ]
    assert list(extractor.members(put(make_pdf("no file")), name="x.pdf")) == []
    assert list(extractor.members(put(b"%PDF-1.4 nothing"), name="x.pdf")) == []
