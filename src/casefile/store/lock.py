"""One writer a case: a lock of the operating system, with who holds it written inside."""

import json
import os
import platform
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from casefile.model.errors import CaseUnusable
from casefile.store import folder
from casefile.strings import tr

POLL = 0.05  # seconds
LONGEST = 4096  # bytes that are read of a lock file


class CaseLock:
    """The lock file of one case; it is gone again when the case is closed.

    `left_by` says who on another machine did not take it away; empty for nobody.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = FileLock(file, thread_local=False)
        self.left_by = ""

    def take(self, wait: float) -> None:
        """Take the lock within `wait` seconds; CaseUnusable, saying who has it, otherwise."""
        before = _words(self._file)
        try:
            self._lock.acquire(timeout=wait, poll_interval=POLL)
        except Timeout as error:
            raise CaseUnusable(
                tr("The case is open in another window or command ({who}).").format(
                    who=holder(self._file) or tr("unknown")
                ),
                tr("Close it there and try again."),
            ) from error
        except NotImplementedError as error:
            raise _lockless() from error
        except OSError as error:
            if error.errno in folder.FULL:
                raise folder.trouble(error) from error
            raise CaseUnusable(
                tr("The case cannot be opened for writing: {why}.").format(why=error.strerror),
                tr("Look at the permissions of the folder, or open the case for reading."),
            ) from error
        if before.get("host") not in (None, platform.node()):
            self.left_by = _in_words(before) or ""
        self.sign("")

    def sign(self, name: str) -> None:
        """Write into the file who holds it: a chosen name, the machine, the process, since when."""
        since = datetime.now(UTC).isoformat(timespec="seconds")
        words = {"pid": os.getpid(), "host": platform.node(), "since": since, "name": name}
        with suppress(OSError):  # who holds it is a courtesy; the lock itself is had
            self._file.write_text(json.dumps(words), "utf-8")

    def drop(self) -> None:
        """Give the lock back and remove its file."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._file.unlink()
            with suppress(OSError):  # the end of the process gives it back as well
                self._lock.release()


def holder(file: Path) -> str | None:
    """Say in words who on which machine holds the lock, as far as the file tells."""
    return _in_words(_words(file))


def held(file: Path) -> str | None:
    """Say who holds the lock at this moment; None when nobody does."""
    if sys.platform == "win32":  # an open lock file cannot be removed there
        return holder(file) if file.exists() else None
    import fcntl

    try:
        handle = os.open(file, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return holder(file) or tr("unknown")
    except OSError:
        return None
    finally:
        os.close(handle)
    return None


def _words(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as opened:
            found = json.loads(opened.read(LONGEST))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _in_words(words: dict[str, Any]) -> str | None:
    try:
        who, host = int(words["pid"]), str(words["host"])
        since = datetime.fromisoformat(str(words["since"])).astimezone()
    except (KeyError, TypeError, ValueError):
        return None
    today = since.date() == datetime.now(UTC).astimezone().date()
    moment = f"{since:%H:%M}" if today else f"{since:%Y-%m-%d %H:%M}"
    if name := str(words.get("name") or ""):
        return tr("{name} on {host}, since {when}").format(name=name, host=host, when=moment)
    return tr("process {pid} on {host}, since {when}").format(pid=who, host=host, when=moment)


def _lockless() -> CaseUnusable:
    return CaseUnusable(
        tr("The disk where the case lies knows no locks, so two programs could write at once."),
        tr("Work on a local copy and exchange bundles."),
    )
