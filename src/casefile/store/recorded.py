"""What this installation wrote last as each replica; a case put back to an older state shows by it."""

import os
from contextlib import suppress
from pathlib import Path

from casefile.model.ledger import is_uuid

_DIGITS = 20  # one small write that is there or not


class Recorded:
    """A folder, outside of any case, with one small file a replica: its last `seq` written here."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def seen(self, replica: str) -> int:
        """Give the greatest `seq` of a replica; 0 where nothing is known."""
        if not is_uuid(replica):
            return 0
        with suppress(OSError, ValueError):
            return int((self._folder / replica).read_text("ascii"))
        return 0

    def note(self, replica: str, seq: int) -> None:
        """Remember it; where that cannot be, the other signs of a copy are left.

        Not synced: a power cut may leave an older number, which only makes a copy look like none.
        """
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._folder / replica, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                os.write(handle, f"{seq:0{_DIGITS}}\n".encode("ascii"))
            finally:
                os.close(handle)
