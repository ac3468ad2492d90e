"""The day a page was published, and where the page says so."""

import re
from datetime import date, datetime

import lxml.html
from lxml import etree

from casefile.extract.article_dates import MONTHS, day_of, day_value
from casefile.extract.html_libraries import date_extractors, htmldate
from casefile.extract.html_tree import Element
from casefile.extract.metadata import Facts
from casefile.model.values import DateValue


def _exact_date(words: str) -> datetime | None:
    day = day_of(words)
    return None if day is None else datetime(day.year, day.month, day.day)  # noqa: DTZ001 - naive, as its caller compares


# The parser that htmldate falls back on asks for the clock and the time zone, loads three hundred
# files while it reads and takes seconds; ours knows exact dates and nothing else.
date_extractors._external_date = _exact_date  # type: ignore[assignment]  # noqa: SLF001 - there is no public door
date_extractors.month_words = lambda: frozenset(MONTHS)  # type: ignore[assignment]  # it was a cached function

# Fixed days: an answer must not depend on the day of reading.
_EARLIEST = datetime(1994, 1, 1)  # noqa: DTZ001 - htmldate compares naive days
_LATEST = datetime(2100, 1, 1)  # noqa: DTZ001 - as above
_TIME_LABEL = re.compile(
    r"publi|pubdate|posted|created|entry-date|article.?date|date", re.IGNORECASE
)
_NOON = 12
_UNIVERSAL = re.compile(r"(?P<hour>\d\d):?\d\d(?::?\d\d(?:\.\d+)?)?\s*(?:Z|\+00:?00|UTC|GMT)$")
_UPDATED = re.compile(r"modif|updat|aktualis", re.IGNORECASE)


def find_said(
    root: Element, facts: Facts, printed: DateValue | None
) -> tuple[DateValue | None, str | None]:
    """Give the day of publication that the page says and where; (None, None) when it says none.

    `printed` is the date printed beside the headline; its words are kept where the days agree.
    """
    for words, where in facts.published:
        day = day_of(words)
        if day is not None:
            value = day_value(words, day)
            if printed and _is_same_day(printed, value, words):
                return printed, where
            return value, where
    marked = _time_elements(root)
    if marked is not None:
        return marked, "time element"
    if printed is not None and printed.edtf:
        return printed, "beside the headline"
    return None, None


def _is_same_day(printed: DateValue, said: DateValue, stamp: str) -> bool:
    """Tell whether a printed day is the one of a time stamp, as it was where the page was made."""
    if printed.edtf is None or said.edtf is None or printed.edtf == said.edtf:
        return printed.edtf is not None and printed.edtf == said.edtf
    hour = _UNIVERSAL.search(stamp.strip())
    if hour is None:
        return False
    # West of Greenwich it was the day before; a later day may be that of a change.
    days = (date.fromisoformat(printed.edtf) - date.fromisoformat(said.edtf)).days
    return days == -1 and int(hour["hour"]) < _NOON


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


def search_published(
    spare: lxml.html.HtmlElement, facts: Facts
) -> tuple[DateValue | None, str | None]:
    """Search a page that does not say its date; `spare` is a tree that may be changed."""
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
