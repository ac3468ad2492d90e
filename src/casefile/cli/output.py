"""Words on the terminal: JSON for programs, short lines and tables for people."""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final, TextIO

from casefile.model.text import isolate

_LONE: Final = re.compile("[\ud800-\udfff]")
_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
SHORT: Final = 8  # letters of an id that people are shown


class Output:
    """Standard output and standard error of one run."""

    def __init__(self, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._err = err or sys.stderr

    @property
    def terminal(self) -> bool:
        """True when a person reads standard output on a terminal."""
        return self._out.isatty()

    @property
    def progress_wanted(self) -> bool:
        """True when standard error is a terminal, which alone can draw a bar."""
        return self._err.isatty()

    @property
    def errors(self) -> TextIO:
        """Standard error."""
        return self._err

    def document(self, data: dict[str, Any]) -> None:
        """Print one JSON document."""
        self._write(as_json(data) + "\n")

    def line(self, text: str = "") -> None:
        """Print a line; text of a case in it went through `safe`."""
        self._write(text + "\n")

    def note(self, text: str) -> None:
        """Print a line on standard error."""
        self._err.write(_LONE.sub("\ufffd", text) + "\n")
        self._err.flush()

    def safe(self, text: str | None, *, lines: bool = False) -> str:
        """Make text of a case harmless here: nothing in it moves the cursor or turns its line."""
        clean = visible(text or "", lines=lines)
        return isolate(clean) if self.terminal and _RIGHT_TO_LEFT.search(clean) else clean

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Print rows of text of a case: a table on a terminal, else tabs between the columns."""
        safe = [[self.safe(cell) for cell in row] for row in rows]
        if not self.terminal:
            for row in safe:
                self.line("\t".join(cell.replace("\t", " ") for cell in row))
            return
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        drawn = Table(box=None, pad_edge=False, show_edge=False)
        for head in heads:
            drawn.add_column(Text(head), overflow="ellipsis", no_wrap=len(heads) > 1)
        for row in safe:
            drawn.add_row(*(Text(cell) for cell in row))
        Console(file=self._out, highlight=False, markup=False, emoji=False).print(drawn)

    def pairs(self, rows: Iterable[tuple[str, str | None]]) -> None:
        """Print labelled values, one a line; empty ones are left out."""
        kept = [(label, value) for label, value in rows if value]
        wide = max((len(label) for label, _ in kept), default=0)
        for label, value in kept:
            self.line(f"{label:<{wide}}  {self.safe(value)}")

    def _write(self, text: str) -> None:
        self._out.write(_LONE.sub("\ufffd", text))


def as_json(data: dict[str, Any]) -> str:
    """Write one document; what UTF-8 cannot hold (a file name's lone bytes) is escaped."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    return _LONE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def visible(text: str, *, lines: bool = False) -> str:
    """Show control characters and marks of direction as signs; line breaks as spaces."""
    kept = "\n\t" if lines else ""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c in kept else _shown(c) for c in text)


def _shown(c: str) -> str:
    if c in "\n\r\t\f\v\u2028\u2029\x85":
        return " "
    if c < " ":
        return chr(0x2400 + ord(c))
    if c in _BIDI:
        return f"⟨U+{ord(c):04X}⟩"
    return "\ufffd" if "\x7f" <= c <= "\x9f" or "\ud800" <= c <= "\udfff" else c


def instant(milliseconds: int) -> str:
    """Write milliseconds since 1970 as YYYY-MM-DDTHH:MM:SS.mmmZ."""
    moment = datetime.fromtimestamp(milliseconds // 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{milliseconds % 1000:03}Z"


def short(key: str | None) -> str:
    """Give the beginning of an id, enough to name it in a call."""
    return (key or "")[:SHORT]
