"""What an export is made of, before any format."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from casefile.model.record import Record

FORMATS = ("csv", "jsonl", "markdown")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRow:
    """One record as it goes into a table.

    `names` says what the records and people in its fields are called, `extras` what stands in other
    records (`sha256`, `file`, `tags`, `quote`), `text` the stored text of a source.
    """

    record: Record
    names: dict[str, str] = field(default_factory=dict)
    extras: dict[str, str] = field(default_factory=dict)
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of a page: `kind` is heading, text, quote or item; `link` the id of another page.

    `lead` stands before the linked words, in the program's own words.
    """

    kind: str
    words: str
    link: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPage:
    """A record as a page of a folder of Markdown; `facts` stand in its head, empty ones left out."""

    id: str
    title: str
    facts: tuple[tuple[str, str | tuple[str, ...] | None], ...] = ()
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFolder:
    """Pages of one kind; `titles` names all of them by id, so that any page can link to any."""

    name: str
    titles: dict[str, str]
    pages: Iterator[ExportPage]


@dataclass(slots=True)
class Tally:
    """What was counted while writing: records by table, cells that got a quote."""

    records: dict[str, int] = field(default_factory=dict)
    quoted: int = 0

    def add(self, table: str) -> None:
        """Count one record."""
        self.records[table] = self.records.get(table, 0) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReport:
    """What was written: the file or folder, where its losses are told, records by table."""

    path: Path
    losses: Path
    format: str
    records: dict[str, int]
