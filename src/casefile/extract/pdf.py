"""PDFs: the text of every page by pypdf, checked against PDFium's, with a map of the pages."""

import io
import logging
from collections.abc import Iterable
from typing import Any

import pypdf
import pypdfium2

from casefile.extract import budget, pdf_title
from casefile.extract.context import Context
from casefile.extract.limits import Limits
from casefile.extract.pdf_pages import Pages
from casefile.extract.pdf_reading import Reading
from casefile.extract.pdf_sample import SAMPLE
from casefile.model.draft import Draft
from casefile.model.zone import Zone

EXTRACTOR, VERSION = "casefile.pdf", "1"
SAMPLES = (SAMPLE,)

# pypdf tells of every oddity of a damaged file in the log; the draft says what matters.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_PASSWORD = "this PDF asks for a password"  # noqa: S105 - a sentence, not a secret
_DAMAGED = "this PDF is too damaged to be read"


def read(data: bytes, context: Context) -> Draft:
    """Read a PDF; pages that were read before the time was over are kept."""
    first = _open_first(data, context.limits)
    second = _open_second(data)
    if first is None and second is None:
        asks = _asks_for_password(data)
        return _draft("", complete=False, reason=_PASSWORD if asks else _DAMAGED)
    reading = Reading(first, second, context.limits)
    budget.ask_for_pages(reading.count)
    reading.read()
    return _put_together(reading, _title(first, second), _extras(first))


def _open_first(data: bytes, limits: Limits) -> pypdf.PdfReader | None:
    try:
        with budget.at_most(limits.one_page_seconds):
            reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
            if reader.is_encrypted and not reader.decrypt(""):
                return None
            len(reader.pages)
    except (Exception, budget.OutOfTime):  # noqa: BLE001 - it raises anything; PDFium may open it
        return None
    return reader


def _open_second(data: bytes) -> Pages | None:
    try:
        return Pages(data)
    except pypdfium2.PdfiumError:
        return None


def _asks_for_password(data: bytes) -> bool:
    try:
        pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return bool(error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD)
    return False


def _title(first: pypdf.PdfReader | None, second: Pages | None) -> str | None:
    try:
        said = first.metadata.title if first is not None and first.metadata else None
    except Exception:  # noqa: BLE001 - a damaged title is no title
        said = None
    title = pdf_title.sensible(said)
    if title is None and second is not None:
        title = pdf_title.largest_line(list(second.letters(0)))
    return title


def _extras(first: pypdf.PdfReader | None) -> list[str]:
    """Say what the PDF holds beside its pages and is not in the text."""
    if first is None:
        return []
    found = []
    try:
        root: Any = first.trailer["/Root"].get_object()
        names = root.get("/Names", {})
        if "/EmbeddedFiles" in names or "/Collection" in root:
            found.append("the files attached to this PDF are not read")
        if root.get("/AcroForm", {}).get("/Fields"):
            found.append("what is filled into form fields may be missing from the text")
    except Exception:  # noqa: BLE001 - whatever a damaged catalogue raises, the pages are read
        return found
    return found


def _put_together(reading: Reading, title: str | None, warnings: list[str]) -> Draft:
    text = "\f".join(reading.pages)
    bounds, at = [], 0
    for page in reading.pages:
        bounds.append((at, at + len(page)))
        at += len(page) + 1
    reasons = _reasons(reading)
    return _draft(
        text,
        pages=tuple(bounds),
        zones=_zones(text, title),
        title=title,
        warnings=tuple(warnings + _notes(reading)),
        complete=not reasons,
        reason="; ".join(reasons) or None,
    )


def _draft(text: str, **values: object) -> Draft:
    return Draft(
        kind="pdf",
        media_type="application/pdf",
        extractor=EXTRACTOR,
        version=VERSION,
        parameters={"pypdf": pypdf.__version__, "pdfium": pypdfium2.PDFIUM_INFO.version},
        text=text,
        **values,  # type: ignore[arg-type]  # each call names fields of Draft
    )


def _zones(text: str, title: str | None) -> tuple[Zone, ...]:
    """Make one body zone of all pages, and a headline of a first line that is the title."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if start >= end:
        return ()
    line = text[start:end].split("\n", 1)[0].split("\f", 1)[0].rstrip()
    if title is None or " ".join(line.split()) != title:
        return (Zone("body", start, end),)
    headline = Zone("headline", start, start + len(line))
    rest = text[headline.end : end]
    body = headline.end + len(rest) - len(rest.lstrip())
    return (headline, Zone("body", body, end)) if body < end else (headline,)


def _reasons(reading: Reading) -> list[str]:
    found = []
    read_, count = len(reading.pages), reading.count
    if read_ < count:
        found.append(f"reading stopped after page {read_} of {count}: it took too long")
    if count == 0:
        found.append("this PDF has no pages")
    if reading.scanned:
        found.append(
            f"{pages_in_words(reading.scanned, 'shows a picture', 'show pictures')} without text"
        )
    if reading.unread:
        found.append(f"{pages_in_words(reading.unread, 'is', 'are')} too damaged to be read")
    if reading.garbled:
        found.append(
            f"the letters of {pages_in_words(reading.garbled)} have no meaning in this PDF's fonts"
        )
    return found


def _notes(reading: Reading) -> list[str]:
    found = []
    if reading.taken:
        found.append(f"the text of {pages_in_words(reading.taken)} is PDFium's reading")
    if reading.shaped:
        found.append(
            f"Arabic letters in printed shapes were made plain on {pages_in_words(reading.shaped)}"
        )
    if reading.noted:
        pages = pages_in_words(reading.noted)
        found.append(f"notes that were written onto {pages} later are not in the text")
    if reading.slow:
        found.append(f"pypdf took too long for {pages_in_words(reading.slow)}")
    return found


def pages_in_words(numbers: Iterable[int], one: str = "", many: str = "") -> str:
    """Name pages: "page 5", "pages 5 and 6", "pages 1 to 4, 7 and 9"; then `one` or `many`."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts: list[str] = []
    for run in runs:
        parts += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run)
    count = sum(map(len, runs))
    words = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
    return " ".join(
        filter(None, ("page" if count == 1 else "pages", words, one if count == 1 else many))
    )
