"""The text of a page as blocks: one a paragraph, in the order of the page, nothing left out."""

import re
from dataclasses import dataclass, field

from lxml import etree

from casefile.extract.html_tree import DROPPED, Element, count_letters, outside_tags

_BLOCK_NAMES = (
    "address article aside audio blockquote body button canvas caption center datalist dd details"
    " dialog dir div dl dt fieldset figcaption figure footer form frame h1 h2 h3 h4 h5 h6 header"
    " hgroup hr html label legend li main menu nav noscript object ol optgroup option p pre search"
    " section select summary svg table tbody template textarea tfoot thead tr ul video"
)
BLOCK_TAGS = frozenset(_BLOCK_NAMES.split())
_CELLS = frozenset({"td", "th"})
_SPACES = re.compile(r"[ \t\n\r\f]+")
# Hints where a line may break are no letters.
_HINTS = re.compile("[\u00ad\u200b\ufeff]")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDING_NAMES = (
    "sr-only visually-hidden visuallyhidden screen-reader-text screenreader u-visually-hidden"
    " sr-only-focusable is-visually-hidden element-invisible a11y-hidden hidden-visually"
    " screen-reader-only sf-hidden"
)
_HIDING_CLASSES = frozenset(_HIDING_NAMES.split())
_MARKED = frozenset({"a", "time", "cite", "address", "small", "b", "strong", "em", "i", "q"})
_TELLING = ("class", "itemprop", "rel", "datetime", "id")
_FAR_MORE = 2
_KEPT = 0.8  # share of the letters between tags that the tree must hold
_FEW = 300  # letters; such a difference has harmless reasons
_DEEPEST = 64  # inline elements in one another that are remembered; pages need five


@dataclass(slots=True)
class Block:
    """One paragraph: its text, the element that holds it, and where inline elements lie in it.

    `start` and `end` are code points of the page's text; `marks` are ranges within `text`.
    """

    text: str
    element: Element
    marks: list[tuple[int, int, Element]]
    start: int = 0
    links: int = 0

    @property
    def end(self) -> int:
        """Give the place after the last code point."""
        return self.start + len(self.text)

    @property
    def tag(self) -> str:
        """Give the name of the element that holds the paragraph."""
        return str(self.element.tag)


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while it is read; white space is folded as a browser shows it."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    gap: str = ""
    element: Element = None
    marks: list[tuple[int, int, Element]] = field(default_factory=list)

    def add(self, words: str) -> None:
        if not words:
            return
        words = _SPACES.sub(" ", _HINTS.sub("", words))
        if words.startswith(" "):
            self.gap = self.gap or " "
            words = words[1:]
        if not words:
            return
        self._emit(words.rstrip(" "))
        if words.endswith(" "):
            self.gap = " "

    def add_lines(self, words: str) -> None:
        for number, line in enumerate(words.split("\n")):
            if number:
                self.gap = "\n"
            if line.strip():
                self._emit(_HINTS.sub("", line.rstrip()))

    def _emit(self, words: str) -> None:
        if self.gap and self.length:
            self.parts.append(self.gap)
            self.length += len(self.gap)
        self.gap = ""
        self.parts.append(words)
        self.length += len(words)


class Walk:
    """One pass over a tree; `blocks` are all paragraphs, `hidden` the letters left out as hidden."""

    def __init__(self, root: Element, *, hidden: bool = False) -> None:
        """Read all blocks; with `hidden`, those that a browser does not show as well."""
        self.blocks: list[Block] = []
        self.hidden = 0
        self._keep_hidden = hidden
        self._open: list[Element] = [root]
        self._inline: list[tuple[Element, int]] = []
        self._paragraph = _Paragraph()
        self._preformatted = 0
        self._links = 0
        self._anchors = 0
        self._skipped: Element = None
        self._read(root)

    def _read(self, root: Element) -> None:
        walker = etree.iterwalk(root, events=("start", "end", "comment"))
        for event, element in walker:
            if event == "start":
                if self._start(element):
                    walker.skip_subtree()
            elif event == "end":
                self._end(element)
                if element is not root:
                    self._text(element.tail)
            elif element is not root:
                self._text(element.tail)
        self._flush()

    def _start(self, element: Element) -> bool:
        """Begin an element; True when what it holds is passed over."""
        if self._passed_over(element):
            self._skipped = element
            return True
        tag = element.tag
        if tag in BLOCK_TAGS:
            self._flush()
            self._open.append(element)
            self._preformatted += tag in ("pre", "textarea")
        elif tag == "br":
            self._paragraph.gap = "\n"
        elif tag in _CELLS:
            self._paragraph.gap = "\t"
        elif len(self._inline) < _DEEPEST and _is_telling(element):
            self._inline.append((element, self._paragraph.length))
        self._anchors += tag == "a"
        self._text(element.text)
        return False

    def _end(self, element: Element) -> None:
        if element is self._skipped:
            self._skipped = None
            return
        tag = element.tag
        self._anchors -= tag == "a"
        if tag in BLOCK_TAGS:
            self._flush()
            self._open.pop()
            self._preformatted -= tag in ("pre", "textarea")
        elif tag in _CELLS:
            self._paragraph.gap = "\t"
        elif self._inline and self._inline[-1][0] is element:
            self._close_mark(*self._inline.pop())

    def _passed_over(self, element: Element) -> bool:
        tag = element.tag
        if not isinstance(tag, str) or tag in DROPPED:
            return True
        if tag == "template":
            return not any(name.startswith("shadowroot") for name in element.attrib)
        if self._keep_hidden or tag in ("html", "body") or not is_hidden(element):
            return False
        self.hidden += len("".join("".join(element.itertext()).split()))
        return True

    def _text(self, words: str | None) -> None:
        if not words:
            return
        paragraph = self._paragraph
        before = len(paragraph.parts)
        if self._preformatted:
            paragraph.add_lines(words)
        else:
            paragraph.add(words)
        if len(paragraph.parts) > before:
            if paragraph.element is None:
                paragraph.element = self._open[-1]
            if self._anchors:
                self._links += len("".join(paragraph.parts[before:]).strip())

    def _close_mark(self, element: Element, start: int) -> None:
        end = self._paragraph.length
        if end > start:
            self._paragraph.marks.append((start, end, element))

    def _flush(self) -> None:
        paragraph, self._paragraph = self._paragraph, _Paragraph()
        if paragraph.length:
            for element, start in self._inline:
                if paragraph.length > start:
                    paragraph.marks.append((start, paragraph.length, element))
            self._add(paragraph)
        self._inline = [(element, 0) for element, _ in self._inline]
        self._links = 0

    def _add(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.parts)
        bare = text.strip()
        if not any(letter.isprintable() for letter in bare):
            return
        shift = len(text) - len(text.lstrip())
        marks = [
            (max(0, start - shift), min(len(bare), end - shift), element)
            for start, end, element in paragraph.marks
        ]
        marks = [(*_trim(bare, start, end), element) for start, end, element in marks]
        marks = [mark for mark in marks if mark[0] < mark[1]]
        self.blocks.append(Block(bare, paragraph.element, marks, links=self._links))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Draw a range in until it begins and ends with something to see."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_telling(element: Element) -> bool:
    """Tell whether an inline element may say what its words are."""
    return element.tag in _MARKED or any(name in element.attrib for name in _TELLING)


def is_hidden(element: Element) -> bool:
    """Tell whether the element itself says that it is not shown."""
    attributes = element.attrib
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    if _HIDING.search(attributes.get("style", "")):
        return True
    return not _HIDING_CLASSES.isdisjoint(attributes.get("class", "").split())


def read_blocks(root: Element) -> tuple[list[Block], int]:
    """Give the blocks of a page with their places in its text, and the letters left out as hidden.

    Where a page hides far more than it shows (it waits for a script to show itself), all is taken.
    """
    walk = Walk(root)
    shown = sum(len("".join(block.text.split())) for block in walk.blocks)
    if walk.hidden > _FAR_MORE * shown:
        walk = Walk(root, hidden=True)
    at = 0
    for block in walk.blocks:
        block.start = at
        at = block.end + 2
    return walk.blocks, walk.hidden


def lacks_text(markup: str, blocks: list[Block], hidden: int, *, whole: bool) -> bool:
    """Compare the text with a count that knows no tree; True where the tree lacks much of it.

    Where the parser stopped before the end (`whole` is False), any lack counts.
    """
    counted = count_letters(outside_tags(markup))
    ours = count_letters(block.text for block in blocks) + hidden
    if not whole:
        return counted > ours
    return counted - ours > _FEW and ours < _KEPT * counted


def join(blocks: list[Block]) -> str:
    """Give the text of the page."""
    return "\n\n".join(block.text for block in blocks)
