"""Word documents: every paragraph of the text, its notes, boxes and margins, by own walk."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

from lxml import etree

from casefile.extract import language
from casefile.extract.context import Context
from casefile.extract.office import Collector, Paragraph, Parts, Written, draft_of, kind_of_style
from casefile.extract.office_sample import DOCX
from casefile.extract.unknown import Unreadable
from casefile.model.draft import Draft

EXTRACTOR = "docx"
VERSION = "1"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SAMPLES = (DOCX,)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "creator": "{http://purl.org/dc/elements/1.1/}creator",
    "created": "{http://purl.org/dc/terms/}created",
}
_MAIN = re.compile(r"word/document\d*\.xml")
_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_COMMENTS = "word/comments.xml"
_WORDS = re.compile(rb"<(?:\w+:)?t(?:\s[^<>]*)?>([^<]*)</(?:\w+:)?t>")
_PARAGRAPH_END = re.compile(rb"</(?:\w+:)?p>")
# The older form of a box beside its newer one, and words where they stood before they were moved.
_LEFT_OUT = frozenset({"Fallback", "moveFrom"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": "\t"}


def warm() -> None:
    """Load the language model."""
    language.warm()


def read(data: bytes, context: Context) -> Draft:
    """Read a document; what is deleted under tracked changes is left out, and said."""
    parts = Parts(data, context.limits)
    main = next((name for name in parts.names if _MAIN.fullmatch(name)), None)
    root = parts.tree(main) if main else None
    if root is None:
        raise Unreadable(parts.reason or "there is no text in the document")
    styles = _styles(parts.tree("word/styles.xml"))
    paragraphs = list(_paragraphs(root, styles))
    for name, kind in _beside(parts.names):
        beside = parts.tree(name)
        if beside is not None:
            paragraphs += _paragraphs(beside, {}, kind)
    warnings: list[str] = []
    if root.find(f".//{_of(root)}delText") is not None:
        warnings.append("words that were deleted with tracked changes are not shown")
    core = _core(parts.tree("docProps/core.xml"))
    return draft_of(
        Written(
            media_type=MEDIA_TYPE,
            extractor=EXTRACTOR,
            version=VERSION,
            paragraphs=paragraphs,
            second="\n".join(_bare(xml) for name, xml in parts.read if name.startswith("word/")),
            title=core.get("title"),
            authors=tuple(filter(None, [core.get("creator")])),
            dated=(core["created"], "document properties") if core.get("created") else None,
            warnings=warnings,
            reason=parts.reason,
        ),
        context,
    )


def _beside(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Name the parts beside the text: notes, comments, then headers and footers."""
    for name in (*_NOTES, _COMMENTS):
        if name in names:
            yield name, "boilerplate" if name == _COMMENTS else "body"
    for name in sorted(filter(_MARGIN.fullmatch, names)):
        yield name, "boilerplate"


def _of(root: Any) -> str:
    return _STRICT if str(root.tag).startswith(_STRICT) else _W


def _styles(root: Any) -> dict[str, str]:
    """Give the names of the paragraph styles by their ids."""
    if root is None:
        return {}
    w = _of(root)
    found = {}
    for style in root.iter(f"{w}style"):
        name = style.find(f"{w}name")
        if name is not None:
            found[style.get(f"{w}styleId", "")] = name.get(f"{w}val", "")
    return found


class _Walk:
    """One pass over the elements of a part; a paragraph in a paragraph (a box) comes before it."""

    def __init__(self, w: str, styles: dict[str, str], kind: str) -> None:
        self._w, self._styles, self._kind = w, styles, kind
        self._open: list[tuple[list[str], list[str]]] = []
        self.found = Collector()

    def start(self, element: Any, name: str) -> None:
        if name == "p":
            self._open.append(([], [self._kind]))
        elif name == "tr":
            self.found.start_row()
        elif name == "tc":
            self.found.start_cell()
        elif self._open:
            self._inside(element, name, *self._open[-1])

    def _inside(self, element: Any, name: str, parts: list[str], kind: list[str]) -> None:
        if name == "t":
            parts.append(element.text or "")
        elif name in _SIGNS:
            parts.append(_SIGNS[name])
        elif name == "pStyle":
            kind[0] = self._style(element.get(f"{self._w}val", ""))
        elif name == "numPr" and kind[0] == "body":
            kind[0] = "list"

    def end(self, name: str) -> None:
        if name == "p" and self._open:
            parts, kind = self._open.pop()
            self.found.put([Paragraph("".join(parts), kind[0])])
        elif name == "tr":
            self.found.end_row()

    def _style(self, key: str) -> str:
        if self._kind != "body":
            return self._kind
        return kind_of_style(self._styles.get(key, key))


def _paragraphs(root: Any, styles: dict[str, str], kind: str = "body") -> list[Paragraph]:
    """Give the paragraphs in the order of the file; of two forms of one box the first counts."""
    walk = _Walk(_of(root), styles, kind)
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if not isinstance(tag, str):
            continue
        name = tag.rpartition("}")[2]
        if event == "end":
            walk.end(name)
        elif name in _LEFT_OUT:
            walker.skip_subtree()
        else:
            walk.start(element, name)
    return walk.found.done


def _core(root: Any) -> dict[str, str]:
    """Give title, creator and time of making as the document says them."""
    if root is None:
        return {}
    said = {name: root.findtext(tag) for name, tag in _CORE.items()}
    return {name: words.strip() for name, words in said.items() if words and words.strip()}


def _bare(xml: bytes) -> str:
    """Give the text of a part by its bytes alone; it knows no tree."""
    lines = []
    for paragraph in _PARAGRAPH_END.split(xml):
        words = b"".join(_WORDS.findall(paragraph)).decode("utf-8", "replace")
        lines.append(unescape(words))
    return "\n".join(lines)
