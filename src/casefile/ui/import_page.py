"""Adding evidence: a drop zone, a row a file, progress, pause, and stop that keeps what is done."""

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QProgressBar, QSizePolicy, QWidget
from typing_extensions import override

from casefile.jobs.progress import Progress
from casefile.model.change import Changes
from casefile.model.errors import Cancelled
from casefile.model.view import AddEntry, AddReport
from casefile.strings import later, tr, trn
from casefile.ui import doors, icons
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.import_tools import ImportTools
from casefile.ui.lists.entry_painter import EntryPainter, Line, lines_of
from casefile.ui.lists.plain_model import PlainModel
from casefile.ui.lists.record_list import RecordList
from casefile.ui.lists.source_painter import RowState
from casefile.ui.pane import Pane, PaneHead
from casefile.ui.parts import Chip, Words, button, column, row, wrapped
from casefile.ui.theme import Theme

POLL_MS = 100
BATCH = 200  # rows shown a poll
ANNOUNCE_MS = 700  # how often new sources are told to the panels
_FILTERS = (
    ("all", later("All")),
    ("added", later("Added")),
    ("duplicate", later("Duplicates linked")),
    ("partly read", later("Partly read")),
    ("refused", later("Refused")),
)


class ImportPage(Pane):
    """Runs one import at a time; more files dropped meanwhile wait for their turn.

    `opened` carries the id of a source to be shown, `worked` a short word for the status bar.
    """

    opened = Signal(str)
    worked = Signal(str)
    finished = Signal(object)

    def __init__(self, theme: Theme, bridge: DeskBridge) -> None:
        super().__init__(theme, "import", tr("Add evidence"), "panel")
        self._bridge = bridge
        self._painter = EntryPainter(theme)
        self.progress: Progress | None = None
        self.entries: list[AddEntry] = []
        self._waiting: list[list[Path]] = []
        self._seen: deque[AddEntry] = deque()
        self._fresh: list[str] = []
        self._filter = "all"
        self._paused = False
        self.model = PlainModel[Line](_row_words)
        self.view = RecordList(theme, tr("Files"), self._draw, self._painter.height)
        self.view.setModel(self.model)
        self.zone = DropZone(theme, self.choose_files, self.choose_folder)
        self.title = Words(theme, "", "ui_strong")
        self.count = Words(theme, "", "label", "text3")
        self.bar = QProgressBar()
        self.pause = button(theme, tr("Pause"), self.toggle_pause, "player-pause")
        self.stop = button(theme, tr("Stop here"), self.stop_here, "player-stop")
        self.more = ImportTools(theme, bridge, self)
        self._chips: dict[str, Chip] = {}
        self._poll = QTimer(self)
        self._announce = QTimer(self)
        self._build()

    @property
    def running(self) -> bool:
        """True while files are being read."""
        return self.progress is not None

    def add(self, paths: Sequence[Path]) -> None:
        """Add files and folders, after what is running."""
        self._waiting.append([Path(path) for path in paths])
        if not self.running:
            self._begin()

    def choose_files(self) -> None:
        """Ask for files."""
        dialog = QFileDialog(self, tr("Choose files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.add([Path(name) for name in names]))
        dialog.open()

    def choose_folder(self) -> None:
        """Ask for a folder."""
        dialog = QFileDialog(self, tr("Choose folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.add([Path(name) for name in names]))
        dialog.open()

    def toggle_pause(self) -> None:
        """Hold the import, or let it go on."""
        if self.progress is None:
            return
        self._paused = not self._paused
        (self.progress.pause if self._paused else self.progress.resume)()
        self.pause.setText(tr("Go on") if self._paused else tr("Pause"))

    def stop_here(self) -> None:
        """Stop; what is finished stays."""
        self._waiting.clear()
        if self.progress is not None:
            self.progress.cancel()
            self.stop.setEnabled(False)

    def toggle_trouble(self) -> None:
        """Show only files with trouble, or all."""
        self._choose("refused" if self._filter == "all" else "all")

    def _build(self) -> None:
        head = PaneHead(self.theme, tr("Add evidence"))
        layout = column(self)
        layout.addWidget(head)
        inside = column(margins=(22, 16, 22, 14), gap=10)
        layout.addLayout(inside, 1)
        inside.addWidget(self.zone)
        inside.addWidget(self.more)
        inside.addWidget(
            wrapped(
                self.theme,
                tr(
                    "Originals are copied unchanged and locked. Pages, PDFs and photos are read in "
                    "a closed process without network."
                ),
                "label",
                "text2",
            )
        )
        self._work = self._work_part()
        inside.addWidget(self._work, 1)
        self._rest = QWidget()
        inside.addWidget(self._rest, 1)
        words = tr(
            "Nothing is refused for being a copy. You can leave this page; the work goes on and "
            "shows in the bottom bar."
        )
        inside.addWidget(wrapped(self.theme, words, "label", "text3"))
        self._start_clocks()

    def _work_part(self) -> QWidget:
        part = QWidget()
        work = column(part, gap=8)
        line = row(gap=10)
        line.addWidget(self.title)
        line.addWidget(self.count, 1)
        line.addWidget(self.pause)
        line.addWidget(self.stop)
        work.addLayout(line)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.setAccessibleName(tr("How far the import is"))
        work.addWidget(self.bar)
        chips = row(gap=8)
        for key, words in _FILTERS:
            chip = Chip(self.theme, tr(words), "text", "surface")
            chip.setCheckable(True)
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(partial(self._choose, key))
            self._chips[key] = chip
            chips.addWidget(chip)
        chips.addStretch(1)
        work.addLayout(chips)
        work.addWidget(self.view, 1)
        return part

    def _start_clocks(self) -> None:
        self._work.hide()
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._look)
        self._announce.setInterval(ANNOUNCE_MS)
        self._announce.timeout.connect(self._tell)
        self.view.opened.connect(self._open)
        self._count_chips()

    def _begin(self) -> None:
        paths = self._waiting.pop(0)
        progress = self.progress = Progress()
        self._paused = False
        self.entries.clear()
        self._seen.clear()
        self.model.set_rows([])
        self.pause.setText(tr("Pause"))
        self.pause.setEnabled(True)
        self.stop.setEnabled(True)
        self.bar.setRange(0, 0)
        self._show_work()
        self._choose("all")
        self.title.setText(tr("Reading"))
        self._poll.start()
        self._announce.start()
        seen = self._seen.append
        self._bridge.apart(
            "import",
            lambda desk: doors.ingest.add(desk, paths, progress=progress, seen=seen),
            self._done,
            self._failed,
        )

    def _show_work(self) -> None:
        self._work.show()
        self._rest.hide()

    def _look(self) -> None:
        """Take what was acknowledged since the last look, and how far the work is."""
        fresh: list[AddEntry] = []
        while self._seen and len(fresh) < BATCH:
            fresh.append(self._seen.popleft())
        if fresh:
            # What is inside an archive is told first, file by file, then the archive with all of it.
            told = [e for e in fresh if not e.within]
            self.entries += told
            self._fresh += [e.source for e in fresh if e.source and e.status != "duplicate"]
            self.model.append([row for e in told for row in lines_of(e, self._filter)])
            self._count_chips()
        if self.progress is None:
            return
        step = self.progress.step
        done, total = len(self.entries), step.total
        if total:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            words = tr("{done} of {total}").format(done=done, total=total)
            self.title.setText(trn("Reading {n} file", "Reading {n} files", total))
            self.count.setText(f"{words}   {step.what}")
            self.worked.emit(tr("{words} files read").format(words=words))

    def _tell(self) -> None:
        """Tell the panels of new sources."""
        ids, self._fresh = self._fresh, []
        if ids:
            changes = Changes(act="", label="import", records={"source": tuple(ids)}, upto=0)
            self._bridge.changed.emit(changes, self)

    def _done(self, report: AddReport) -> None:
        while self._seen:
            self._look()
        self._end()
        self.entries = list(report.entries)
        self._choose(self._filter)
        self._count_chips()
        counts = report.counts
        kept = counts["added"] + counts["partly read"]
        self.bar.setRange(0, max(1, len(self.entries)))
        self.bar.setValue(len(self.entries))
        words = trn("{n} file added", "{n} files added", kept)
        self.title.setText(
            tr("Stopped. {words}").format(words=words) if report.cancelled else words
        )
        self.count.setText(tr("what was finished stays") if report.cancelled else "")
        self._fresh = [e.source for each in report.entries for e in each.whole if e.source]
        self._tell()
        self.more.look_for_locked(report)
        self.finished.emit(report)
        if self._waiting:
            self._begin()

    def _failed(self, error: BaseException) -> None:
        self._end()
        self.title.setText(tr("The import stopped. What was finished stays."))
        self._tell()
        if not isinstance(error, Cancelled):
            self._bridge.report(error)

    def _end(self) -> None:
        self.progress = None
        self._poll.stop()
        self._announce.stop()
        self.pause.setEnabled(False)
        self.stop.setEnabled(False)
        self.worked.emit("")

    def _choose(self, key: str, *_: object) -> None:
        self._filter = key
        for name, chip in self._chips.items():
            chip.setChecked(name == key)
        self.model.set_rows([row for e in self.entries for row in lines_of(e, key)])

    def _count_chips(self) -> None:
        files = [each for entry in self.entries for each in entry.whole]
        for key, words in _FILTERS:
            count = sum(key in ("all", e.status) for e in files)
            self._chips[key].show_as(f"{tr(words)}  {count}", "text", "surface")

    def _open(self, number: int) -> None:
        entry = self.model.rows[number].entry if number < len(self.model.rows) else None
        if entry is not None and entry.source:
            self.opened.emit(entry.source)

    def _draw(self, painter: QPainter, rect: QRectF, number: int, state: RowState) -> None:
        if number < len(self.model.rows):
            self._painter.draw(painter, rect, self.model.rows[number], state)


class DropZone(QWidget):
    """Where files can be dropped, with buttons for those who do not drag."""

    def __init__(self, theme: Theme, files: Callable[[], None], folder: Callable[[], None]) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = row(self, (20, 18, 20, 18), 14)
        layout.addStretch(1)
        self._icon = _ZoneIcon(theme)
        layout.addWidget(self._icon)
        words = column(gap=6)
        words.addWidget(Words(theme, tr("Drop files or folders here"), "page"))
        line = row(gap=8)
        line.addWidget(Words(theme, tr("or"), "ui", "text2"))
        line.addWidget(button(theme, tr("Choose files"), files))
        line.addWidget(button(theme, tr("Choose folder"), folder))
        line.addStretch(1)
        words.addLayout(line)
        layout.addLayout(words)
        layout.addStretch(1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.color("accent"), 1.5)
        pen.setDashPattern([5, 3])
        painter.setPen(pen)
        painter.setBrush(self._theme.color("accent_soft"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 9, 9)
        painter.end()


class _ZoneIcon(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(40, 40)

    @override
    def sizeHint(self) -> QSize:
        return QSize(40, 40)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.draw(painter, "file-plus", QPointF(4, 4), self._theme.color("accent"), 32)
        painter.end()


def _row_words(row_: Line) -> str:
    entry = row_.entry
    return row_.name if entry is None else f"{row_.name}, {entry.status}, {entry.reason or ''}"
