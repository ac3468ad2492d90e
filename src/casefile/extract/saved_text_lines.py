"""The paragraphs of a plain text, whatever blank lines and line lengths it was saved with."""

import re
from dataclasses import dataclass
from itertools import pairwise

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_END = re.compile(r"[.!?…؟。！？۔]['\"”’»)\]]*(?:\s*[(\[][^()\[\]]{1,60}[)\]]\.?)?$")
_WIDEST = 100  # code points; lines of a text that was wrapped by hand or by a program
_FULL = 0.75
_TOLERANCE = 0.92  # people who wrap by hand do not fill a line to the last place
_FEWEST_FULL = 4
_PROSE = 12  # words of a sentence that is no heading
_LONG_PROSE = 30


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its range in the text, its words on one line, and the blank lines before it."""

    start: int
    end: int
    line: str
    blank: int

    @property
    def words(self) -> int:
        """Give the number of words; two ideographs count as one."""
        return len(_WORD.findall(self.line)) + len(_IDEOGRAPH.findall(self.line)) // 2

    @property
    def is_sentence(self) -> bool:
        """Tell whether it ends as a sentence does."""
        return bool(_END.search(self.line))

    @property
    def is_prose(self) -> bool:
        """Tell whether it is running text: a sentence of some length, or a long line."""
        words = self.words
        return words >= _LONG_PROSE or (words >= _PROSE and self.is_sentence)


def read_paragraphs(text: str) -> list[Paragraph]:
    """Give the paragraphs of a text in order.

    A line is a paragraph, unless the text was wrapped: then a line belongs to the one before where
    its first word would not have fitted there.
    """
    lines = _lines(text)
    width = _width(lines)
    paragraphs: list[Paragraph] = []
    for line in lines:
        last = paragraphs[-1] if paragraphs else None
        if last is not None and width and line.blank == 0 and _is_full(text, last, line, width):
            joined = f"{last.line} {line.line}"
            paragraphs[-1] = Paragraph(last.start, line.end, joined, last.blank)
        else:
            paragraphs.append(line)
    return paragraphs


def _lines(text: str) -> list[Paragraph]:
    lines: list[Paragraph] = []
    at = blank = 0
    for raw in text.split("\n"):
        bare = raw.strip()
        if bare:
            start = at + raw.index(bare)
            lines.append(Paragraph(start, start + len(bare), bare, blank))
            blank = 0
        else:
            blank += 1
        at += len(raw) + 1
    return lines


def _width(lines: list[Paragraph]) -> int:
    """Give the width at which a text was wrapped, or 0 when its lines are whole paragraphs."""
    longest = max((len(line.line) for line in lines), default=0)
    if not 40 <= longest <= _WIDEST:
        return 0
    full = sum(
        len(above.line) >= _FULL * longest for above, below in pairwise(lines) if below.blank == 0
    )
    return longest if full >= _FEWEST_FULL else 0


def _is_full(text: str, above: Paragraph, below: Paragraph, width: int) -> bool:
    """Tell whether the first word of a line would not have fitted on the line above."""
    begin = text.rfind("\n", 0, above.end) + 1
    used = above.end - max(begin, above.start)
    first = below.line.split(maxsplit=1)[0]
    return used + 1 + len(first) > _TOLERANCE * width
