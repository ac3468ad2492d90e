"""One writer a case: a lock of the operating system, with who holds it written inside."""

import json
import os
import platform
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from casefile.model.errors import CaseUnusable
from casefile.strings import tr

POLL = 0.05  # seconds


class CaseLock:
    """The lock file of one case; it is gone again when the case is closed."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = FileLock(file, thread_local=False)

    def take(self, wait: float) -> None:
        """Take the lock within `wait` seconds; CaseUnusable, saying who has it, otherwise."""
        try:
            self._lock.acquire(timeout=wait, poll_interval=POLL)
        except Timeout as error:
            raise CaseUnusable(
                tr("The case is open in another window or command ({who}).").format(
                    who=holder(self._file) or tr("unknown")
                ),
                tr("Close it there and try again."),
            ) from error
        except OSError as error:
            raise CaseUnusable(
                tr("The case cannot be opened for writing: {why}.").format(why=error.strerror),
                tr("Look at the permissions of the folder, or open the case for reading."),
            ) from error
        words = {"pid": os.getpid(), "host": platform.node()}
        with suppress(OSError):  # who holds it is a courtesy; the lock itself is had
            self._file.write_text(json.dumps(words), "utf-8")

    def drop(self) -> None:
        """Give the lock back and remove its file."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._file.unlink()
            self._lock.release()


def holder(file: Path) -> str | None:
    """Say in words which process on which machine holds the lock, as far as the file tells."""
    try:
        words = json.loads(file.read_text("utf-8"))
        return tr("process {pid} on {host}").format(pid=int(words["pid"]), host=str(words["host"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
