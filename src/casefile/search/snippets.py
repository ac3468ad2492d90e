"""The best passage of a record for a query, and every place to mark in the reader."""

import re
from collections.abc import Iterator, Sequence

from casefile.model.hit import Snippet, Sought
from casefile.model.text import hangs_on
from casefile.model.zone import Zone, page_at
from casefile.search.groups import FURNITURE, group
from casefile.search.marks import Mark, Span, find, merged

_SPACE = re.compile(r"[\s\x00-\x1f]")
_ELLIPSIS = "… "
_MOST_LOOKED_AT = 1000  # of one thing in one zone: enough to choose a passage from
_MOST_MARKS = 40  # in one snippet
_WORD_REACH = 30  # how far a cut moves to the next white space


def marks(
    text: str, sought: Sequence[Sought], zones: Sequence[Zone] = (), *, boilerplate: bool = False
) -> list[Span]:
    """Give every place that was sought as half-open ranges of code points, in order, not overlapping."""
    return merged(find(text, sought, zones, boilerplate=boilerplate))


def snippet(
    text: str,
    zones: Sequence[Zone],
    pages: Sequence[Span],
    sought: Sequence[Sought],
    *,
    boilerplate: bool = False,
    width: int = 200,
) -> Snippet:
    """Give the passage of about `width` code points that holds most of what was sought.

    Without any of it in the text the passage is the beginning, without marks. `why` says how it
    was found (see `reason`) and in which fields other than the body.
    """
    found = find(text, sought, zones, boilerplate=boilerplate, most=_MOST_LOOKED_AT)
    stretches = list(_stretches(text, zones))
    parts = [n if one.part is None else one.part for n, one in enumerate(sought)]
    best = _best(found, parts, (zones, stretches), width)
    if not best:
        return _beginning(text, zones, pages, stretches, width)
    first, last = best[0], best[-1]
    low, high = next(s for s in stretches if s[0] <= first.start < s[1])
    start, end = _cut(text, (first.start, last.end), (low, high), width)
    before = _ELLIPSIS if start > low else ""
    after = " …" if end < high else ""
    shift = len(before) - start
    inside = [mark for mark in found if start <= mark.start and mark.end <= end][:_MOST_MARKS]
    return Snippet(
        text=before + _SPACE.sub(" ", text[start:end]) + after,
        marks=tuple((a + shift, b + shift) for a, b in merged(inside)),
        start=start,
        page=page_at(pages, first.start),
        zone=zones[first.zone].kind if zones else "body",
        why=_why(inside, sought, zones),
    )


def _stretches(text: str, zones: Sequence[Zone]) -> Iterator[Span]:
    """Give runs of neighbouring zones of one group: a passage stays in one of them."""
    if not zones:
        yield 0, len(text)
        return
    start = 0
    for n, zone in enumerate(zones):
        if n + 1 == len(zones) or group(zones[n + 1].kind) != group(zone.kind):
            yield zones[start].start, zone.end
            start = n + 1


def _best(
    found: Sequence[Mark],
    parts: Sequence[int],
    layout: tuple[Sequence[Zone], Sequence[Span]],
    width: int,
) -> Sequence[Mark]:
    """Give the marks of the window with most different things, then most marks, then the first.

    A title is shown above the snippet anyway: its words come last among equals.
    """
    zones, stretches = layout
    best: tuple[int, bool, int, int] | None = None
    chosen: Sequence[Mark] = ()
    held: dict[int, int] = {}
    start = stretch = 0
    for end, mark in enumerate(found):
        while stretches[stretch][1] <= mark.start:
            stretch += 1
        part = parts[mark.sought]
        held[part] = held.get(part, 0) + 1
        low = max(stretches[stretch][0], mark.end - width)
        while found[start].start < low and start < end:
            gone = parts[found[start].sought]
            held[gone] -= 1
            if not held[gone]:
                del held[gone]
            start += 1
        in_title = bool(zones) and zones[mark.zone].kind == "headline"
        rank = (len(held), not in_title, min(end - start, _MOST_MARKS), -start)
        if best is None or rank[:3] > best[:3]:
            best, chosen = rank, found[start : end + 1]
    return chosen


def _cut(text: str, core: Span, bounds: Span, width: int) -> Span:
    """Widen a range to about `width` within bounds and move its ends to white space."""
    room = max(0, width - (core[1] - core[0]))
    start = max(bounds[0], core[0] - room // 2)
    end = min(bounds[1], start + max(width, core[1] - core[0]), core[1] + width)
    end = max(end, core[1])
    start = max(bounds[0], min(start, end - width)) if core[0] - start < room else start
    if start > bounds[0]:
        space = _SPACE.search(text, max(bounds[0], start - 1), min(core[0], start + _WORD_REACH))
        start = space.end() if space else start
        while start < core[0] and hangs_on(text[start]):
            start += 1
    if end < bounds[1]:
        end = _back_to_space(text, core[1], end)
    return start, end


def _back_to_space(text: str, least: int, end: int) -> int:
    for place in range(end, max(least, end - _WORD_REACH), -1):
        if text[place].isspace():
            return place
    while end > least and hangs_on(text[end]):
        end -= 1
    return end


def _beginning(
    text: str,
    zones: Sequence[Zone],
    pages: Sequence[Span],
    stretches: Sequence[Span],
    width: int,
) -> Snippet:
    """Give the first words of the body, or of whatever there is but page furniture."""
    shown = [zone for zone in zones if group(zone.kind) != FURNITURE]
    body = next((zone for zone in shown if group(zone.kind) == "body"), None)
    zone = body or next(iter(shown or zones), None)
    low = zone.start if zone else 0
    high = next((s[1] for s in stretches if s[0] <= low < s[1]), len(text))
    end = min(high, low + width)
    if end < high:
        end = _back_to_space(text, low, end)
    return Snippet(
        text=_SPACE.sub(" ", text[low:end]) + (" …" if end < high else ""),
        marks=(),
        start=low,
        page=page_at(pages, low),
        zone=zone.kind if zone else None,
    )


def _why(
    inside: Sequence[Mark], sought: Sequence[Sought], zones: Sequence[Zone]
) -> tuple[str, ...]:
    how = [reason(sought[mark.sought]) for mark in inside]
    where = [group(zones[mark.zone].kind) for mark in inside] if zones else []
    return tuple(dict.fromkeys([*how, *(field for field in where if field != "body")]))


def reason(one: Sought) -> str:
    """Say how something was found: exact, beginning, or the kind of spelling and how it is written."""
    if one.why:
        return f"{one.why}: {one.said}" if one.said else one.why
    return "fuzzy" if one.fuzzy else "beginning" if one.prefix else "exact"
