"""The real window on a real case, for journeys, tests of the window and its pictures."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop, QMimeData, QObject, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent

from casefile.services.places import Places
from casefile.ui import desk_bridge
from casefile.ui.collector import Collector
from casefile.ui.start import application
from casefile.ui.theme import Theme
from casefile.ui.window import MainWindow

# A window that stands still is a defect on any machine. How smooth it really is depends on the
# machine and is measured by tests/benchmarks/window.py.
STANDSTILL_MS = 1500


if sys.gettrace() is not None:
    # Python 3.11 refuses a thread its tracer while another one is asking for its own, and gives no
    # warning of it but a dead thread. Handing the lock over every 20 µs makes that happen.
    desk_bridge.SWITCH_S = sys.getswitchinterval()


class Gap(QObject):
    """Measures the largest gap between two turns of the event loop, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.largest = 0.0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._turn)

    def start(self) -> "Gap":
        """Begin to measure."""
        self.largest = 0.0
        self._clock.start()
        self._timer.start()
        return self

    def stop(self) -> float:
        """End and give the largest gap."""
        self._turn()
        self._timer.stop()
        return self.largest

    def _turn(self) -> None:
        self.largest = max(self.largest, self._clock.nsecsElapsed() / 1e6)
        self._clock.restart()


class Stage:
    """One window; `settle` waits until nothing is under way."""

    def __init__(self, home: Path, look: str = "light", scale: int = 100) -> None:
        self.closed = False
        self.app = application()
        self.collector = Collector()
        self.theme = Theme(look, scale)
        self.theme.reduced_motion = True
        self.theme.apply(self.app)
        self.places = Places(home / "cache", home / "config")
        self.window = MainWindow(self.theme, self.places)
        self.window.desk.hurry()
        self.window.show()
        self.window.activateWindow()
        self.wait(20)

    def wait(self, milliseconds: int) -> None:
        """Let the event loop run."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(self, holds: Callable[[], object], most: int = 20_000) -> None:
        """Let the event loop run until something holds."""
        clock = QElapsedTimer()
        clock.start()
        while not holds():
            if clock.elapsed() > most:
                msg = "it did not come to hold"
                raise TimeoutError(msg)
            self.wait(15)

    def settle(self, most: int = 60_000) -> None:
        """Wait until lanes, index and clocks are quiet."""
        clock, quiet = QElapsedTimer(), 0
        clock.start()
        while quiet < 3 and clock.elapsed() < most:
            self.wait(20)
            busy = self.window.bridge.is_busy or self.window.desk.busy
            quiet = 0 if busy else quiet + 1

    def open(self, case: Path, *, new: bool = False) -> "Stage":
        """Open a case and wait for it."""
        self.window.open_case(case, new=new)
        self.until(lambda: self.window.has_case)
        self.settle()
        return self

    def drop(self, *files: Path) -> None:
        """Drop files onto the window."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        event = QDropEvent(
            QPointF(300, 300),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        self.window.dropEvent(event)

    def import_files(self, *files: Path) -> None:
        """Drop files and wait until they are read."""
        self.drop(*files)
        self.until(lambda: not self.window.importing.running, 60_000)
        self.settle()
        self.window.show_mode("sources")
        self.settle()

    def titles(self) -> dict[str, str]:
        """Give the listed sources: title to id."""
        model = self.window.list.model
        for n in range(len(model.ids)):
            model.row(n)
        self.settle()
        return {row.title: id_ for id_ in model.ids if (row := model.known(id_)) is not None}

    def source(self, words: str) -> str:
        """Give the source whose title holds these words."""
        return next(id_ for title, id_ in self.titles().items() if words in title)

    def show(self, words: str) -> str:
        """Show the source whose title holds these words; gives its text."""
        self.window.go_to_source(self.source(words))
        self.settle()
        opened = self.window.reading.opened
        return opened.text.text if opened is not None and opened.text is not None else ""

    def select(self, words: str) -> None:
        """Select the first place of some words in the reader."""
        opened = self.window.reading.opened
        assert opened is not None
        assert opened.text is not None
        start = opened.text.text.index(words)
        self.window.reading.reader.set_selection(start, start + len(words))
        self.window.reading.reader.setFocus()

    def search(self, words: str) -> None:
        """Type words into the search field and press Enter."""
        self.window.strip.search.setText(words)
        self.window.strip.search.returnPressed.emit()
        self.settle()

    def take(self, file: Path) -> None:
        """Write what the window shows."""
        self.settle()
        self.window.grab().save(str(file))

    def close(self) -> None:
        """Close the window and its case; a second call does nothing."""
        if self.closed:
            return
        self.closed = True
        self.window.close()
        self.wait(10)
        self.window.deleteLater()
        self.wait(10)
        self.collector.stop()
