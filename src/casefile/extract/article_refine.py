"""Corrections to the blocks of an article: paragraphs it left out, lines that are none of it."""

import re
from collections import Counter
from collections.abc import Sequence

from casefile.extract.article_body import words_of
from casefile.extract.article_noise import is_noise, is_signing
from casefile.extract.html_blocks import Block

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_FEWEST = 3  # paragraphs of one make that make it the make of the body
_PROSE_WORDS = 12
_LINKED = 0.85
_LEVELS = 3
_POST = re.compile(
    r"twitter-(?:tweet|video)|instagram-media|tiktok-embed|bluesky-embed|telegram-post|mastodon-embed|fb-post|reddit-(?:card|embed)",
    re.IGNORECASE,
)

Make = tuple[str, ...]


def refine(blocks: Sequence[Block], body: set[int]) -> set[int]:
    """Give the blocks of the article after paragraphs are added and noise is taken away."""
    whole = body | _same_make(blocks, body)
    whole |= _posts(blocks, whole)
    kept = {number for number in whole if not _is_noise(blocks[number])}
    return _without_tail(blocks, kept) or body


def _make(block: Block) -> Make:
    """Give what tells how a paragraph is set: its element and those around it, with their classes."""
    make: list[str] = []
    element = block.element
    for _ in range(_LEVELS):
        if element is None or element.tag in ("body", "html"):
            break
        make.append(f"{element.tag}.{element.get('class', '')}")
        element = element.getparent()
    return tuple(make)


def _same_make(blocks: Sequence[Block], body: set[int]) -> set[int]:
    """Give running text outside the answer that is set just as most of the answer's is."""
    makes = [_make(block) for block in blocks]
    inside = Counter(makes[n] for n in body if _is_prose(blocks[n]))
    usual = {make for make, count in inside.items() if count >= _FEWEST and "." in "".join(make)}
    if not usual:
        return set()
    return {
        number
        for number, block in enumerate(blocks)
        if number not in body and makes[number] in usual and _is_prose(block)
    }


def _posts(blocks: Sequence[Block], body: set[int]) -> set[int]:
    """Give the posts of networks that are set into the article, between its paragraphs."""
    if not body:
        return set()
    first, last = min(body), max(body)
    return {n for n in range(first, last) if n not in body and _is_post(blocks[n])}


def _is_post(block: Block) -> bool:
    element = block.element
    for _ in range(_LEVELS):
        if element is None:
            return False
        if element.tag == "blockquote" and _POST.search(element.get("class", "")):
            return True
        element = element.getparent()
    return False


def _is_prose(block: Block) -> bool:
    return len(words_of(block.text)) >= _PROSE_WORDS and block.links < 0.5 * len(block.text)


def _is_noise(block: Block) -> bool:
    """Tell whether a block of the answer is a link to another page, an offer, or a form."""
    if is_noise(block.text) or is_signing(block.text):
        return True
    words = len(words_of(block.text))
    linked = block.links >= _LINKED * len(block.text)
    return linked and 4 <= words <= 30 and block.tag in ("p", "div", "span")


def _without_tail(blocks: Sequence[Block], body: set[int]) -> set[int]:
    """Take headings without text under them off the end, and runs of headings that are links."""
    kept = sorted(body)
    while kept and blocks[kept[-1]].tag in _HEADINGS:
        kept.pop()
    linked = [
        blocks[n].tag in _HEADINGS and blocks[n].links >= _LINKED * len(blocks[n].text)
        for n in kept
    ]
    after = [*linked[1:], False]
    return {n for place, n in enumerate(kept) if not (linked[place] and after[place])}
