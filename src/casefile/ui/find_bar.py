"""Find in this source: the words, how many places, forward and back."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from casefile.strings import tr, trn
from casefile.ui.parts import Ground, IconButton, Words, row
from casefile.ui.theme import Theme

PAUSE_MS = 250


class FindBar(Ground):
    """`asked` carries the words after a pause, `stepped` +1 or -1, `closed` that it was left."""

    asked = Signal(str)
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "panel")
        self.field = _Field()
        self.field.setPlaceholderText(tr("Find in this source"))
        self.field.setAccessibleName(tr("Find in this source"))
        self.count = Words(theme, "", "label", "text3")
        layout = row(self, (12, 5, 8, 5), 6)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.count)
        back = IconButton(theme, "chevron-up", tr("Previous hit"), lambda: self.stepped.emit(-1))
        forward = IconButton(theme, "chevron-down", tr("Next hit"), lambda: self.stepped.emit(+1))
        layout.addWidget(back)
        layout.addWidget(forward)
        layout.addWidget(IconButton(theme, "x", tr("Close"), self.leave))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(lambda: self.asked.emit(self.field.text()))
        self.field.textEdited.connect(lambda _: self._pause.start())
        self.field.returnPressed.connect(self._enter)
        self.field.left.connect(self.leave)
        self.hide()

    def open(self, words: str = "") -> None:
        """Show the bar and go to its field."""
        if words:
            self.field.setText(words)
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def say(self, count: int) -> None:
        """Say how many places were found."""
        self.count.setText(trn("{n} place", "{n} places", count) if self.field.text() else "")

    def leave(self) -> None:
        """Close the bar."""
        self._pause.stop()
        self.hide()
        self.closed.emit()

    def _enter(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self.asked.emit(self.field.text())
        else:
            self.stepped.emit(+1)


class _Field(QLineEdit):
    left = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
