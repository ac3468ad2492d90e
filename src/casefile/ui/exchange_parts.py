"""Parts of the exchange page: what a merge would do, and what a bundle is to hold."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QWidget
from typing_extensions import override

from casefile.model.exchange import DELTA, FULL, Preview, Verified, Wanted
from casefile.model.text import isolate
from casefile.strings import tr, trn
from casefile.ui import doors
from casefile.ui.dialogs import Sheet
from casefile.ui.parts import OneLine, Words, button, column, row, wrapped
from casefile.ui.status_bar import State
from casefile.ui.theme import Theme
from casefile.ui.theme.painting import box

SHOWN = 8  # conflicts that are named


class Card(QFrame):
    """A surface with a hairline around."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows = column(self, (16, 12, 16, 12), 6)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box(
            painter,
            QRectF(self.rect()),
            self._theme.color("surface"),
            self._theme.color("line"),
            radius=6,
        )
        painter.end()


class PreviewView(QWidget):
    """Who sent a bundle, whether its signature holds, and what merging it would change."""

    def __init__(self, theme: Theme, found: Preview, file: Path | None) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(tr("Before anything is changed"))
        rows = column(self, gap=10)
        rows.addWidget(self._sender(found.verified, file))
        self.lines = list(counted(found))
        card = Card(theme)
        for icon, number, words in self.lines:
            line = row(gap=8)
            sign = State(theme, icon, "")
            sign.setFixedWidth(22)
            line.addWidget(sign)
            count = Words(theme, number, "ui_strong")
            count.setMinimumWidth(round(theme.dip(40)))
            count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line.addWidget(count)
            line.addWidget(Words(theme, words, "ui", "text2"))
            line.addStretch(1)
            card.rows.addLayout(line)
        rows.addWidget(card)
        for sentence in warnings(found):
            rows.addWidget(wrapped(theme, sentence, "ui", "warn"))

    def _sender(self, found: Verified, file: Path | None) -> Card:
        theme, card = self._theme, Card(self._theme)
        who = isolate(found.name) if found.name else tr("somebody without a name")
        card.rows.addWidget(OneLine(theme, tr("From {who}").format(who=who), "title"))
        icon, ink, words = signed(found)
        line = row(gap=8)
        sign = State(theme, icon, "")
        sign.tint(ink)
        sign.setFixedWidth(22)
        line.addWidget(sign)
        line.addWidget(wrapped(theme, words, "ui_medium", ink), 1)
        card.rows.addLayout(line)
        if found.words:
            card.rows.addWidget(wrapped(theme, " ".join(found.words), "label", "text2"))
        told = [tr(found.kind), found.made, file.name if file else ""]
        card.rows.addWidget(OneLine(theme, " · ".join(filter(None, told)), "label", "text3"))
        return card


def signed(found: Verified) -> tuple[str, str, str]:
    """Say what is known of the signature: icon, token of the colour, words."""
    if found.signature == "trusted":
        return "shield-check", "good", tr("signature valid, key known")
    if found.signature == "unknown key":
        return "alert-triangle", "warn", tr("signature valid, but you do not know this key")
    return "alert-triangle", "warn", tr("not signed: anybody could have made it")


def counted(found: Preview) -> Iterable[tuple[str, str, str]]:
    """Give the numbers: icon, number, words."""
    deleted = sum(map(len, found.deleted.values()))
    yield "plus", f"{found.new_records}", tr("new records")
    yield "arrows-exchange", f"{found.changed_records}", tr("changed")
    if deleted:
        yield "trash", f"{deleted}", tr("deleted there")
    yield "copy", f"{found.already}", tr("operations are here already")
    yield "arrows-split-2", f"{len(found.conflicts)}", tr("conflicts to decide")
    for _, handle, count in found.who:
        yield "user", f"{count}", tr("operations by {who}").format(who=isolate(handle))


def warnings(found: Preview) -> Iterable[str]:
    """Say what a person should think about before merging."""
    yield from found.verified.warnings
    if found.other_case:
        yield tr("It comes from another case. Merging puts the two together.")
    if found.dangling:
        yield trn("{n} link leads to what is in neither.", "{n} links lead to what is in neither.",
                  len(found.dangling))  # fmt: skip
    for fork in found.forks:
        yield tr("Two histories were written as {id}; both are kept.").format(id=fork[:8])


class WriteSheet(Sheet):
    """Asks what a bundle is to hold, and how it is locked."""

    def __init__(self, theme: Theme, window: QWidget, then: Callable[[Wanted], object]) -> None:
        super().__init__(theme, window, tr("Write a bundle"))
        self._then = then
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("What goes along"))
        for key, words in (
            (FULL, tr("Everything in this case")),
            (DELTA, tr("What is new since the last bundle from the receiver")),
        ):
            self.kind.addItem(words, key)
        self.locked = QCheckBox(tr("Lock it with eight words"))
        self.words = wrapped(theme, "", "ui_strong")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        told = tr("Tell the words to the receiver by another way than the file.")
        self.told = wrapped(theme, told, "label", "text2")
        for part in (self.kind, self.locked, self.words, self.told):
            self.rows.addWidget(part)
        self.locked.toggled.connect(lambda _: self._fit())
        go = button(theme, tr("Choose a file…"), self.keep, primary=True)
        self.close_row(button(theme, tr("Leave"), self.close), go)
        self._fit()
        self.kind.setFocus()

    def keep(self) -> None:
        """Hand over what is wanted."""
        words = self.words.text() if self.locked.isChecked() else ""
        wanted = Wanted(kind=str(self.kind.currentData()), passphrase=words)
        self.close()
        self._then(wanted)

    def _fit(self) -> None:
        locked = self.locked.isChecked()
        if locked and not self.words.text():
            self.words.setText(doors.exchange.passphrase())
        self.words.setVisible(locked)
        self.told.setVisible(locked)
