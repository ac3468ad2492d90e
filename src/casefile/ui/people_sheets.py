"""Dialogs about people: whose key this is, and the words that its owner reads aloud."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from casefile.model.text import isolate
from casefile.strings import tr
from casefile.ui.dialogs import Sheet
from casefile.ui.parts import FieldBox, button, wrapped
from casefile.ui.theme import Theme


class PersonSheet(Sheet):
    """Asks for a public key and the name of its owner."""

    def __init__(
        self, theme: Theme, window: QWidget, then: Callable[[str, str], object], key: str = ""
    ) -> None:
        super().__init__(theme, window, tr("Whose key is this?"))
        self._then = then
        words = tr(
            "A colleague finds the key under Keys and people. Take the name as you would say it: "
            "names that look like one you know are refused."
        )
        self.rows.addWidget(wrapped(theme, words))
        self.name = _line(tr("Name"))
        self.key = _line(tr("Key: 64 digits and letters"))
        self.key.setText(key)
        for part in (self.name, self.key):
            self.rows.addWidget(part)
        keep = button(theme, tr("Add"), self.keep, primary=True)
        self.close_row(button(theme, tr("Leave"), self.close), keep)
        self.name.setFocus()

    def keep(self) -> None:
        """Hand both over."""
        name, key = self.name.text().strip(), self.key.text().strip()
        if name and key:
            self._then(key, name)
            self.close_when_saved()


class CompareSheet(Sheet):
    """Asks for the words that somebody reads aloud by phone."""

    def __init__(
        self, theme: Theme, window: QWidget, name: str, then: Callable[[str], object]
    ) -> None:
        super().__init__(theme, window, tr("Compare the words"))
        self._then = then
        words = tr(
            "Call {name}, at a number that you know, and let the twelve words be read to you. "
            "Write them down here; do not read yours first."
        ).format(name=isolate(name))
        self.rows.addWidget(wrapped(theme, words))
        self.field = QPlainTextEdit()
        self.field.setAccessibleName(tr("The words as you hear them"))
        self.field.setPlaceholderText(tr("The words as you hear them"))
        self.field.setTabChangesFocus(True)
        self.field.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.field.setFixedHeight(round(theme.dip(72)))
        self.rows.addWidget(FieldBox(theme, self.field))
        keep = button(theme, tr("Compare"), self.keep, primary=True)
        self.close_row(button(theme, tr("Leave"), self.close), keep)
        self.field.setFocus()

    def keep(self) -> None:
        """Hand the words over."""
        words = self.field.toPlainText().strip()
        if words:
            self._then(words)
            self.close_when_saved()


def _line(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(name)
    return field
