"""Starting the window: it is painted before any workshop is loaded, then the case is opened."""

import gc
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from casefile.model.errors import CasefileError
from casefile.settings import Settings
from casefile.ui.collector import Collector
from casefile.ui.theme import Theme
from casefile.ui.window import MainWindow

if TYPE_CHECKING:
    from casefile.services.places import Places

QUIET_LOOKS = 4  # looks in a row at which nothing was under way
LOOK_MS = 200
PICTURE_WAIT_MS = 90_000  # a picture that is not ready by then is taken as it is


def open_window(
    case: Path | None, places: "Places", *, picture: Path | None = None, sample: bool = False
) -> int:
    """Open the window and run until it closes; gives the exit status.

    With `picture` the window is drawn into that file (PNG) and closed again: a source with marks is
    shown, and everything that was asked for has been drawn.
    """
    app = application()
    settings = Settings(places.settings_file)
    theme = Theme(settings["look"], settings["text_scale"], settings["reader_scale"])
    theme.reduced_motion = settings["reduced_motion"] or picture is not None
    theme.apply(app)
    collector = Collector()
    window = MainWindow(theme, places)
    hook = sys.excepthook
    sys.excepthook = _telling(window)
    window.painted.connect(lambda: _go(window, case, sample=sample))
    window.case_opened.connect(collector.settle)
    status: list[int] = []
    shot = Shot(window, picture, status.append) if picture else None
    window.show()
    try:
        code = app.exec()
    finally:
        sys.excepthook = hook
        collector.stop()
        gc.collect()
    del shot
    return status[0] if status else code


def application() -> QApplication:
    """Give the one application object."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    made = QApplication(["casefile"])
    made.setApplicationName("casefile")
    made.setApplicationDisplayName("Casefile")
    made.setDesktopFileName("casefile")
    return made


class Shot(QObject):
    """Waits until the window has nothing more to draw, writes its picture, closes it."""

    def __init__(self, window: MainWindow, file: Path, ended: Callable[[int], object]) -> None:
        super().__init__(window)
        self._window, self._file, self._ended = window, file, ended
        self._quiet = 0
        self._waited = 0
        self._chosen = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        window = self._window
        self._waited += LOOK_MS
        busy = window.bridge.is_busy or window.desk.busy
        self._quiet = 0 if busy else self._quiet + 1
        if self._waited < PICTURE_WAIT_MS and self._quiet < QUIET_LOOKS:
            return
        if window.has_case and not self._chosen and self._waited < PICTURE_WAIT_MS:
            self._chosen = True
            self._quiet = 0
            self._choose()
            return
        self._timer.stop()
        kept = window.grab().save(str(self._file), "PNG")
        self._ended(0 if kept and window.has_case else 1)
        window.close()

    def _choose(self) -> None:
        """Show the source with the most marks."""
        model = self._window.list.model
        rows = [row for id_ in model.ids if (row := model.known(id_)) is not None]
        if rows:
            best = max(rows, key=lambda row: (row.kind == "article", row.marks))
            self._window.go_to_source(best.id)


def _go(window: MainWindow, case: Path | None, *, sample: bool) -> None:
    if sample:
        window.open_sample()
    elif case is not None:
        window.open_case(case)


def _telling(
    window: MainWindow,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, CasefileError):
            window.trouble(error)
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(text)
        if issubclass(kind, Exception):
            window.crashed(text)

    return hook
