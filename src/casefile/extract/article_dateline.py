"""Datelines: the place, and sometimes day and agency, that open a report."""

import re
from dataclasses import dataclass

from casefile.extract.article_dates import Found, find_dates

# Such as KYIV, 3 April (Agency) — or Cairo (AP) – or МОСКВА, 3 апр — at the start.
_DASH = r"\s*[—–―]\s*|\s+-{1,2}\s+"
_PLACE = r"[^\W\d_][\w'’.\-]*(?:[ ,/،\-]+[^\W\d_][\w'’.\-]*){0,4}"
_OPENING = re.compile(
    rf"^(?P<place>{_PLACE}?)(?P<more>(?:\s*[,،]\s*[^()—–:]{{2,30}}?)?(?:\s*[(\[][^()\[\]]{{2,40}}[)\]])?)(?:{_DASH}|\s*:\s+(?=\S))"
)
_AGENCY_TAIL = re.compile(r"^[^.!?]{2,25}(?:[.:]\s+|\s+[—–-]\s+)")
_MOST = 90


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline at the beginning of a paragraph: where it ends, its place, its date if any."""

    end: int
    place: str
    date: Found | None


def split_dateline(text: str) -> Dateline | None:
    """Find the dateline that opens a paragraph; None when there is none.

    Conservative: the place is in capitals, or a bracket or a date follows it.
    """
    head = text[:_MOST]
    found = _OPENING.match(head)
    if found is None or len(text) - found.end() < 20:
        return None
    place, more = found["place"].strip(" ,،"), found["more"].strip()
    if ":" in found[0][-3:] and not more:
        return None
    date = next(find_dates(more), None) if more else None
    if not _is_place(place) or not (_shouts(place) or (more[-1:] in ")]" and more) or date):
        return None
    return Dateline(found.end(), place, date)


def _is_place(place: str) -> bool:
    words = [w for w in re.split(r"[ ,/،]+", place) if w]
    if not 1 <= len(words) <= 5:
        return False
    return all(w[:1].isupper() or w.lower() == w.upper() or len(w) <= 3 for w in words)


def _shouts(place: str) -> bool:
    """Tell whether the first word is in capitals, as agencies print a place."""
    first = re.split(r"[ ,/،]", place, maxsplit=1)[0].strip(".")
    return len(first) >= 3 and first.isupper() and first.lower() != first.upper()
