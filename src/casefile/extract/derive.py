"""Pictures, letter boxes and copies from originals, made in the same locked-down child."""

from collections.abc import Callable
from typing import Any, TypeVar

import pypdfium2

from casefile.extract import (
    gzipped,
    pdf_copies,
    pdf_open,
    photo_copies,
    photo_pixels,
    photo_sample,
    share_copies,
)
from casefile.extract.context import Context
from casefile.extract.limits import Limits
from casefile.extract.pdf_align import aligned
from casefile.extract.pdf_pages import Pages
from casefile.extract.pdf_sample import SAMPLE
from casefile.extract.photo_copies import Part
from casefile.extract.protocol import Frame, picture_frame
from casefile.extract.sniff import GZIP, HEAD, PDF, sniff
from casefile.model.document import Box
from casefile.model.errors import CasefileError
from casefile.model.values import Picture

_BGRA = pypdfium2.raw.FPDFBitmap_BGRA
_POINTS = 72  # of a PDF in an inch
_LEAST, _MOST = 36.0, 300.0

_T = TypeVar("_T")


def warm() -> None:
    """Do each task once, so that nothing is loaded late."""
    mark = {"page": 1, "boxes": [[0.1, 0.1, 0.2, 0.2]], "note": "a", "author": "b", "mark": 1}
    pdfs: dict[str, dict[str, Any]] = {
        "page_picture": {"page": 1, "width": 10},
        "page_boxes": {"page": 1, "text": "sample word"},
        "scan": {"page": 1, "dots": 40},
        "marked_pdf": {"marks": [mark]},
        "share_page": {"page": 1, "dots": 40, "areas": [[0.1, 0.1, 0.2, 0.2]]},
    }
    photos: dict[str, dict[str, Any]] = {
        "photo_picture": {"width": 10, "height": 10},
        "photo_part": {"box": [0, 0, 1, 1], "width": 10, "height": 10},
        "bare_photo": {},
        "share_photo": {"areas": [[0.1, 0.1, 0.2, 0.2]]},
        "scan": {"page": 1, "dots": 40},
    }
    for task, arguments in pdfs.items():
        perform(task, SAMPLE, Context("sample", arguments))
    for photo in (photo_sample.JPEG, photo_sample.PNG):
        for task, arguments in photos.items():
            perform(task, photo, Context("sample", arguments))


def perform(task: str, data: bytes, context: Context) -> Frame:
    """Do one task; raises CasefileError with a sentence when it cannot be done."""
    if sniff(data[:HEAD]) == GZIP:
        data = _unpacked(data, context.limits)
    work = _TASKS.get(task)
    if work is None:
        msg = f"There is no task {task}."
        raise CasefileError(msg)
    return work(data, context)


def page_picture(data: bytes, context: Context, page: int, width: int) -> Picture:
    """Draw a page (from 1) so many pixels wide on white."""
    sheet, scale = _sheet(data, context, page, lambda across: max(width, 1) / across)
    drawn = sheet.render(scale=scale, rev_byteorder=True, force_bitmap_format=_BGRA)
    return Picture(drawn.width, drawn.height, _rows(drawn, 4))


def page_boxes(data: bytes, context: Context, page: int, text: str) -> list[Box | None]:
    """Give the box of each code point of the stored text of a page (from 1)."""
    return aligned(text, list(_document(data, context).letters(page - 1)))


def scan(data: bytes, context: Context, page: int, dots: int) -> tuple[int, int, bytes]:
    """Draw a page or a photo in greys, for the recognition of letters: width, height, a byte a dot.

    A page has so many dots an inch; a photo has its own.
    """
    if sniff(data[:HEAD]) != PDF:
        return _photo(lambda: photo_copies.greys(data, context.limits))
    fine = min(max(float(dots), _LEAST), _MOST)
    sheet, scale = _sheet(data, context, page, lambda _across: fine / _POINTS)
    drawn = sheet.render(scale=scale, grayscale=True)
    return drawn.width, drawn.height, _rows(drawn, 1)


def photo_picture(data: bytes, width: int, height: int, limits: Limits) -> Picture:
    """Draw a photo upright, no larger than that."""
    return _photo(lambda: photo_pixels.scaled(data, max(width, 1), max(height, 1), limits))


def _boxes(data: bytes, context: Context) -> Frame:
    with_ = context.parameters
    return Frame({"answer": {"boxes": page_boxes(data, context, with_["page"], with_["text"])}})


def _scan(data: bytes, context: Context) -> Frame:
    with_ = context.parameters
    width, height, greys = scan(data, context, with_["page"], with_["dots"])
    return Frame({"answer": {"width": width, "height": height}}, greys)


def _page(data: bytes, context: Context) -> Frame:
    with_ = context.parameters
    return picture_frame(page_picture(data, context, with_["page"], with_["width"]))


def _whole_photo(data: bytes, context: Context) -> Frame:
    with_ = context.parameters
    return picture_frame(photo_picture(data, with_["width"], with_["height"], context.limits))


def _part(data: bytes, context: Context) -> Frame:
    with_ = context.parameters
    left, top, right, bottom = with_["box"]
    wanted = Part(left, top, right, bottom, with_["width"], with_["height"])
    return picture_frame(_photo(lambda: photo_copies.part(data, wanted, context.limits)))


def _bare(data: bytes, context: Context) -> Frame:
    form, copy = _photo(lambda: photo_copies.bare(data, context.limits))
    return Frame({"answer": {"media_type": form}}, copy)


def _marked(data: bytes, context: Context) -> Frame:
    copy = pdf_copies.marked(data, context.parameters["marks"], context.limits, context.passwords)
    return Frame({"answer": {"media_type": PDF.media_type}}, copy)


def _share_photo(data: bytes, context: Context) -> Frame:
    areas = context.parameters["areas"]
    form, copy = _photo(lambda: share_copies.photo(data, areas, context.limits))
    return Frame({"answer": {"media_type": form}}, copy)


def _share_page(data: bytes, context: Context) -> Frame:
    with_ = context.parameters
    fine = min(max(float(with_["dots"]), _LEAST), _MOST)
    sheet, scale = _sheet(data, context, with_["page"], lambda _across: fine / _POINTS)
    width, height, copy = share_copies.page(sheet, scale, with_["areas"])
    paper = {"across": sheet.get_width(), "down": sheet.get_height()}
    told = {"media_type": "image/jpeg", "width": width, "height": height, **paper}
    return Frame({"answer": told}, copy)


_TASKS: dict[str, Callable[[bytes, Context], Frame]] = {
    "page_picture": _page,
    "page_boxes": _boxes,
    "scan": _scan,
    "photo_picture": _whole_photo,
    "photo_part": _part,
    "bare_photo": _bare,
    "marked_pdf": _marked,
    "share_photo": _share_photo,
    "share_page": _share_page,
}


def _photo(draw: Callable[[], _T]) -> _T:
    try:
        return draw()
    except photo_pixels.TooManyPixels as error:
        msg = "The picture has too many pixels to be drawn."
        raise CasefileError(msg) from error
    except (OSError, ValueError, SyntaxError, TypeError) as error:
        msg = "The picture is damaged and cannot be drawn."
        raise CasefileError(msg) from error


def _unpacked(data: bytes, limits: Limits) -> bytes:
    try:
        return gzipped.unpack(data, limits)[0]
    except (gzipped.Bomb, ValueError) as error:
        msg = "What the gzip file holds cannot be unpacked."
        raise CasefileError(msg) from error


_last: list[tuple[bytes, Pages]] = []  # the one file of a reader that stays


def _document(data: bytes, context: Context) -> Pages:
    if _last and _last[0][0] is data:
        return _last[0][1]
    document = pdf_open.by_pdfium(data, context.passwords)
    if document is None:
        msg = "The PDF cannot be opened for drawing."
        if pdf_open.asks_for_password(data):
            msg = "This PDF asks for its password before its pages can be drawn."
        raise CasefileError(msg)
    _last[:] = [(data, document)]
    return document


def _sheet(
    data: bytes, context: Context, page: int, wanted: Callable[[float], float]
) -> tuple[pypdfium2.PdfPage, float]:
    """Give a page (from 1) and a scale that keeps its picture within the limits."""
    sheet = _document(data, context).page(page - 1)
    if sheet is None:
        msg = f"Page {page} cannot be drawn."
        raise CasefileError(msg)
    across, down = max(sheet.get_width(), 0.1), max(sheet.get_height(), 0.1)
    most = (context.limits.picture_pixels / (across * down)) ** 0.5 * 0.99
    return sheet, min(wanted(across), most)


def _rows(drawn: pypdfium2.PdfBitmap, depth: int) -> bytes:
    """Give the pixels of a bitmap without the padding behind its rows."""
    data, row = bytes(drawn.buffer), drawn.width * depth
    if drawn.stride == row:
        return data[: row * drawn.height]
    return b"".join(
        data[at : at + row] for at in range(0, drawn.stride * drawn.height, drawn.stride)
    )
