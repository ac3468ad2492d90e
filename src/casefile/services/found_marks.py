"""Marks and notes that a file brought along become marks of the case."""

import hashlib
from typing import Any

from casefile.model.annotation import Annotation, quote_selectors
from casefile.model.document import Box, FoundMark
from casefile.model.draft import Draft
from casefile.model.ids import new_id
from casefile.store import records
from casefile.store.writer import Writer

_USUAL = 1  # of the five marks: what somebody else's colour means is not known here


def put(w: Writer, source: str, sha256: str, draft: Draft) -> int:
    """Write the marks of a draft as annotations; gives how many are new.

    A mark on words has their quote; every mark has its page and its area on the page picture.
    Marks that an earlier reading of the same bytes brought are not written again.
    """
    if not draft.marks:
        return 0
    known = {
        (each.page, each.body, each.said_by, each.said_at, _area_of(each))
        for each in records.where(w, Annotation, source=source)
    }
    text_hash = hashlib.sha256(draft.text.encode()).hexdigest()
    count = 0
    for mark in draft.marks:
        selectors = _selectors(mark, draft)
        area = next((s["value"] for s in selectors if s["type"] == "FragmentSelector"), None)
        if (mark.page, mark.note, mark.author, mark.made, area) in known:
            continue
        count += 1
        w.put(
            Annotation,
            new_id(),
            source=source,
            object=sha256,
            text_hash=text_hash,
            selectors=selectors,
            motivation="commenting" if mark.note else "highlighting",
            body=mark.note,
            mark=_USUAL,
            anchor="exact",
            said_by=mark.author,
            said_at=mark.made,
        )
    return count


def _selectors(mark: FoundMark, draft: Draft) -> tuple[dict[str, Any], ...]:
    found: tuple[dict[str, Any], ...] = ({"type": "PageSelector", "page": mark.page},)
    if mark.end > mark.start:
        found = quote_selectors(draft.text, mark.start, mark.end, mark.page)
    if mark.boxes:
        found += ({"type": "FragmentSelector", "value": _percent(mark.boxes)},)
    return found


def _percent(boxes: tuple[Box, ...]) -> str:
    """Give the area around boxes as W3C media fragments write it."""
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    sides = (left, top, right - left, bottom - top)
    return "xywh=percent:" + ",".join(f"{100 * side:.3f}".rstrip("0").rstrip(".") for side in sides)


def _area_of(mark: Annotation) -> str | None:
    area = mark.selector("FragmentSelector").get("value")
    return area if isinstance(area, str) else None
