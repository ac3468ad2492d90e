"""Captions and credits of a page's pictures: which blocks belong to a picture."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from casefile.extract.article_body import words_of
from casefile.extract.article_credit import split_credit
from casefile.extract.article_dates import find_dates
from casefile.extract.article_noise import is_noise
from casefile.extract.article_zones import Pictures, Piece
from casefile.extract.html_blocks import Block
from casefile.extract.html_picture import read_picture
from casefile.extract.html_tree import Element

_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:fig)?captions?(?:$|[\s_-]|\d)|caption(?:[_-]?(?:text|content|inner|title|wrap|wrapper|container|body))?(?:$|\s)|caption__|__caption|[a-z]Caption(?:$|[\sA-Z_-])"
    r"|image-?text|img-?(?:text|desc|legend)|bildunterschrift|bildtext|bildlegende|legende?(?:$|[\s_-])|pie-?(?:de-?)?foto|epigrafe|didascalia|cutline|photo-?(?:text|desc)",
    re.IGNORECASE,
)
_PICTURE_BOX = re.compile(
    r"image|img|photo|picture|bild|foto|illustration|media-?(?:block|info|object|content)|figure|thumb",
    re.IGNORECASE,
)
_PICTURES = ("img", "picture", "amp-img", "video", "noscript")
_OTHER = ("audio", "table", "blockquote", "form", "h1", "h2")
_NO_CAPTION = re.compile(
    r"player|playlist|related|teaser-?list|recommend|promo|newsletter|advert", re.IGNORECASE
)
# What a player says of itself is no caption of a picture.
_PLAYED = re.compile(
    r"^(?:audio|podcast|listen|video|watch|anhören|écouter|escuchar|слушать|аудио|видео|смотрет|استمع|شاهد|فيديو)(?:\b|:)(?!.{0,10}[/©])",
    re.IGNORECASE,
)
_CONTROLS = frozenset({"button", "noscript", "label", "legend", "option"})
_LEVELS = 6
_BOX_LEVELS = 4
_BOX_BLOCKS = 3
_BOX_WORDS = 70
_MOST_WORDS = 130
_MOST_LINKED = 0.8
_FEWEST_LETTERS = 12  # in a line with digits; below it is a counter or a length of time
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(slots=True)
class Group:
    """The blocks that belong to one picture, by their numbers."""

    holder: Element
    numbers: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Captions:
    """What belongs to pictures: pieces of the text, the blocks they are in, the pictures."""

    pieces: tuple[Piece, ...]
    blocks: frozenset[int]
    pictures: Pictures


def find_captions(blocks: Sequence[Block], first: int, last: int) -> Captions:
    """Find captions and credits among the blocks `first` to `last`, those of the article."""
    pictures = Pictures()
    pieces: list[Piece] = []
    used: set[int] = set()
    seen: set[tuple[str, ...]] = set()
    for group in _Search(blocks, max(0, first), min(len(blocks), last + 1)).groups():
        if any(_is_label_of_player(blocks[n].text) for n in group.numbers):
            continue
        shown = [blocks[n] for n in group.numbers if _is_shown(blocks[n])]
        found = read_picture(shown, group.holder, pictures, seen)
        pieces.extend(found)
        used.update(group.numbers if found else ())
    return Captions(tuple(pieces), frozenset(used), pictures)


class _Search:
    """The search for blocks that belong to pictures within a part of the page."""

    def __init__(self, blocks: Sequence[Block], first: int, last: int) -> None:
        self._blocks, self._first, self._last = blocks, first, last
        self._words = {n: len(words_of(blocks[n].text)) for n in range(first, last)}
        self._pictured: dict[Element, bool] = {}
        self._inside: dict[Element, list[int]] = defaultdict(list)
        for number in range(first, last):
            for element in _around(blocks[number].element, _BOX_LEVELS + 1):
                self._inside[element].append(number)

    def groups(self) -> list[Group]:
        """Give the groups in the order of the page."""
        groups: list[Group] = []
        for number in range(self._first, self._last):
            holder = self._holder(number)
            if holder is None:
                continue
            if groups and groups[-1].holder is holder:
                groups[-1].numbers.append(number)
            else:
                groups.append(Group(holder, [number]))
        return [group for group in groups if self._is_of_picture(group)]

    def _holder(self, number: int) -> Element | None:
        """Give the figure, the caption or the box with a picture that a block lies in."""
        caption = None
        for element in _around(self._blocks[number].element, _LEVELS):
            if element.tag == "figure":
                return element
            if element.tag == "figcaption" or _CAPTION.search(_names(element)):
                caption = element
        return caption if caption is not None else self._box(number)

    def _box(self, number: int) -> Element | None:
        """Give the smallest element around a block that holds a picture and little text.

        Its class must speak of a picture, or the text of a credit.
        """
        named = False
        for element in _around(self._blocks[number].element, _BOX_LEVELS):
            named = named or bool(_PICTURE_BOX.search(element.get("class", "")))
            inside = self._inside[element]
            if len(inside) > _BOX_BLOCKS or sum(self._words[n] for n in inside) > _BOX_WORDS:
                return None
            if self._pictures_in(element):
                texts = [self._blocks[n] for n in inside]
                if any(b.links > 0.3 * len(b.text) or b.tag in _HEADINGS for b in texts):
                    return None
                told = any(split_credit(b.text, in_picture=True) for b in texts)
                return element if named or told else None
        return None

    def _is_of_picture(self, group: Group) -> bool:
        blocks = [self._blocks[n] for n in group.numbers]
        text = sum(len(block.text) for block in blocks)
        links = sum(block.links for block in blocks)
        words = sum(self._words[n] for n in group.numbers)
        if words > _MOST_WORDS or _NO_CAPTION.search(_names(group.holder)):
            return False
        if links > _MOST_LINKED * text and group.holder.tag != "figure":
            return False
        if any(next(group.holder.iter(tag), None) is not None for tag in _OTHER):
            return False
        if group.holder.tag == "figcaption":
            return True
        return any(self._pictures_in(element) for element in _around(group.holder, _BOX_LEVELS))

    def _pictures_in(self, element: Element) -> bool:
        """Tell whether a picture lies in an element; each element is looked at once."""
        known = self._pictured.get(element)
        if known is None:
            # Elements of a page's own making load a picture later.
            known = any(next(element.iter(tag), None) is not None for tag in _PICTURES) or any(
                "data-srcset" in inner.attrib for inner in element.iter()
            )
            self._pictured[element] = known
        return known


def _around(element: Element, levels: int) -> list[Element]:
    """Give an element and those around it, up to the article."""
    found: list[Element] = []
    for _ in range(levels):
        if element is None or element.tag in ("body", "html", "article", "main"):
            break
        found.append(element)
        element = element.getparent()
    return found


def _names(element: Element) -> str:
    return f"{element.get('class', '')} {element.get('itemprop', '')}"


def _is_label_of_player(line: str) -> bool:
    return len(line.split()) <= 2 and bool(_PLAYED.match(line))


def _is_shown(block: Block) -> bool:
    """Tell a line under a picture from a button, a counter or a time."""
    for element in _around(block.element, _BOX_LEVELS):
        if element.tag in ("figure", "figcaption"):
            break
        if element.tag in _CONTROLS:
            return False
    letters = sum(c.isalpha() for c in block.text)
    if _PLAYED.match(block.text) and split_credit(block.text, in_picture=True) is None:
        return False
    if is_noise(block.text) or (letters < _FEWEST_LETTERS and any(c.isdigit() for c in block.text)):
        return False
    date = next(find_dates(block.text), None)
    return date is None or date.end - date.start < 0.3 * len(block.text)
