"""Pictures and letter boxes from originals, made in the same locked-down child."""

from typing import Any

import pypdfium2

from casefile.extract import gzipped, photo_pixels, photo_sample
from casefile.extract.limits import Limits
from casefile.extract.pdf_align import aligned
from casefile.extract.pdf_pages import Pages
from casefile.extract.pdf_sample import SAMPLE
from casefile.extract.protocol import Frame, picture_frame
from casefile.extract.sniff import GZIP, HEAD, sniff
from casefile.model.errors import CasefileError
from casefile.model.values import Picture


def warm() -> None:
    """Do each task once, so that nothing is loaded late."""
    limits = Limits()
    page_picture(SAMPLE, 1, 10, limits)
    page_boxes(SAMPLE, 1, "sample word")
    for photo in (photo_sample.JPEG, photo_sample.PNG):
        photo_pixels.scaled(photo, 10, 10, limits)


def perform(task: str, data: bytes, arguments: dict[str, Any], limits: Limits) -> Frame:
    """Do one task; raises CasefileError with a sentence when it cannot be done."""
    if sniff(data[:HEAD]) == GZIP:
        data = _unpacked(data, limits)
    if task == "page_picture":
        return picture_frame(page_picture(data, arguments["page"], arguments["width"], limits))
    if task == "page_boxes":
        return Frame({"answer": {"boxes": page_boxes(data, arguments["page"], arguments["text"])}})
    if task == "photo_picture":
        return picture_frame(photo_picture(data, arguments["width"], arguments["height"], limits))
    msg = f"There is no task {task}."
    raise CasefileError(msg)


def page_picture(data: bytes, page: int, width: int, limits: Limits) -> Picture:
    """Draw a page (from 1) so many pixels wide on white."""
    document = _document(data)
    sheet = document.page(page - 1)
    if sheet is None:
        msg = f"Page {page} cannot be drawn."
        raise CasefileError(msg)
    across, down = max(sheet.get_width(), 0.1), max(sheet.get_height(), 0.1)
    scale = min(max(width, 1) / across, (limits.picture_pixels / (across * down)) ** 0.5 * 0.99)
    drawn = sheet.render(scale=scale, rev_byteorder=True, force_bitmap_format=_BGRA)
    pixels = _rows(drawn)
    return Picture(drawn.width, drawn.height, pixels)


def page_boxes(data: bytes, page: int, text: str) -> list[tuple[float, float, float, float] | None]:
    """Give the box of each code point of the stored text of a page (from 1)."""
    return aligned(text, list(_document(data).letters(page - 1)))


def photo_picture(data: bytes, width: int, height: int, limits: Limits) -> Picture:
    """Draw a photo upright, no larger than that."""
    try:
        return photo_pixels.scaled(data, max(width, 1), max(height, 1), limits)
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


_BGRA = pypdfium2.raw.FPDFBitmap_BGRA


def _document(data: bytes) -> Pages:
    try:
        return Pages(data)
    except pypdfium2.PdfiumError as error:
        msg = "The PDF cannot be opened for drawing."
        raise CasefileError(msg) from error


def _rows(drawn: pypdfium2.PdfBitmap) -> bytes:
    """Give the pixels of a bitmap without the padding behind its rows."""
    data, row = bytes(drawn.buffer), drawn.width * 4
    if drawn.stride == row:
        return data[: row * drawn.height]
    return b"".join(
        data[at : at + row] for at in range(0, drawn.stride * drawn.height, drawn.stride)
    )
