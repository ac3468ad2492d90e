"""The parent's side where a system has no fork: workers that are ended after some files."""

import os
import queue
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from casefile.extract.forked import BROKE, READY_SECONDS, Stopped
from casefile.extract.limits import Limits
from casefile.extract.protocol import Frame, Gone, receive, send_file

_FILES = 50
_END_SECONDS = 5.0


class Recycler:
    """Workers that each read one file at a time, over pipes; any thread may ask."""

    def __init__(self, command: tuple[str, ...]) -> None:
        self._command = (*command, "--pipes")
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()

    def ask(self, file: int, request: Frame, limits: Limits, seen: Callable[[Any], None]) -> Frame:
        """Have a worker do what is asked with an open file; as `Forker.ask`."""
        with self._worker() as worker:
            return worker.ask(file, request, limits, seen)

    def stream(self, file: int, request: Frame, limits: Limits) -> Iterator[Frame]:
        """Have a worker send one frame after the other; as `Forker.stream`."""
        with self._worker() as worker:
            yield from worker.stream(file, request, limits)

    @contextmanager
    def _worker(self) -> Iterator["_Worker"]:
        try:
            worker = self._idle.get_nowait()
        except queue.Empty:
            worker = _Worker(self._command)
        try:
            yield worker
        except BaseException:
            worker.close()
            raise
        if worker.files < _FILES:
            self._idle.put(worker)
        else:
            worker.close()

    def close(self) -> None:
        """End the workers that rest; idempotent."""
        while True:
            try:
                self._idle.get_nowait().close()
            except queue.Empty:
                return


class _Worker:
    """One process that reads file after file."""

    def __init__(self, command: tuple[str, ...]) -> None:
        self.files = 0
        self._late = False
        self._timer = threading.Timer(0, self._end)
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def ask(self, file: int, request: Frame, limits: Limits, seen: Callable[[Any], None]) -> Frame:
        with self._in_plain_words(limits):
            self._send(file, request)
            return self._next(limits, seen)

    def stream(self, file: int, request: Frame, limits: Limits) -> Iterator[Frame]:
        with self._in_plain_words(limits):
            self._send(file, request)
            frame = self._next(limits, lambda _note: None)
        while "answer" not in frame.head and "trouble" not in frame.head:
            yield frame
            with self._in_plain_words(limits):
                self._expect_within(limits.wall_seconds)
                frame = self._next(limits, lambda _note: None)
        yield frame

    def _send(self, file: int, request: Frame) -> None:
        self.files += 1
        self._expect_within(READY_SECONDS)
        if self._process.stdin is None:
            raise Gone
        send_file(self._process.stdin.write, request.head, file, os.fstat(file).st_size)
        self._process.stdin.flush()

    def _next(self, limits: Limits, seen: Callable[[Any], None]) -> Frame:
        if self._process.stdout is None:
            raise Gone
        while True:
            frame = receive(self._process.stdout.read, limits.message_bytes, limits.answer_bytes)
            if "note" not in frame.head:
                return frame
            note = frame.head["note"]
            if isinstance(note, dict) and "started" in note:
                # Pages give no more time here: nobody checks how many there can be.
                self._expect_within(limits.wall_seconds)
            seen(note)

    @contextmanager
    def _in_plain_words(self, limits: Limits) -> Iterator[None]:
        try:
            yield
        except (Gone, OSError) as error:
            seconds = f"reading took more than {limits.wall_seconds:.0f} seconds and was stopped"
            raise Stopped(seconds if self._late else BROKE) from error
        finally:
            self._timer.cancel()

    def close(self) -> None:
        """End the process."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    # What was still to be written has no reader any more.
                    continue
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _expect_within(self, seconds: float) -> None:
        """End the process when nothing is heard of it for so long."""
        self._timer.cancel()
        self._timer = threading.Timer(seconds, self._end)
        self._timer.start()

    def _end(self) -> None:
        self._late = True
        self._process.kill()
