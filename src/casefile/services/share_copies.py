"""Copies of files to be given away: made in the locked-down child, without areas and metadata."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casefile.extract.protocol import copy_of, sheet_of
from casefile.jobs.progress import Progress
from casefile.model.area import Area
from casefile.model.page_letters import Box, Letters
from casefile.report import picture_pdf
from casefile.report.picture_pdf import Sheet
from casefile.services.desk import Desk
from casefile.services.disclosing import Share
from casefile.services.reading import original_file, page_boxes
from casefile.strings import tr

DOTS: Final = 130  # an inch of a page
_PAD: Final = 0.12  # of a line's height, around removed words
_SHAPE: Final = 2**0.5
_ALL: Final = ((0.0, 0.0, 1.0, 1.0),)


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that was made; `blank` are pages taken out as a whole."""

    media_type: str
    blank: tuple[int, ...] = ()


def make(
    desk: Desk, share: Share, areas: Sequence[Area], file: Path, progress: Progress
) -> Copy | None:
    """Write the copy of a source to a new file; None where only its text goes along."""
    if share.form == "photo":
        boxes = [list(area.box) for area in areas]
        original = original_file(desk, share.source)
        form, body = desk.extractor.derive(original, "share_photo", {"areas": boxes}, copy_of)
        file.write_bytes(body)
        return Copy(form)
    if share.form == "pages" and share.before is not None and share.before.pages:
        blank: list[int] = []
        with file.open("xb") as out:
            picture_pdf.write(out, _sheets(desk, share, areas, blank, progress))
        return Copy("application/pdf", tuple(blank))
    return None


def _sheets(
    desk: Desk, share: Share, areas: Sequence[Area], blank: list[int], progress: Progress
) -> Iterator[Sheet]:
    original = original_file(desk, share.source)
    pages = share.before.pages if share.before else ()
    for page in range(1, len(pages) + 1):
        progress.at(page - 1, len(pages), tr("Drawing pages"))
        boxes = removed_on(desk, share, page)
        if boxes is None:
            blank.append(page)
            boxes = list(_ALL)
        boxes += [area.box for area in areas if area.page in (page, None)]
        told = {"page": page, "dots": DOTS, "areas": [list(box) for box in boxes]}
        yield Sheet(
            *desk.extractor.derive(
                original, "share_page", told, lambda f: sheet_of(f, desk.extractor.limits)
            )
        )


def removed_on(desk: Desk, share: Share, page: int) -> list[Box] | None:
    """Give the boxes of what was taken out of a page's words; None where one has no known place."""
    if share.before is None or share.after is None:
        return []
    start, end = share.before.pages[page - 1]
    ranges = [(r.start, r.end) for r in share.after.removals if r.start < end and r.end > start]
    if not ranges:
        return []
    letters = Letters(page_boxes(desk, share.source, page).boxes, start, _SHAPE)
    found: list[Box] = []
    for first, last in ranges:
        for at in range(max(first, start), min(last, end)):
            if share.before.text[at].isalnum() and letters.boxes[at - start] is None:
                return None
        found += [_padded(box) for box in letters.lines(first, last)]
    return found


def _padded(box: Box) -> Box:
    left, top, right, bottom = box
    pad = (bottom - top) * _PAD
    return (
        max(left - pad, 0.0),
        max(top - pad, 0.0),
        min(right + pad, 1.0),
        min(bottom + pad, 1.0),
    )
