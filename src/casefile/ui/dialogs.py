"""Small dialogs: a line of text, a choice, the keys, the history, a defect of the program."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QMetaObject, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from casefile.strings import tr
from casefile.ui.parts import FieldBox, Words, button, column, row, wrapped
from casefile.ui.theme import Theme


class Sheet(QDialog):
    """A dialog of the window with a title line; it is let go when it closes."""

    def __init__(self, theme: Theme, window: QWidget, title: str) -> None:
        super().__init__(window)
        self.theme = theme
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.rows = column(self, (18, 16, 18, 14), 10)
        self.rows.addWidget(Words(theme, title, "title"))
        self.setMinimumWidth(round(theme.dip(420)))
        self._links: tuple[QMetaObject.Connection, ...] = ()

    def close_when_saved(self) -> None:
        """Go away, but come back with all that was written if it could not be saved."""
        bridge = getattr(self.parent(), "bridge", None)
        if bridge is None or not bridge.is_busy:
            self.close()
            return
        self.hide()
        self._links = (
            bridge.trouble.connect(self._come_back),
            bridge.busy.connect(self._go),
        )

    def _come_back(self, _: object) -> None:
        self._let_go()
        self.show()

    def _go(self, busy: bool) -> None:  # noqa: FBT001 - a signal's argument
        if not busy:
            self._let_go()
            self.close()

    def _let_go(self) -> None:
        for link in self._links:
            QObject.disconnect(link)
        self._links = ()

    def close_row(self, *buttons: QWidget) -> None:
        """Add the row of buttons at the end."""
        line = row(gap=8)
        line.addStretch(1)
        for each in buttons:
            line.addWidget(each)
        self.rows.addLayout(line)


class AskLine(Sheet):
    """Asks for one line (or a few, with `tall`) and hands it to `then`."""

    def __init__(
        self, theme: Theme, window: QWidget, title: str, then: Callable[[str], object],
        *, text: str = "", tall: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(theme, window, title)
        self._then = then
        self.field: QLineEdit | QPlainTextEdit = QPlainTextEdit(text) if tall else QLineEdit(text)
        self.field.setAccessibleName(title)
        if isinstance(self.field, QPlainTextEdit):
            self.field.setTabChangesFocus(True)
            self.field.setFrameShape(QFrame.Shape.NoFrame)
            self.field.setFixedHeight(round(theme.dip(120)))
        else:
            self.field.returnPressed.connect(self.keep)
            self.field.selectAll()
        self.rows.addWidget(FieldBox(theme, self.field) if tall else self.field)
        keep = button(theme, tr("Keep"), self.keep, primary=True)
        self.close_row(button(theme, tr("Leave"), self.close), keep)
        self.field.setFocus()

    def text(self) -> str:
        """Give what was written."""
        field = self.field
        return field.text() if isinstance(field, QLineEdit) else field.toPlainText()

    def keep(self) -> None:
        """Hand the words over."""
        self._then(self.text().strip())
        self.close_when_saved()


class LinkSheet(Sheet):
    """Asks which claim some evidence bears on, and how."""

    def __init__(
        self, theme: Theme, window: QWidget, quote: str, claims: Sequence[tuple[str, str]],
        then: Callable[[str, str, str], object],
    ) -> None:  # fmt: skip
        super().__init__(theme, window, tr("Evidence for a claim"))
        self._then = then
        self.rows.addWidget(wrapped(theme, f"“{quote[:300]}”" if quote else "", "quote"))
        self.claim = QComboBox()
        self.claim.setAccessibleName(tr("Claim"))
        self.claim.setMaximumWidth(round(theme.dip(480)))
        for key, statement in claims:
            self.claim.addItem(statement[:90], key)
        self.rows.addWidget(self.claim)
        self.why = QLineEdit()
        self.why.setAccessibleName(tr("Why it bears on the claim"))
        self.why.setPlaceholderText(tr("Why it bears on the claim (may stay empty)"))
        self.rows.addWidget(self.why)
        self.buttons = {
            stance: button(theme, words, partial(self.keep, stance))
            for stance, words in (
                ("supports", tr("Supports")),
                ("contradicts", tr("Contradicts")),
                ("context", tr("Context")),
            )
        }
        self.close_row(button(theme, tr("Leave"), self.close), *self.buttons.values())
        self.claim.setFocus()

    def keep(self, stance: str) -> None:
        """Hand over the claim, the stance and the reason."""
        claim, why = str(self.claim.currentData()), self.why.text().strip()
        self._then(claim, stance, why)
        self.close_when_saved()


class TableSheet(Sheet):
    """A table of words with a filter: the keys, the history, findings of a check."""

    def __init__(
        self, theme: Theme, window: QWidget, title: str, columns: Sequence[str],
        rows: Sequence[Sequence[str]],
    ) -> None:  # fmt: skip
        super().__init__(theme, window, title)
        self.filter = QLineEdit()
        self.filter.setAccessibleName(tr("Filter"))
        self.filter.setPlaceholderText(tr("Filter"))
        self.filter.textEdited.connect(self._narrow)
        self.rows.addWidget(self.filter)
        self.table = QTreeWidget()
        self.table.setAccessibleName(title)
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setHeaderLabels(list(columns))
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for words in rows:
            self.table.addTopLevelItem(QTreeWidgetItem(list(words)))
        self.rows.addWidget(self.table, 1)
        self.resize(round(theme.dip(680)), round(theme.dip(520)))
        share = round(theme.dip(640) / max(1, len(columns)))
        for n in range(len(columns)):
            self.table.setColumnWidth(n, share)
        if first := self.table.topLevelItem(0):
            self.table.setCurrentItem(first)

    def current(self) -> int:
        """Give the number of the current row, or -1."""
        item = self.table.currentItem()
        return self.table.indexOfTopLevelItem(item) if item is not None else -1

    def _narrow(self, words: str) -> None:
        wanted = words.casefold().split()
        for n in range(self.table.topLevelItemCount()):
            item = self.table.topLevelItem(n)
            if item is None:
                continue
            text = " ".join(item.text(c) for c in range(self.table.columnCount())).casefold()
            item.setHidden(not all(word in text for word in wanted))


class CrashSheet(Sheet):
    """A defect of the program: what happened as text to copy; the case is unharmed."""

    def __init__(self, theme: Theme, window: QWidget, trace: str) -> None:
        super().__init__(theme, window, tr("Casefile met a defect of its own"))
        words = tr(
            "The case is unharmed: every finished act is kept. The text below helps to mend it."
        )
        self.rows.addWidget(wrapped(theme, words))
        self.text = QPlainTextEdit(trace)
        self.text.setReadOnly(True)
        self.text.setFont(theme.font("code"))
        self.text.setAccessibleName(tr("Details"))
        self.rows.addWidget(self.text, 1)
        copy = button(theme, tr("Copy details"), self.copy, "copy")
        self.close_row(copy, button(theme, tr("Close"), self.close, primary=True))
        self.resize(round(theme.dip(640)), round(theme.dip(420)))

    def copy(self) -> None:
        """Copy the details."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())
