"""The files attached to a PDF, one by one."""

import io
from collections.abc import Iterator
from typing import BinaryIO

import pypdf
import pypdfium2

from casefile.extract import pdf_open
from casefile.extract.context import Context
from casefile.extract.members import Broken, Member
from casefile.extract.pdf_facts import MOST_ATTACHED
from casefile.extract.pdf_sample import SAMPLE
from casefile.extract.pdf_strings import line

_TOO_LARGE = "it is larger than what is read from an archive"


def _sample() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(SAMPLE))
    writer.add_attachment("a.txt", b"words")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


SAMPLES = (_sample(),)


def members(file: BinaryIO, context: Context) -> Iterator[Member]:
    """Give the attached files in the order of the PDF's own list.

    A PDF that cannot be opened has none: its own reading says why.
    """
    pages = pdf_open.by_pdfium(file.read(), context.passwords)
    if pages is None:
        return
    count = pages.document.count_attachments()
    for at in range(min(count, MOST_ATTACHED)):
        yield _member(pages.document, at, context.limits.answer_bytes)
    if count > MOST_ATTACHED:
        msg = f"the PDF has more than {MOST_ATTACHED} attached files; the rest was left out"
        raise Broken(msg)


def _member(document: pypdfium2.PdfDocument, at: int, most: int) -> Member:
    path = f"attachment {at + 1}"
    try:
        each = document.get_attachment(at)
        path = line(each.get_name(), 300) or path
        data = each.get_data()
        if len(data) > most:
            return Member(path=path, reason=_TOO_LARGE)
        return Member(path=path, data=bytes(data))
    except (pypdfium2.PdfiumError, UnicodeError, ValueError) as error:
        return Member(path=path, reason=f"it is damaged in the PDF ({type(error).__name__})")
