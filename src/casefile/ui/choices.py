"""Rows of real buttons of which one is chosen: grades, stances, judgements."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from casefile.ui.parts import row
from casefile.ui.theme import Theme


class Choice(QWidget):
    """`chosen` carries the key of the button that was pressed; pressing it again takes it back."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, name: str, options: list[tuple[object, str, str]]) -> None:
        """Make a button of every (key, label, full name)."""
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._buttons: dict[object, QPushButton] = {}
        self.value: object = None
        layout = row(self, gap=4)
        for key, label, full in options:
            made = QPushButton(label)
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setAccessibleName(f"{name}: {full}")
            made.setToolTip(full)
            made.setMinimumWidth(round(theme.dip(24)))
            made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            made.clicked.connect(partial(self._pressed, key))
            self._buttons[key] = made
            layout.addWidget(made)

    def show_value(self, value: object) -> None:
        """Show which one holds."""
        self.value = value
        for key, made in self._buttons.items():
            made.setChecked(key == value)

    def button(self, key: object) -> QPushButton:
        """Give one of the buttons."""
        return self._buttons[key]

    def take_focus(self) -> None:
        """Go to the chosen button, or to the first."""
        key = self.value if self.value in self._buttons else next(iter(self._buttons))
        self._buttons[key].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _pressed(self, key: object, *_: object) -> None:
        value = None if key == self.value else key
        self.show_value(value)
        self.chosen.emit(value)
