"""A choice of encodings for one source, each with how the source then begins."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from casefile.strings import tr
from casefile.ui import doors
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.dialogs import Sheet
from casefile.ui.lettering import line
from casefile.ui.lists.plain_model import PlainModel
from casefile.ui.lists.record_list import RecordList
from casefile.ui.lists.source_painter import RowState, ground
from casefile.ui.parts import Words, button, wrapped
from casefile.ui.theme import Theme

if TYPE_CHECKING:
    from casefile.services.redecode import Preview


class RedecodeSheet(Sheet):
    """Asks for an encoding and hands source and encoding to `then`."""

    def __init__(
        self,
        theme: Theme,
        window: QWidget,
        bridge: DeskBridge,
        source: str,
        then: Callable[[str, str], object],
    ) -> None:
        super().__init__(theme, window, tr("Read again in another encoding"))
        self._source, self._then = source, then
        self.said = wrapped(
            theme,
            tr("Choose the line that reads right. Marks go along; the old reading is kept."),
            "label",
            "text2",
        )
        self.model: PlainModel[Preview] = PlainModel(lambda one: f"{one.words}: {_begin(one)}")
        self.view = RecordList(theme, tr("Encodings"), self._draw, self._height)
        self.view.setModel(self.model)
        self.view.setMinimumHeight(round(theme.dip(360)))
        self.setMinimumWidth(round(theme.dip(720)))
        self.waiting = Words(theme, tr("Reading in several encodings …"), "label", "text3")
        self.rows.addWidget(self.said)
        self.rows.addWidget(self.waiting)
        self.rows.addWidget(self.view, 1)
        self.take = button(theme, tr("Read it so"), self._take, primary=True)
        self.take.setEnabled(False)
        self.close_row(button(theme, tr("Cancel"), self.close), self.take)
        self.view.opened.connect(lambda _: self._take())
        bridge.ask(
            lambda desk: doors.redecode.preview(desk, source), self._arrived, topic="encodings"
        )

    def _arrived(self, found: "list[Preview]") -> None:
        self.waiting.hide()
        self.model.set_rows(found)
        self.take.setEnabled(bool(found))
        if found:
            self.view.go_to(0, quietly=True)
            self.view.setFocus()

    def _take(self) -> None:
        number = self.view.current()
        if 0 <= number < len(self.model.rows):
            self._then(self._source, self.model.rows[number].encoding)
            self.close()

    def _height(self) -> int:
        return round(2 * self.theme.metrics("ui").height() + 14)

    def _draw(self, painter: QPainter, rect: QRectF, number: int, state: RowState) -> None:
        if number >= len(self.model.rows):
            return
        one, theme = self.model.rows[number], self.theme
        ground(painter, theme, rect, state)
        half = rect.height() / 2
        upper = QRectF(rect.left() + 12, rect.top() + 2, rect.width() - 24, half - 1)
        quiet = theme.color("text2" if state.selected else "text3")
        line(painter, upper, f"{one.words} · {one.encoding}", (theme.font("label"), quiet))
        look = (theme.font("meta"), theme.color("text"))
        line(painter, upper.translated(0, half - 2), _begin(one), look)


def _begin(one: "Preview") -> str:
    return " ".join(one.lines) if one.lines else tr("does not fit")
