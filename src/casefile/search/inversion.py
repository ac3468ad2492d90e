"""Turning documents into postings in memory, in place of Whoosh's sorting pool."""

from array import array
from collections.abc import Iterator

Posting = tuple[str, bytes, int, float, bytes | None]


class Inversion:
    """What a segment will hold: for each term the documents and positions, in one flat array.

    Whoosh's writer gives it postings one at a time and takes them back sorted; a posting is
    (field, term, document number, weight, positions as bytes).
    """

    def __init__(self) -> None:
        self._fields: dict[str, dict[bytes, array[int]]] = {}
        self.terms: dict[str, list[bytes]] = {}  # of each field, sorted, once they were given

    def add(self, posting: Posting) -> None:
        """Take one posting; documents come in rising order."""
        field, term, document, _, positions = posting
        value = positions or b""  # a merge brings None where the field keeps no positions
        terms = self._fields.setdefault(field, {})
        entry = terms.get(term)
        if entry is None:
            entry = terms[term] = array("I")
        entry.append(document)
        entry.append(len(value) // 4)
        entry.frombytes(value)

    def iter_postings(self) -> Iterator[Posting]:
        """Give every posting by field, term and document, and forget them on the way."""
        for field in sorted(self._fields):
            terms = self._fields.pop(field)
            self.terms[field] = sorted(terms)
            for term in self.terms[field]:
                yield from _postings(field, term, terms.pop(term))

    def cleanup(self) -> None:
        """Forget everything."""
        self._fields.clear()


def _postings(field: str, term: bytes, entry: "array[int]") -> Iterator[Posting]:
    at, end = 0, len(entry)
    while at < end:
        document, count = entry[at], entry[at + 1]
        at += 2 + count
        yield field, term, document, float(count or 1), entry[at - count : at].tobytes()
