"""Letters as PDFs print them back to letters as people write them."""

import itertools
import re
import unicodedata
from collections import Counter

# Arabic letters in the shapes that they have beside others, and Latin ligatures.
_SHAPES = re.compile(
    "[\ufb50-\ufdff\ufe70-\ufefc]+(?:[ \u064b-\u065f]+[\ufb50-\ufdff\ufe70-\ufefc]+)*"
    "[\u064b-\u065f]*"
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LIGATURES = re.compile("[\ufb00-\ufb06\ufb13-\ufb17]")
_HYPHEN_AT_LINE_END = re.compile("[\x02\ufffe]")
_CONTROL = re.compile("[\x01\x03-\x08\x0e-\x1f\x7f]")
_SPACED_END = re.compile(r"[ \t]+\n")
_GLYPH_NAME = re.compile(
    r"(?<!/)/(?:[a-z]+\.[a-z]{2,4}|[A-Za-z](?:_[A-Za-z])+|g\d{1,4}|uni[0-9A-F]{4})(?!\w)"
)
_WIDE = re.compile(r"\b(?:\w ){3,}\w\b")
_JOINS_NEXT = ("INITIAL FORM", "MEDIAL FORM")
_JOINS_LAST = ("FINAL FORM", "MEDIAL FORM")


def is_right_to_left(text: str) -> bool:
    """Say whether there are words written from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


def has_shapes(text: str) -> bool:
    """Say whether there are Arabic letters in printed shapes."""
    return _SHAPES.search(text) is not None


def plain(text: str) -> str:
    """Give the text of a page without what only the printer needs.

    Line ends are LF, there is no form feed in it, ligatures are letters, and letters that the font
    gives no meaning for are U+FFFD.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\v", "\n")
    text = _HYPHEN_AT_LINE_END.sub("-", text.replace("\x00", "\ufffd"))
    text = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = _CONTROL.sub("\ufffd", text.encode("utf-8", "replace").decode())
    return _SPACED_END.sub("\n", text).strip("\n ")


def unshaped(text: str) -> tuple[str, bool]:
    """Turn printed shapes into plain letters; say whether runs stood in reverse.

    Shapes know their neighbours: in the order of reading a letter that joins the next one comes
    before one that joins the last one. Where most pairs of a run say otherwise, it is reversed.
    """
    turned = False

    def repair(found: re.Match[str]) -> str:
        nonlocal turned
        run = found[0]
        if _is_reversed(run):
            turned = True
            run = _reverse(run)
        return unicodedata.normalize("NFKC", run)

    return _SHAPES.sub(repair, text), turned


def _reverse(run: str) -> str:
    """Reverse a run; marks stay behind the letter that they sit on."""
    clusters: list[str] = []
    for letter in run:
        if clusters and unicodedata.combining(letter):
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return "".join(reversed(clusters))


def _is_reversed(run: str) -> bool:
    names = [unicodedata.name(letter, "") for letter in run]
    forward = backward = 0
    for first, second in itertools.pairwise(names):
        forward += first.endswith(_JOINS_NEXT) and second.endswith(_JOINS_LAST)
        backward += first.endswith(_JOINS_LAST) and second.endswith(_JOINS_NEXT)
    return backward > forward


def words(text: str) -> int:
    """Count what stands between white space; letters set wide apart are one word."""
    return len(_WIDE.sub("x", text).split())


def letters_of(text: str) -> Counter[str]:
    """Count the letters and digits of a text, shapes as plain letters."""
    return Counter(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def shared(one: Counter[str], other: Counter[str]) -> float:
    """Give the share of the letters of the longer text that both have; 1.0 for two empty ones."""
    longest = max(one.total(), other.total())
    return (one & other).total() / longest if longest else 1.0


def glyph_names(text: str) -> int:
    """Count names of glyphs, such as `/one.os`, that stand where letters should."""
    return len(_GLYPH_NAME.findall(text))


def unreadable(text: str) -> int:
    """Count the letters that say nothing: replaced ones and those of private use."""
    return sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in text)
