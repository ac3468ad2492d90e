"""What the others are known to have: the ends of the chains in the bundles that came from them.

It lies in the configuration folder, beside the log of exchanges: it is no operation.
"""

import json
from pathlib import Path
from typing import Any

from casefile.bundle.about import About
from casefile.model.exchange import Heads, read_heads
from casefile.services.desk import Desk
from casefile.store import folder
from casefile.store.writer import now

MOST = 4_194_304  # bytes of the file
KEPT = 50  # senders
ANYBODY = "unsigned"


def _file(desk: Desk) -> Path:
    return desk.places.config / "exchange" / f"{desk.store.case_id}.heads.json"


def note(desk: Desk, about: About) -> None:
    """Remember what the sender of a bundle has; a disk that refuses it takes nothing from the merge."""
    if about.kind == "selection":
        return
    found = _read(desk)
    found[about.key.hex() or ANYBODY] = {
        "when": now(), "name": about.name, "heads": [one.to_json() for one in about.heads],
    }  # fmt: skip
    newest = sorted(found.items(), key=lambda one: one[1]["when"], reverse=True)[:KEPT]
    body = json.dumps(dict(newest), ensure_ascii=False).encode("utf-8", "replace")
    try:
        folder.replace(_file(desk), body)
    except OSError:
        return


def last(desk: Desk) -> Heads | None:
    """Give what the one who sent the newest bundle has; None when nobody sent one."""
    found = _read(desk)
    newest = max(found.values(), key=lambda one: one["when"], default=None)
    return read_heads(newest["heads"]) if newest else None


def _read(desk: Desk) -> dict[str, Any]:
    try:
        with _file(desk).open("rb") as file:
            found = json.loads(file.read(MOST).decode("utf-8"))
        for one in found.values():
            read_heads(one["heads"])
            one["when"] + 0
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return dict(found)
