"""The form of a new claim in the inspector: what rules propose is shown as proposed."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from casefile.strings import later, tr
from casefile.ui.pane import Pane
from casefile.ui.parts import FieldBox, Words, button, column, row, wrapped
from casefile.ui.theme import Theme

_SPEAKER_KINDS = (
    ("person", later("person")),
    ("organisation", later("organisation")),
    ("unit", later("unit")),
    ("account", later("account")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormValues:
    """What stands in the form; empty fields are None."""

    statement: str
    speaker: str | None = None
    speaker_kind: str = "person"
    attribution: str | None = None
    about: str | None = None
    place: str | None = None


class ProposedField(QWidget):
    """A field with its name; a dashed border and a word say that a rule filled it."""

    def __init__(self, theme: Theme, name: str, hint: str = "") -> None:
        super().__init__()
        self._theme = theme
        self.proposed = False
        self.edit = QLineEdit()
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(hint)
        self.edit.textEdited.connect(self._touched)
        self._by = Words(theme, "", "tiny", "text3")
        head = row(gap=6)
        head.addWidget(Words(theme, name, "label", "text3"), 1)
        head.addWidget(self._by)
        layout = column(self, (3, 2, 3, 4), 2)
        layout.addLayout(head)
        layout.addWidget(self.edit)

    def fill(self, text: str | None, *, proposed: bool) -> None:
        """Put words in; empty words are no proposal."""
        self.edit.setText(text or "")
        self.edit.setCursorPosition(0)
        self.proposed = proposed and bool(text)
        self._by.setText(tr("proposed by rule") if self.proposed else "")
        self.update()

    def text(self) -> str | None:
        """Give the words, or None."""
        return self.edit.text().strip() or None

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.proposed:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.color("accent"), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(rect, 5, 5)
        painter.end()

    def _touched(self) -> None:
        self.proposed = False
        self._by.setText("")
        self.update()


class ClaimForm(Pane):
    """`kept` carries the `FormValues`, `left` that nothing is to be kept."""

    kept = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "claim form", tr("New claim"), "panel")
        self.quote = wrapped(theme, "", "quote", "text")
        self.statement = QPlainTextEdit()
        self.statement.setAccessibleName(tr("Statement"))
        self.statement.setTabChangesFocus(True)
        self.statement.setFrameShape(QFrame.Shape.NoFrame)
        self.statement.setFixedHeight(round(theme.dip(84)))
        self.speaker = ProposedField(theme, tr("Speaker"), tr("who said it"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Kind of speaker"))
        for key, words in _SPEAKER_KINDS:
            self.kind.addItem(tr(words), key)
        self.attribution = ProposedField(theme, tr("Words that say so"))
        self.about = ProposedField(theme, tr("When it happened"), tr("in the last week of April"))
        self.place = ProposedField(theme, tr("Where"))
        layout = column(self, (14, 12, 14, 14), 6)
        layout.addWidget(Words(theme, tr("New claim"), "ui_strong"))
        layout.addWidget(self.quote)
        layout.addWidget(Words(theme, tr("Statement"), "label", "text3"))
        layout.addWidget(FieldBox(theme, self.statement))
        for part in (self.speaker, self.kind, self.attribution, self.about, self.place):
            layout.addWidget(part)
        buttons = row(gap=8)
        buttons.addWidget(button(theme, tr("Keep claim"), self.keep, primary=True))
        buttons.addWidget(button(theme, tr("Leave"), self.left.emit))
        buttons.addStretch(1)
        layout.addSpacing(6)
        layout.addLayout(buttons)
        layout.addWidget(Words(theme, tr("Ctrl Enter keeps, Esc leaves."), "label", "text3"))
        layout.addStretch(1)

    def begin(self, quote: str) -> None:
        """Start a claim from some words."""
        flat = " ".join(quote.split())
        self.quote.setText(flat[:300] if flat[:1] in '"“«„' else f"“{flat[:300]}”" if flat else "")
        self.statement.setPlainText(flat)
        self.kind.setCurrentIndex(0)
        for field in (self.speaker, self.attribution, self.about, self.place):
            field.fill("", proposed=False)
        self.statement.setFocus()
        self.statement.selectAll()

    def propose(self, statement: str, **fields: str | None) -> None:
        """Show what rules propose: speaker, attribution, about, place."""
        if statement and statement != self.statement.toPlainText():
            self.statement.setPlainText(statement)
        for name in ("speaker", "attribution", "about", "place"):
            field: ProposedField = getattr(self, name)
            if fields.get(name) and not field.text():
                field.fill(fields[name], proposed=True)

    def keep(self) -> None:
        """Hand over what stands in the form."""
        statement = " ".join(self.statement.toPlainText().split())
        if not statement:
            self.statement.setFocus()
            return
        self.kept.emit(
            FormValues(
                statement=statement,
                speaker=self.speaker.text(),
                speaker_kind=str(self.kind.currentData()),
                attribution=self.attribution.text(),
                about=self.about.text(),
                place=self.place.text(),
            )
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
