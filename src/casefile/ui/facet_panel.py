"""Narrowing a search: what its hits are made of, each value with its number and a box to tick."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from casefile.model.facet import Facets, FacetValue, Narrowing
from casefile.strings import later, tr, trn
from casefile.ui.histogram import Histogram
from casefile.ui.lettering import flat
from casefile.ui.parts import Ground, LinkButton, OneLine, Words, clear, column, row
from casefile.ui.theme import Theme
from casefile.ui.words import kind_words, language_words

SHOWN = 8  # values of a facet before "more"
GROUPS = (
    ("type", later("Kind")),
    ("language", later("Language")),
    ("outlet", later("Publisher")),
    ("tag", later("Tag")),
    ("reliability", later("Reliability")),
    ("claims", later("Claims")),
)


class FacetPanel(Ground):
    """`narrowed` carries a `Narrowing` when a box is ticked or days are chosen."""

    narrowed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "panel")
        self.chosen = Narrowing()
        self.facets: Facets | None = None
        self.boxes: dict[tuple[str, str], QCheckBox] = {}
        self._whole: set[str] = set()  # facets of which all values are shown
        self._rows = QVBoxLayout()
        self.histogram = Histogram(theme)
        self.histogram.ranged.connect(self._ranged)
        self.clear = LinkButton(theme, tr("Clear"), self.clear_all)
        self.setAccessibleName(tr("Narrow"))
        self._build()

    def forget(self) -> None:
        """Narrow nothing any more, and say nothing of it: another search begins."""
        self.chosen = Narrowing()
        self._whole.clear()

    def clear_all(self) -> None:
        """Narrow nothing any more."""
        self.forget()
        self.narrowed.emit(self.chosen)

    def show_facets(self, facets: Facets) -> None:
        """Show the values of the hits; ticked ones stay, also when no hit has them now."""
        self.facets = facets
        focus = next((key for key, box in self.boxes.items() if box.hasFocus()), None)
        clear(self._rows)
        self.boxes = {}
        for key, words in GROUPS:
            self._group(key, tr(words), self._values(facets, key))
        self.histogram.show_days(facets.days, self.chosen.days)
        self._days.setVisible(bool(facets.days))
        undated = trn("{n} without a date", "{n} without a date", facets.undated)
        self._undated.setText(undated if facets.undated else "")
        self._undated.setVisible(bool(facets.undated and facets.days))
        self.clear.setVisible(not self.chosen.empty)
        if focus in self.boxes:
            self.boxes[focus].setFocus()

    def _build(self) -> None:
        theme = self.theme
        head = row(None, (14, 10, 10, 4), 6)
        head.addWidget(Words(theme, tr("Narrow"), "ui_strong"), 1)
        head.addWidget(self.clear)
        inside = QWidget()
        body = column(inside, (14, 0, 10, 14), 2)
        body.addLayout(self._rows)
        self._days = Words(theme, tr("Published"), "label_strong", "text3")
        self._undated = Words(theme, "", "label", "text3")
        body.addSpacing(8)
        for part in (self._days, self.histogram, self._undated):
            body.addWidget(part)
        body.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = column(self)
        layout.addLayout(head)
        layout.addWidget(area, 1)
        self.setFixedWidth(round(theme.dip(176)))
        self.clear.hide()
        for part in (self._days, self.histogram, self._undated):
            part.hide()

    def _values(self, facets: Facets, key: str) -> list[FacetValue]:
        found = list(facets.groups.get(key, ()))
        known = {each.value for each in found}
        ticked = [v for v in self.chosen.values.get(key, ()) if v not in known]
        return [*found, *(FacetValue(value, value, 0) for value in ticked)]

    def _group(self, key: str, words: str, values: list[FacetValue]) -> None:
        if not values:
            return
        self._rows.addSpacing(8)
        self._rows.addWidget(Words(self.theme, words, "label_strong", "text3"))
        most = len(values) if key in self._whole else SHOWN
        for each in values[:most]:
            self._rows.addLayout(self._line(key, each))
        if len(values) > most:
            more = trn("{n} more", "{n} more", len(values) - most)
            self._rows.addWidget(LinkButton(self.theme, more, partial(self._show_all, key)))

    def _line(self, key: str, value: FacetValue) -> QVBoxLayout:
        box = QCheckBox()
        box.setAccessibleName(f"{flat(said(key, value))}, {value.count}")
        box.setChecked(value.value in self.chosen.values.get(key, ()))
        box.toggled.connect(partial(self._ticked, key, value.value))
        self.boxes[key, value.value] = box
        whole = column()
        line = row(None, (0, 1, 0, 1), 6)
        line.addWidget(box)
        line.addWidget(OneLine(self.theme, said(key, value), "ui"), 1)
        line.addWidget(Words(self.theme, f"{value.count:,}".replace(",", "\u202f"), "ui", "text3"))
        whole.addLayout(line)
        return whole

    def _show_all(self, key: str) -> None:
        self._whole.add(key)
        if self.facets is not None:
            self.show_facets(self.facets)

    def _ticked(self, key: str, value: str, on: bool) -> None:  # noqa: FBT001 - Qt's signature
        values = [v for v in self.chosen.values.get(key, ()) if v != value]
        kept = {**self.chosen.values, key: (*values, value) if on else tuple(values)}
        self._tell(Narrowing(values=kept, days=self.chosen.days))

    def _ranged(self, days: tuple[int, int] | None) -> None:
        self._tell(Narrowing(values=self.chosen.values, days=days))

    def _tell(self, narrowing: Narrowing) -> None:
        self.chosen = narrowing
        self.narrowed.emit(narrowing)


def said(key: str, value: FacetValue) -> str:
    """Say a value in the person's words."""
    words = {"type": kind_words, "language": language_words}.get(key)
    return words(value.value) if words else value.words
