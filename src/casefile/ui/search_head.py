"""The head of the results: what was understood, which spellings, how many, in which order."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from casefile.model.hit import SearchAnswer
from casefile.strings import tr, trn
from casefile.ui.parts import Chip, Ground, Words, column, row, wrapped
from casefile.ui.theme import Theme


class SearchHead(Ground):
    """Sends `changed` when the search is to be asked again; `spellings_wanted` asks for their list."""

    changed = Signal()
    spellings_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "surface")
        self.understood = wrapped(theme, "", "ui", "text2")
        self.trouble = wrapped(theme, "", "label", "warn")
        self.coverage = wrapped(theme, "", "label", "text3")
        self.count = Words(theme, "", "ui_strong")
        self.took = Words(theme, "", "label", "text3")
        self.spellings = Chip(theme, "", "text2", "surface")
        self.used = Chip(theme, tr("Spellings used"), "accent", "info_soft", "tag")
        self.furniture = Chip(theme, "", "text2", "surface")
        self.order = QComboBox()
        self.without: tuple[str, ...] = ()  # spellings that were switched off one by one
        self._build()
        self.show_nothing()

    @property
    def switched_off(self) -> tuple[str, ...]:
        """What is not wanted: kinds of spellings, or single ones."""
        return VARIANT_KINDS if not self.spellings.isChecked() else self.without

    def show_nothing(self) -> None:
        """Show that nothing was asked."""
        for part in (self.understood, self.trouble, self.coverage, self.used):
            part.hide()
        self.count.setText("")
        self.took.setText("")

    def show_answer(self, answer: SearchAnswer) -> None:
        """Show what was understood, found and left out."""
        self._say(self.understood, answer.understood)
        self._say(self.trouble, "; ".join(answer.trouble))
        self._say(self.coverage, " ".join(answer.coverage))
        self.count.setText(trn("{n} result", "{n} results", answer.total))
        self.took.setText(tr("in {n} ms").format(n=round(answer.took_ms)))
        used = len(answer.variants)
        words = trn("{n} spelling used", "{n} spellings used", used)
        self.used.show_as(words, "accent", "info_soft", "tag")
        self.used.setVisible(used > 0 or bool(self.without))

    def show_waiting(self) -> None:
        """Say that an answer is on its way."""
        self.took.setText(tr("searching…"))

    def toggle_spellings(self) -> None:
        """Seek other spellings, or only what was written."""
        self.spellings.setChecked(not self.spellings.isChecked())

    def _build(self) -> None:
        rows = column(self, (14, 10, 14, 8), 6)
        rows.addWidget(self.understood)
        rows.addWidget(self.trouble)
        rows.addWidget(self.coverage)
        options = row(gap=8)
        for chip, state in ((self.spellings, True), (self.furniture, False)):
            chip.setCheckable(True)
            chip.setChecked(state)
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.toggled.connect(self._toggled)
        self.used.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.used.clicked.connect(lambda *_: self.spellings_wanted.emit())
        for chip in (self.spellings, self.used, self.furniture):
            options.addWidget(chip)
        options.addStretch(1)
        rows.addLayout(options)
        counts = row(gap=10)
        counts.addWidget(self.count)
        counts.addWidget(self.took, 1)
        counts.addWidget(self.order)
        rows.addLayout(counts)
        for key, words in (
            ("relevance", tr("By relevance")),
            ("date", tr("By date")),
            ("added", tr("By when it was added")),
        ):
            self.order.addItem(words, key)
        self.order.setAccessibleName(tr("Order of the results"))
        self.order.currentIndexChanged.connect(lambda _: self.changed.emit())
        self._name_chips()

    def _toggled(self) -> None:
        self._name_chips()
        self.changed.emit()

    def _name_chips(self) -> None:
        on = self.spellings.isChecked()
        words = tr("Spellings: on") if on else tr("Spellings: off")
        self.spellings.show_as(words, "text2", "surface")
        on = self.furniture.isChecked()
        words = tr("Page furniture: searched") if on else tr("Page furniture: left out")
        self.furniture.show_as(words, "text2", "surface")

    def _say(self, label: QWidget, words: str) -> None:
        if isinstance(label, Words):
            label.setText(words)
            label.setVisible(bool(words))


# Kinds of spellings beside the written one, as the search names them.
VARIANT_KINDS = ("form", "alias", "acronym", "gazetteer", "rule", "fuzzy")
