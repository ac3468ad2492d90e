"""How a record stands after some operations, straight from the definition."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from casefile.model.ledger import DELETED, Operation
from casefile.store.heads import settle


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A record after a set of operations.

    `values` are as the ledger writes them, long ones by their name; `made` and `changed` are
    clocks (hlc) with the person who wrote then; `conflicts` name the fields that disagree.
    """

    table: str
    id: str
    values: dict[str, Any]
    deleted: bool
    made: tuple[int, str]
    changed: tuple[int, str]
    conflicts: tuple[str, ...]


def standing(ops: Sequence[Operation]) -> Standing:
    """Say how the record of these operations stands; their order means nothing."""
    gone: dict[str, set[bytes]] = {}
    for one in ops:
        for name in one.data.get("sup", ()):
            gone.setdefault(name, set()).update(one.superseded(name))
    names = {name for one in ops for name in one.values}
    shown = {
        name: settle(
            name, [o for o in ops if name in o.values and o.digest not in gone.get(name, ())]
        )
        for name in sorted(names)
    }
    values = {name: value for name, (value, _) in shown.items()}
    stamps = [(one.data["hlc"], one.data["person"]) for one in ops]
    return Standing(
        table=ops[0].data["tbl"],
        id=ops[0].data["row"],
        deleted=bool(values.pop(DELETED)),
        values=values,
        made=min(stamps),
        changed=max(stamps),
        conflicts=tuple(name for name, (_, conflict) in shown.items() if conflict),
    )
