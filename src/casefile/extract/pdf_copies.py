"""A copy of a PDF with marks and notes written into it, for readers of other programs."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pypdf
from pypdf.annotations import Highlight, Rectangle, Text
from pypdf.generic import ArrayObject, FloatObject, NameObject, RectangleObject, TextStringObject

from casefile.extract import pdf_open
from casefile.extract.limits import Limits
from casefile.model.errors import CasefileError

# The five marks in the colours of the reader on paper.
COLOURS = ("f6ce62", "8fd0f9", "c6f3bc", "e2b5ac", "eaddff")
# The lines of the same marks: an outline in a fill's pale colour would hardly be seen.
LINES = ("8a6100", "0f5e99", "2b7a1f", "97402e", "6b4bb0")
_ICON = 18.0
_PASSWORD = "This PDF asks for its password before it can be copied."  # noqa: S105 - a sentence
_DAMAGED = "This PDF is too damaged to be copied with marks."


def marked(
    data: bytes, marks: Iterable[Mapping[str, Any]], limits: Limits, passwords: Sequence[str] = ()
) -> bytes:
    """Write marks into a copy; the pages stay as they are.

    A mark has `page` (from 1), `boxes` as fractions of the page picture, and may have `note`,
    `author` and `mark` (1 to 5); with `outline` its boxes are outlined. Raises CasefileError when the PDF cannot be written.
    """
    reader = pdf_open.by_pypdf(data, limits, passwords)
    if reader is None:
        asks = pdf_open.asks_for_password(data)
        raise CasefileError(_PASSWORD if asks else _DAMAGED)
    try:
        writer = pypdf.PdfWriter(clone_from=reader)
        for mark in marks:
            _add(writer, mark)
        out = io.BytesIO()
        writer.write(out)
    except Exception as error:
        raise CasefileError(_DAMAGED) from error
    return out.getvalue()


def _add(writer: pypdf.PdfWriter, mark: Mapping[str, Any]) -> None:
    page = writer.pages[mark["page"] - 1]
    boxes = [_on_page(page, box) for box in mark["boxes"]]
    if not boxes:
        return
    quads = ArrayObject()
    for left, bottom, right, top in boxes:
        quads.extend(FloatObject(n) for n in (left, top, right, top, left, bottom, right, bottom))
    around = RectangleObject(
        (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )
    )
    colour = COLOURS[(mark.get("mark") or 1) - 1]
    if mark.get("outline"):
        note: Highlight | Rectangle = Rectangle(rect=around)
        line = LINES[(mark.get("mark") or 1) - 1]
        note[NameObject("/C")] = ArrayObject(
            FloatObject(int(line[n : n + 2], 16) / 255) for n in (0, 2, 4)
        )
    else:
        note = Highlight(rect=around, quad_points=quads, highlight_color=colour, printing=True)
    said, author = mark.get("note") or "", mark.get("author") or ""
    if said:
        note[NameObject("/Contents")] = TextStringObject(said)
    if author:
        note[NameObject("/T")] = TextStringObject(author)
    writer.add_annotation(page, note)
    if said:
        _, _, right, top = boxes[0]
        icon = Text(rect=(right, top, right + _ICON, top + _ICON), text=said, open=False)
        if author:
            icon[NameObject("/T")] = TextStringObject(author)
        writer.add_annotation(page, icon)


def _on_page(page: pypdf.PageObject, box: Sequence[float]) -> tuple[float, float, float, float]:
    """Give left, bottom, right, top in the page's own units, as it lies before it is turned."""
    left, top, right, bottom = box
    turn = page.rotation % 360
    if turn == 90:
        left, top, right, bottom = top, 1 - right, bottom, 1 - left
    elif turn == 180:
        left, top, right, bottom = 1 - right, 1 - bottom, 1 - left, 1 - top
    elif turn == 270:
        left, top, right, bottom = 1 - bottom, left, 1 - top, right
    sheet = page.cropbox
    across, down = float(sheet.width), float(sheet.height)
    x, y = float(sheet.left), float(sheet.top)
    return x + left * across, y - bottom * down, x + right * across, y - top * down
