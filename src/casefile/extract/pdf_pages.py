"""A PDF through PDFium: the second reading of its text, where letters stand, pictures of pages."""

import ctypes
import itertools
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

from casefile.extract.pdf_strings import of_bytes
from casefile.model.document import Box

# It tells of oddities and of forms that it cannot run; nobody in the child reads that.
logging.getLogger("pypdfium2").setLevel(logging.CRITICAL)

_MOST_LETTERS = 200_000
# A page picture so large that whole numbers are as good as fractions.
_FINE = 65536
_SPAN = 1000.0  # points of a page between those that its map is made from
# A small picture is enough to see whether a page is empty; paper is not always quite white.
_GLANCE, _INK = 300, 240
_MOST_NOTES = 2_000
_BOXES = (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON)
_FIELDS = (
    *(raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX),
)
_SECRET = 1 << 13  # the flag of a field for passwords
_YES = "yes"
# Arabic letters that join the one before them and never the one after.
_LAST_ONLY = frozenset(
    "\u0622\u0623\u0624\u0625\u0627\u0629\u062f\u0630\u0631\u0632\u0648\u0649\u0698"
)
_TURNED = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]").match


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with its box as fractions of the page picture: left, top, right, bottom."""

    text: str
    box: Box | None


@dataclass(frozen=True, slots=True)
class Filled:
    """A form field: what it is called, what was filled in, and its box."""

    name: str
    value: str
    box: Box


class Pages:
    """The pages of one PDF; a page that cannot be loaded gives nothing instead of failing."""

    def __init__(self, data: bytes, password: str | None = None) -> None:
        """Open it; raises pypdfium2.PdfiumError when there is no document in the bytes."""
        self.document = pypdfium2.PdfDocument(data, password=password)
        self._forms()

    def __len__(self) -> int:
        return len(self.document)

    def _forms(self) -> None:
        """Have the fields of a form drawn and their values known; a damaged form has neither."""
        try:
            self.document.init_forms()
        except pypdfium2.PdfiumError:
            return

    def page(self, index: int) -> pypdfium2.PdfPage | None:
        """Load one page (from 0)."""
        try:
            return self.document[index]
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

    def filled(self, index: int) -> list[Filled]:
        """Give what was filled into the form fields of a page (from 0)."""
        page = self.page(index) if self.document.formenv else None
        if page is None:
            return []
        try:
            return list(_filled(self.document.formenv, page))
        finally:
            page.close()

    def unturned(self, index: int) -> str:
        """Give the text of a page (from 0) with ligatures of right-to-left words in order.

        PDFium turns the letters that one sign stands for as it turns those of a whole word; they
        are known by their boxes, which are one.
        """
        page = self.page(index)
        if page is None:
            return ""
        try:
            return _in_order(page.get_textpage())
        finally:
            page.close()

    def letters(self, index: int) -> Iterator[Letter]:
        """Give the letters of a page (from 0) in PDFium's order with their boxes."""
        page = self.page(index)
        if page is None:
            return
        try:
            yield from _letters(page)
            if self.document.formenv:
                for each in _filled(self.document.formenv, page):
                    yield from _spread(each)
        finally:
            page.close()


def _spread(filled: Filled) -> Iterator[Letter]:
    """Give the letters of a field with the share of its box that each has."""
    left, top, right, bottom = filled.box
    step = (right - left) / max(len(filled.value), 1)
    for at, letter in enumerate(filled.value):
        yield Letter(letter, (left + at * step, top, left + (at + 1) * step, bottom))


def annotations(page: pypdfium2.PdfPage) -> Iterator[Any]:
    """Give the raw annotations of a page; each is closed when the next is asked for."""
    for at in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        note = raw.FPDFPage_GetAnnot(page, at)
        if not note:
            continue
        try:
            yield note
        finally:
            raw.FPDFPage_CloseAnnot(note)


def box_of(page: pypdfium2.PdfPage, note: Any) -> Box | None:
    """Give the box of an annotation, None when it is not on the page."""
    sides = raw.FS_RECTF()
    if not raw.FPDFAnnot_GetRect(note, ctypes.byref(sides)):
        return None
    return inside(page, sides.left, sides.top, sides.right, sides.bottom)


def _filled(form: Any, page: pypdfium2.PdfPage) -> Iterator[Filled]:
    met: set[tuple[str, str]] = set()
    for note in annotations(page):
        if raw.FPDFAnnot_GetSubtype(note) != raw.FPDF_ANNOT_WIDGET:
            continue
        name, value = _name_and_value(form, note)
        box = box_of(page, note)
        if value and box is not None and (name, value) not in met:
            met.add((name, value))
            yield Filled(name, value, box)


def _name_and_value(form: Any, note: Any) -> tuple[str, str]:
    """Give what a field is called and what was filled in; nothing for one that shows nothing."""
    kind = raw.FPDFAnnot_GetFormFieldType(form, note)
    secret = raw.FPDFAnnot_GetFormFieldFlags(form, note) & _SECRET
    name = value = ""
    if kind in _BOXES:
        value = _YES if raw.FPDFAnnot_IsChecked(form, note) else ""
    elif kind in _FIELDS and not secret:
        value = of_bytes(lambda room, size: raw.FPDFAnnot_GetFormFieldValue(form, note, room, size))
    if value:
        name = of_bytes(
            lambda room, size: raw.FPDFAnnot_GetFormFieldAlternateName(form, note, room, size)
        ) or of_bytes(lambda room, size: raw.FPDFAnnot_GetFormFieldName(form, note, room, size))
    return " ".join(name.split())[:200], value


def _in_order(words: Any) -> str:
    """Give the letters of a page; right-to-left ones that share a sign in the order of reading.

    Letters in one sign are joined, and some letters never join what follows: where more signs
    begin than end with such a letter, the letters of each sign stand in reverse.
    """
    signs: list[str] = []
    last: tuple[float, ...] | None = None
    for at in range(min(words.count_chars(), _MOST_LETTERS)):
        letter = _letter(raw.FPDFText_GetUnicode(words, at))
        box = _sides(words, at) if _TURNED(letter) else None
        if box is not None and box == last:
            signs[-1] += letter
        else:
            signs.append(letter)
        last = box
    several = [sign for sign in signs if len(sign) > 1]
    turned = sum(_joins_not(sign[0]) - _joins_not(sign[-1]) for sign in several) > 0
    return "".join(sign[::-1] if turned else sign for sign in signs)


def _joins_not(letter: str) -> bool:
    return letter in _LAST_ONLY


def _sides(words: Any, at: int) -> tuple[float, ...] | None:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not raw.FPDFText_GetCharBox(words, at, *map(ctypes.byref, (left, right, bottom, top))):
        return None
    return left.value, right.value, bottom.value, top.value


def _letter(code: int) -> str:
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _area(bounds: tuple[float, float, float, float]) -> float:
    left, bottom, right, top = bounds
    return abs(right - left) * abs(top - bottom)


def _letters(page: pypdfium2.PdfPage) -> Iterator[Letter]:
    words, sheet = page.get_textpage(), _Sheet.of(page)
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
        yield Letter(_letter(code), _box(sheet, words, at))


class _Sheet(NamedTuple):
    """How points of a page become fractions of its picture: a map that keeps lines straight.

    Asking PDFium for the place of every corner of every letter took most of the time of a page.
    """

    x: tuple[float, float, float]
    y: tuple[float, float, float]

    @classmethod
    def of(cls, page: pypdfium2.PdfPage) -> "_Sheet":
        (x0, y0), (x1, y1), (x2, y2) = (
            _place(page, *point) for point in ((0, 0), (_SPAN, 0), (0, _SPAN))
        )
        return cls(
            ((x1 - x0) / _SPAN, (x2 - x0) / _SPAN, x0), ((y1 - y0) / _SPAN, (y2 - y0) / _SPAN, y0)
        )

    def inside(self, left: float, top: float, right: float, bottom: float) -> Box | None:
        """Give the part of a box that is on the page; None when nothing of it is."""
        (a, b, c), (d, e, f) = self
        x0, x1 = a * left + b * top + c, a * right + b * bottom + c
        y0, y1 = d * left + e * top + f, d * right + e * bottom + f
        return _cut(x0, y0, x1, y1)


def _cut(x0: float, y0: float, x1: float, y1: float) -> Box | None:
    (x0, x1), (y0, y1) = (
        sorted((min(max(one, 0.0), 1.0), min(max(other, 0.0), 1.0)))
        for one, other in ((x0, x1), (y0, y1))
    )
    return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None


def _box(sheet: _Sheet, words: Any, at: int) -> Box | None:
    """Give the box of a letter: as high as its line, or its ink where the font has no height."""
    loose = raw.FS_RECTF()
    if raw.FPDFText_GetLooseCharBox(words, at, ctypes.byref(loose)):
        box = sheet.inside(loose.left, loose.top, loose.right, loose.bottom)
        if box is not None:
            return box
    sides = _sides(words, at)
    if sides is None:
        return None
    left, right, bottom, top = sides
    return sheet.inside(left, top, right, bottom)


def _place(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    """Give a point of the page as fractions of its picture, rotated and cropped as PDFium does."""
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(
        page, 0, 0, _FINE, _FINE, 0, x, y, ctypes.byref(across), ctypes.byref(down)
    )
    return across.value / _FINE, down.value / _FINE


def inside(
    page: pypdfium2.PdfPage, left: float, top: float, right: float, bottom: float
) -> Box | None:
    """Give the part of a box that is on the page; None when nothing of it is."""
    return _cut(*_place(page, left, top), *_place(page, right, bottom))
