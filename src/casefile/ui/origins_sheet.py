"""Which of a claim's sources share an origin: joined or parted by a person, with the reason."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from casefile.strings import tr
from casefile.ui.dialogs import Sheet
from casefile.ui.parts import Words, button, wrapped
from casefile.ui.theme import Theme

DERIVES, INDEPENDENT = "derives from", "independent"


class OriginsSheet(Sheet):
    """Asks for two sources and hands (one, other, kind, reason) to `then`."""

    def __init__(
        self, theme: Theme, window: QWidget, sources: Sequence[tuple[str, str]],
        then: Callable[[str, str, str, str], object],
    ) -> None:  # fmt: skip
        super().__init__(theme, window, tr("Origins"))
        self._then = then
        said = tr("Two sources are one origin when one has it from the other. Say what you know.")
        self.rows.addWidget(wrapped(theme, said, "ui", "text2"))
        self.one, self.other = (
            self._box(tr("This source"), sources),
            self._box(tr("and this one"), sources),
        )
        self.other.setCurrentIndex(1)
        self.why = QLineEdit()
        self.why.setAccessibleName(tr("How you know"))
        self.why.setPlaceholderText(tr("How you know"))
        self.rows.addWidget(self.why)
        self.trouble = Words(theme, "", "label", "warn")
        self.rows.addWidget(self.trouble)
        self.join = button(theme, tr("One has it from the other"), lambda: self.keep(DERIVES))
        self.split = button(theme, tr("Independent"), lambda: self.keep(INDEPENDENT))
        self.close_row(button(theme, tr("Leave"), self.close), self.join, self.split)
        self.one.setFocus()

    def keep(self, kind: str) -> None:
        """Hand the decision over; it needs two sources and a reason."""
        one, other = str(self.one.currentData()), str(self.other.currentData())
        why = " ".join(self.why.text().split())
        if one == other:
            self.trouble.setText(tr("Choose two different sources."))
        elif not why:
            self.trouble.setText(tr("Write how you know; the report prints it."))
        else:
            self._then(one, other, kind, why)
            self.close_when_saved()

    def _box(self, name: str, sources: Sequence[tuple[str, str]]) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setMaximumWidth(round(self.theme.dip(480)))
        for key, title in sources:
            made.addItem(title[:90], key)
        self.rows.addWidget(Words(self.theme, name, "label", "text3"))
        self.rows.addWidget(made)
        return made
