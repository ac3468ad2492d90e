"""What a case is, as a plain function of the set of its operations; deliberately simple and slow.

Nothing of the store is used here: operations are bytes, read as JSON, named by their SHA-256.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

Op = dict[str, Any]
Fields = dict[str, tuple[Any, bool]]  # what is shown, and whether people disagree


def read(bodies: Iterable[bytes]) -> dict[str, Op]:
    """Give the operations by their names; every one says whether its record lives."""
    found = {hashlib.sha256(body).hexdigest(): json.loads(body) for body in bodies}
    for one in found.values():
        one["values"] = {"deleted": False, **one["set"]}
    return found


def heads(ops: dict[str, Op], row: str, field: str) -> list[str]:
    """Give what nobody has superseded in a field, the one that is shown last."""
    mine = {h: one for h, one in ops.items() if one["row"] == row and field in one["values"]}
    gone = {h for one in ops.values() for h in one.get("sup", {}).get(field, ())}
    return sorted(mine.keys() - gone, key=lambda h: (mine[h]["hlc"], mine[h]["replica"], h))


def field_of(ops: dict[str, Op], row: str, field: str) -> tuple[Any, bool]:
    """Give what a field shows, and whether people disagree about it."""
    left = [ops[h]["values"][field] for h in heads(ops, row, field)]
    if not left:
        return None, False
    shown = all(left) if field == "deleted" else left[-1]
    return shown, len({json.dumps(value, sort_keys=True) for value in left}) > 1


def state(ops: dict[str, Op]) -> dict[str, Fields]:
    """Give every record with every field that was ever set."""
    rows: dict[str, dict[str, Op]] = {}
    for h, one in ops.items():
        rows.setdefault(one["row"], {})[h] = one
    return {
        row: {
            f: field_of(mine, row, f) for f in {f for one in mine.values() for f in one["values"]}
        }
        for row, mine in rows.items()
    }


def looks(found: dict[str, Fields]) -> dict[str, Fields]:
    """Give what a person sees: no deleted records, no empty fields."""
    return {
        row: {f: value for f, value in fields.items() if value != (None, False)}
        for row, fields in found.items()
        if fields["deleted"] != (True, False)
    }


def until(ops: dict[str, Op], moment: int) -> dict[str, Op]:
    """Give what was written up to a moment (milliseconds) by its authors' clocks."""
    return {h: one for h, one in ops.items() if one["hlc"] >> 16 <= moment}


def of_act(ops: dict[str, Op], act: str) -> dict[str, Op]:
    """Give the operations of one act."""
    return {h: one for h, one in ops.items() if one["txn"] == act}


def key_of(ops: dict[str, Op], name: str) -> str:
    """Give what the act of an operation is called."""
    act = of_act(ops, ops[name]["txn"]).values()
    return next((str(one["act"]["key"]) for one in act if "act" in one), "")


def without(ops: dict[str, Op], act: str, row: str, field: str) -> dict[str, Op]:
    """Leave out what an act did to a field, and all that was built on it."""
    gone = {h for h, one in of_act(ops, act).items() if one["row"] == row}
    while True:
        more = {h for h, one in ops.items() if gone & set(one.get("sup", {}).get(field, ()))} - gone
        if not more:
            return {h: one for h, one in ops.items() if h not in gone}
        gone |= more


def chained(ops: dict[str, Op]) -> dict[str, tuple[int, str]]:
    """Follow every replica's chain and give where it ends; AssertionError where it is broken."""
    ends: dict[str, tuple[int, str]] = {}
    for h, one in sorted(ops.items(), key=lambda each: each[1]["seq"]):
        seq, prev = ends.get(one["replica"], (0, "0" * 64))
        assert (one["seq"], one["prev"]) == (seq + 1, prev)
        link = hashlib.sha256(bytes.fromhex(prev) + bytes.fromhex(h)).hexdigest()
        ends[one["replica"]] = (seq + 1, link)
    return ends
