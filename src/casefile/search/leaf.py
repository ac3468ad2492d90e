"""One segment as the executor reads it: fields, lengths, columns; no Whoosh needed."""

from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from casefile.search.fielddata import NO_VALUE, FieldData, unpacked
from casefile.search.segment import SegmentFile, Stamp

DAYS = ("earliest", "latest")
NO_DAY = 0
_KEPT = 20_000  # documents whose names are remembered
NUMBERS = {"earliest": "i", "latest": "i", "added": "q"}  # columns of whole numbers


class Leaf:
    """An opened segment and which of its documents are gone; any thread."""

    def __init__(self, path: Path, stamp: Stamp, gone: Iterable[int]) -> None:
        self._file = SegmentFile(path, stamp)
        self.name = path.stem
        self.count: int = self._file.facts["all"]["documents"]
        self.gone = frozenset(gone)
        self._fields: dict[str, FieldData] = {}
        self._held: dict[tuple[str, ...], list[tuple[str, FieldData]]] = {}
        self._named: dict[int, tuple[str, str, str]] = {}
        self._columns: dict[str, array[int]] = {}
        self._lengths: dict[str, bytes] = {}

    def again(self, gone: Iterable[int]) -> "Leaf":
        """Give the same segment with other documents gone, sharing all that was read."""
        other = object.__new__(Leaf)
        other.__dict__.update(self.__dict__)
        other.gone = frozenset(gone)
        other.__dict__.pop("living", None)
        return other

    @cached_property
    def living(self) -> frozenset[int]:
        """The documents that are not gone."""
        return frozenset(range(self.count)) - self.gone

    def fields(self) -> list[str]:
        """Give the fields that hold words here."""
        return [name[: -len(".lists")] for name in self._file.sections if name.endswith(".lists")]

    def word_fields(self) -> list[str]:
        """Give the fields of words, which have lengths."""
        ending = ".lengths"
        return [n.removesuffix(ending) for n in self._file.sections if n.endswith(ending)]

    def field(self, name: str) -> FieldData | None:
        """Give a field; None when no document has anything in it."""
        found = self._fields.get(name)
        if found is None and f"{name}.lists" in self._file.sections:
            found = self._fields[name] = FieldData(self._file, name)
        return found

    def held(self, names: tuple[str, ...]) -> list[tuple[str, FieldData]]:
        """Give those of some fields that any document has anything in."""
        found = self._held.get(names)
        if found is None:
            fields = ((name, self.field(name)) for name in names)
            found = self._held[names] = [(name, data) for name, data in fields if data is not None]
        return found

    def lengths(self, field: str) -> bytes:
        """Give the length code of each document in a field of words; empty when there is none."""
        found = self._lengths.get(field)
        if found is None:
            found = self._lengths[field] = self._file.section(f"{field}.lengths")
        return found

    def total(self, field: str) -> int:
        """Give the number of words in a field, those of gone documents included."""
        return self._file.facts["totals"].get(field, 0)

    def holders(self, field: str) -> int:
        """Give the number of documents that have words in a field, gone ones included."""
        return self._file.facts["holders"].get(field, 0)

    def numbers(self, name: str) -> Sequence[int]:
        """Give a column of whole numbers; zeros where it is not kept."""
        found = self._columns.get(name)
        if found is None:
            found = unpacked(self._file, f"{name}.of", NUMBERS[name])
            found = self._columns[name] = found or array(NUMBERS[name], (0,)) * self.count
        return found

    def value(self, field: str, document: int) -> str:
        """Give the value of a document in a field of whole values; empty when it has none."""
        data = self.field(field)
        return data.value(document).decode() if data else ""

    def named(self, document: int) -> tuple[str, str, str]:
        """Give the record id, kind and source of a document."""
        found = self._named.get(document)
        if found is None:
            record, kind, source = (
                self.value(field, document) for field in ("record", "kind", "source")
            )
            if len(self._named) > _KEPT:
                self._named.clear()
            found = self._named[document] = (record, kind, source)
        return found

    def values(self, field: str) -> Sequence[int]:
        """Give the number of each document's value in a field, NO_VALUE where it has none."""
        data = self.field(field)
        return (data.column if data else ()) or (NO_VALUE,) * self.count

    def examine(self) -> None:
        """Check every byte; DamagedIndex when one is not as written."""
        self._file.examine()
