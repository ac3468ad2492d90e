"""Captions and credits of a page's pictures, from its figures and the names of its classes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from casefile.extract.article_body import words_of
from casefile.extract.article_credit import credit_name, is_credit, split_credit
from casefile.extract.article_zones import Pictures, Piece
from casefile.extract.html_blocks import Block, Element

_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:fig)?captions?(?:$|[\s_-])|caption(?:[_-]?(?:text|content|inner|title|wrapper|container|body))?(?:$|\s)|caption__|__caption"
    r"|image-?text|img-?(?:text|desc|legend)|bildunterschrift|bildtext|bildlegende|legende?(?:$|[\s_-])|pie-?(?:de-?)?foto|epigrafe|didascalia|cutline|photo-?(?:text|desc)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"credit|copyright|photographer|fotograf|photo-?(?:by|source|author)|image-?(?:source|author|byline)|img-?source|bildquelle|bildrechte|bildnachweis|picture-?source|source$|__source|-source|rights|agency|attribution|byline|author|kilde",
    re.IGNORECASE,
)
_PICTURES = frozenset({"img", "picture", "amp-img", "video", "svg", "canvas", "noscript"})
_NO_CAPTION = re.compile(
    r"player|playlist|related|teaser|recommend|promo|newsletter|advert", re.IGNORECASE
)
_LEVELS = 6
_MOST_WORDS = 130
_MOST_LINKED = 0.8


@dataclass(slots=True)
class _Group:
    """The blocks that belong to one picture."""

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
    for group in _groups(blocks, first, last):
        found = _read_group(blocks, group, pictures, seen)
        pieces.extend(found)
        used.update(group.numbers if found else ())
    return Captions(tuple(pieces), frozenset(used), pictures)


def _groups(blocks: Sequence[Block], first: int, last: int) -> list[_Group]:
    groups: list[_Group] = []
    for number in range(max(0, first), min(len(blocks), last + 1)):
        holder = _holder(blocks[number].element)
        if holder is None:
            continue
        if groups and groups[-1].holder is holder:
            groups[-1].numbers.append(number)
        else:
            groups.append(_Group(holder, [number]))
    return [group for group in groups if _is_of_picture(blocks, group)]


def _holder(element: Element) -> Element | None:
    """Give the figure, or the element with a caption's class, that a block lies in."""
    caption = None
    for _ in range(_LEVELS):
        if element is None or element.tag in ("body", "article", "main"):
            break
        if element.tag == "figure":
            return element
        names = _names(element)
        if element.tag == "figcaption" or _CAPTION.search(names):
            caption = element
        element = element.getparent()
    return caption


def _names(element: Element) -> str:
    return f"{element.get('class', '')} {element.get('itemprop', '')}"


def _is_of_picture(blocks: Sequence[Block], group: _Group) -> bool:
    text = sum(len(blocks[n].text) for n in group.numbers)
    links = sum(blocks[n].links for n in group.numbers)
    words = sum(len(words_of(blocks[n].text)) for n in group.numbers)
    if words > _MOST_WORDS or _NO_CAPTION.search(_names(group.holder)):
        return False
    if links > _MOST_LINKED * text and group.holder.tag != "figure":
        return False
    return _has_picture(group.holder)


def _has_picture(holder: Element) -> bool:
    """Tell whether a picture lies in the element, or beside it in the element around it."""
    if any(next(holder.iter(tag), None) is not None for tag in _PICTURES):
        return True
    if holder.tag == "figcaption":
        return True
    around = holder.getparent()
    for _ in range(2):
        if around is None or around.tag in ("body", "article", "main"):
            return False
        if any(next(around.iter(tag), None) is not None for tag in _PICTURES):
            return True
        around = around.getparent()
    return False


def _read_group(
    blocks: Sequence[Block], group: _Group, pictures: Pictures, seen: set[tuple[str, ...]]
) -> list[Piece]:
    captions: list[tuple[int, int]] = []
    makers: list[tuple[int, int]] = []
    names: list[str] = []
    for number in group.numbers:
        block = blocks[number]
        caption, credit = _split(block, group.holder)
        if caption[0] < caption[1]:
            captions.append((block.start + caption[0], block.start + caption[1]))
        if credit[0] < credit[1]:
            makers.append((block.start + credit[0], block.start + credit[1]))
            name = credit_name(block.text[credit[0] : credit[1]])
            names.extend([name] if name else [])
    words = " ".join(_slice(blocks, group, r) for r in captions)
    key = words_of(words + " ".join(names))
    if not key or key in seen:
        return []
    seen.add(key)
    image = pictures.add(words or None, "; ".join(dict.fromkeys(names)) or None, _url(group.holder))
    return [Piece(a, b, "caption", image) for a, b in captions] + [
        Piece(a, b, "credit", image) for a, b in makers
    ]


def _slice(blocks: Sequence[Block], group: _Group, place: tuple[int, int]) -> str:
    for number in group.numbers:
        block = blocks[number]
        if block.start <= place[0] < block.end:
            return block.text[place[0] - block.start : place[1] - block.start]
    return ""


def _split(block: Block, holder: Element) -> tuple[tuple[int, int], tuple[int, int]]:
    """Part a block of a picture into its caption and its credit."""
    whole = (0, len(block.text))
    if _is_marked_credit(block.element, holder) or is_credit(block.text):
        return (0, 0), whole
    marked = [(a, b) for a, b, e in block.marks if _CREDIT.search(_names(e))]
    if marked:
        start, end = min(marked)[0], max(marked)[1]
        start = _with_label(block.text, start)
        if start == 0 and end < len(block.text):
            return (end, len(block.text)), (0, end)
        return (0, start), (start, len(block.text))
    found = split_credit(block.text)
    return (found.caption, found.credit) if found else (whole, (0, 0))


def _with_label(text: str, start: int) -> int:
    """Take a label such as "Foto:" or an opening bracket before a marked name into the credit."""
    found = re.search(
        r"(?:[\[(]\s*)?(?:(?:photo|foto|bild|image|credit|crédit|source|quelle|copyright|©|фото|تصوير)\w*\s*[:：]?\s*)?$",
        text[:start],
        re.IGNORECASE,
    )
    return found.start() if found else start


def _is_marked_credit(element: Element, holder: Element) -> bool:
    for _ in range(_LEVELS):
        if element is None or element is holder:
            return False
        if _CREDIT.search(_names(element)):
            return True
        element = element.getparent()
    return False


def _url(holder: Element) -> str | None:
    """Give the address of the picture when the page gives a complete one."""
    image = next(holder.iter("img"), None)
    if image is None:
        return None
    for name in ("data-src", "data-original", "src"):
        address = str(image.get(name, ""))
        if address.startswith(("http://", "https://")):
            return address
    return None
