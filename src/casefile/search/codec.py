"""The form of the index files: Whoosh's own, with flat positions and postings read whole."""

from array import array
from collections.abc import Iterable, Iterator
from typing import Any

from whoosh import columns, fields, formats
from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher

from casefile.search.groups import FURNITURE, MAX_WORD, WORD_FIELDS, ZONE_GAP

DAYS = ("earliest", "latest")
NO_DAY = 0


class Positions(formats.Positions):  # type: ignore[misc]  # Whoosh has no types
    """Positions as a plain array of 32-bit numbers, not pickled."""

    def encode(self, poslist: Iterable[int]) -> bytes:
        """Write positions."""
        return array("I", poslist).tobytes()

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """Read positions."""
        return positions(valuestring).tolist()

    def decode_frequency(self, valuestring: bytes) -> int:
        """Count positions."""
        return len(valuestring) // 4


class Words(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field of folded words; it is given its chunks as lists of words already."""

    def __init__(self) -> None:
        super().__init__(Positions(), None, scorable=True)

    def index(self, value: list[list[str]]) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Give each word with its frequency, weight and positions."""
        places: dict[str, list[int]] = {}
        at = 0
        for words in value:
            for position, word in enumerate(words, at):
                places.setdefault(word[:MAX_WORD], []).append(position)
            at += len(words) + ZONE_GAP
        for word, found in places.items():
            yield word.encode(), len(found), float(len(found)), array("I", found).tobytes()


class Labels(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field of whole values that are found as they are."""

    def __init__(self, column: columns.Column | None = None) -> None:
        super().__init__(formats.Existence(), None)
        self.column_type = column

    def index(self, value: tuple[str, ...]) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Give each label once."""
        for label in dict.fromkeys(value):
            yield label.encode(), 1, 1.0, b""

    def to_column_value(self, value: tuple[str, ...]) -> bytes:
        """Give the first label, which is the one that hits carry."""
        return value[0].encode() if value else b""


def positions(value: bytes) -> "array[int]":
    """Give the positions that a posting holds."""
    found = array("I")
    found.frombytes(value)
    return found


def schema() -> fields.Schema:
    """Make the schema of the index."""
    return fields.Schema(
        **{name: Words() for name in (*WORD_FIELDS, FURNITURE)},
        record=Labels(columns.VarBytesColumn()),
        kind=Labels(columns.RefBytesColumn()),
        source=Labels(columns.VarBytesColumn()),
        type=Labels(),
        language=Labels(),
        **{name: fields.COLUMN(columns.NumericColumn("i", default=NO_DAY)) for name in DAYS},
        added=fields.COLUMN(columns.NumericColumn("q", default=0)),
    )


class Postings(W3LeafMatcher):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's reader of one posting list, which also gives the list whole."""

    def whole(self) -> tuple[list[int], list[float], list[bytes]]:
        """Give document numbers, weights and values (empty where the field has none)."""
        ids: list[int] = []
        weights: list[float] = []
        values: list[bytes] = []
        while True:
            self._read_ids()
            self._read_weights()
            ids.extend(self._ids)
            weights.extend(self._weights)
            values.extend(self._data[2] or ())
            if self._lastblock:
                return ids, weights, values
            self._goto(self._nextoffset)


class Codec(W3Codec):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's codec with large blocks, lightly compressed: half the bytes to check and to read."""

    length_stats = False  # the lengths in each block serve a way of skipping that is not ours

    def __init__(self) -> None:
        super().__init__(blocklimit=1024, compression=1)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> Postings:
        """Read one posting list; Whoosh never writes one into the term list."""
        offset, length = terminfo.extent()
        return Postings(dbfile, offset, length, format_, term=term, scorer=scorer)
