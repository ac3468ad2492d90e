"""What the reading functions of the store are given."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from sqlalchemy import Connection, Result

T = TypeVar("T")
AT_ONCE = 500  # ids in one question


class Reader:
    """A short look at the case: everything read through it belongs to one moment.

    `names` remembers ids by local number, `numbers` some the other way round; what is committed
    never changes there.
    """

    def __init__(
        self,
        connection: Connection,
        ready: Callable[[], None] | None = None,
        names: dict[int, str] | None = None,
        numbers: dict[str, int] | None = None,
    ) -> None:
        self._connection = connection
        self._ready = ready
        self.names: dict[int, str] = {} if names is None else names
        self.numbers: dict[str, int] = {} if numbers is None else numbers

    @property
    def connection(self) -> Connection:
        """The connection to ask; used inside the store only."""
        if self._ready is not None:
            self._ready()
        return self._connection


def pairs(rows: Result[Any, Any]) -> dict[Any, Any]:
    """Make a dictionary of rows of two columns."""
    return {row[0]: row[1] for row in rows.all()}


def portions(things: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """Cut things into lists that fit into one question."""
    everything = list(things)
    for start in range(0, len(everything), size):
        yield everything[start : start + size]
