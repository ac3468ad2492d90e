"""One index writer's process, and the messages to it and back."""

import select
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO, Any

from casefile.model.errors import CasefileError
from casefile.search.channel import ChannelClosed, receive, send
from casefile.strings import tr

PATIENCE = 5.0  # seconds that a writer has to end


class Pipe:
    """A process that is started when it is first needed; one caller at a time."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)
        self.process: subprocess.Popen[bytes] | None = None
        self._owed = False  # an answer is still to come

    def ask(self, **message: Any) -> dict[str, Any]:
        """Send a message and wait for its answer; CasefileError when that is trouble."""
        self.tell(**message)
        return self.hear()

    def tell(self, **message: Any) -> None:
        """Send a message, once the one before was answered."""
        self.hear()
        stream, _ = self._streams()
        with self._ended_is_said():
            send(stream, message)
        self._owed = True

    def hear(self) -> dict[str, Any]:
        """Wait for the answer that is still to come; empty when there is none."""
        if not self._owed:
            return {}
        self._owed = False
        _, stream = self._streams()
        with self._ended_is_said():
            answer = receive(stream)
        if not answer["ok"]:
            raise not_written(answer["trouble"])
        return answer

    @property
    def owes(self) -> bool:
        """True while an answer is still to come."""
        return self._owed

    def answered(self) -> bool:
        """Say whether the answer that is still to come is there."""
        if not self._owed or self.process is None or self.process.stdout is None:
            return False
        if sys.platform == "win32":  # nothing tells there: it is waited for
            return True
        return bool(select.select([self.process.stdout], [], [], 0)[0])

    def close(self) -> None:
        """End the process; what it has not finished is dropped."""
        process, self.process = self.process, None
        self._owed = False
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):  # it has gone already
                if stream:
                    stream.close()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    @contextmanager
    def _ended_is_said(self) -> Iterator[None]:
        try:
            yield
        except ChannelClosed as error:
            self.close()
            raise CasefileError(
                tr("The index writer ended unexpectedly."),
                tr("The case is unharmed; the next search tries again."),
            ) from error

    def _streams(self) -> tuple[IO[bytes], IO[bytes]]:
        if self.process is None:
            self.process = subprocess.Popen(  # noqa: S603 - our own program, no shell
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # it could hold words of the case
            )
        if (
            self.process.stdin is None or self.process.stdout is None
        ):  # pragma: no cover - asked for
            raise AssertionError
        return self.process.stdin, self.process.stdout


def not_written(why: str) -> CasefileError:
    """Say that the index could not be written, and that nothing else is lost."""
    return CasefileError(
        tr("The index could not be written: {reason}.").format(reason=why),
        tr("The case is unharmed; the index is built anew from it."),
    )
