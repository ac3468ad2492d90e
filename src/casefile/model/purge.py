"""Purging: what remains of an operation whose values were removed for good.

The name of the operation, its place in the chain and which fields it set stay; the values and the
nonce go, so that nobody can try out guesses against the name.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, ClassVar

from casefile.model.ledger import DELETED, MAX_BODY, Operation, canonical, is_hash, is_uuid
from casefile.model.record import Record, text
from casefile.model.record import json as json_field

PURGED = "purged"  # the key in a remnant that holds the operation's name
ACT = "purge"  # the key of the act
_KEPT = ("v", "replica", "seq", "prev", "hlc", "txn", "person", "tbl", "row", "sup")
_MARK = b'"purged":"'  # spares parsing what cannot be one
_PLAIN = ("undoes", "act", "key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Purge(Record):
    """What was removed for good, and why.

    `objects` and `contents` are the SHA-256 of what went; `operations` holds a pair for each emptied
    operation: its name, and the SHA-256 of what remains of it.
    """

    TABLE: ClassVar[str] = "purge"
    target: str | None = text()  # the id of the record that was asked for
    reason: str | None = text()
    objects: tuple[str, ...] | None = json_field()
    contents: tuple[str, ...] | None = json_field()
    operations: tuple[list[str], ...] | None = json_field()


def remnant(one: Operation) -> bytes:
    """Give what remains of an operation; the same whoever purges it."""
    data = one.data
    left: dict[str, Any] = {name: data[name] for name in _KEPT if name in data}
    left["set"] = {name: value if name == DELETED else None for name, value in data["set"].items()}
    if "act" in data:
        left["act"] = {"key": data["act"]["key"], "args": _bare(data["act"]["args"])}
    left[PURGED] = one.id
    return canonical(left)


def _bare(args: dict[str, Any]) -> dict[str, Any]:
    """Keep of an act's arguments what the ledger itself needs: numbers, ids, keys of acts."""
    kept: dict[str, Any] = {}
    for name, value in args.items():
        if type(value) in (int, bool) or is_uuid(value) or name in _PLAIN:
            kept[name] = value
        elif type(value) is dict:
            kept[name] = _bare(value)
    return kept


def is_remnant(one: Operation) -> bool:
    """Say whether an operation was purged."""
    return PURGED in one.data


def read_remnant(body: bytes) -> Operation | None:
    """Read what remains of an operation, with the name that it had; None for anything else."""
    if type(body) is not bytes or len(body) > MAX_BODY or _MARK not in body:
        return None
    try:
        data = json.loads(body.decode("utf-8"))
        if type(data) is not dict or not is_hash(data.get(PURGED)) or canonical(data) != body:
            return None
    except (ValueError, RecursionError):
        return None
    return Operation(body, data, bytes.fromhex(data[PURGED])) if _sound(data) else None


def _sound(data: dict[str, Any]) -> bool:
    if not {*_KEPT, "set"} - {"sup"} <= data.keys() or type(data["set"]) is not dict:
        return False
    ids = all(is_uuid(data[name]) for name in ("replica", "txn", "person", "row"))
    numbers = all(type(data[name]) is int for name in ("seq", "hlc"))
    emptied = all(value is None or name == DELETED for name, value in data["set"].items())
    return ids and numbers and emptied and is_hash(data["prev"]) and type(data["tbl"]) is str


def fingerprint(body: bytes) -> str:
    """Name what remains of an operation, so that a purge can vouch for it."""
    return hashlib.sha256(body).hexdigest()
