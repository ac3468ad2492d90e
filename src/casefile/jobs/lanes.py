"""Lanes of work: one that writes, a few that read."""

import itertools
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from casefile.jobs.inbox import Answer, Inbox

READERS = 3


class Lanes:
    """Runs work off the calling thread and leaves the answers in `inbox`.

    Writes keep their order in one lane. Of the reads with one `topic` only the newest waiting one
    is run, and late answers to an old question are dropped by ticket (`is_current`).
    """

    def __init__(self, inbox: Inbox | None = None) -> None:
        self.inbox = inbox or Inbox()
        self._write = ThreadPoolExecutor(1, thread_name_prefix="write")
        self._read = ThreadPoolExecutor(READERS, thread_name_prefix="read")
        self._apart: dict[str, ThreadPoolExecutor] = {}
        self._tickets = itertools.count(1)
        self._newest: dict[str, int] = {}
        self._guard = threading.Lock()
        self._waiting: set[Future[None]] = set()

    def write(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> int:
        """Run work in the write lane, after what is already there; give its ticket."""
        return self._submit(self._write, work, then, failed, "")

    def read(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        topic: str = "",
    ) -> int:
        """Run work in a read lane; with a topic, newer work makes older work stale."""
        return self._submit(self._read, work, then, failed, topic)

    def apart(
        self,
        name: str,
        work: Callable[[], Any],
        then: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> int:
        """Run work of minutes in a lane of its own name, so that short writes need not wait for it.

        Such work takes the store's own write lock for one short transaction after the other.
        """
        if name not in self._apart:
            self._apart[name] = ThreadPoolExecutor(1, thread_name_prefix=name)
        return self._submit(self._apart[name], work, then, failed, "")

    def is_current(self, ticket: int, topic: str) -> bool:
        """Say whether no newer question of this topic was asked since."""
        return self._newest.get(topic, ticket) == ticket

    @property
    def busy(self) -> bool:
        """True while anything is waiting or running."""
        with self._guard:
            return bool(self._waiting)

    def close(self) -> None:
        """Let running work end, drop waiting reads, finish waiting writes."""
        self._read.shutdown(wait=True, cancel_futures=True)
        for pool in self._apart.values():
            pool.shutdown(wait=True, cancel_futures=True)
        self._write.shutdown(wait=True)

    def _submit(
        self,
        pool: ThreadPoolExecutor,
        work: Callable[[], Any],
        then: Callable[[Any], None] | None,
        failed: Callable[[BaseException], None] | None,
        topic: str,
    ) -> int:
        ticket = next(self._tickets)
        if topic:
            self._newest[topic] = ticket

        def run() -> None:
            if topic and not self.is_current(ticket, topic):
                return
            value: Any = None
            trouble: BaseException | None = None
            try:
                value = work()
            except BaseException as error:  # noqa: BLE001 - carried to the asker, never lost
                trouble = error
            if not topic or self.is_current(ticket, topic):
                self.inbox.put(Answer(ticket, value, trouble, then, failed))

        future = pool.submit(run)
        with self._guard:
            self._waiting.add(future)
        future.add_done_callback(self._done)
        return ticket

    def _done(self, future: Future[None]) -> None:
        with self._guard:
            self._waiting.discard(future)
