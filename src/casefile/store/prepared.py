"""Questions that are made once and asked again and again, straight from the driver.

For a question about one row, what SQLAlchemy does around it takes several times as long as the
database does. The words still come from it, and what goes wrong is raised as it raises it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import ClauseElement, Connection, TypeDecorator
from sqlalchemy.exc import DBAPIError

Values = Mapping[str, Any]
_NOTHING: Values = {}


@dataclass(frozen=True, slots=True)
class _Form:
    """The words of a question, and how the values for them are put in order."""

    words: str
    take: Callable[[Values], Sequence[Any]]
    fixed: dict[str, Any]
    writers: dict[str, Callable[[Any], Any]]

    def ordered(self, given: Values) -> Sequence[Any]:
        values = {**self.fixed, **given}
        for name, written in self.writers.items():
            values[name] = written(values[name])
        return self.take(values)


class Prepared:
    """One question or change; its values are named as in the statement that it was made of."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._form: _Form | None = None

    def ask(self, connection: Connection, given: Values = _NOTHING) -> list[Any]:
        """Give the rows, each a tuple."""
        form = self._form or self._formed(connection)
        with _raised(connection, form):
            found: list[Any] = _cursor(connection, form, given).fetchall()
        return found

    def stream(self, connection: Connection, given: Values = _NOTHING) -> Iterator[list[Any]]:
        """Give the rows, each a tuple, by the hundreds, without holding them all."""
        form = self._form or self._formed(connection)
        with _raised(connection, form):
            cursor = _cursor(connection, form, given)
            rows = cursor.fetchmany(500)
        while rows:
            yield rows
            with _raised(connection, form):
                rows = cursor.fetchmany(500)

    def put(self, connection: Connection, rows: Sequence[Values]) -> int:
        """Write rows, any number of them; gives how many were written."""
        if not rows:
            return 0
        form = self._form or self._formed(connection)
        with _raised(connection, form):
            cursor = _raw(connection).cursor()
            cursor.executemany(form.words, map(form.take, rows))
            return int(cursor.rowcount)

    def _formed(self, connection: Connection) -> _Form:
        dialect = connection.dialect
        made: Any = self._statement.compile(dialect=dialect)
        names = tuple(made.positiontup)
        self._form = _Form(
            words=str(made),
            take=_in_order(names),
            fixed={name: value for name, value in made.params.items() if value is not None},
            writers={
                name: made.binds[name].type.bind_processor(dialect)
                for name in names
                if isinstance(made.binds[name].type, TypeDecorator)
            },
        )
        return self._form


def _in_order(names: tuple[str, ...]) -> Callable[[Values], Sequence[Any]]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: [values[name] for name in names]


def _cursor(connection: Connection, form: _Form, given: Values) -> Any:
    if not connection.in_transaction():
        connection.begin()
    cursor = _raw(connection).cursor()
    cursor.execute(form.words, form.ordered(given))
    return cursor


def _raw(connection: Connection) -> Any:
    return connection.connection.dbapi_connection


@contextmanager
def _raised(connection: Connection, form: _Form) -> Iterator[None]:
    errors: Any = connection.dialect.loaded_dbapi.Error
    try:
        yield
    except errors as error:
        raise DBAPIError.instance(form.words, None, error, errors) from error
