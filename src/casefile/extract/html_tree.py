"""The tree of a page, and a second, independent count of its text."""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

import lxml.html
from lxml import etree

_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
# At most forty attributes of a thousand letters: a wrong quote costs no more than that.
_TAG_REST = re.compile(
    r"(?:[^<>\"']{0,400}(?:\"[^\"]{0,200000}\"|'[^']{0,200000}')){0,200}[^<>\"']{0,400}>"
)
Element = Any  # lxml's elements; its own types do not tell a comment from an element
_TAG_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9-]{0,30})")
# What lies in these is no text of the page.
DROPPED = frozenset(
    {
        "script",
        "style",
        "head",
        "title",
        "iframe",
        "frameset",
        "defs",
        "metadata",
        "desc",
        "math-tex",
    }
)
_RAW = frozenset({"script", "style", "title", "iframe", "template", "desc"})


def parse(markup: str) -> Element | None:
    """Build the tree of a page without limits of depth; None when there is no element at all."""
    return parse_all(markup)[0]


def parse_all(markup: str) -> tuple[Element | None, bool]:
    """Build the tree of a page as `parse` does; say as well whether the parser came to its end.

    It stops in silence where elements lie more than 2,048 deep in one another.
    """
    parser = etree.HTMLParser(huge_tree=True, encoding="utf-8", remove_pis=True)
    root = _parsed(markup, parser)
    stopped = any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
    return root, not stopped


def parse_for_libraries(markup: str) -> lxml.html.HtmlElement | None:
    """Build a second tree, of the kind that trafilatura and htmldate want, and may change."""
    parser = lxml.html.HTMLParser(huge_tree=True, encoding="utf-8", remove_pis=True)
    root: lxml.html.HtmlElement | None = _parsed(markup, parser)
    return root


def _parsed(markup: str, parser: Any) -> Any:
    data = _CONTROLS.sub(" ", markup).encode("utf-8", "replace")
    if not data.strip():
        return None
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        return None
    return root if root is not None and isinstance(root.tag, str) else None


def outside_tags(markup: str) -> Iterator[str]:
    """Give the text between tags, by reading the characters and nothing else.

    It knows no tree, so that it does not share the parser's limits.
    """
    at, size = 0, len(markup)
    missing: set[str] = set()
    while at < size:
        opening = markup.find("<", at)
        if opening < 0:
            opening = size
        words = html.unescape(" ".join(markup[at:opening].split())).replace("\u00ad", "")
        if words:
            yield words
        at = _after_tag(markup, opening, missing)


def count_letters(words: Iterable[str]) -> int:
    """Count what is not white space."""
    return sum(len("".join(part.split())) for part in words)


def _after_tag(markup: str, opening: int, missing: set[str]) -> int:
    """Give the place after a tag, a comment, or an element that holds no text of the page."""
    if markup.startswith("<!--", opening):
        return _after(markup, "-->", opening + 4, missing)
    name = _TAG_NAME.match(markup, opening + 1)
    if name is None:
        return opening + 1
    end = _end_of_tag(markup, name.end(), missing)
    if name[1].lower() not in _RAW or markup[opening + 1] == "/":
        return end
    closer = f"</{name[1]}"
    return _after(markup, ">", _after(markup, closer, end, missing), missing)


def _end_of_tag(markup: str, at: int, missing: set[str]) -> int:
    """Give the place after a tag's `>`; one that stands in a quoted value does not count."""
    whole = _TAG_REST.match(markup, at)
    return whole.end() if whole else _after(markup, ">", at, missing)


def _after(markup: str, closer: str, at: int, missing: set[str]) -> int:
    """Give the place after the next `closer`; where none follows, go on at once and remember it."""
    found = -1 if closer in missing else markup.find(closer, at)
    if found < 0:
        missing.add(closer)
        return at
    return found + len(closer)
