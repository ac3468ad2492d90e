"""Which operations head the fields of a record, and which value is shown."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from casefile.model.ledger import DELETED, Operation, canonical

Stamp = tuple[int, str]  # hlc and person id: ties of equal clocks never depend on local numbers


@dataclass(slots=True)
class Rec:
    """A record in work: operations are named by their local number.

    `base` heads every field that it sets and `heads` does not name.
    """

    n: int
    id: str
    kind: str | None = None
    base: int | None = None
    heads: dict[str, list[int]] = field(default_factory=dict)
    made: Stamp | None = None
    changed: Stamp | None = None
    conflicts: int = 0
    stored: bool = False  # has its row in `record`
    viewed: bool = False  # has its row in the table of its kind
    touched: set[str] = field(default_factory=set)

    def numbers(self) -> set[int]:
        """Give all operations that head some field."""
        found = {n for numbers in self.heads.values() for n in numbers}
        return found if self.base is None else found | {self.base}

    def of(self, name: str, ops: Mapping[int, Operation]) -> list[int]:
        """Give the operations that head one field."""
        if name in self.heads:
            return self.heads[name]
        if self.base is not None and name in ops[self.base].values:
            return [self.base]
        return []

    def fields(self, ops: Mapping[int, Operation]) -> set[str]:
        """Name every field that was ever set."""
        return {*self.heads, *(ops[self.base].values if self.base is not None else ())}

    def shown(self, name: str, ops: Mapping[int, Operation]) -> tuple[Any, bool]:
        """Give the value on display, and whether other heads disagree with it."""
        return settle(name, [ops[n] for n in self.of(name, ops)])

    def apply(
        self,
        number: int,
        ops: Mapping[int, Operation],
        gone: Mapping[str, set[int]],
        late: Collection[str],
    ) -> None:
        """Let the operation of this number head its fields.

        `gone` numbers by field the operations that it supersedes and that are here; `late` names
        the fields in which something that came earlier supersedes it.
        """
        if self.base is None:
            self.base = number
            return
        for name in ops[number].values:
            now = [n for n in self.of(name, ops) if n not in gone.get(name, ())]
            if name not in late:
                now.append(number)
            self.heads[name] = now
            if now == [self.base]:
                del self.heads[name]


def settle(name: str, heads: list[Operation]) -> tuple[Any, bool]:
    """Give the value that several heads of a field show, and whether they disagree.

    The newest is shown; an edit against a delete keeps the record.
    """
    if len(heads) == 1:
        return heads[0].values[name], False
    if not heads:
        return None, False
    if name == DELETED:
        best = max(heads, key=lambda one: (one.values[name] is False, one.rank))
    else:
        best = max(heads, key=lambda one: one.rank)
    return best.values[name], len({canonical(one.values[name]) for one in heads}) > 1
