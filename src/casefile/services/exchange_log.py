"""Who sent what when: a log of bundles written and received, kept for this person on this machine.

It lies in the configuration folder, a file a case: it is no operation, so that nobody who is given
the case learns with whom else it was shared.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from casefile.model.errors import CaseUnusable
from casefile.model.people import Exchange
from casefile.services.desk import Desk
from casefile.store.writer import now
from casefile.strings import tr

SENT, RECEIVED, UNDONE = "sent", "received", "undone"
MOST: Final = 65_536  # bytes of a line
_FIELDS: Final = tuple(Exchange.__slots__)


def file_of(desk: Desk) -> Path:
    """Give where the log of a case lies."""
    return desk.places.config / "exchange" / f"{desk.store.case_id}.jsonl"


def note(desk: Desk, way: str, kind: str, name: str, **facts: Any) -> Exchange:
    """Add a line; `name` loses its folder; CaseUnusable when it cannot be written."""
    entry = Exchange(way=way, when=now(), kind=kind, name=Path(name).name, **facts)
    line = json.dumps(asdict(entry), ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    file = file_of(desk)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "ab") as out:
            if out.tell() and not _ends_whole(file):
                line = b"\n" + line  # the line before was cut off
            out.write(line)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise CaseUnusable(
            tr("The log of exchanges could not be written: {why}.").format(why=error.strerror),
            tr("Look at the free space and the permissions of the configuration folder."),
        ) from error
    return entry


def tried(desk: Desk, way: str, kind: str, name: str, **facts: Any) -> str:
    """Add a line about what is done already; give the sentence to say when that does not work."""
    try:
        note(desk, way, kind, name, **facts)
    except CaseUnusable as error:
        return f"{error.message} {error.hint}"
    return ""


def _ends_whole(file: Path) -> bool:
    with file.open("rb") as opened:
        opened.seek(-1, os.SEEK_END)
        return opened.read(1) == b"\n"


def entries(desk: Desk) -> list[Exchange]:
    """Give the log, the newest first; a line that was cut off is passed over."""
    found: list[Exchange] = []
    try:
        with file_of(desk).open("rb") as opened:
            while line := opened.readline(MOST):
                with suppress(ValueError, TypeError, KeyError):
                    found.append(_read(json.loads(line)))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise CaseUnusable(
            tr("The log of exchanges cannot be read: {why}.").format(why=error.strerror)
        ) from error
    return found[::-1]


def _read(data: dict[str, Any]) -> Exchange:
    known = {name: data[name] for name in _FIELDS if name in data}
    known["to"] = tuple(known.get("to") or ())
    return Exchange(**known)
