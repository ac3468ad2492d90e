"""Words with what in them differs from an earlier wording on a colour, with a line below."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from casefile.model.fold import words
from casefile.model.text import to_utf16
from casefile.ui.lettering import qt_direction
from casefile.ui.theme import Theme

MOST = 4_000  # letters that are compared and shown


class ChangedWords(QWidget):
    """Shows a wording; `role` is its font, `ink` the token of what is new in it."""

    def __init__(self, theme: Theme, role: str = "ui", ink: str = "good") -> None:
        super().__init__()
        self._theme, self._role, self._ink = theme, role, ink
        self._layout = QTextLayout()
        self._text = ""
        self._spans: list[tuple[int, int]] = []
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._lay_out)

    def show_words(self, text: str, before: str | None = None) -> None:
        """Show words; what `before` had not is marked."""
        self._text = text[:MOST] + ("…" if len(text) > MOST else "")
        self._spans = changed(before[:MOST], self._text) if before else []
        self.setAccessibleName(self._text)
        self._lay_out()

    def text(self) -> str:
        """Give the words that are shown."""
        return self._text

    @override
    def sizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(max(self.width(), 160)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(60, round(self._theme.metrics(self._role).height()))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._set_lines(self._prepared(), width)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._layout = self._prepared()
        self._set_lines(self._layout, self.width())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._theme.color("text"))
        self._layout.draw(painter, QPointF(0, 0))
        painter.end()

    def _lay_out(self) -> None:
        self._layout = self._prepared()
        self._set_lines(self._layout, max(self.width(), 60))
        self.updateGeometry()
        self.update()

    def _prepared(self) -> QTextLayout:
        shown = " ".join(self._text.split("\n"))
        layout = QTextLayout(shown, self._theme.font(self._role))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(qt_direction(self._text))
        rtl = option.textDirection() == Qt.LayoutDirection.RightToLeft
        option.setAlignment(Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
        layout.setTextOption(option)
        layout.setFormats([self._marked(start, end) for start, end in self._spans])
        return layout

    def _marked(self, start: int, end: int) -> QTextLayout.FormatRange:
        found = QTextLayout.FormatRange()
        found.start = to_utf16(self._text, start)
        found.length = to_utf16(self._text, end) - found.start
        look = QTextCharFormat()
        look.setBackground(self._theme.color(f"{self._ink}_soft"))
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        look.setUnderlineColor(self._theme.color(self._ink))
        found.format = look
        return found

    def _set_lines(self, layout: QTextLayout, width: int) -> int:
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height() * 1.15
        layout.endLayout()
        return round(height) + 2


def changed(before: str, after: str) -> list[tuple[int, int]]:
    """Give where the words of `after` are others than those of `before`, in code points."""
    old, new = list(words(before)), list(words(after))
    matcher = SequenceMatcher(
        None, [w.folded for w in old], [w.folded for w in new], autojunk=False
    )
    spans = [
        (new[c].start, new[d - 1].end)
        for kind, _, _, c, d in matcher.get_opcodes()
        if kind in ("replace", "insert") and d > c
    ]
    return _apart(spans)


def _apart(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [span for span, after in pairwise([*spans, (1 << 60, 0)]) if span[0] < after[0]]
