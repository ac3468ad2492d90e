"""Reading every row that can still be read, of a table with damaged pages."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import ColumnClause, Connection, Select, column, select, table
from sqlalchemy.exc import DBAPIError

from casefile.store import sqlite

AT_ONCE = 500
FARTHEST = 1 << 40  # row numbers
ONE_BY_ONE = 20_000  # row numbers
ROW = "rowid"


@contextmanager
def tolerant(connection: Connection) -> Iterator[None]:
    """Let text that is no UTF-8 any more be read, too, with its odd bytes as lone surrogates."""
    raw: Any = connection.connection.dbapi_connection
    before = raw.text_factory
    raw.text_factory = lambda body: body.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        raw.text_factory = before


class Salvage:
    """Goes through a table in the order of its row numbers; `lost` collects those unreadable."""

    def __init__(self, connection: Connection, name: str, columns: tuple[str, ...]) -> None:
        self._connection = connection
        self._row: ColumnClause[int] = column(ROW)
        self._from: Select[*tuple[Any, ...]] = select(self._row, *map(column, columns)).select_from(
            table(name)
        )
        self.lost: list[int] = []

    def rows(self) -> Iterator[Any]:
        """Give the row number and the columns of every row that can be read."""
        last = 0
        while True:
            try:
                for row in self._stream(last):
                    last = row[0]
                    yield row
            except DBAPIError:
                next_ = self._next(last)
                yield from self._between(last + 1, next_)
                if next_ is None:
                    return
                last = next_ - 1
            else:
                return

    def _stream(self, last: int) -> Iterator[Any]:
        asked = self._from.where(self._row > last).order_by(self._row)
        yield from self._connection.execution_options(yield_per=AT_ONCE).execute(asked)

    def _next(self, last: int) -> int | None:
        """Give the first row number behind the damage that can be read again."""
        stride = 1
        while stride < FARTHEST:
            asked = self._from.where(self._row > last + stride).order_by(self._row).limit(1)
            try:
                found = self._connection.execute(asked).first()
            except DBAPIError:
                stride *= 2
            else:
                return int(found[0]) if found else last + stride + 1
        return None

    def _between(self, start: int, stop: int | None) -> Iterator[Any]:
        """Look at each number by itself: not all rows near a damage are damaged."""
        end = start + ONE_BY_ONE if stop is None else min(stop, start + ONE_BY_ONE)
        for number in range(start, end):
            try:
                found = self._connection.execute(self._from.where(self._row == number)).first()
            except DBAPIError:
                self.lost.append(number)
            else:
                if found is not None:
                    yield found


def owners(connection: Connection, numbers: list[int]) -> dict[int, str]:
    """Say on which records these operations are, from an index beside the damaged table."""
    with suppress(DBAPIError):
        wanted = set(numbers)
        found = {n: rec for n, rec in sqlite.operations_by_index(connection) if n in wanted}
        names = dict(Salvage(connection, "record", ("id",)).rows())
        return {n: names[rec] for n, rec in found.items() if rec in names}
    return {}
