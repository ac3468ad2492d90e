"""One piece of evidence as a card: the quoted words in serif, grade, source and place below."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from casefile.model import text as texts
from casefile.model.view import EvidenceView
from casefile.strings import tr
from casefile.ui.lists.source_painter import grade_box
from casefile.ui.parts import OneLine, break_lines, column, row, wrapped
from casefile.ui.theme import Theme
from casefile.ui.theme.painting import box, ring


class EvidenceCard(QFrame):
    """Enter or a click opens the place; `chosen` says that the card got the focus."""

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, evidence: EvidenceView, run: Callable[[EvidenceView], object]
    ) -> None:
        super().__init__()
        self._theme, self.evidence, self._run = theme, evidence, run
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(f"{evidence.quote}. {evidence.source_title}")
        layout = column(self, (14, 10, 12, 8), 6)
        quote = evidence.quote or evidence.source_title
        rtl = texts.direction(quote) == "rtl"
        self.quote = QLabel(" ".join(quote.split())[:900])
        self.quote.setTextFormat(Qt.TextFormat.PlainText)
        break_lines(self.quote)
        self.quote.setFont(theme.font("quote", "arabic" if rtl else None))
        self.quote.setAlignment(
            (Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
            | Qt.AlignmentFlag.AlignAbsolute
        )
        layout.addWidget(self.quote)
        foot = row(gap=8)
        foot.addWidget(_Grade(theme, evidence.reliability))
        name = OneLine(theme, evidence.publisher or evidence.source_title, "label_strong")
        name.setMaximumWidth(name.sizeHint().width() + 4)
        foot.addWidget(name, 3)
        foot.addWidget(OneLine(theme, _place(evidence), "label", "text3"), 2)
        layout.addLayout(foot)
        if evidence.warrant:
            layout.addWidget(wrapped(theme, evidence.warrant, "label", "text2"))
        theme.changed.connect(self._tint)
        self._tint()

    def _tint(self) -> None:
        palette = QPalette(self.quote.palette())
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.color("text"))
        self.quote.setPalette(palette)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._run(self.evidence)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._run(self.evidence)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        rect = QRectF(self.rect())
        box(painter, rect, theme.color("surface"), theme.color("line"), radius=6)
        if self.evidence.mark:
            look = theme.tokens.mark(self.evidence.mark)
            bar = QRectF(rect.left() + 1, rect.top() + 8, 3, rect.height() - 16)
            if self.isRightToLeft():
                bar.moveRight(rect.right() - 1)
            painter.fillRect(bar, QColor(look.line))
        if self.hasFocus():
            ring(painter, rect, theme.color("focus"), 6)
        painter.end()


class _Grade(QWidget):
    def __init__(self, theme: Theme, letter: str | None) -> None:
        super().__init__()
        self._theme, self._letter = theme, letter
        side = round(theme.dip(19))
        self.setFixedSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        grade_box(painter, self._theme, QRectF(self.rect()), self._letter)
        painter.end()


def _place(evidence: EvidenceView) -> str:
    if evidence.page:
        return tr("page {n}").format(n=evidence.page)
    return evidence.zone or ""
