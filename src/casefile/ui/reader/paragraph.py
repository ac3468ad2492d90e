"""One paragraph laid out by Qt, asked and answered in code points."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from casefile.model.text import Utf16Map
from casefile.ui.reader.styles import Style
from casefile.ui.theme import Theme

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]+")
_LATIN = re.compile("[A-Za-z0-9\u00c0-\u024f\u0370-\u052f]+")
# Stretches that Qt gives one direction: right-to-left letters, figures, other letters, the rest.
_RUNS = re.compile(f"[{_RTL}]+|[0-9]+|[^\\W\\d_]+|[\\W\\d_]", re.UNICODE)
_HAS_RTL = re.compile(f"[{_RTL}\u200f\u202b\u202e\u2067]")
_GOING_ON = ",;-–،؛"  # a line that ends so goes on in the next
_SEAM = 0.75  # boxes nearer than this are one
HIDDEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# One character stands for one, so that positions stay: line ends and letters without a shape.
_SHOWN = {0x0A: "\u2028", 0x0B: "\u2028", 0x0D: " ", 0x85: "\u2028", 0x2029: "\u2028"}
_SHOWN |= {c: chr(0x2400 + c) for c in range(32) if c not in {0x09, 0x0A, 0x0B, 0x0D}}
_SHOWN |= {0x7F: "\u2421"}


class Paragraph:
    """A block set in a width; positions are code points from the start of the block.

    `height` is in logical pixels, the space above included; boxes are relative to its top left.
    """

    def __init__(
        self, words: str, style: Style, theme: Theme, direction: str, width: float
    ) -> None:
        self.words = words
        self.style = style
        self.direction = direction
        self.map = Utf16Map(words)
        self.script = "arabic" if direction == "rtl" and _ARABIC.search(words) else None
        self.mixed = direction == "rtl" or _HAS_RTL.search(words) is not None
        self._theme = theme
        self.before = theme.dip(style.before)
        self.indent = theme.dip(style.indent)
        font = theme.font(style.role, self.script)
        self.layout = QTextLayout(_reflowed(words).translate(_SHOWN), font)
        self.layout.setCacheEnabled(True)
        self.layout.setTextOption(_option(direction))
        self.layout.setFormats(list(self._formats()))
        self._lines: list[QTextLine] = []
        self._starts: list[int] = []
        self._boxes: dict[tuple[int, int], list[QRectF]] = {}
        self.height = self._place(width)

    def _formats(self) -> Iterator[QTextLayout.FormatRange]:
        """Set words of the other script so that both look the same size."""
        role = self.style.role
        if self.script == "arabic":
            font, found = self._theme.font(role), _LATIN
            font.setPointSizeF(self._theme.font(role, "arabic").pointSizeF() * 0.86)
        elif _ARABIC.search(self.words):
            font, found = self._theme.font(role, "arabic"), _ARABIC
            font.setPointSizeF(self._theme.font(role).pointSizeF() * 1.16)
        else:
            return
        made = QTextCharFormat()
        made.setFont(font)
        for match in found.finditer(self.words):
            entry = QTextLayout.FormatRange()
            entry.start = self.map.to_utf16(match.start())
            entry.length = self.map.to_utf16(match.end()) - entry.start
            entry.format = made
            yield entry

    def _place(self, width: float) -> float:
        """Break into lines on one rhythm, whatever fallback fonts stand in them."""
        leading = self._theme.leading(self.style.role, self.script)
        metrics = self._theme.metrics(self.style.role, self.script)
        base = (leading - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()
        left = self.indent if self.direction == "ltr" else 0.0
        y = self.before
        self.layout.beginLayout()
        while (line := self.layout.createLine()).isValid():
            line.setLineWidth(max(40.0, width - self.indent))
            line.setPosition(QPointF(left, y + base - line.ascent()))
            self._lines.append(line)
            self._starts.append(line.textStart())
            y += leading
        self.layout.endLayout()
        self.leading = leading
        self.base = base
        return y

    @property
    def lines(self) -> int:
        """The number of lines."""
        return len(self._lines)

    def draw(
        self,
        painter: QPainter,
        at: QPointF,
        selection: tuple[int, int] | None,
        back: QColor,
    ) -> None:
        """Draw the words, with a selection behind them; `painter`'s pen is their colour."""
        ranges = []
        if selection is not None and selection[0] < selection[1]:
            entry = QTextLayout.FormatRange()
            entry.start = self.map.to_utf16(selection[0])
            entry.length = self.map.to_utf16(selection[1]) - entry.start
            made = QTextCharFormat()
            made.setBackground(back)
            entry.format = made
            ranges.append(entry)
        self.layout.draw(painter, at, ranges)

    def boxes(self, start: int, end: int) -> list[QRectF]:
        """Give the boxes of a range, in lines and within a line from left to right.

        Exact for both directions in one line: what is chosen is covered, nothing else is.
        """
        if (start, end) not in self._boxes:
            self._boxes[start, end] = self._found_boxes(start, end)
        return self._boxes[start, end]

    def _found_boxes(self, start: int, end: int) -> list[QRectF]:
        found: list[QRectF] = []
        first, last = self.map.to_utf16(start), self.map.to_utf16(end)
        for number, line in enumerate(self._lines):
            begin = line.textStart()
            a, b = max(first, begin), min(last, begin + line.textLength())
            if a < b:
                top = self._top(number)
                found.extend(
                    QRectF(x, top, right - x, self.leading) for x, right in self._spans(line, a, b)
                )
        return found

    def _spans(self, line: QTextLine, a: int, b: int) -> list[tuple[float, float]]:
        """Give the stretches of units a..b in a line as merged pairs of left and right."""
        start, end = self.map.from_utf16(a), self.map.from_utf16(b)
        words = self.words[start:end]
        end -= len(words) - len(words.rstrip())
        words = self.words[start:end]
        if not words:
            return []
        if not self.mixed:
            last = self.map.to_utf16(end)
            return [(_x(line, a), _x(line, last))]
        spans = []
        for match in _RUNS.finditer(words):
            low = self.map.to_utf16(start + match.start())
            high = self.map.to_utf16(start + match.end())
            for run in line.glyphRuns(low, high - low):
                rect = run.boundingRect()
                spans.append((rect.left(), rect.right()))
        return _merged(spans)

    def position_at(self, x: float, y: float) -> int:
        """Give the code point nearest to a point."""
        return self._at_line(self._line_at(y), x)

    def line_of(self, position: int) -> int:
        """Give the number of the line that a position stands in."""
        unit = self.map.to_utf16(position)
        return max(0, bisect_right(self._starts, unit) - 1)

    def line_range(self, number: int) -> tuple[int, int]:
        """Give the code points where a line begins and ends, its line feed left out."""
        number = max(0, min(number, len(self._lines) - 1))
        line = self._lines[number]
        start = self.map.from_utf16(line.textStart())
        end = self.map.from_utf16(line.textStart() + line.textLength())
        last = self.words[start:end][-1:]
        if last == "\n" or (last == " " and number < len(self._lines) - 1):
            end -= 1
        return start, end

    def in_line(self, number: int, x: float) -> int:
        """Give the position in a line nearest to `x`."""
        return self._at_line(max(0, min(number, len(self._lines) - 1)), x)

    def caret(self, position: int) -> QRectF:
        """Give where the caret stands."""
        number = self.line_of(position)
        x = _x(self._lines[number], self.map.to_utf16(position))
        return QRectF(x - 0.75, self._top(number), 1.5, self.leading)

    def moved(self, position: int, step: str) -> int | None:
        """Move by sight: left, right, or a word left or right; None leaves the paragraph."""
        unit = self.map.to_utf16(position)
        word = step.startswith("word ")
        ahead = (step.endswith("right")) == (self.direction == "ltr")
        if word:
            mode = QTextLayout.CursorMode.SkipWords
            found = (
                self.layout.nextCursorPosition if ahead else self.layout.previousCursorPosition
            )(unit, mode)
        else:
            self.layout.setCursorMoveStyle(Qt.CursorMoveStyle.VisualMoveStyle)
            right = step == "right"
            found = (self.layout.rightCursorPosition if right else self.layout.leftCursorPosition)(
                unit
            )
            self.layout.setCursorMoveStyle(Qt.CursorMoveStyle.LogicalMoveStyle)
        return None if found == unit else self.map.from_utf16(found)

    def hidden(self) -> list[tuple[int, QPointF]]:
        """Give the controls without a shape and the point on the line where each stands."""
        found = []
        for match in HIDDEN.finditer(self.words):
            box = self.caret(match.start())
            found.append((match.start(), QPointF(box.center().x(), box.top() + self.base)))
        return found

    def _line_at(self, y: float) -> int:
        return max(0, min(int((y - self.before) // self.leading), len(self._lines) - 1))

    def _at_line(self, number: int, x: float) -> int:
        start, end = self.line_range(number)
        found = self.map.from_utf16(self._lines[number].xToCursor(x))
        return max(start, min(found, end))

    def _top(self, number: int) -> float:
        return self.before + number * self.leading


def _option(direction: str) -> QTextOption:
    left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    option = QTextOption(left if direction == "ltr" else right)
    ltr, rtl = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
    option.setTextDirection(ltr if direction == "ltr" else rtl)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _reflowed(words: str) -> str:
    """Join lines that were only broken because the page or the mail was full."""
    if "\n" not in words:
        return words
    lines = words.split("\n")
    widest = max(map(len, lines))
    if widest < 45:
        return words
    parts = []
    for line in lines[:-1]:
        full = 0.6 if line[-1:].isalnum() or line[-1:] in _GOING_ON else 0.82
        parts += [line, " " if len(line) > full * widest else "\n"]
    return "".join([*parts, lines[-1]])


def _x(line: QTextLine, unit: int) -> float:
    found: Any = line.cursorToX(unit)  # declared as object; a pair of x and unit
    return float(found[0])


def _merged(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for left, right in sorted(spans):
        if found and left - found[-1][1] < _SEAM:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found
