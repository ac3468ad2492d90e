"""Garbage is collected in the window's own thread only.

Python's cyclic collector can destroy Qt objects in whichever thread happens to run it; a timer
stopped from another thread brings the process down.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500
YOUNG, MIDDLE, OLD = 0, 1, 2
FULL_EVERY = 120  # ticks: one full collection a minute


class Collector(QObject):
    """Turns automatic collection off and collects from a timer of the main thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._ticks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect what is due: the young often, everything once a minute."""
        self._ticks += 1
        young, middle, _ = gc.get_count()
        if self._ticks % FULL_EVERY == 0:
            gc.collect(OLD)
        elif middle > 10:
            gc.collect(MIDDLE)
        elif young > 700:
            gc.collect(YOUNG)

    def settle(self) -> None:
        """Set what is loaded by now aside, so that later collections stay short."""
        gc.collect(MIDDLE)
        gc.freeze()

    def stop(self) -> None:
        """Give collection back as it was."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_on:
            gc.enable()
