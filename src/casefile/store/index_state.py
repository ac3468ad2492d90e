"""What the store remembers of a search index at one place."""

import json

from sqlalchemy import select

from casefile.model.hit import IndexState
from casefile.store.schema import index_state
from casefile.store.session import Reader


def recall(r: Reader, place: str) -> IndexState | None:
    """Give what was remembered for a place; None when nothing was, or it makes no sense."""
    words = r.connection.scalar(select(index_state.c.state).where(index_state.c.place == place))
    try:
        return IndexState(**json.loads(words)) if words else None
    except (TypeError, ValueError):
        return None
