"""One value of a conflict as a card: whose it is, when, the words with what changed, buttons."""

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from casefile.ui.changed_words import ChangedWords
from casefile.ui.parts import Button, OneLine, Words, button, column, row
from casefile.ui.theme import Theme
from casefile.ui.theme.painting import box


class ConflictCard(QFrame):
    """A quiet one is for comparison only."""

    def __init__(self, theme: Theme, name: str, when: str, *, quiet: bool = False) -> None:
        super().__init__()
        self._theme, self._quiet = theme, quiet
        self.setAccessibleName(name)
        self.name = Words(theme, name, "ui_strong")
        self.who = OneLine(theme, "", "label", "text2")
        self.words = ChangedWords(theme, "ui_medium")
        self.buttons: list[Button] = []
        layout = column(self, (14, 10, 14, 12), 6)
        head = row(gap=8)
        head.addWidget(self.name)
        head.addStretch(1)
        head.addWidget(Words(theme, when, "label", "text2"))
        layout.addLayout(head)
        layout.addWidget(self.who)
        layout.addWidget(self.words)
        layout.addStretch(1)
        self._row = row(gap=8)
        layout.addLayout(self._row)

    def show_words(self, words: str, who: str, before: str | None) -> None:
        """Show a value, what in it is new against `before`, and whose it is."""
        self.words.show_words(words, before)
        self.who.set_text(who)
        self.who.setVisible(bool(who))

    def offer(self, key: str, words: str, run: Callable[[], object]) -> None:
        """Add a button that says its key."""
        made = button(self._theme, f"{key}  {words}" if key else words, run, primary=key == "1")
        made.setAccessibleName(words)
        self.buttons.append(made)
        self._row.addWidget(made, 1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill = self._theme.color("sunken" if self._quiet else "surface")
        box(painter, QRectF(self.rect()), fill, self._theme.color("line"), radius=6)
        painter.end()
