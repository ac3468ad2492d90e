"""A list of names searched at once, each with its numbers; or one search over several cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit, QStackedWidget
from typing_extensions import override

from casefile.model.hit import SearchRequest
from casefile.strings import tr, trn
from casefile.ui import doors
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.empty_state import EmptyState
from casefile.ui.lettering import line, mirrored_rect
from casefile.ui.lists.plain_model import PlainModel
from casefile.ui.lists.record_list import RecordList
from casefile.ui.lists.source_painter import RowState, ground
from casefile.ui.pages import Page
from casefile.ui.pane import PaneHead
from casefile.ui.parts import button, column, row, wrapped
from casefile.ui.theme import Theme

if TYPE_CHECKING:
    from casefile.services.desk import Desk
    from casefile.services.places import Places


@dataclass(frozen=True, slots=True)
class CountLine:
    """One row: what was sought (or where), how much was found, and what to know of it."""

    words: str
    total: int
    more: str
    case: Path | None = None


class CountPage(Page):
    """Rows with a number each; `opened` carries the row to be looked at."""

    opened = Signal(object)

    def __init__(self, theme: Theme, role: str, name: str) -> None:
        super().__init__(theme, role, name)
        self.head = PaneHead(theme, name)
        self.trouble = wrapped(theme, "", "label", "warn")
        self.covered = wrapped(theme, "", "label", "text3")
        self.model = PlainModel[CountLine](lambda one: f"{one.words}, {one.total}, {one.more}")
        self.view = self.list = RecordList(theme, name, self._draw, self._height)
        self.list.setModel(self.model)
        self.empty = EmptyState(theme, "list-search", "", "")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        self.stack.setCurrentIndex(1)
        for label in (self.trouble, self.covered):
            label.setContentsMargins(14, 0, 14, 8)
            label.hide()
        self.list.opened.connect(self._open)

    def say_trouble(self, words: str) -> None:
        """Say what went wrong, or nothing."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def show_lines(self, lines: Sequence[CountLine]) -> None:
        """Show rows."""
        self.model.set_rows(lines)
        self.stack.setCurrentIndex(0 if lines else 1)
        if lines:
            self.list.go_to(0, quietly=True)
            self.list.setFocus()

    def _open(self, number: int) -> None:
        if 0 <= number < len(self.model.rows):
            self.opened.emit(self.model.rows[number])

    def _height(self) -> int:
        return round(self.theme.metrics("ui").height() + 13)

    def _draw(self, painter: QPainter, rect: QRectF, number: int, state: RowState) -> None:
        if number >= len(self.model.rows):
            return
        theme, dip, one = self.theme, self.theme.dip, self.model.rows[number]
        ground(painter, theme, rect, state)

        def place(part: QRectF) -> QRectF:
            return mirrored_rect(part, rect, mirrored=state.mirrored)

        quiet = theme.color("text2" if state.selected else "text3")
        ink = theme.color("text") if one.total else quiet
        wide = (rect.width() - dip(28)) / 2
        words = QRectF(rect.left() + dip(14), rect.top(), wide - dip(80), rect.height())
        look = (theme.font("ui_medium" if one.total else "ui"), ink)
        line(painter, place(words), one.words, look, mirrored=state.mirrored)
        count = QRectF(words.right() + dip(8), rect.top(), dip(64), rect.height())
        told = (theme.font("ui_strong"), ink)
        line(painter, place(count), f"{one.total:,}", told, at_end=True, mirrored=state.mirrored)
        rest = QRectF(count.right() + dip(16), rect.top(), wide - dip(16), rect.height())
        line(painter, place(rest), one.more, (theme.font("label"), quiet), mirrored=state.mirrored)


class NamesPage(CountPage):
    """Names, one a line, from the field or a file, searched in this case."""

    def __init__(self, theme: Theme, bridge: DeskBridge) -> None:
        super().__init__(theme, "names", tr("A list of names"))
        self._bridge = bridge
        self.field = QPlainTextEdit()
        self.field.setAccessibleName(tr("Names, one a line"))
        self.field.setPlaceholderText(tr("Names, one a line"))
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(round(theme.dip(96)))
        self.empty.say(
            tr("Many names at once."),
            tr("Write or open a list; each name is counted."),
            "list-search",
        )
        self.head.add(button(theme, tr("Open a list…"), self.choose, "folder-open"))
        self.head.add(button(theme, tr("Search"), self.search, primary=True))
        top = row(None, (14, 10, 14, 10), 0)
        top.addWidget(self.field, 1)
        layout = column(self)
        layout.addWidget(self.head)
        layout.addLayout(top)
        layout.addWidget(self.trouble)
        layout.addWidget(self.covered)
        layout.addWidget(self.stack, 1)

    @override
    def refresh(self) -> None:
        """Leave the numbers as they were asked for."""

    def choose(self) -> None:
        """Ask for a file with names."""
        dialog = QFileDialog(self, tr("List of names"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.read(Path(name)))
        dialog.open()

    def read(self, file: Path) -> None:
        """Take the names of a file into the field and search them."""
        self._bridge.ask(
            lambda _: doors.name_lists.read_list(file), self._taken, topic="names file"
        )

    def search(self) -> None:
        """Search the names in the field."""
        lines = (" ".join(each.split()) for each in self.field.toPlainText().splitlines())
        names = list(dict.fromkeys(each for each in lines if each))
        if names:
            self.head.set_title(tr("A list of names"), len(names))
            self._bridge.ask(partial(_counted, names), self._shown, topic="names")

    def _shown(self, found: tuple[list[CountLine], str]) -> None:
        """Show the numbers, and beside them what was not looked through."""
        lines, covered = found
        self.covered.setText(covered)
        self.covered.setVisible(bool(covered))
        self.show_lines(lines)

    def _taken(self, names: list[str]) -> None:
        self.field.setPlainText("\n".join(names))
        self.search()


class CasesPage(CountPage):
    """One search over several cases on this machine; nothing is written in any of them."""

    def __init__(self, theme: Theme, bridge: DeskBridge, places: "Places") -> None:
        super().__init__(theme, "cases", tr("Search in all cases"))
        self._bridge, self._places = bridge, places
        self.paths: list[Path] = []
        self.field = QLineEdit()
        self.field.setAccessibleName(tr("Words"))
        self.field.setPlaceholderText(tr("Words to search in every case"))
        self.field.returnPressed.connect(self.search)
        self.head.add(button(theme, tr("Add a folder with cases…"), self.choose, "folder-open"))
        self.head.add(button(theme, tr("Search"), self.search, primary=True))
        top = row(None, (14, 10, 14, 10), 0)
        top.addWidget(self.field, 1)
        layout = column(self)
        layout.addWidget(self.head)
        layout.addLayout(top)
        layout.addWidget(self.trouble)
        layout.addWidget(self.stack, 1)
        self.empty.say(
            tr("All cases at once."),
            tr("Add the folder that your cases lie in, then search."),
            "list-search",
        )

    @override
    def refresh(self) -> None:
        """Begin with the folder that this case lies in."""
        desk = self._bridge.desk
        if desk is not None and not self.paths:
            self.add_folder(desk.store.path.parent)

    def choose(self) -> None:
        """Ask for a folder with cases."""
        dialog = QFileDialog(self, tr("Folder with cases"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.add_folder(Path(name)))
        dialog.open()

    def add_folder(self, folder: Path) -> None:
        """Take the cases of a folder in."""
        found = [folder] if (folder / "case.db").is_file() else _cases_in(folder)
        self.paths += [path for path in found if path not in self.paths]
        self.head.set_title(tr("Search in all cases"), len(self.paths))
        self.say_trouble("" if found else tr("No case lies in this folder."))

    def search(self) -> None:
        """Search all cases that were taken in."""
        words = self.field.text().strip()
        if words and self.paths:
            paths, places = list(self.paths), self._places
            request = SearchRequest(query=words, limit=1)
            self.say_trouble("")
            self._bridge.later(lambda: _across(paths, places, request), self.show_lines)


def _cases_in(folder: Path) -> list[Path]:
    try:
        return sorted(p for p in folder.iterdir() if (p / "case.db").is_file())
    except OSError:
        return []


def _counted(names: list[str], desk: "Desk") -> tuple[list[CountLine], str]:
    request = SearchRequest(query="")
    lines = [
        CountLine(each.query, each.total, _sources_words(each.sources, len(each.variants)))
        for each in doors.name_lists.counted(desk, names, request)
    ]
    return lines, " ".join(doors.covering.sentences(doors.covering.coverage(desk)))


def _sources_words(sources: int, spellings: int) -> str:
    said = trn("in {n} source", "in {n} sources", sources)
    if spellings:
        said += ", " + trn("{n} more spelling sought", "{n} more spellings sought", spellings)
    return said


def _across(paths: list[Path], places: "Places", request: SearchRequest) -> list[CountLine]:
    return [
        CountLine(
            each.title or each.path.name,
            each.answer.total if each.answer else 0,
            each.trouble or " ".join(each.answer.coverage if each.answer else ()),
            each.path,
        )
        for each in doors.name_lists.across(paths, places, request)
    ]
