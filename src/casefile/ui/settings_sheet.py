"""Settings: look, sizes, single keys, and which protections hold on this machine."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox, QVBoxLayout, QWidget

from casefile.settings import Settings
from casefile.strings import tr
from casefile.ui.dialogs import Sheet
from casefile.ui.parts import Words, button, clear, row
from casefile.ui.section import FactRow
from casefile.ui.theme import Theme


class SettingsSheet(Sheet):
    """Writes each setting as it is changed and tells `changed` its key."""

    def __init__(
        self, theme: Theme, window: QWidget, settings: Settings, changed: Callable[[str], object]
    ) -> None:
        super().__init__(theme, window, tr("Settings"))
        self._settings, self._changed = settings, changed
        for setting in settings:
            if setting.key == "language":
                continue  # one language is shipped so far
            line = row(gap=12)
            line.addWidget(Words(theme, setting.words, "ui"), 1)
            line.addWidget(self._editor(setting.key, setting.words, setting.choices))
            self.rows.addLayout(line)
        self.rows.addSpacing(8)
        self.rows.addWidget(Words(theme, tr("Protections while files are read"), "ui_strong"))
        self._protections = QVBoxLayout()
        self.rows.addLayout(self._protections)
        self.show_protections({})
        self.close_row(button(theme, tr("Close"), self.close, primary=True))

    def show_protections(self, found: dict[str, bool]) -> None:
        """List the layers that hold and those that do not."""
        clear(self._protections)
        if not found:
            found_words = tr("Known once a case is open.")
            self._protections.addWidget(Words(self.theme, found_words, "label", "text3"))
        for name, holds in found.items():
            words = tr("holds") if holds else tr("not on this system")
            self._protections.addWidget(FactRow(self.theme, name, words))

    def _editor(self, key: str, words: str, choices: tuple[object, ...]) -> QWidget:
        value = self._settings[key]
        if choices:
            box = QComboBox()
            for choice in choices:
                box.addItem(tr(str(choice)), choice)
            box.setCurrentIndex(choices.index(value))
            box.currentIndexChanged.connect(lambda _: self._set(key, box.currentData()))
            made: QWidget = box
        elif isinstance(value, bool):
            check = QCheckBox()
            check.setChecked(value)
            check.toggled.connect(lambda on: self._set(key, on))
            made = check
        else:
            spin = QSpinBox()
            spin.setRange(80, 200)
            spin.setSingleStep(5)
            spin.setSuffix(" %")
            spin.setValue(int(value))
            spin.valueChanged.connect(lambda number: self._set(key, number))
            made = spin
        made.setAccessibleName(words)
        return made

    def _set(self, key: str, value: object) -> None:
        self._settings[key] = value
        self._changed(key)
