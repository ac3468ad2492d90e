"""PDFs: the text of every page by pypdf, checked against PDFium's, with a map of the pages."""

from dataclasses import replace

import pypdf
import pypdfium2

from casefile.extract import budget, pdf_facts, pdf_open, pdf_title, sandbox
from casefile.extract.context import Context
from casefile.extract.pdf_pages import Pages
from casefile.extract.pdf_reading import Reading
from casefile.extract.pdf_sample import SAMPLE
from casefile.model.document import DocumentFact, FoundMark, pages_in_words, wordless_words
from casefile.model.draft import Draft
from casefile.model.zone import Zone

EXTRACTOR, VERSION = "casefile.pdf", "2"
SAMPLES = (SAMPLE,)

PASSWORD = "this PDF asks for a password"  # noqa: S105 - a sentence, not a secret
_WRONG = "this PDF asks for a password, and none that was given fits"
_DAMAGED = "this PDF is too damaged to be read"
# The parameter with the pages that broke a reader before; 0 is what stands beside the pages.
LEFT_OUT = "left out"


def read(data: bytes, context: Context) -> Draft:
    """Read a PDF; pages that were read before the time was over are kept."""
    first = pdf_open.by_pypdf(data, context.limits, context.passwords)
    second = pdf_open.by_pdfium(data, context.passwords)
    if first is None and second is None:
        if not pdf_open.asks_for_password(data):
            return _draft("", complete=False, reason=_DAMAGED)
        return _draft("", complete=False, reason=_WRONG if context.passwords else PASSWORD)
    left_out = context.left_out
    # The parent gives no more time than this, whatever the file says of itself.
    believed = sandbox.page_bound(context.limits, len(data))
    reading = Reading(first, second, context.limits, left_out, believed)
    budget.ask_for_pages(reading.count)
    reading.read()
    facts = DocumentFact()
    if second is not None and 0 not in left_out:
        with budget.step(0, context.limits.one_page_seconds):
            facts = pdf_facts.facts_of(second)
    return _put_together(reading, _title(first, second), facts)


def _title(first: pypdf.PdfReader | None, second: Pages | None) -> str | None:
    try:
        said = first.metadata.title if first is not None and first.metadata else None
    except Exception:  # noqa: BLE001 - a damaged title is no title
        said = None
    title = pdf_title.sensible(said)
    if title is None and second is not None:
        title = pdf_title.largest_line(list(second.letters(0)))
    return title


def _put_together(reading: Reading, title: str | None, facts: DocumentFact) -> Draft:
    text = "\f".join(reading.pages)
    bounds, marks, at = [], [], 0
    for page, found in zip(reading.pages, reading.marks, strict=True):
        bounds.append((at, at + len(page)))
        marks += [_moved(mark, at) for mark in found]
        at += len(page) + 1
    reasons = _reasons(reading)
    return _draft(
        text,
        pages=tuple(bounds),
        zones=zones_of(text, title),
        title=title,
        document=replace(facts, readers=reading.runs(), wordless=tuple(reading.scanned)),
        marks=tuple(marks),
        warnings=tuple(_notes(reading, facts)),
        complete=not reasons,
        reason="; ".join(reasons) or None,
    )


def _moved(mark: FoundMark, by: int) -> FoundMark:
    return replace(mark, start=mark.start + by, end=mark.end + by)


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


def zones_of(text: str, title: str | None) -> tuple[Zone, ...]:
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
        found.append(f"reading stopped after page {read_} of {count}: {reading.stopped}")
    if count == 0:
        found.append("this PDF has no pages")
    if reading.scanned:
        found.append(wordless_words(reading.scanned))
    broken = {number for number in reading.left_out if number}
    if broken:
        found.append(
            pages_in_words(
                broken, "breaks the reader and was left out", "break the reader and were left out"
            )
        )
    if reading.unread:
        found.append(f"{pages_in_words(reading.unread, 'is', 'are')} too damaged to be read")
    if reading.garbled:
        found.append(
            f"the letters of {pages_in_words(reading.garbled)} have no meaning in this PDF's fonts"
        )
    return found


def _notes(reading: Reading, facts: DocumentFact) -> list[str]:
    found = []
    if reading.taken:
        found.append(f"the text of {pages_in_words(reading.taken)} is PDFium's reading")
    if reading.shaped:
        found.append(
            f"Arabic letters in printed shapes were made plain on {pages_in_words(reading.shaped)}"
        )
    if reading.filled:
        pages = pages_in_words(reading.filled)
        found.append(f"what is filled into form fields stands below the text of {pages}")
    if facts.attached:
        count = len(facts.attached)
        found.append(
            "a file is attached to this PDF"
            if count == 1
            else f"{count} files are attached to this PDF"
        )
    if reading.slow:
        found.append(f"pypdf took too long for {pages_in_words(reading.slow)}")
    return found
