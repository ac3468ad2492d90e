"""The day a page was published, and where the page says so."""

import re
from datetime import datetime

import htmldate
import lxml.html
from lxml import etree

from casefile.extract.article_dates import day_of, day_value
from casefile.extract.html_blocks import Element
from casefile.extract.metadata import Facts
from casefile.model.values import DateValue

# Fixed days: an answer must not depend on the day of reading.
_EARLIEST = datetime(1994, 1, 1)  # noqa: DTZ001 - htmldate compares naive days
_LATEST = datetime(2100, 1, 1)  # noqa: DTZ001
_TIME_LABEL = re.compile(
    r"publi|pubdate|posted|created|entry-date|article.?date|date", re.IGNORECASE
)
_UPDATED = re.compile(r"modif|updat|aktualis", re.IGNORECASE)


def find_published(
    root: Element, spare: lxml.html.HtmlElement, facts: Facts, printed: DateValue | None
) -> tuple[DateValue | None, str | None]:
    """Give the day of publication and where it was read; (None, None) when the page gives none.

    `printed` is the date printed beside the headline; its words are kept where the days agree.
    `spare` is a second tree of the page, which htmldate may change.
    """
    for words, where in facts.published:
        day = day_of(words)
        if day is not None:
            value = day_value(words, day)
            return (printed if printed and printed.edtf == value.edtf else value), where
    marked = _time_elements(root)
    if marked is not None:
        return marked, "time element"
    if printed is not None and printed.edtf:
        return printed, "beside the headline"
    return _searched(spare, facts)


def _time_elements(root: Element) -> DateValue | None:
    """Give the day of the first `time` element or itemprop that says it is the publication."""
    for element in root.iter("time", "span", "abbr", "meta"):
        if not _says_published(element):
            continue
        stamp = element.get("datetime") or element.get("content") or ""
        day = day_of(stamp)
        if day is not None:
            words = " ".join("".join(element.itertext()).split())
            return day_value(words or stamp, day)
    return None


def _says_published(element: Element) -> bool:
    label = f"{element.get('class', '')} {element.get('itemprop', '')}"
    if "datePublished" in label or "pubdate" in element.attrib:
        return True
    return bool(element.tag == "time" and _TIME_LABEL.search(label) and not _UPDATED.search(label))


def _searched(spare: lxml.html.HtmlElement, facts: Facts) -> tuple[DateValue | None, str | None]:
    try:
        found = htmldate.find_date(
            spare,
            original_date=True,
            extensive_search=True,
            url=facts.canonical or facts.url,
            min_date=_EARLIEST,
            max_date=_LATEST,
        )
    except (etree.LxmlError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return None, None
    day = day_of(found) if found else None
    # It gives the first of January where it found no more than a year.
    if day is None or (day.month, day.day) == (1, 1):
        return None, None
    return day_value(day.isoformat(), day), "htmldate"
