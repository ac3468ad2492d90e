"""Cells of tables that a spreadsheet reads: words stay words and never become a formula."""

import re
from typing import Final

_ACTS: Final = re.compile(r"[\s\x00-\x1f\u200b-\u200f\u2060-\u2069\ufeff]*[=+\-@＝＋－＠]")
_LEADS: Final = ("\t", "\r", "\n")
_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
QUOTE: Final = "'"


def safe_cell(words: str) -> str:
    """Give a cell's text with a quote before whatever a spreadsheet would take as a formula.

    That is a beginning of `= + - @`, their wide forms, a tab or a line break, also behind blanks
    that cannot be seen. A plain number (`-33.5`) is no formula and stays as it is. NUL, which no
    spreadsheet takes, is shown as U+FFFD.
    """
    words = words.replace("\x00", "\ufffd")
    if _NUMBER.fullmatch(words) or not (words.startswith(_LEADS) or _ACTS.match(words)):
        return words
    return QUOTE + words
