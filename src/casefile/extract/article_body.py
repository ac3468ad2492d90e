"""Which blocks of a page are its article: trafilatura's answer, found again in our own blocks."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import lxml.html
from lxml import etree

from casefile.extract.html_blocks import Block
from casefile.extract.html_libraries import trafilatura
from casefile.extract.html_tree import Element

_WORD = re.compile(r"\w+")
_SHINGLE = 4
_ENOUGH = 0.6  # share of a block's shingles that must be in the answer
_NEAR = 6  # blocks; how far apart the paragraphs of one article may lie
_MOST_LINKED = 0.5
_PROSE_WORDS = 12


def words_of(text: str) -> tuple[str, ...]:
    """Give the words of a text in small letters, as paragraphs are compared."""
    return tuple(_WORD.findall(text.casefold()))


def answer_of(root: lxml.html.HtmlElement) -> str:
    """Ask trafilatura for the paragraphs of the article, one a line; empty when it finds none.

    `root` is changed by it.
    """
    try:
        found = trafilatura.bare_extraction(root, include_comments=False, include_tables=True)
    except (etree.LxmlError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        return ""
    except RecursionError:
        return ""
    text = getattr(found, "text", None)
    return text if isinstance(text, str) else ""


def body_blocks(blocks: Sequence[Block], answer: str) -> set[int]:
    """Give the numbers of the blocks that an answer holds."""
    words = [words_of(block.text) for block in blocks]
    lines = [words_of(line) for line in answer.split("\n")]
    known = _Answer(lines)
    found = {number for number, block in enumerate(words) if known.holds(block)}
    found -= _second_copies(words, found, known)
    return found | _short_ones(words, found, known)


class _Answer:
    """The shingles and lines of an answer."""

    def __init__(self, lines: Sequence[tuple[str, ...]]) -> None:
        self.lines = Counter(line for line in lines if line)
        every = [word for line in lines for word in line]
        self.shingles = set(_shingles(every))

    def holds(self, words: tuple[str, ...]) -> bool:
        """Tell whether a block of at least one shingle lies in the answer."""
        if len(words) < _SHINGLE:
            return False
        mine = _shingles(words)
        return sum(shingle in self.shingles for shingle in mine) >= _ENOUGH * len(mine)


def _shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)]


def _second_copies(words: Sequence[tuple[str, ...]], found: set[int], known: _Answer) -> set[int]:
    """Give the copies of a paragraph beyond those in the answer: those farthest from the rest."""
    same: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number in sorted(found):
        same[words[number]].append(number)
    surplus: set[int] = set()
    for text, numbers in same.items():
        wanted = max(1, known.lines[text])
        if len(numbers) > wanted:
            near = {n: sum(m in found for m in range(n - _NEAR, n + _NEAR + 1)) for n in numbers}
            ranked = sorted(numbers, key=lambda n: (-near[n], n))
            surplus.update(ranked[wanted:])
    return surplus


def _short_ones(words: Sequence[tuple[str, ...]], found: set[int], known: _Answer) -> set[int]:
    """Give blocks of fewer words than a shingle that are lines of the answer, beside its others."""
    left = Counter(known.lines)
    short: set[int] = set()
    for number, block in enumerate(words):
        if not 0 < len(block) < _SHINGLE or left[block] < 1:
            continue
        if any(m in found for m in range(number - _NEAR, number + _NEAR + 1)):
            left[block] -= 1
            short.add(number)
    return short


def prose_blocks(blocks: Sequence[Block]) -> set[int]:
    """Give the blocks of running text in the element that holds most of it: the last resort."""
    weight: dict[Element, int] = defaultdict(int)
    prose = {
        number: len(words_of(block.text))
        for number, block in enumerate(blocks)
        if block.links <= _MOST_LINKED * len(block.text)
    }
    for number, size in prose.items():
        if size >= _PROSE_WORDS:
            parent = blocks[number].element.getparent()
            for share, holder in enumerate((blocks[number].element, parent), 1):
                if holder is not None:
                    weight[holder] += size * share
    if not weight:
        return set()
    best = max(weight, key=lambda holder: weight[holder])
    inside = {number for number in prose if _within(blocks[number].element, best)}
    return {number for number in inside if prose[number] >= _SHINGLE}


def _within(element: Element, holder: Element) -> bool:
    for _ in range(_NEAR):
        if element is holder:
            return True
        element = element.getparent()
        if element is None:
            return False
    return False
