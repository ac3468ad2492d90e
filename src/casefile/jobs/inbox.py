"""Results on their way back to the thread that asked."""

import queue
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one piece of work: a value or the exception, with the ticket of the question."""

    ticket: int
    value: Any
    error: BaseException | None
    then: Callable[[Any], None] | None
    failed: Callable[[BaseException], None] | None


class Inbox:
    """A plain queue that one timer in the window drains; workers never touch a Qt object."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Answer] = queue.SimpleQueue()

    def put(self, answer: Answer) -> None:
        """Leave an answer; any thread."""
        self._queue.put(answer)

    def drain(self, most: int = 50) -> list[Answer]:
        """Take what has come, at most so many."""
        found: list[Answer] = []
        while len(found) < most:
            try:
                found.append(self._queue.get_nowait())
            except queue.Empty:
                break
        return found
