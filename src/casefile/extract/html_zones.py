"""What each block of a page is: headline, byline, dates, summary, body, captions, boilerplate."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from casefile.extract.article_body import words_of
from casefile.extract.article_dateline import split_dateline
from casefile.extract.article_dates import find_dates
from casefile.extract.article_names import BY, looks_like_names, names_in, without_label
from casefile.extract.article_noise import is_noise
from casefile.extract.article_zones import Piece
from casefile.extract.html_blocks import Block
from casefile.extract.html_captions import Captions, find_captions
from casefile.extract.html_tree import Element
from casefile.extract.metadata import Facts
from casefile.model.values import DateValue

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BYLINE = re.compile(
    r"author|byline|by-line|autor|writer|reporter|контрибьютор|creator", re.IGNORECASE
)
_DATE = re.compile(r"date|time|publi|stamp", re.IGNORECASE)
_SECTION = re.compile(
    r"section|kicker|categor|rubri|overline|eyebrow|channel|topic|dachzeile", re.IGNORECASE
)
_SUMMARY = re.compile(
    r"summary|standfirst|sub-?title|sub-?head|(?:^|[\s_-])dek(?:$|[\s_-])|teaser|sapo|chapo|(?:^|[\s_-])lead|lede|intro|excerpt|abstract|deck|vorspann|ingress|entradilla|bajada|article__?desc",
    re.IGNORECASE,
)
_PULL = re.compile(r"pull-?quote|pullquote", re.IGNORECASE)
_UPDATED = re.compile(
    r"updat|modifi|aktualis|mis à jour|actualizad|atualizad|aggiornat|обновл|изменен|оновлен|تحديث|به‌روز|güncelle",
    re.IGNORECASE,
)
_UPDATED_LINE = re.compile(
    r"(?:(?:last |story |this (?:story|article) was (?:last )?)?updated?\b|aktualisiert|mis à jour|actualizado|atualizado|обновлено|оновлено|(?:آخر )?تحديث|به‌روزرسانی|güncelle)",
    re.IGNORECASE,
)
_CARD = re.compile(
    r"(?:^|[\s_-])(?:tool-?tip|pop-?over|roll-?over|hover-?card|fly-?out)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SITE = re.compile(r"\s+[-–—|»·•:]\s+")  # what stands between a title and the name of a site
_SAME = 0.25  # more for a heading that says just what the head says
_ABOVE = 14  # blocks before the headline that may belong to it
_BELOW = 14
_LEVELS = 4
_MOSTLY_DATE = 0.35  # share of a line that its date takes up
_PROSE_WORDS = 12
_SAME = 0.85  # words in common of a summary and what the head says


@dataclass(slots=True)
class Zoned:
    """What was found among the blocks of a page."""

    pieces: list[Piece] = field(default_factory=list)
    captions: Captions | None = None
    headline: str | None = None
    section: str | None = None
    names: tuple[str, ...] = ()
    dateline: str | None = None
    published: DateValue | None = None
    body: str = ""


def zone_blocks(blocks: Sequence[Block], body: set[int], facts: Facts) -> Zoned:
    """Decide what every block is; what is not decided is boilerplate."""
    zoned = Zoned()
    first, last = (min(body), max(body)) if body else (0, -1)
    head = find_headline(blocks, facts, first if body else len(blocks))
    start = first if head is None else min(head, first)
    if head is not None:
        # A short line of the answer above the headline is its twin in a menu.
        body = {n for n in body if n > head or len(words_of(blocks[n].text)) >= _PROSE_WORDS}
        first = min((n for n in body if n > head), default=first)
    captions = find_captions(blocks, start - _ABOVE, last + 2)
    zoned.captions = captions
    zoned.pieces.extend(captions.pieces)
    taken = set(captions.blocks)
    if head is not None and head not in taken:
        lines = _heading_blocks(blocks, head) - taken
        zoned.headline = " ".join(blocks[n].text for n in sorted(lines))
        for number in lines:
            _put(zoned, blocks[number], "headline")
        taken |= lines
    _Surroundings(blocks, body, facts, zoned, taken).read(
        head if head is not None else first, first
    )
    _body(blocks, body - taken, zoned)
    return zoned


def _put(zoned: Zoned, block: Block, kind: str) -> None:
    zoned.pieces.append(Piece(block.start, block.end, kind))


def find_headline(blocks: Sequence[Block], facts: Facts, first: int) -> int | None:
    """Give the block that prints the title: an h1 or another heading like what the page's head says.

    Without such a heading, the only h1 of the page.
    """
    titles = [words_of(title) for title in (*facts.titles, *_beside_site(facts.window))]
    best: tuple[float, int] | None = None
    tops = [n for n, block in enumerate(blocks) if _heading(block) == "h1"]
    for number, block in enumerate(blocks):
        tag = _heading(block)
        words = words_of(block.text)
        if not words or len(words) > 60 or (not tag and len(words) < 4):
            continue
        alike = max((_alike(words, title) for title in titles), default=0.0)
        if alike < (0.6 if tag else 0.9):
            continue
        score = alike + {"h1": 1.0, "h2": 0.5}.get(tag, 0.2 if tag else 0.0)
        score += _SAME if alike == 1.0 else 0.0
        score -= 0.01 * min(abs(number - first), 40)
        if best is None or score > best[0]:
            best = (score, number)
    if best is not None:
        return best[1]
    return tops[0] if len(tops) == 1 and tops[0] <= first else None


def _beside_site(window: str | None) -> tuple[str, ...]:
    """Give the longest part of the window title, which has the name of the site beside it."""
    parts = _SITE.split(window or "")
    longest = max(parts, key=len)
    return (longest,) if len(parts) > 1 and len(words_of(longest)) > 1 else ()


def _heading(block: Block) -> str:
    """Give the name of the heading that a block lies in, or an empty string."""
    found = _heading_of(block)
    return "" if found is None else str(found.tag)


def _heading_of(block: Block) -> Element | None:
    element = block.element
    for _ in range(_LEVELS):
        if element is None or element.tag in _HEADINGS:
            return element
        element = element.getparent()
    return None


def _heading_blocks(blocks: Sequence[Block], number: int) -> set[int]:
    """Give the block and those beside it in the same heading."""
    heading = _heading_of(blocks[number])
    if heading is None:
        return {number}
    near = range(max(0, number - 3), min(len(blocks), number + 4))
    return {n for n in near if _heading_of(blocks[n]) is heading}


def _alike(some: tuple[str, ...], others: tuple[str, ...]) -> float:
    """Give how much of two sets of words is common to both (Dice), from 0 to 1."""
    one, two = set(some), set(others)
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0


class _Surroundings:
    """What stands around the headline: section, byline, dates, summary."""

    def __init__(
        self,
        blocks: Sequence[Block],
        body: set[int],
        facts: Facts,
        zoned: Zoned,
        taken: set[int],
    ) -> None:
        self._blocks, self._body, self._facts = blocks, body, facts
        self._zoned, self._taken = zoned, taken
        known = facts.linked.authors or facts.authors
        self._authors = [words_of(name) for name in names_in(known)]
        self._first = 0
        self._header: Element | None = None
        self._description = words_of(facts.description or "")

    def read(self, head: int, first: int) -> None:
        """Look at the blocks from some way above the headline to some way into the body."""
        self._first = first
        if head < len(self._blocks):
            self._header = next(self._blocks[head].element.iterancestors("header"), None)
        above = range(head - 1, max(-1, head - _ABOVE - 1), -1)
        below = range(head, min(len(self._blocks), max(head, first) + _BELOW))
        for number in (*above, *below):
            if number in self._taken:
                continue
            block = self._blocks[number]
            kind = self._kind(number, block, head)
            if kind is None:
                continue
            _put(self._zoned, block, kind)
            self._taken.add(number)

    def _kind(self, number: int, block: Block, head: int) -> str | None:
        words = words_of(block.text)
        if number < head and self._is_section(block, words):
            self._zoned.section = self._zoned.section or block.text
            return "section"
        if number not in self._body or len(words) < 25:
            if self._is_byline(block, words):
                self._zoned.names = self._zoned.names or names_in([block.text])
                return "byline"
            dated = self._dated(block, words)
            if dated:
                return dated
        if head < number <= self._first + 2 and self._is_summary(block, words):
            return "summary"
        return None

    def _is_section(self, block: Block, words: tuple[str, ...]) -> bool:
        if not 0 < len(words) <= 6 or self._zoned.section:
            return False
        said = words_of(self._facts.section or "")
        return bool(said and words == said) or bool(
            not said and _SECTION.search(_class(block.element, 2)) and _heading(block) == ""
        )

    def _is_byline(self, block: Block, words: tuple[str, ...]) -> bool:
        if not 0 < len(words) <= 25:
            return False
        text = " ".join(words)
        named = sum(" ".join(name) in text for name in self._authors)
        rest = len(words) - sum(len(name) for name in self._authors if " ".join(name) in text)
        marked = any(
            _BYLINE.search(_class(e, 1)) or e.get("rel") == "author" for _, _, e in block.marks
        )
        marked = marked or bool(_BYLINE.search(_class(block.element, 3)))
        labelled = bool(BY.match(block.text))
        if named:
            return marked or labelled or rest <= 6
        return (
            (marked or labelled) and len(words) <= 8 and looks_like_names(without_label(block.text))
        )

    def _dated(self, block: Block, words: tuple[str, ...]) -> str | None:
        if not 0 < len(words) <= 20:
            return None
        found = next(find_dates(block.text), None)
        timed = block.tag == "time" or any(e.tag == "time" for _, _, e in block.marks)
        if found is None and not timed:
            return None
        share = (found.end - found.start) / len(block.text) if found else 1.0
        if not timed and share < _MOSTLY_DATE and not _DATE.search(_class(block.element, 2)):
            return None
        if _UPDATED.search(block.text[: found.start if found else None]):
            return "updated"
        if found and self._zoned.published is None:
            self._zoned.published = found.value
        return "published"

    def _is_summary(self, block: Block, words: tuple[str, ...]) -> bool:
        if len(words) < 5 or block.links > 0.5 * len(block.text):
            return False
        if len(self._description) >= 5 and _alike(words, self._description) >= _SAME:
            return True
        if len(words) > 90:
            return False
        return bool(_SUMMARY.search(_class(block.element, 1))) or self._is_in_header(block, words)

    def _is_in_header(self, block: Block, words: tuple[str, ...]) -> bool:
        """Tell whether a block is running text in the same header as the headline."""
        if self._header is None or len(words) < 8 or is_noise(block.text):
            return False
        return self._header in block.element.iterancestors("header")


def _class(element: Element, levels: int) -> str:
    """Give the class names and itemprops of an element and those around it."""
    names: list[str] = []
    for _ in range(levels):
        if element is None or element.tag in ("body", "html", "article", "main"):
            break
        names += [element.get("class", ""), element.get("itemprop", ""), element.get("rel", "")]
        element = element.getparent()
    return " ".join(name for name in names if name)


def _body(blocks: Sequence[Block], body: set[int], zoned: Zoned) -> None:
    """Give each block of the article its kind; the dateline is parted from the first paragraph."""
    words: list[str] = []
    levels = {_heading(blocks[n]) for n in body} - {""}
    top = min(levels) if len(levels) > 1 else ""
    opened = False
    for number in sorted(body):
        block = blocks[number]
        kind = "updated" if _is_update(block) else body_kind(block, top)
        start = block.start
        if kind == "body" and not opened:
            opened = True
            place = split_dateline(block.text)
            if place is not None:
                zoned.pieces.append(Piece(start, start + place.end, "dateline"))
                zoned.dateline = place.place
                start += place.end
        for begin, end in _without_cards(block):
            zoned.pieces.append(Piece(max(start, begin), end, kind))
        words.append(block.text)
    zoned.body = "\n".join(words)


def _without_cards(block: Block) -> Iterator[tuple[int, int]]:
    """Give the parts of a paragraph between the cards that open when a name in it is pointed at."""
    at = 0
    for start, end, element in sorted(block.marks, key=lambda mark: mark[:2]):
        if start >= at and _CARD.search(element.get("class", "")):
            yield block.start + at, block.start + start
            at = end
    yield block.start + at, block.end


def _is_update(block: Block) -> bool:
    """Tell whether a line of the article says when it was changed."""
    found = _UPDATED_LINE.match(block.text)
    return bool(found) and len(block.text.split()) <= 10 and any(c.isdigit() for c in block.text)


def body_kind(block: Block, top: str) -> str:
    """Give the kind of zone that a block of running text is; `top` is the highest heading."""
    heading = _heading(block)
    if heading:
        return "heading" if heading == top else "subheading"
    element = block.element
    for _ in range(_LEVELS):
        if element is None:
            break
        if _PULL.search(element.get("class", "")):
            return "pull quote"
        if element.tag == "blockquote":
            return "quote"
        if element.tag in ("li", "dd", "dt"):
            return "list"
        element = element.getparent()
    return "body"
