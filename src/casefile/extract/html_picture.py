"""The caption and the credit of one picture, from the blocks beside it and its own attributes."""

import re
from collections.abc import Sequence

from casefile.extract.article_body import words_of
from casefile.extract.article_credit import credit_name, is_credit, split_credit
from casefile.extract.article_zones import Pictures, Piece
from casefile.extract.html_blocks import Block
from casefile.extract.html_tree import Element

_CREDIT = re.compile(
    r"credit|copyright|photographer|fotograf|photo-?(?:by|source|author)|image-?(?:source|author|byline)|img-?source|bildquelle|bildrechte|bildnachweis|bildautor|picture-?source|source$|__source|-source|rights|agency|attribution|byline|author|kilde",
    re.IGNORECASE,
)
_LABEL_BEFORE = re.compile(
    r"(?:[\[(（]\s*)?(?:(?:photo|foto|bild|image|credit|crédit|source|quelle|copyright|©|фото|источник|تصوير|صورة)\w*(?:\s+(?:by|credit|courtesy of))?\s*[:：]?\s*)?$",
    re.IGNORECASE,
)
# What readers of the screen are told before a caption.
_SPOKEN = re.compile(
    r"^(?:legende|caption|image caption|image|bildunterschrift|légende|подпись|التعليق)\s*[:：]\s*",
    re.IGNORECASE,
)
_ATTRIBUTES = (
    "data-credit",
    "data-copyright",
    "data-photographer",
    "data-image-credit",
    "data-source",
)
_DESCRIBING = ("title", "alt")
_LEVELS = 6
_FEW_WORDS = 4

Range = tuple[int, int]


def read_picture(
    blocks: Sequence[Block], holder: Element, pictures: Pictures, seen: set[tuple[str, ...]]
) -> list[Piece]:
    """Part the blocks of a picture into caption and credit, and take the picture.

    Captions that were `seen`, as pages repeat them for other widths, give nothing.
    """
    captions: list[Range] = []
    makers: list[Range] = []
    words: list[str] = []
    names: list[str] = []
    for block in blocks:
        caption, credit = _split(block, holder)
        said = block.text[slice(*caption)].strip()
        if said and said not in words:
            words.append(said)
            captions.append((block.start + caption[0], block.start + caption[1]))
        maker = credit_name(block.text[slice(*credit)])
        if credit[0] < credit[1] and (maker is None or maker not in names):
            makers.append((block.start + credit[0], block.start + credit[1]))
            names.extend([maker] if maker else [])
    if not names:
        names = _from_attributes(holder)
    key = words_of(" ".join([*words, *names]))
    if (len(key) < 2 and not names) or key in seen or words_of(" ".join(words)) in seen:
        return []
    seen |= {key, words_of(" ".join(words))} - {()}
    caption_words = _SPOKEN.sub("", " ".join(words)) or None
    image = pictures.add(caption_words, "; ".join(names) or None, _url(holder))
    pieces = [Piece(a, b, "caption", image) for a, b in captions]
    return pieces + [Piece(a, b, "credit", image) for a, b in makers]


_BRACKETED = re.compile(r"[(\[（][^()\[\]]{2,60}[)\]）]")


def _split(block: Block, holder: Element) -> tuple[Range, Range]:
    """Part a block of a picture into its caption and its credit."""
    whole = (0, len(block.text))
    if _is_marked_credit(block.element, holder) or is_credit(block.text):
        return (0, 0), whole
    if _BRACKETED.fullmatch(block.text):
        return (0, 0), whole
    marked = _marked(block)
    if marked is not None:
        return _beside(block.text, *marked)
    found = split_credit(block.text, in_picture=True)
    return (found.caption, found.credit) if found else (whole, (0, 0))


def _marked(block: Block) -> Range | None:
    """Give the first range that inline elements mark as a credit; those that touch are one."""
    marked = sorted((a, b) for a, b, e in block.marks if _CREDIT.search(_names(e)))
    if not marked:
        return None
    start, end = marked[0]
    for a, b in marked[1:]:
        if a <= end + 3:
            end = max(end, b)
    return start, end


def _beside(text: str, start: int, end: int) -> tuple[Range, Range]:
    """Give the caption before a marked credit, or behind it where nothing is before it."""
    found = _LABEL_BEFORE.search(text[:start])
    start = found.start() if found else start
    if not text[:start].strip():
        behind = len(text[end:].split()) > _FEW_WORDS
        return ((end, len(text)), (start, end)) if behind else ((0, 0), (start, len(text)))
    few = len(text[end:].split()) <= _FEW_WORDS
    return (0, start), (start, len(text) if few else end)


def _is_marked_credit(element: Element, holder: Element) -> bool:
    for _ in range(_LEVELS):
        if element is None or element is holder:
            return False
        if _CREDIT.search(_names(element)):
            return True
        element = element.getparent()
    return False


def _names(element: Element) -> str:
    return f"{element.get('class', '')} {element.get('itemprop', '')}"


def _from_attributes(holder: Element) -> list[str]:
    """Give the credit that the picture carries in an attribute."""
    for element in _with_pictures(holder):
        for image in element.iter("img", "figure", "picture", "amp-img"):
            for name in _ATTRIBUTES:
                said = credit_name(str(image.get(name, "")))
                if said:
                    return [said]
            for name in _DESCRIBING:
                found = split_credit(str(image.get(name, "")), in_picture=True)
                if found is not None and found.name and found.caption[1]:
                    return [found.name]
    return []


def _with_pictures(holder: Element) -> list[Element]:
    """Give the holder, and where it has no picture the nearest element around it that has."""
    for _ in range(3):
        if holder is None or holder.tag in ("body", "article", "main"):
            return []
        if next(holder.iter("img", "amp-img"), None) is not None:
            return [holder]
        holder = holder.getparent()
    return []


def _url(holder: Element) -> str | None:
    """Give the address of the picture when the page gives a complete one."""
    for element in _with_pictures(holder):
        image = next(element.iter("img", "amp-img"))
        for name in ("data-src", "data-original", "src"):
            address = str(image.get(name, ""))
            if address.startswith(("http://", "https://")):
                return address
    return None
