"""OpenDocument texts: every paragraph of the text, its notes and margins, by own walk."""

import re
from html import unescape
from typing import Any

from lxml import etree

from casefile.extract import language
from casefile.extract.context import Context
from casefile.extract.office import Collector, Paragraph, Parts, Written, draft_of, kind_of_style
from casefile.extract.office_sample import ODT
from casefile.extract.unknown import Unreadable
from casefile.model.draft import Draft

EXTRACTOR = "odt"
VERSION = "1"
MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
SAMPLES = (ODT,)
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_ROW = f"{_TABLE}table-row"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_MOST_SPACES = 1000
# What stands in the text and is none of it: what was deleted, the marks of notes, hidden rulers.
_LEFT_OUT = frozenset(
    {f"{_TEXT}tracked-changes", f"{_TEXT}note-citation", f"{_TEXT}sequence-decls"}
)
_TAG = re.compile(r"<[^<>]*>")
_PARAGRAPH_END = re.compile(r"</text:[ph]>|<text:line-break/>")
_DELETED = re.compile(r"<text:tracked-changes\b.*?</text:tracked-changes>", re.DOTALL)


def warm() -> None:
    """Load the language model."""
    language.warm()


def read(data: bytes, context: Context) -> Draft:
    """Read a document; what is deleted under tracked changes is left out, and said."""
    parts = Parts(data, context.limits)
    if b"encryption-data" in (parts.data("META-INF/manifest.xml") or b""):
        raise Unreadable("the document is locked with a password")
    root = parts.tree("content.xml")
    if root is None:
        raise Unreadable(parts.reason or "there is no text in the document")
    walk = _Walk(_parents(root))
    walk.read(root)
    bare = _bare(parts.read[-1][1])
    styles = parts.tree("styles.xml")
    if styles is not None:
        margins = _Walk({}, "boilerplate")
        for master in styles.iter(f"{_STYLE}header", f"{_STYLE}footer"):
            margins.read(master)
        walk.found.put(margins.found.done)
    deleted = root.find(f".//{_TEXT}tracked-changes//{_TEXT}deletion") is not None
    meta = parts.tree("meta.xml")
    return draft_of(
        Written(
            media_type=MEDIA_TYPE,
            extractor=EXTRACTOR,
            version=VERSION,
            paragraphs=walk.found.done,
            second=bare,
            title=_said(meta, f"{_DC}title"),
            authors=tuple(
                filter(
                    None, [_said(meta, f"{_META}initial-creator") or _said(meta, f"{_DC}creator")]
                )
            ),
            dated=_dated(meta),
            warnings=["words that were deleted with tracked changes are not shown"]
            if deleted
            else [],
            reason=parts.reason,
        ),
        context,
    )


def _said(meta: Any, tag: str) -> str | None:
    words = None if meta is None else meta.findtext(f".//{tag}")
    return words.strip() or None if words else None


def _dated(meta: Any) -> tuple[str, str] | None:
    made = _said(meta, f"{_META}creation-date")
    return (made, "document properties") if made else None


def _parents(root: Any) -> dict[str, str]:
    """Give the named style behind each automatic one."""
    return {
        style.get(f"{_STYLE}name", ""): style.get(f"{_STYLE}parent-style-name", "")
        for style in root.iter(f"{_STYLE}style")
    }


class _Walk:
    """One pass over a part; the paragraphs of a note come behind the one that they stand in."""

    def __init__(self, styles: dict[str, str], kind: str = "body") -> None:
        self._styles, self._kind = styles, kind
        self._open: list[tuple[Any, list[str]]] = []
        self._held: list[Paragraph] = []
        self._lists = self._comments = 0
        self.found = Collector()

    def read(self, root: Any) -> None:
        """Read the paragraphs below an element."""
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if not isinstance(element.tag, str):
                continue
            if event == "start":
                if element.tag in _LEFT_OUT:
                    walker.skip_subtree()
                else:
                    self._start(element)
            else:
                self._end(element)
                if element is not root and self._open:
                    # Also the rest of a paragraph behind a note or a box in it.
                    self._open[-1][1].append(element.tail or "")

    def _start(self, element: Any) -> None:
        tag = element.tag
        self._lists += tag == f"{_TEXT}list"
        self._comments += tag == f"{_OFFICE}annotation"
        if tag in _PARAGRAPHS:
            self._open.append((element, [element.text or ""]))
        elif tag == _ROW:
            self.found.start_row()
        elif tag in _CELLS:
            self.found.start_cell()
        elif self._open:
            self._inside(element, tag)

    def _inside(self, element: Any, tag: str) -> None:
        if tag in _SIGNS:
            self._open[-1][1].append(_SIGNS[tag])
        elif tag == f"{_TEXT}s":
            self._open[-1][1].append(" " * _count(element))
        elif not self._comments:
            self._open[-1][1].append(element.text or "")

    def _end(self, element: Any) -> None:
        tag = element.tag
        self._lists -= tag == f"{_TEXT}list"
        if tag in _PARAGRAPHS and self._open:
            opened, parts = self._open.pop()
            paragraph = Paragraph("".join(parts), self._kind_of(opened))
            if self._open:
                self._held.append(paragraph)
            else:
                self.found.put([paragraph, *self._held])
                self._held = []
        elif tag == _ROW:
            self.found.end_row()
        self._comments -= tag == f"{_OFFICE}annotation"

    def _kind_of(self, element: Any) -> str:
        if self._kind != "body" or self._comments:
            return "boilerplate"
        name = element.get(f"{_TEXT}style-name", "")
        name = self._styles.get(name) or name
        found = kind_of_style(name.replace("_20_", " "))
        if found != "body":
            return found
        if element.tag == f"{_TEXT}h":
            return "heading" if element.get(f"{_TEXT}outline-level", "1") == "1" else "subheading"
        return "list" if self._lists else "body"


def _count(element: Any) -> int:
    said = element.get(f"{_TEXT}c", "1")
    return min(int(said), _MOST_SPACES) if said.isdecimal() else 1


def _bare(xml: bytes) -> str:
    """Give the text of a part by its letters alone; it knows no tree."""
    whole = _DELETED.sub("", xml.decode("utf-8", "replace"))
    body = whole.partition("<office:body")[2] or whole
    return unescape(_TAG.sub("", _PARAGRAPH_END.sub("\n", body)))
