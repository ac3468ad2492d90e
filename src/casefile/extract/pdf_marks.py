"""Marks and notes that somebody put into a PDF, and the words that they stand on."""

import ctypes
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdfium2
from pypdfium2 import raw

from casefile.extract.pdf_align import aligned
from casefile.extract.pdf_pages import Pages, annotations, box_of, inside
from casefile.extract.pdf_strings import line, moment, of_bytes
from casefile.model.document import Box, FoundMark

_KINDS = {
    raw.FPDF_ANNOT_HIGHLIGHT: "highlight",
    raw.FPDF_ANNOT_UNDERLINE: "underline",
    raw.FPDF_ANNOT_SQUIGGLY: "underline",
    raw.FPDF_ANNOT_STRIKEOUT: "strike out",
    raw.FPDF_ANNOT_TEXT: "note",
    raw.FPDF_ANNOT_CARET: "note",
    raw.FPDF_ANNOT_FREETEXT: "text box",
    raw.FPDF_ANNOT_STAMP: "stamp",
    raw.FPDF_ANNOT_LINE: "drawing",
    raw.FPDF_ANNOT_SQUARE: "drawing",
    raw.FPDF_ANNOT_CIRCLE: "drawing",
    raw.FPDF_ANNOT_POLYGON: "drawing",
    raw.FPDF_ANNOT_POLYLINE: "drawing",
    raw.FPDF_ANNOT_INK: "drawing",
}
_ON_WORDS = ("highlight", "underline", "strike out")
_HIDDEN = 1 << 1
_MOST_QUADS = 500
_MOST_WORDS = 20_000
# So many code points between two marked ones belong to the mark, too: spaces, a lost letter.
_GAP = 3


def marks_on(pages: Pages, index: int, text: str) -> list[FoundMark]:
    """Give the marks on a page (from 0) with places in the text of that page."""
    page = pages.page(index)
    if page is None:
        return []
    try:
        found = list(_found(page, index + 1))
    finally:
        page.close()
    if not any(mark.kind in _ON_WORDS and mark.boxes for mark in found):
        return found
    places = aligned(text, list(pages.letters(index)))
    return [_on_words(mark, places) if mark.kind in _ON_WORDS else mark for mark in found]


def _found(page: pypdfium2.PdfPage, number: int) -> Iterator[FoundMark]:
    for note in annotations(page):
        kind = _KINDS.get(raw.FPDFAnnot_GetSubtype(note))
        if kind is None or raw.FPDFAnnot_GetFlags(note) & _HIDDEN:
            continue
        # What a reviewer ticked off ("accepted") is a mark on a mark, not on the page.
        if raw.FPDFAnnot_HasKey(note, b"StateModel"):
            continue
        words = _said(note, "Contents")[:_MOST_WORDS]
        if not words and kind not in _ON_WORDS:
            continue
        yield FoundMark(
            page=number,
            kind=kind,
            boxes=_boxes(page, note),
            note=words or None,
            author=line(_said(note, "T"), 200) or None,
            made=moment(_said(note, "CreationDate")) or moment(_said(note, "M")),
        )


def _said(note: Any, key: str) -> str:
    name = key.encode()
    return of_bytes(lambda room, size: raw.FPDFAnnot_GetStringValue(note, name, room, size))


def _boxes(page: pypdfium2.PdfPage, note: Any) -> tuple[Box, ...]:
    """Give the boxes of the marked lines, or the one of the whole annotation.

    A reply stands where the note stands that it answers.
    """
    asked = raw.FPDFAnnot_GetLinkedAnnot(note, b"IRT")
    if asked:
        try:
            return _own_boxes(page, asked)
        finally:
            raw.FPDFPage_CloseAnnot(asked)
    return _own_boxes(page, note)


def _own_boxes(page: pypdfium2.PdfPage, note: Any) -> tuple[Box, ...]:
    found = []
    points = raw.FS_QUADPOINTSF()
    for at in range(min(raw.FPDFAnnot_CountAttachmentPoints(note), _MOST_QUADS)):
        if raw.FPDFAnnot_GetAttachmentPoints(note, at, ctypes.byref(points)):
            across = (points.x1, points.x2, points.x3, points.x4)
            up = (points.y1, points.y2, points.y3, points.y4)
            found.append(inside(page, min(across), max(up), max(across), min(up)))
    boxes = tuple(box for box in found if box is not None)
    if boxes:
        return boxes
    whole = box_of(page, note)
    return (whole,) if whole is not None else ()


def _on_words(mark: FoundMark, places: list[Box | None]) -> FoundMark:
    """Give the mark with the longest run of code points that stand in its boxes."""
    best, start, last = (0, 0), -1, -1
    for at, box in enumerate(places):
        if box is None or not _within(box, mark.boxes):
            continue
        if start < 0 or at - last > _GAP + 1:
            start = at
        last = at
        if last + 1 - start > best[1] - best[0]:
            best = (start, last + 1)
    return replace(mark, start=best[0], end=best[1])


def _within(box: Box, boxes: tuple[Box, ...]) -> bool:
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(
        left <= across <= right and top <= down <= bottom for left, top, right, bottom in boxes
    )
