"""The parent's side of the process that forks readers."""

import json
import os
import select
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from casefile.extract import sandbox
from casefile.extract.limits import Limits
from casefile.extract.protocol import Frame, Gone, Misfit, receive, send

READY_SECONDS = 60.0
_END_SECONDS = 5.0


class Lost(Exception):
    """The process that forks readers ended; another one may do."""


class Stopped(Exception):
    """A reader ended or was ended without an answer; the message says why in plain words."""


class Forker:
    """One process that forks readers; any thread may ask."""

    def __init__(self, command: tuple[str, ...]) -> None:
        # The kernel ends the process with the *thread* that started it, so that thread has to
        # last: a lane of the window would take the readers with it when it closes.
        self._keeper = ThreadPoolExecutor(1, thread_name_prefix="extract-keeper")
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        self._control = ours
        self._guard = threading.Lock()
        with theirs:
            self._process = self._keeper.submit(_start, command, theirs.fileno()).result()

    @property
    def process_id(self) -> int:
        """The number of the process."""
        return self._process.pid

    def ask(self, file: int, request: Frame, limits: Limits, seen: Callable[[Any], None]) -> Frame:
        """Have a reader do what is asked with an open file; give its last frame.

        `seen` gets the notes on the way. Raises Stopped, Misfit or Lost.
        """
        with self._reader(file, limits) as conversation:
            return conversation.run(request, seen)

    def stream(self, file: int, request: Frame, limits: Limits) -> Iterator[Frame]:
        """Have a reader send one frame after the other; the last one is its answer.

        The time for each begins when it is asked for. Raises Stopped, Misfit or Lost.
        """
        with self._reader(file, limits) as conversation:
            yield from conversation.stream(request)

    def hold(self, file: int, limits: Limits) -> "Held":
        """Have a reader that stays with an open file for more than one request; raises Lost."""
        return Held(self._reader(file, limits))

    @contextmanager
    def _reader(self, file: int, limits: Limits) -> Iterator["_Conversation"]:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        ended, telling = os.pipe()
        try:
            with theirs:
                try:
                    with self._guard:
                        socket.send_fds(self._control, [b"r"], [file, theirs.fileno(), telling])
                except OSError as error:
                    raise Lost from error
                finally:
                    os.close(telling)
            yield _Conversation(ours, ended, limits, os.fstat(file).st_size)
        finally:
            ours.close()
            os.close(ended)

    def close(self) -> None:
        """End the process and its readers; idempotent."""
        self._control.close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._keeper.shutdown()


class Held:
    """A reader that stays with one file: it opens it once and answers request after request."""

    def __init__(self, reader: AbstractContextManager["_Conversation"]) -> None:
        self._reader = reader
        self._conversation = reader.__enter__()

    def ask(self, request: Frame, seen: Callable[[Any], None]) -> Frame:
        """Have it do the next thing. Raises Stopped, Misfit or Lost; then it is of no more use."""
        self._conversation.begin()
        return self._conversation.run(request, seen)

    def close(self) -> None:
        """Let the reader end; idempotent."""
        reader, self._reader = self._reader, nullcontext(self._conversation)
        reader.__exit__(None, None, None)


class _Conversation:
    """One request and what comes back, within its time."""

    def __init__(self, channel: socket.socket, ended: int, limits: Limits, size: int) -> None:
        self._channel = channel
        self._ended = ended
        self._limits = limits
        self._most_pages = sandbox.page_bound(limits, size)
        self._busy = limits.cpu_seconds
        self.begin()

    def begin(self) -> None:
        """Count the time of one request from now."""
        self._deadline = time.monotonic() + READY_SECONDS
        self._allowed = self._limits.wall_seconds

    def run(self, request: Frame, seen: Callable[[Any], None]) -> Frame:
        with self._in_plain_words():
            self._in_time(lambda: send(self._channel.sendall, request))
            return self._next(seen)

    def stream(self, request: Frame) -> Iterator[Frame]:
        with self._in_plain_words():
            self._in_time(lambda: send(self._channel.sendall, request))
            frame = self._next(lambda _note: None)
        while "answer" not in frame.head and "trouble" not in frame.head:
            yield frame
            self._deadline = time.monotonic() + self._limits.wall_seconds
            with self._in_plain_words():
                frame = self._next(lambda _note: None)
        yield frame

    def _next(self, seen: Callable[[Any], None]) -> Frame:
        limits = self._limits
        while True:
            frame = receive(self._read, limits.message_bytes, limits.answer_bytes)
            if "note" not in frame.head:
                return frame
            self._note(frame.head["note"], seen)

    @contextmanager
    def _in_plain_words(self) -> Iterator[None]:
        try:
            yield
        except TimeoutError as error:
            msg = f"reading took more than {self._allowed:.0f} seconds and was stopped"
            raise Stopped(msg) from error
        except (Gone, ConnectionError, BrokenPipeError) as error:
            raise Stopped(self._why()) from error

    def _read(self, count: int) -> bytes:
        self._channel.settimeout(self._left())
        return self._channel.recv(count)

    def _in_time(self, call: Callable[[], None]) -> None:
        self._channel.settimeout(self._left())
        call()

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def _note(self, note: Any, seen: Callable[[Any], None]) -> None:
        """Take word from the reader: it has begun, or it knows the number of pages."""
        if not isinstance(note, dict):
            msg = "a note that is no object"
            raise Misfit(msg)
        if "started" in note:
            self._deadline = time.monotonic() + self._limits.wall_seconds
        pages = note.get("pages")
        if isinstance(pages, int) and pages > 0:
            more = self._limits.page_seconds * min(pages, self._most_pages)
            self._allowed += more
            self._deadline += more
            self._most_pages = 0  # a second word about pages gives no more time
        seen(note)

    def _why(self) -> str:
        """Learn how the reader ended; raises Lost when nobody is there to say it."""
        word = b""
        if select.select([self._ended], [], [], _END_SECONDS)[0]:
            word = os.read(self._ended, 4096)
        if not word:
            raise Lost
        end = json.loads(word)
        code = end.get("code", 1)
        if code in (-signal.SIGXCPU, -signal.SIGVTALRM) or (
            code == -signal.SIGKILL and end["cpu"] > self._busy
        ):
            return "reading took more computing time than allowed and was stopped"
        if code == -signal.SIGKILL:
            return "the system ended the reader of this file, as it does when memory runs out"
        return BROKE if code < 0 else "the reader ended without an answer"


BROKE = "the reader broke down on this file"


def _start(command: tuple[str, ...], channel: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - our own program, no words of a stranger
        [*command, str(os.getpid())],
        stdin=channel,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
