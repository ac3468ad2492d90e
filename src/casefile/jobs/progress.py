"""How far a piece of work is, and whether it should stop."""

import threading
from dataclasses import dataclass, field

from casefile.model.errors import Cancelled


@dataclass(frozen=True, slots=True)
class Step:
    """Where the work stands; `total` is None while it is not known."""

    done: int
    total: int | None
    what: str


@dataclass(slots=True)
class Progress:
    """Written by the worker, polled by a face ten times a second; never a callback.

    Every `at` is a cancellation point.
    """

    _stop: threading.Event = field(default_factory=threading.Event)
    _go: threading.Event = field(default_factory=threading.Event)
    _step: Step = field(default_factory=lambda: Step(0, None, ""))

    def __post_init__(self) -> None:
        self._go.set()

    @property
    def step(self) -> Step:
        """The newest word from the worker."""
        return self._step

    @property
    def cancelled(self) -> bool:
        """True once somebody asked to stop."""
        return self._stop.is_set()

    def at(self, done: int, total: int | None = None, what: str = "") -> None:
        """Say where the work is; wait while paused; raise Cancelled when it should stop."""
        self._step = Step(done, total, what)
        self._go.wait()
        if self._stop.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the worker to stop at its next step."""
        self._stop.set()
        self._go.set()

    def pause(self) -> None:
        """Hold the worker at its next step."""
        self._go.clear()

    def resume(self) -> None:
        """Let a held worker go on."""
        self._go.set()
