"""Opening a PDF with both readers, with the passwords that a person gave."""

import io
import logging
from collections.abc import Sequence

import pypdf
import pypdfium2

from casefile.extract import budget
from casefile.extract.limits import Limits
from casefile.extract.pdf_pages import Pages

# pypdf tells of every oddity of a damaged file in the log; the draft says what matters.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def by_pypdf(data: bytes, limits: Limits, passwords: Sequence[str]) -> pypdf.PdfReader | None:
    """Open it with pypdf; None when it cannot, or when no password fits."""
    try:
        with budget.at_most(limits.one_page_seconds):
            reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
            if reader.is_encrypted and not any(reader.decrypt(p) for p in ("", *passwords)):
                return None
            len(reader.pages)
    except (Exception, budget.OutOfTime):  # noqa: BLE001 - it raises anything; PDFium may open it
        return None
    return reader


def by_pdfium(data: bytes, passwords: Sequence[str]) -> Pages | None:
    """Open it with PDFium; None when it cannot, or when no password fits."""
    for password in (None, *passwords):
        try:
            return Pages(data, password)
        except pypdfium2.PdfiumError as error:
            if error.err_code != pypdfium2.raw.FPDF_ERR_PASSWORD:
                return None
    return None


def asks_for_password(data: bytes) -> bool:
    """Say whether the PDF is closed to whoever has no password."""
    try:
        pypdfium2.PdfDocument(data).close()
    except pypdfium2.PdfiumError as error:
        return bool(error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD)
    return False
