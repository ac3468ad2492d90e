"""The spellings that a search used: each with its reason, to be switched off or kept as a name."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QWidget

from casefile.model.hit import Variant
from casefile.strings import later, tr
from casefile.ui.dialogs import Sheet
from casefile.ui.parts import LinkButton, OneLine, Words, button, column, row, wrapped
from casefile.ui.theme import Theme

WHY = {
    "form": later("another form of the word"),
    "alias": later("a name in this case"),
    "acronym": later("the letters of a name in this case"),
    "gazetteer": later("a name of the same place"),
    "rule": later("another spelling by rule"),
    "fuzzy": later("one letter differs"),
}
KEPT_AS_NAME = ("acronym", "gazetteer", "rule", "fuzzy")


class SpellingsSheet(Sheet):
    """Lists spellings; `then` gets those that are switched off, `keep` one to be kept as a name."""

    def __init__(
        self, theme: Theme, window: QWidget, used: tuple[Variant, ...], off: tuple[str, ...],
        then: Callable[[tuple[str, ...]], object], keep: Callable[[Variant], object] | None,
    ) -> None:  # fmt: skip
        super().__init__(theme, window, tr("Spellings"))
        self._then, self._keep = then, keep
        self.boxes: dict[str, QCheckBox] = {}
        words = tr("The search looked for these, too. What is switched off is left out.")
        self.rows.addWidget(wrapped(theme, words, "label", "text2"))
        inside = QWidget()
        lines = column(inside, (0, 0, 8, 0), 2)
        for variant in used:
            lines.addWidget(self._line(variant))
        for spelling in off:
            if spelling not in self.boxes:
                lines.addWidget(self._line(Variant("", spelling, ""), on=False))
        lines.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        self.rows.addWidget(area, 1)
        use = button(theme, tr("Search again"), self.use, primary=True)
        self.close_row(button(theme, tr("Leave"), self.close), use)
        self.resize(round(theme.dip(560)), round(theme.dip(420)))

    def use(self) -> None:
        """Hand over which spellings are switched off."""
        off = tuple(spelling for spelling, box in self.boxes.items() if not box.isChecked())
        self.close()
        self._then(off)

    def _line(self, variant: Variant, *, on: bool = True) -> QWidget:
        line = QWidget()
        layout = row(line, (0, 2, 0, 2), 8)
        box = self.boxes[variant.spelling] = QCheckBox()
        box.setChecked(on)
        why = tr(WHY[variant.why]) if variant.why in WHY else ""
        box.setAccessibleName(f"{variant.spelling}, {why}")
        layout.addWidget(box)
        layout.addWidget(OneLine(self.theme, variant.spelling, "ui_strong"), 2)
        layout.addWidget(OneLine(self.theme, variant.word, "ui", "text3"), 2)
        layout.addWidget(Words(self.theme, why, "label", "text2"), 2)
        if self._keep is not None and variant.why in KEPT_AS_NAME:
            kept = LinkButton(self.theme, tr("Keep as alias"), partial(self._kept, variant))
            layout.addWidget(kept)
        return line

    def _kept(self, variant: Variant) -> None:
        if self._keep is not None:
            self._keep(variant)
