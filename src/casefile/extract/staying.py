"""The one reader that stays with a file whose pages are being looked at."""

import os
import threading
from typing import Any

from casefile.extract.forked import Forker, Held, Lost, Stopped
from casefile.extract.limits import Limits
from casefile.extract.protocol import Frame, Misfit

_Identity = tuple[int, int, int, int]


class Staying:
    """Keeps a reader with the file that was asked about last; another file gets another reader.

    A reader still sees one file in its life: what one stranger's file does to its reader can harm
    no other file. Turning a page then costs its drawing, not the opening of the whole file.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held: tuple[_Identity, Forker, Held] | None = None

    def ask(self, readers: Forker, file: int, limits: Limits, frame: Frame) -> Frame | None:
        """Give the answer of the reader that stays with an open file, as `Forker.ask`.

        None where it is not to be had now, because someone else is asking.
        """
        if not self._guard.acquire(blocking=False):
            return None
        try:
            return self._old(readers, file, frame) or self._new(readers, file, limits, frame)
        finally:
            self._guard.release()

    def close(self) -> None:
        """Let the reader go; idempotent."""
        with self._guard:
            self._leave()

    def _old(self, readers: Forker, file: int, frame: Frame) -> Frame | None:
        """Ask the reader that is there; what it has used up by now is no fault of the file."""
        if self._held is None or self._held[:2] != (_identity(file), readers):
            return None
        try:
            found = self._held[2].ask(frame, _unheard)
        except (Stopped, Misfit, Lost):
            return None
        return found if "answer" in found.head else None

    def _new(self, readers: Forker, file: int, limits: Limits, frame: Frame) -> Frame | None:
        self._leave()
        try:
            held = readers.hold(file, limits)
        except Lost:
            return None
        try:
            found = held.ask(frame, _unheard)
        except Lost:
            held.close()
            return None
        except BaseException:
            held.close()
            raise
        if "answer" in found.head:
            self._held = (_identity(file), readers, held)
        else:
            held.close()
        return found

    def _leave(self) -> None:
        if self._held is not None:
            self._held[2].close()
            self._held = None


def _unheard(_note: Any) -> None:
    """Pages are drawn at once; nobody is told how far it is."""


def _identity(file: int) -> _Identity:
    found = os.fstat(file)
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
