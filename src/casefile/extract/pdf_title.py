"""The title of a PDF: what it says of itself, else the largest line of its first page."""

import itertools
import re
from statistics import median

from casefile.extract.pdf_letters import plain
from casefile.extract.pdf_pages import Letter

_NO_TITLE = re.compile(
    r"(?:untitled|document|dokument|documento|title|titel|slide|print|pdf|none|null|unknown|page|test"
    r"|без имени|документ|مستند)[\s\d._-]*"
    r"|microsoft (?:word|powerpoint|excel)\b.*"
    r"|\S*[\\/]\S*[\\/]\S*"
    r"|.*\.(?:docx?|dotx?|indd|pdf|tex|qxd|rtf|odt|pages|xlsx?|pptx?|odp|dvi|ps|html?|txt|tmp|eps|ai)",
    re.IGNORECASE,
)
_MOST_LETTERS = 4000
_LARGER = 1.2
_SAME = 0.06
_MOST_LINES = 3


def sensible(title: object) -> str | None:
    """Give a title as the file says it, or None when it only names a program or a file."""
    if not isinstance(title, str):
        return None
    words = " ".join(plain(title).split())
    letters = sum(letter.isalpha() for letter in words)
    if letters < 2 or len(words) > 300 or "\ufffd" in words or _NO_TITLE.fullmatch(words):
        return None
    return words


def largest_line(letters: list[Letter]) -> str | None:
    """Give the line of a first page that is set clearly larger than the rest, if there is one."""
    lines = _lines(letters[:_MOST_LETTERS])
    heights = [height for words, height in lines for _ in words]
    if not heights:
        return None
    usual, most = median(heights), max(height for _, height in lines)
    if most < usual * _LARGER:
        return None
    first = next(at for at, (_, height) in enumerate(lines) if height >= most * (1 - _SAME))
    same = itertools.takewhile(lambda line: abs(line[1] - most) <= most * _SAME, lines[first:])
    words = [words for words, _ in same]
    if len(words) > _MOST_LINES:
        return None
    title = sensible(" ".join(words))
    return title if title and 4 <= len(title) <= 200 and " " in title else None


def _lines(letters: list[Letter]) -> list[tuple[str, float]]:
    """Give each line with letters and its middle height as a fraction of the page."""
    found: list[tuple[str, float]] = []
    for ends, group in itertools.groupby(letters, lambda letter: letter.text in "\r\n"):
        line = list(group)
        heights = [one.box[3] - one.box[1] for one in line if one.box and one.text.isalnum()]
        if not ends and heights:
            found.append(("".join(one.text for one in line), median(heights)))
    return found
