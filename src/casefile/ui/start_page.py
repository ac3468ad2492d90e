"""The first page: a new case, an old one, or a look around in the sample case."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout
from typing_extensions import override

from casefile.strings import tr
from casefile.ui import icons
from casefile.ui.key_hints import cap
from casefile.ui.lettering import line
from casefile.ui.pane import Pane
from casefile.ui.parts import LinkButton, Words, clear, column, row, wrapped
from casefile.ui.section import FactRow
from casefile.ui.theme import Theme
from casefile.ui.theme.painting import box, ring
from casefile.ui.top_strip import Logo


class BigButton(QAbstractButton):
    """A button with icon, title, sentence and key."""

    def __init__(
        self, theme: Theme, words: tuple[str, str, str], key: str, *, primary: bool = False
    ) -> None:
        """Make a button of (icon, title, sentence)."""
        super().__init__()
        self._theme, self._key, self._primary = theme, key, primary
        self._icon, title, self._sentence = words
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(self._sentence)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(self._theme.dip(400)), round(self._theme.dip(66)))

    @override
    def keyPressEvent(self, e: QKeyEvent) -> None:
        if e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(e)

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        theme, dip = self._theme, self._theme.dip
        painter = QPainter(self)
        rect = QRectF(self.rect())
        over = self.underMouse()
        if self._primary:
            fill = theme.color("accent").lighter(108) if over else theme.color("accent")
            box(painter, rect, fill, radius=9)
        else:
            edge = theme.color("control" if over else "line")
            box(painter, rect, theme.color("hover" if over else "surface"), edge, radius=9)
        ink = theme.color("on_accent" if self._primary else "text")
        quiet = ink if self._primary else theme.color("text2")
        side = dip(20)
        at = QPointF(dip(20), rect.center().y() - side / 2)
        icons.draw(painter, self._icon, at, ink if self._primary else theme.color("accent"), side)
        left = dip(56)
        high = theme.metrics("title").height()
        upper = QRectF(left, rect.center().y() - high - 1, rect.width() - left - dip(90), high + 2)
        line(painter, upper, self.text(), (theme.font("title"), ink))
        lower = QRectF(left, rect.center().y() + 2, rect.width() - left - 12, high)
        line(painter, lower, self._sentence, (theme.font("ui"), quiet))
        if self._key:
            width = theme.metrics("tiny").horizontalAdvance(self._key) + dip(9)
            cap(painter, theme, rect.right() - width - dip(14), rect.center().y(), self._key)
        if self.hasFocus():
            name = "on_accent" if self._primary else "focus"
            ring(painter, rect.adjusted(3, 3, -3, -3), theme.color(name), 7)
        painter.end()


class StartPage(Pane):
    """Runs commands by their ids; `open_case` takes the path of a recent case."""

    def __init__(
        self, theme: Theme, run: Callable[[str], None], open_case: Callable[[str], None]
    ) -> None:
        super().__init__(theme, "start", tr("Start"), "panel")
        self._open_case = open_case
        self.message = wrapped(theme, "", "ui_medium", "text2")
        self._recent = QVBoxLayout()
        self._facts = QVBoxLayout()
        outer = row(self, (40, 20, 40, 20))
        outer.addStretch(1)
        middle = column(gap=0)
        outer.addLayout(middle, 4)
        outer.addStretch(1)
        middle.addStretch(2)
        middle.addLayout(self._title())
        middle.addSpacing(34)
        both = row(gap=46)
        middle.addLayout(both)
        left = column(gap=10)
        both.addLayout(left, 5)
        for words, key, command in _choices():
            made = BigButton(theme, words, key, primary=command == "case.new")
            made.clicked.connect(lambda *_, c=command: run(c))
            left.addWidget(made)
        left.addStretch(1)
        both.addLayout(self._side(), 5)
        middle.addSpacing(40)
        middle.addWidget(self.message)
        promise = tr("Casefile never uses the network. It has no account and no telemetry.")
        middle.addWidget(wrapped(theme, promise, "ui", "text2"))
        middle.addWidget(
            wrapped(theme, tr("You can also drop a case folder anywhere here."), "ui", "text3")
        )
        middle.addStretch(3)

    def show_facts(self, rows: list[tuple[str, str]], recent: list[str]) -> None:
        """Show what holds on this machine, and the cases that were opened if they are kept."""
        clear(self._facts)
        for name, value in rows:
            self._facts.addWidget(FactRow(self.theme, name, value))
        clear(self._recent)
        for path in recent:
            made = LinkButton(self.theme, path, partial(self._open_case, path))
            self._recent.addWidget(made)
        if not recent:
            words = tr("None are kept. A setting makes Casefile remember them.")
            self._recent.addWidget(wrapped(self.theme, words, "ui", "text3"))

    def say(self, words: str) -> None:
        """Say what is being done, or nothing."""
        self.message.setText(words)

    def _title(self) -> QVBoxLayout:
        holder = column()
        line_ = row(gap=16)
        line_.addWidget(Logo(self.theme, 44))
        words = column(gap=1)
        words.addWidget(Words(self.theme, "Casefile", "claim"))
        sentence = tr("Read, mark and weigh evidence. Everything stays on this computer.")
        words.addWidget(Words(self.theme, sentence, "ui", "text2"))
        line_.addLayout(words, 1)
        holder.addLayout(line_)
        return holder

    def _side(self) -> QVBoxLayout:
        side = column(gap=6)
        side.addWidget(Words(self.theme, tr("Recent"), "label_strong", "text3"))
        side.addLayout(self._recent)
        side.addSpacing(22)
        side.addWidget(Words(self.theme, tr("On this computer"), "label_strong", "text3"))
        side.addLayout(self._facts)
        side.addStretch(1)
        return side


def _choices() -> list[tuple[tuple[str, str, str], str, str]]:
    return [
        (("plus", tr("New case"), tr("Choose a folder, then add evidence.")), "Ctrl N", "case.new"),
        (
            ("folder-open", tr("Open a case"), tr("A folder that ends in .casefile.")),
            "Ctrl O",
            "case.open",
        ),
        (
            (
                "eye",
                tr("Look around in the sample case"),
                tr("Invented sources in three languages."),
            ),
            "",
            "case.sample",
        ),
    ]
