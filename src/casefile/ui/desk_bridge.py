"""Between the window and the desk: work goes out to the lanes, answers come back by one timer."""

import sys
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from casefile.jobs.inbox import Answer
from casefile.jobs.lanes import Lanes
from casefile.model.change import Changes
from casefile.model.errors import Cancelled, CasefileError

if TYPE_CHECKING:
    from casefile.services.desk import Desk
    from casefile.services.views import LocalView

DRAIN_MS = 30
SWITCH_S = 0.00002  # a Qt call gives the lock away; getting it back must not take 0.5 ms each time
T = TypeVar("T")


class DeskBridge(QObject):
    """Asks the desk off the window's thread; `changed` is the only refresh signal.

    `changed` carries a `Changes` and who started the act, `said` a sentence about it, `trouble` a `CasefileError`,
    `crashed` the traceback of anything else, `busy` whether work is under way.
    """

    changed = Signal(object, object)
    said = Signal(str)
    trouble = Signal(object)
    crashed = Signal(str)
    busy = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk: Desk | None = None
        self.local: LocalView | None = None
        self._lanes = Lanes()
        self._topics: dict[int, str] = {}
        self._was_busy = False
        self._closed = False
        self._switch = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_S)
        self._timer = QTimer(self)
        self._timer.setInterval(DRAIN_MS)
        self._timer.timeout.connect(self.drain)

    def open(
        self,
        opener: "Callable[[], tuple[Desk, LocalView]]",
        then: Callable[[], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Open or make a desk in the write lane, then keep it."""

        def opened(found: "tuple[Desk, LocalView]") -> None:
            self.desk, self.local = found
            then()

        self._lanes.write(opener, opened, failed)
        self._wake()

    def ask(
        self,
        work: "Callable[[Desk], T]",
        then: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
        topic: str = "",
    ) -> None:
        """Read in a lane; of the questions with one topic only the newest is answered."""
        if self._closed:
            return
        desk = self._need()
        ticket = self._lanes.read(lambda: work(desk), then, failed, topic)
        if topic:
            self._topics[ticket] = topic
        self._wake()

    def act(
        self,
        work: "Callable[[Desk], T]",
        then: Callable[[T], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        said: str = "",
    ) -> None:
        """Change something in the write lane; the `Changes` in its answer are announced first.

        `said` is the sentence of the toast when something changed.
        """
        if self._closed:
            return
        desk = self._need()

        def done(value: T) -> None:
            changes = changes_in(value)
            if changes is not None:
                self.changed.emit(changes, self)
            if said and changes is not None and changes.records:
                self.said.emit(said)
            if then is not None:
                then(value)

        self._lanes.write(lambda: work(desk), done, failed)
        self._wake()

    def apart(
        self,
        name: str,
        work: "Callable[[Desk], T]",
        then: Callable[[T], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Run work of minutes (import, index, report) in a lane of its own."""
        if self._closed:
            return
        desk = self._need()
        self._lanes.apart(name, lambda: work(desk), then, failed)
        self._wake()

    def later(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Run something that needs no case."""
        if self._closed:
            return
        self._lanes.read(work, then, failed)
        self._wake()

    @property
    def is_busy(self) -> bool:
        """True while work or answers are on their way."""
        return self._timer.isActive()

    def drain(self) -> None:
        """Take what has come back; the timer rests when there is nothing more to come."""
        busy = self._lanes.busy
        answers = self._lanes.inbox.drain()
        for answer in answers:
            self._deliver(answer)
        if not busy and not answers:
            self._topics.clear()
            self._timer.stop()
        if self._was_busy != self._timer.isActive():
            self._was_busy = self._timer.isActive()
            self.busy.emit(self._was_busy)

    def leave(self, then: Callable[[], None]) -> None:
        """Close the case, then go on; what was asked of it and is not answered yet is dropped."""
        desk, old = self._need(), self._lanes
        self.desk = self.local = None
        self._topics.clear()
        self._lanes = Lanes()

        def close() -> None:
            old.close()
            desk.close()

        self._lanes.write(close, lambda _: then())
        self._wake()

    def close(self) -> None:
        """Let the lanes run out, then close the case.

        Answers that come late are dropped, and so is what a clock of a closing window still asks.
        """
        self._closed = True
        self._timer.stop()
        if self.desk is not None:
            desk, self.desk = self.desk, None
            self._lanes.write(desk.close)
        self._lanes.close()
        sys.setswitchinterval(self._switch)

    def report(self, error: BaseException) -> None:
        """Tell known trouble as trouble and anything else as a defect."""
        if isinstance(error, CasefileError):
            self.trouble.emit(error)
        elif not isinstance(error, Cancelled):
            self.crashed.emit("".join(traceback.format_exception(error)))

    def _need(self) -> "Desk":
        if self.desk is None:
            msg = "no case is open"
            raise RuntimeError(msg)
        return self.desk

    def _wake(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _deliver(self, answer: Answer) -> None:
        topic = self._topics.pop(answer.ticket, "")
        if topic and not self._lanes.is_current(answer.ticket, topic):
            return
        if answer.error is not None:
            if answer.failed is not None:
                answer.failed(answer.error)
            else:
                self.report(answer.error)
        elif answer.then is not None:
            answer.then(answer.value)


def changes_in(value: Any) -> Changes | None:
    """Find the `Changes` in what a service gave back: itself, or a part of a tuple."""
    if isinstance(value, Changes):
        return value
    if isinstance(value, tuple):
        return next((part for part in value if isinstance(part, Changes)), None)
    return None
