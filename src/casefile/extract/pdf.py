"""PDFs: the text of every page by pypdf, checked against PDFium's, with a map of the pages."""

import io
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pypdf
import pypdfium2

from casefile.extract import budget, pdf_letters, pdf_title
from casefile.extract.context import Context
from casefile.extract.limits import Limits
from casefile.extract.pdf_pages import Pages
from casefile.extract.pdf_sample import SAMPLE
from casefile.model.draft import Draft
from casefile.model.zone import Zone

EXTRACTOR, VERSION = "casefile.pdf", "1"
SAMPLES = (SAMPLE,)

# pypdf tells of every oddity of a damaged file in the log; the draft says what matters.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_PASSWORD = "this PDF asks for a password"  # noqa: S105 - a sentence, not a secret
_DAMAGED = "this PDF is too damaged to be read"
_HARDLY = 64
_COVERS = 0.6
_SAME_LETTERS = 0.9
_GLYPH_NAMES = 3
_MORE_WORDS = 1.1


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    pages: list[str] = field(default_factory=list)
    second: list[int] = field(default_factory=list)
    shaped: list[int] = field(default_factory=list)
    slow: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)
    noted: list[int] = field(default_factory=list)


def read(data: bytes, context: Context) -> Draft:
    """Read a PDF; pages that were read before the time was over are kept."""
    first = _open_first(data)
    second = _open_second(data)
    if first is None and second is None:
        asks = _asks_for_password(data)
        return _draft("", complete=False, reason=_PASSWORD if asks else _DAMAGED)
    count = _count(first, second)
    budget.ask_for_pages(count)
    reading = _pages(first, second, count, context.limits)
    return _put_together(reading, count, _title(first, second), _extras(first))


def _open_first(data: bytes) -> pypdf.PdfReader | None:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return None
        len(reader.pages)
    except Exception:  # noqa: BLE001 - pypdf raises anything on damaged files; PDFium may open it
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


def _count(first: pypdf.PdfReader | None, second: Pages | None) -> int:
    one = len(first.pages) if first is not None else 0
    return max(one, len(second) if second is not None else 0)


def _pages(
    first: pypdf.PdfReader | None, second: Pages | None, count: int, limits: Limits
) -> _Reading:
    reading = _Reading()
    time = budget.Budget(limits, count)
    for index in range(min(count, limits.pages)):
        if time.over:
            break
        try:
            reading.pages.append(_page(first, second, index, limits, reading))
        except (budget.OutOfTime, MemoryError):
            break
    return reading


def _page(
    first: pypdf.PdfReader | None,
    second: Pages | None,
    index: int,
    limits: Limits,
    reading: _Reading,
) -> str:
    """Give the text of one page: pypdf's unless PDFium's is clearly better."""
    number = index + 1
    one = _first_text(first, index, limits, reading)
    other = second.text(index) if second is not None else None
    if one is None and other is None:
        reading.unread.append(number)
        return ""
    text = pdf_letters.plain(one or "")
    spare = pdf_letters.plain(other or "")
    if _better(text, spare):
        reading.second.append(number)
        text = spare
    if pdf_letters.has_shapes(text):
        reading.shaped.append(number)
        text, _ = pdf_letters.unshaped(text)
    _judge(text, second, index, reading)
    return text


def _first_text(
    first: pypdf.PdfReader | None, index: int, limits: Limits, reading: _Reading
) -> str | None:
    if first is None:
        return None
    try:
        with budget.at_most(limits.one_page_seconds):
            return first.pages[index].extract_text()
    except budget.OutOfTime:
        reading.slow.append(index + 1)
    except Exception:  # noqa: BLE001 - pypdf raises anything on damaged pages; PDFium may read it
        return None
    return None


def _better(text: str, spare: str) -> bool:
    """Say whether PDFium's text of a page is taken instead of pypdf's.

    It is when it has twice the readable letters (so also when pypdf gives none), when pypdf gives
    names of glyphs instead of letters, when it has the same letters in more words (pypdf ran some
    together), and when it has the same letters where pypdf gives Arabic in printed shapes, whose
    words pypdf does not put in order.
    """
    ours, theirs = pdf_letters.letters_of(text), pdf_letters.letters_of(spare)
    readable = ours.total() - pdf_letters.unreadable(text)
    if theirs.total() - pdf_letters.unreadable(spare) > max(2 * readable, 0):
        return True
    if pdf_letters.glyph_names(text) >= _GLYPH_NAMES > pdf_letters.glyph_names(spare):
        return theirs.total() * 2 > ours.total()
    if pdf_letters.shared(ours, theirs) < _SAME_LETTERS or pdf_letters.has_shapes(spare):
        return False
    shaped = pdf_letters.has_shapes(text)
    return shaped or pdf_letters.words(spare) > pdf_letters.words(text) * _MORE_WORDS


def _judge(text: str, second: Pages | None, index: int, reading: _Reading) -> None:
    """Note a page that is a picture, or whose letters have no meaning."""
    letters = sum(letter.isalnum() for letter in text)
    if second is not None:
        mostly = 0 < letters < _HARDLY and second.picture_share(index) >= _COVERS
        if mostly or (not letters and second.shows_something(index)):
            reading.scanned.append(index + 1)
        if second.has_notes(index):
            reading.noted.append(index + 1)
    if pdf_letters.unreadable(text) > max(letters, 4) // 4:
        reading.garbled.append(index + 1)


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


def _put_together(reading: _Reading, count: int, title: str | None, warnings: list[str]) -> Draft:
    text = "\f".join(reading.pages)
    bounds, at = [], 0
    for page in reading.pages:
        bounds.append((at, at + len(page)))
        at += len(page) + 1
    reasons = _reasons(reading, count)
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


def _reasons(reading: _Reading, count: int) -> list[str]:
    found = []
    read_ = len(reading.pages)
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


def _notes(reading: _Reading) -> list[str]:
    found = []
    if reading.second:
        found.append(f"the text of {pages_in_words(reading.second)} is PDFium's reading")
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
