"""Where words end on a PDF page: one reading mended with what the other knows."""

import itertools
import re

_WORD = re.compile(r"\S+")
# Readers often leave out the space where the direction of writing changes.
_TURN = re.compile(r"(?<=[A-Za-z\d])(?=[\u05d0-\u06d3])|(?<=[\u05d0-\u06d3])(?=[A-Za-z])")
_MOST_PARTS = 3
_MOST_PIECES = 6


def mended(text: str, spare: str) -> str:
    """Give the letters of one reading in the words of the other.

    Words that the other reading never has whole and has exactly so as two or three in a row are
    parted; words in a row on one line that it never has in a row and has as one word are joined.
    """
    whole = set(spare.split())
    theirs = _TURN.sub(" ", spare).split()
    whole.update(theirs)
    return _parted(_joined(text, theirs, whole), theirs, whole)


def _parted(text: str, theirs: list[str], whole: set[str]) -> str:
    apart: dict[str, str] = {}
    for size in range(2, _MOST_PARTS + 1):
        for at in range(len(theirs) - size + 1):
            parts = theirs[at : at + size]
            # Lone letters in a row may be one word set wide.
            if sum(len(part) == 1 for part in parts) < size - 1:
                apart.setdefault("".join(parts), " ".join(parts))
    return _WORD.sub(
        lambda found: found[0] if found[0] in whole else apart.get(found[0], found[0]), text
    )


def _joined(text: str, theirs: list[str], whole: set[str]) -> str:
    pairs = set(itertools.pairwise(theirs))
    return "\n".join(_joined_line(line, pairs, whole) for line in text.split("\n"))


def _joined_line(line: str, pairs: set[tuple[str, str]], whole: set[str]) -> str:
    words = line.split(" ")
    out: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(_MOST_PIECES, len(words) - at), 1, -1):
            pieces = words[at : at + size]
            if (
                all(pieces)
                and "".join(pieces) in whole
                and not any(pair in pairs for pair in itertools.pairwise(pieces))
            ):
                out.append("".join(pieces))
                at += size
                break
        else:
            out.append(words[at])
            at += 1
    return " ".join(out)
