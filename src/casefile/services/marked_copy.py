"""A copy of a PDF with this case's marks written into it; the original stays as it is."""

from pathlib import Path
from typing import Any

from casefile.model.errors import Refused
from casefile.model.page_letters import Letters
from casefile.model.view import MarkView, TextView
from casefile.services.desk import Desk
from casefile.services.reading import (
    marks,
    original_file,
    page_boxes,
    source,
    text,
    writing_out,
)
from casefile.strings import tr

_SHAPE = 2**0.5  # height by width of a usual sheet; only gaps between words depend on it


def write(desk: Desk, key: str, file: Path) -> int:
    """Write the copy to a file that does not exist yet; gives how many marks it bears.

    Marks whose words have no place on a page are left out. Refused for what is no PDF.
    """
    words = text(desk, key)
    if source(desk, key).source.kind != "pdf" or words is None:
        raise Refused(
            tr("Marks can be written into copies of PDFs only."),
            tr("A report shows the marks of every source."),
        )
    drawn = [each for each in _drawn(desk, key, words) if each["boxes"]]
    with writing_out(file):
        file.write_bytes(desk.extractor.marked_pdf(original_file(desk, key), drawn))
    return len(drawn)


def _drawn(desk: Desk, key: str, words: TextView) -> list[dict[str, Any]]:
    """Give the marks page by page as boxes."""
    letters: dict[int, Letters] = {}
    found = []
    for view in marks(desk, key):
        mark = view.annotation
        if mark.deleted:
            continue
        if area := mark.area:
            found.append(_said(view, area.page or 1, [area.box]) | {"outline": True})
        elif mark.span and mark.anchor in {"exact", "moved"}:
            for page, (start, end) in enumerate(words.pages, 1):
                if start < mark.span[1] and end > mark.span[0]:
                    if page not in letters:
                        boxes = page_boxes(desk, key, page).boxes
                        letters[page] = Letters(boxes, start, _SHAPE)
                    found.append(_said(view, page, letters[page].lines(*mark.span)))
    return found


def _said(
    view: MarkView, page: int, boxes: list[tuple[float, float, float, float]]
) -> dict[str, Any]:
    mark = view.annotation
    author = mark.said_by or view.by
    return {"page": page, "boxes": boxes, "note": mark.body, "author": author, "mark": mark.mark}
