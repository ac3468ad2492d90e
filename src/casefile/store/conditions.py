"""How far the documents of a case are, counted in the tables."""

from collections.abc import Iterable

from sqlalchemy import func, select

from casefile.store.schema import VIEWS, checked
from casefile.store.session import Reader, pairs, portions

_source = VIEWS["source"].c
_file = VIEWS["source_file"].c
_extraction = VIEWS["extraction"].c


def partly_read(r: Reader) -> list[int]:
    """Give the local numbers of sources whose newest reading is not whole."""
    newest = (
        select(func.max(_extraction.n).label("n"))
        .where(_extraction.deleted == 0)
        .group_by(_extraction.source)
        .scalar_subquery()
    )
    asked = (
        select(_extraction.source)
        .join(VIEWS["source"], _source.n == _extraction.source)
        .where(_extraction.n.in_(newest), _extraction.complete == 0, _source.deleted == 0)
        .order_by(_extraction.source)
    )
    return list(r.connection.execute(asked).scalars())


def checks(r: Reader, names: Iterable[str]) -> dict[str, int]:
    """Give when each of some objects was last looked at; milliseconds since 1970."""
    found: dict[str, int] = {}
    for part in portions(names):
        asked = select(checked.c.name, checked.c.at).where(checked.c.name.in_(part))
        found |= pairs(r.connection.execute(asked))
    return found


def unchecked(r: Reader) -> tuple[int, int | None]:
    """Count originals that were never looked at again, and say when the oldest look was."""
    living = select(_source.n).where(_source.deleted == 0)
    mine = (_file.deleted == 0, _file.object.is_not(None), _file.source.in_(living))
    never = select(func.count()).where(*mine, _file.object.not_in(select(checked.c.name)))
    oldest = select(func.min(checked.c.at)).where(
        checked.c.name.in_(select(_file.object).where(*mine))
    )
    return r.connection.scalar(never) or 0, r.connection.scalar(oldest)
