"""One record as it was at a moment, in full: its values, who judged it, what became of it."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from casefile.strings import tr
from casefile.ui.act_view import short_hash
from casefile.ui.dates import local_time
from casefile.ui.lists.then_painter import since_words
from casefile.ui.parts import Ground, Words, button, clear, column, row, wrapped
from casefile.ui.section import FactRow
from casefile.ui.theme import Theme
from casefile.ui.words import CREDIBILITY, record_words

if TYPE_CHECKING:
    from casefile.model.moment import RecordThen

_LEFT_OUT = ("selectors", "text_hash", "object", "claim", "person")  # of no use to read


class ThenView(Ground):
    """The right half of the page; `record_wanted` carries the id of the record to be shown now."""

    record_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "panel")
        self._record: str | None = None
        self.area = QScrollArea()
        self._inside = QWidget()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(tr("The record at that moment"))
        self.area.setWidget(self._inside)
        outer = column(self._inside, (20, 14, 20, 20), 0)
        outer.addLayout(self._rows)
        outer.addStretch(1)
        column(self).addWidget(self.area)

    def show_nothing(self) -> None:
        """Show that nothing is chosen."""
        self._record = None
        clear(self._rows)

    def show_record(self, one: "RecordThen", judged: "list[RecordThen]") -> None:
        """Show a record, and the judgements of it that stood then."""
        clear(self._rows)
        self._record = one.id
        theme = self.theme
        self._rows.addWidget(Words(theme, record_words(one.table), "label", "text3"))
        self._rows.addWidget(wrapped(theme, one.title, "claim"))
        said = tr("Last changed by {who}, {when}").format(who=one.who, when=local_time(one.changed))
        self._rows.addWidget(wrapped(theme, said, "label", "text2"))
        words, ink = since_words(one)
        if words:
            self._rows.addWidget(wrapped(theme, words.capitalize() + ".", "label_strong", ink))
        if one.conflicts:
            differ = tr("People disagreed then on: {fields}").format(
                fields=", ".join(one.conflicts)
            )
            self._rows.addWidget(wrapped(theme, differ, "label_strong", "warn"))
        self._rows.addSpacing(8)
        self._values(one.values)
        self._judgements(judged)
        line = row(gap=8)
        line.addWidget(button(theme, tr("Show it now"), self._open, "arrow-right"))
        line.addStretch(1)
        self._rows.addSpacing(8)
        self._rows.addLayout(line)

    def _values(self, values: dict[str, Any]) -> None:
        for name, value in values.items():
            words = said(value)
            if words and name not in _LEFT_OUT:
                shown = tr(name.replace("_", " ").capitalize())
                self._rows.addWidget(FactRow(self.theme, shown, words))

    def _judgements(self, judged: "list[RecordThen]") -> None:
        if not judged:
            return
        self._rows.addSpacing(8)
        self._rows.addWidget(Words(self.theme, tr("Judged then"), "label_strong", "text3"))
        for one in judged:
            grade = one.values.get("credibility")
            parts = [
                f"{grade}, {tr(CREDIBILITY[grade])}" if grade in CREDIBILITY else "",
                str(one.values.get("likelihood") or ""),
                said(one.values.get("confidence")),
            ]
            self._rows.addWidget(wrapped(self.theme, one.who, "ui_strong"))
            self._rows.addWidget(
                wrapped(self.theme, " · ".join(filter(None, parts)), "label", "text")
            )
            if one.values.get("reasoning"):
                why = str(one.values["reasoning"])
                self._rows.addWidget(wrapped(self.theme, why, "label", "text2"))

    def _open(self) -> None:
        if self._record is not None:
            self.record_wanted.emit(self._record)


def said(value: Any) -> str:
    """Say a value in words; nothing for an empty one."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, dict):
        days = dict.fromkeys(filter(None, (value.get("earliest"), value.get("latest"))))
        words = str(value.get("text") or value.get("edtf") or "")
        return " · ".join(filter(None, (words, " – ".join(map(str, days)))))
    if isinstance(value, list):
        return ", ".join(filter(None, map(said, value)))
    return short_hash(str(value))
