"""Long field values: kept as content and named by their hash in the operation."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from casefile.model.ledger import canonical, is_hash
from casefile.store import packing

NAME = "$sha256"  # {"$sha256": hash} stands for the value whose canonical JSON has that hash
KIND = "value"
LONG = 16_384  # bytes of JSON
SURELY_SHORT = LONG // 6 - 1  # letters of a string: the longest escape has six bytes

Keep = Callable[[str, bytes], str]


def name_of(value: Any) -> str | None:
    """Give the hash that stands for a long value, or None for a value that stands for itself."""
    if type(value) is dict and value.keys() == {NAME} and is_hash(value[NAME]):
        return str(value[NAME])
    return None


def shorten(value: Any, keep: Keep, limit: int = LONG) -> Any:
    """Give what the operation says for a value; a long one goes to `keep`.

    Raises ValueError for a value that would be taken for the name of a long one.
    """
    if name_of(value):
        msg = f"an object with the one key {NAME} cannot be a value"
        raise ValueError(msg)
    if not isinstance(value, str | list | dict) or is_short(value, limit):
        return value
    body = canonical(value)
    return {NAME: keep(KIND, body)} if len(body) > limit else value


def surely_short(values: Iterable[Any]) -> bool:
    """Say of JSON values that none is long, nor all together, without writing them.

    False where that takes a closer look, and for what cannot be written.
    """
    words: list[str] = []
    todo = list(values)
    for one in todo:
        kind = type(one)
        if kind is str:
            words.append(one)
        elif kind is dict:
            words += one
            todo += one.values()
        elif kind is list:
            todo += one
        elif kind is int:
            words.append(str(one))
        elif one is not None and kind is not bool:
            return False
    try:
        letters = len("".join(words).encode())
    except (UnicodeEncodeError, TypeError):
        return False
    # the longest escape of a letter has six bytes; beside them quotes, commas, words like false
    return letters * 6 + len(todo) * 16 <= LONG and NAME not in words


def is_short(value: Any, limit: int) -> bool:
    """Say of a string whether it cannot be long, without writing it."""
    return isinstance(value, str) and len(value) <= min(SURELY_SHORT, limit // 6 - 1)


def expand(values: Mapping[str, Any], held: Mapping[str, Any]) -> dict[str, Any]:
    """Put the long values back; one that is not held is None."""
    return {
        field: held.get(name) if (name := name_of(value)) else value
        for field, value in values.items()
    }


def names_in(values: Iterable[Any]) -> set[str]:
    """Collect the hashes that stand for long values."""
    return {name for value in values if type(value) is dict and (name := name_of(value))}


def fetch(connection: Connection, names: Iterable[str]) -> dict[str, Any]:
    """Read the long values that are held."""
    return {name: json.loads(body) for name, body in packing.fetch(connection, names).items()}


def hash_of(body: bytes) -> str:
    """Name some bytes."""
    return hashlib.sha256(body).hexdigest()
