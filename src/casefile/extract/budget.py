"""How much time is left: the reader's own watch, so that what was read so far is kept."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from casefile.extract.limits import Limits

# Stopping by itself leaves this share for putting the answer together and sending it.
_OWN_SHARE = 0.85


class OutOfTime(BaseException):
    """The time for a file or for a part of it is over; no `except Exception` swallows it."""


_begun: tuple[float, float] | None = None


def begin() -> None:
    """Count the time of the one file of this process from now: opening it is part of it."""
    global _begun  # noqa: PLW0603 - one reader a process, set once after the fork
    _begun = (time.process_time(), time.monotonic())


class Budget:
    """The time of one file, counted from `begin` or else from the making of this object.

    `pages` is how many pages a PDF has; each adds to the time.
    """

    def __init__(self, limits: Limits, pages: int = 0) -> None:
        more = limits.page_seconds * min(pages, limits.pages)
        cpu, wall = _begun or (time.process_time(), time.monotonic())
        self._cpu = cpu + (limits.cpu_seconds + more) * _OWN_SHARE
        self._wall = wall + (limits.wall_seconds + more) * _OWN_SHARE

    @property
    def over(self) -> bool:
        """True when it is time to give what there is."""
        return time.process_time() >= self._cpu or time.monotonic() >= self._wall


_more_pages: Callable[[int], None] | None = None


def on_pages(call: Callable[[int], None] | None) -> None:
    """Say who gives a reader more time when it learns how many pages there are."""
    global _more_pages  # noqa: PLW0603 - one reader a process, set once after the fork
    _more_pages = call


def ask_for_pages(pages: int) -> None:
    """Tell how many pages there are, so that the limits grow with them."""
    if _more_pages is not None:
        _more_pages(pages)


_tell_step: Callable[[int], None] | None = None


def on_steps(call: Callable[[int], None] | None) -> None:
    """Say who is told which page (from 1; 0: what is beside the pages) is being read."""
    global _tell_step  # noqa: PLW0603 - one reader a process, set once after the fork
    _tell_step = call


@contextmanager
def step(number: int, seconds: float) -> Iterator[None]:
    """Read one page, so that it is known which one broke or stopped the reader.

    Code outside of Python hears no signal of ours: where a step takes more CPU time than this, the
    process ends, and whoever asked may ask again without that step.
    """
    if _tell_step is None or not hasattr(signal, "setitimer"):
        yield
        return
    _tell_step(number)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def stop_in_time() -> None:
    """Raise OutOfTime in the main thread when the CPU limit of the process is reached."""
    signal.signal(signal.SIGXCPU, _raise)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise OutOfTime when the block takes more CPU time than this; where there are no timers, wait.

    Only for the main thread.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGPROF, _raise)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _raise(number: int, _frame: FrameType | None) -> None:
    # The kernel sends its signal every second from now on; once is enough to come to an end.
    signal.signal(number, signal.SIG_IGN)
    raise OutOfTime
