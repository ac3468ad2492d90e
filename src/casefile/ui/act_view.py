"""One act in full: who, when, and for each record every field before and after."""

from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from casefile.model.change import ActDetail, FieldChange, HistoryEntry
from casefile.model.ledger import is_hash
from casefile.strings import tr, trn
from casefile.ui.dates import local_time, utc_time
from casefile.ui.lists.act_painter import ActLine
from casefile.ui.parts import ClickRow, Ground, OneLine, Words, button, clear, column, row, wrapped
from casefile.ui.status_bar import State
from casefile.ui.theme import Theme
from casefile.ui.words import kind_icon, record_words


class ActView(Ground):
    """The right half of the history.

    `undo_wanted` asks to take the act back (or do it again), `record_wanted` carries the id of a
    record, `known_wanted` the moment of the act.
    """

    undo_wanted = Signal()
    record_wanted = Signal(str)
    known_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "panel")
        self._line: ActLine | None = None
        self.area = QScrollArea()
        self._inside = QWidget()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.undo = button(theme, tr("Undo this act"), self.undo_wanted.emit, "arrow-back-up")
        self.then = button(theme, tr("The case at that moment"), self._known, "clock")
        self._title = wrapped(theme, "", "claim")
        self._facts = wrapped(theme, "", "label", "text2")
        self._why_not = wrapped(theme, "", "label", "text3")
        self._build()
        self.show_nothing()

    def show_nothing(self) -> None:
        """Show that no act is chosen."""
        self._line = None
        clear(self._rows)
        self._title.setText(tr("Choose an act."))
        for part in (self._facts, self.undo, self.then, self._why_not):
            part.hide()

    def show_line(self, line: ActLine, *, can_undo: bool) -> None:
        """Show who did it and when; its changes follow."""
        self._line = line
        self._title.setText(line.words)
        utc = utc_time(datetime.fromtimestamp(line.when / 1000, UTC).isoformat())
        words = tr("{who}, {when} ({utc}). Act {id}")
        self._facts.setText(
            words.format(who=line.who, when=local_time(line.when), utc=utc, id=line.id[:8])
        )
        self.undo.setText(tr("Do it again") if line.undone else tr("Undo this act"))
        self.undo.setVisible(can_undo)
        self.then.show()
        self._facts.show()
        whose = "" if line.mine else tr("Only the person who did it can take it back.")
        self._why_not.setText(whose)
        self._why_not.setVisible(not line.mine)
        clear(self._rows)

    def show_changes(self, act: str, entries: list[HistoryEntry], more: int) -> None:
        """Show what an act changed, a record at a time; `more` records are not told."""
        if self._line is None or act != self._line.id:
            return
        clear(self._rows)
        for entry in entries:
            self._entry(entry)
        if more:
            words = trn("{n} more record", "{n} more records", more)
            self._rows.addWidget(Words(self.theme, words, "label", "text3"))
        if not entries:
            nothing = tr("Nothing of it is left to show.")
            self._rows.addWidget(wrapped(self.theme, nothing, "label", "text3"))
        self.area.verticalScrollBar().setValue(0)

    def _build(self) -> None:
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(tr("What the act changed"))
        self.area.setWidget(self._inside)
        outer = column(self._inside, (20, 8, 20, 20), 0)
        outer.addLayout(self._rows)
        outer.addStretch(1)
        head = column(None, (20, 14, 20, 6), 4)
        head.addWidget(self._title)
        head.addWidget(self._facts)
        buttons = row(gap=8)
        buttons.addWidget(self.undo)
        buttons.addWidget(self.then)
        buttons.addStretch(1)
        head.addSpacing(4)
        head.addLayout(buttons)
        head.addWidget(self._why_not)
        layout = column(self)
        layout.addLayout(head)
        layout.addWidget(self.area, 1)

    def _entry(self, entry: HistoryEntry) -> None:
        run = partial(self.record_wanted.emit, entry.record)
        head = ClickRow(self.theme, run, f"{record_words(entry.table)} {entry.title}")
        inner = row(head, (0, 8, 0, 2), 6)
        sign = State(self.theme, kind_icon(entry.table), "")
        sign.setFixedWidth(20)
        inner.addWidget(sign)
        kind = record_words(entry.table)
        inner.addWidget(Words(self.theme, kind, "label_strong", "text3"))
        inner.addWidget(OneLine(self.theme, entry.title, "ui_strong"), 1)
        self._rows.addWidget(head)
        grid = QGridLayout()
        grid.setContentsMargins(26, 0, 0, 6)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, round(self.theme.dip(116)))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self._rows.addLayout(grid)
        for change in entry.changes:
            self._field(grid, change)

    def _field(self, grid: QGridLayout, each: FieldChange) -> None:
        at, top = grid.rowCount(), Qt.AlignmentFlag.AlignTop
        grid.addWidget(Words(self.theme, each.name, "label", "text3"), at, 0, top)
        after = self._value(each.now or "–", "text")
        if each.before is None:
            grid.addWidget(after, at, 1, 1, 3, top)
            return
        grid.addWidget(self._value(each.was or "–", "text3"), at, 1, top)
        arrow = Words(self.theme, "←" if self.isRightToLeft() else "→", "label", "text3")
        grid.addWidget(arrow, at, 2, top)
        grid.addWidget(after, at, 3, top)

    def _value(self, words: str, ink: str) -> Words:
        made = wrapped(self.theme, short_hash(words), "label", ink)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made

    def _known(self) -> None:
        if self._line is not None:
            self.known_wanted.emit(self._line.when)


def short_hash(words: str) -> str:
    """Give the beginning of a hash, which has no place to break; other words as they are."""
    return words[:16] + "…" if is_hash(words) else words


def left_out(detail: ActDetail) -> int:
    """Count the records of an act that are not told."""
    return max(0, detail.records - len({entry.record for entry in detail.entries}))
