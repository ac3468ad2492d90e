"""A PDF through PDFium: the second reading of its text, where letters stand, pictures of pages."""

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdfium2 import raw

Box = tuple[float, float, float, float]
_MOST_LETTERS = 200_000
# A page picture so large that whole numbers are as good as fractions.
_FINE = 65536
# A small picture is enough to see whether a page is empty; paper is not always quite white.
_GLANCE, _INK = 300, 240


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with its box as fractions of the page picture: left, top, right, bottom."""

    text: str
    box: Box | None


class Pages:
    """The pages of one PDF; a page that cannot be loaded gives nothing instead of failing."""

    def __init__(self, data: bytes) -> None:
        """Open it; raises pypdfium2.PdfiumError when there is no document in the bytes."""
        self._document = pypdfium2.PdfDocument(data)

    def __len__(self) -> int:
        return len(self._document)

    def page(self, index: int) -> pypdfium2.PdfPage | None:
        """Load one page (from 0)."""
        try:
            return self._document[index]
        except (pypdfium2.PdfiumError, IndexError):
            return None

    def text(self, index: int) -> str | None:
        """Give the text of a page (from 0), or None when there is no reading it."""
        page = self.page(index)
        if page is None:
            return None
        try:
            words = page.get_textpage().get_text_range()
        except (pypdfium2.PdfiumError, ValueError, UnicodeError):
            return None
        finally:
            page.close()
        return str(words)

    def picture_share(self, index: int) -> float:
        """Give the share of a page (from 0) that its largest picture covers, 0 without one."""
        page = self.page(index)
        if page is None:
            return 0.0
        try:
            left, bottom, right, top = page.get_bbox()
            whole = max(abs(right - left) * abs(top - bottom), 1.0)
            images = page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4)
            sizes = [_area(image.get_bounds()) for image in itertools.islice(images, 500)]
        except (pypdfium2.PdfiumError, ValueError):
            return 0.0
        finally:
            page.close()
        return float(min(max(sizes, default=0.0) / whole, 1.0))

    def shows_something(self, index: int) -> bool:
        """Say whether there is anything to be seen on a page (from 0)."""
        page = self.page(index)
        if page is None:
            return False
        try:
            scale = _GLANCE / max(page.get_width(), page.get_height(), 1.0)
            drawn = page.render(scale=scale, grayscale=True)
            rows = bytes(drawn.buffer)
            return any(
                min(rows[at : at + drawn.width], default=255) < _INK
                for at in range(0, drawn.stride * drawn.height, drawn.stride)
            )
        except (pypdfium2.PdfiumError, ValueError, MemoryError):
            return False
        finally:
            page.close()

    def has_notes(self, index: int) -> bool:
        """Say whether words were put onto a page (from 0) as comments or text boxes."""
        page = self.page(index)
        if page is None:
            return False
        try:
            return any(
                _is_note(page, at) for at in range(min(raw.FPDFPage_GetAnnotCount(page), 50))
            )
        finally:
            page.close()

    def letters(self, index: int) -> Iterator[Letter]:
        """Give the letters of a page (from 0) in PDFium's order with their boxes."""
        page = self.page(index)
        if page is None:
            return
        try:
            yield from _letters(page)
        finally:
            page.close()


def _is_note(page: pypdfium2.PdfPage, at: int) -> bool:
    note = raw.FPDFPage_GetAnnot(page, at)
    if not note:
        return False
    kind = raw.FPDFAnnot_GetSubtype(note)
    raw.FPDFPage_CloseAnnot(note)
    return kind in (raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT)


def _area(bounds: tuple[float, float, float, float]) -> float:
    left, bottom, right, top = bounds
    return abs(right - left) * abs(top - bottom)


def _letters(page: pypdfium2.PdfPage) -> Iterator[Letter]:
    words = page.get_textpage()
    high = 0
    for at in range(min(words.count_chars(), _MOST_LETTERS)):
        code = raw.FPDFText_GetUnicode(words, at)
        if 0xD800 <= code < 0xDC00:
            # A letter beyond the first plane comes in two halves, each with the same box.
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + (high - 0xD800) * 0x400 + code - 0xDC00
        high = 0
        text = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        yield Letter(text, _box(page, words, at))


def _box(page: pypdfium2.PdfPage, words: Any, at: int) -> Box | None:
    """Give the box of a letter: as high as its line, or its ink where the font has no height."""
    loose = raw.FS_RECTF()
    if raw.FPDFText_GetLooseCharBox(words, at, ctypes.byref(loose)):
        box = _inside(page, loose.left, loose.top, loose.right, loose.bottom)
        if box is not None:
            return box
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    sides = map(ctypes.byref, (left, right, bottom, top))
    if not raw.FPDFText_GetCharBox(words, at, *sides):
        return None
    return _inside(page, left.value, top.value, right.value, bottom.value)


def _place(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    """Give a point of the page as fractions of its picture, rotated and cropped as PDFium does."""
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(
        page, 0, 0, _FINE, _FINE, 0, x, y, ctypes.byref(across), ctypes.byref(down)
    )
    return across.value / _FINE, down.value / _FINE


def _inside(
    page: pypdfium2.PdfPage, left: float, top: float, right: float, bottom: float
) -> Box | None:
    """Give the part of a box that is on the page; None when nothing of it is."""
    one, other = _place(page, left, top), _place(page, right, bottom)
    (x0, x1), (y0, y1) = (
        sorted(min(max(value, 0.0), 1.0) for value in pair) for pair in zip(one, other, strict=True)
    )
    return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None
