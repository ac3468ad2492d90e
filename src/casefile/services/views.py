"""How this person last looked at a case on this machine: never an operation, never exchanged."""

import json
import threading
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from casefile.services.desk import Desk


class LocalView:
    """Folds, widths, sort, places and what was read, in one JSON file a case."""

    def __init__(self, desk: Desk) -> None:
        self._file = desk.places.view_file(desk.store.case_id)
        self._lock = threading.Lock()
        self._data: dict[str, Any] = {}
        try:
            data = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            data = {}
        if isinstance(data, dict):
            self._data = data
        self._read: set[str] = set(map(str, self._data.get("read") or ()))

    def get(self, key: str, default: Any = None) -> Any:
        """Give what was kept under a key."""
        return self._data.get(key, default)

    def set(self, key: str, value: Any) -> None:
        """Keep a JSON value under a key; `save` writes it."""
        with self._lock:
            self._data[key] = value

    def is_read(self, record: str) -> bool:
        """Say whether this person has read a source."""
        return record in self._read

    def mark_read(self, records: Iterable[str], *, read: bool = True) -> None:
        """Note that sources were read, or not."""
        with self._lock:
            if read:
                self._read.update(records)
            else:
                self._read.difference_update(records)

    def unread(self, records: Iterable[str]) -> list[str]:
        """Give those that were not read yet, in the same order."""
        return [record for record in records if record not in self._read]

    def save(self) -> None:
        """Write the file in one step; a folder that cannot be written loses only the view."""
        with self._lock:
            text = json.dumps({**self._data, "read": sorted(self._read)}, ensure_ascii=False)
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._file.with_suffix(".new")
            fresh.write_text(text, "utf-8")
            fresh.replace(self._file)
