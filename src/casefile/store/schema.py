"""The tables: the ledger, what is derived from it, and what is local to this copy."""

from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    collate,
)
from sqlalchemy.schema import CreateIndex, CreateTable

from casefile.model.kinds import KINDS
from casefile.model.record import FieldType

metadata = MetaData()
STRICT: dict[str, Any] = {"sqlite_strict": True}
DATE_PARTS = ("text", "edtf", "earliest", "latest", "anchor")
LETTERS = "NOCASE"  # sorts a and A together

op = Table(
    "op",
    metadata,
    Column("n", Integer, primary_key=True),  # order of arrival here
    Column("h8", Integer, nullable=False),  # first eight bytes of the hash: only a finder
    Column("rec", Integer, nullable=False),  # record.n
    Column("replica", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("txn", Integer, nullable=False),
    Column("hlc", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),  # exactly the bytes that were hashed
    Index("op_h8", "h8"),
    Index("op_rec", "rec"),
    Index("op_replica", "replica", "seq"),
    Index("op_act", "txn", "rec"),
    **STRICT,
)

record = Table(
    "record",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text),  # NULL: only referred to so far (people are such records, too)
    Column("base", Integer),  # op.n that heads every field it sets and `heads` does not name
    Column("heads", Text),  # NULL, or JSON {field: [op.n, …]}
    Column("made", Integer),  # hlc
    Column("made_by", Integer),  # record.n of the person
    Column("changed", Integer),
    Column("changed_by", Integer),
    Column("conflicts", Integer, nullable=False),
    Index("record_made", "kind", "made", "id"),
    **STRICT,
)

wait = Table(  # superseded before they arrived; empty unless merged out of order
    "wait",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("rec", Integer, primary_key=True),
    Column("field", Text, primary_key=True),
    **STRICT,
)

replica = Table(
    "replica",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("seq", Integer, nullable=False),
    Column("chain", Text, nullable=False),
    **STRICT,
)

txn = Table(  # acts; everything but n and id comes from the operation that names the act
    "txn",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("first", Integer),  # op.n
    Column("hlc", Integer),
    Column("replica", Integer),
    Column("person", Integer),
    Column("key", Text),
    Column("args", Text),
    Column("undoes", Text),  # id of the act that this one takes back
    Index("txn_hlc", "hlc"),
    Index("txn_undoes", "undoes"),
    **STRICT,
)

content = Table(  # add-only
    "content",
    metadata,
    Column("hash", Text, primary_key=True),  # SHA-256 of the bytes, unpacked
    Column("kind", Text, nullable=False),
    Column("packing", Integer, nullable=False),  # 0 as they are, 1 zlib
    Column("crc", Integer, nullable=False),  # CRC-32 of `body`: zlib has bits that change nothing
    Column("body", LargeBinary, nullable=False),
    **STRICT,
)

index_state = Table(  # local: what is known of the search index at each place
    "index_state",
    metadata,
    Column("place", Text, primary_key=True),
    Column("state", Text, nullable=False),
    **STRICT,
)

text_key = Table(  # local: by what texts that say nearly the same find each other
    "text_key",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("source", Integer, primary_key=True),  # record.n
    sqlite_with_rowid=False,
    **STRICT,
)

picture_look = Table(  # local: by what photos that show the same find each other
    "picture_look",
    metadata,
    Column("source", Integer, primary_key=True),  # record.n
    Column("mean", Integer, nullable=False, index=True),
    Column("key", LargeBinary, nullable=False),
    Column("dots", LargeBinary, nullable=False),
    **STRICT,
)

likeness = Table(  # local: the sources that the two tables above know
    "likeness",
    metadata,
    Column("source", Integer, primary_key=True),  # record.n
    **STRICT,
)

meta = Table(  # local: what this copy of the case is
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    **STRICT,
)

checkpoint = Table(  # signed ends of the chains; they travel with the case
    "checkpoint",
    metadata,
    Column("id", Text, primary_key=True),  # SHA-256 of body and signature
    Column("body", LargeBinary, nullable=False),  # the bytes that were signed
    Column("signature", LargeBinary, nullable=False),
    **STRICT,
)

checked = Table(  # local: when the bytes of an original or a text were last looked at
    "checked",
    metadata,
    Column("name", Text, primary_key=True),  # SHA-256
    Column("at", Integer, nullable=False),  # milliseconds since 1970
    Column("sound", Integer, nullable=False),
    **STRICT,
)


def column_names(name: str, kind: FieldType) -> tuple[str, ...]:
    """Name the columns that one field takes: one, and for a date five."""
    if kind is FieldType.DATE:
        return tuple(f"{name}_{part}" for part in DATE_PARTS)
    return (name,)


def _columns(name: str, kind: FieldType) -> list[Column[Any]]:
    if kind in (FieldType.INT, FieldType.BOOL, FieldType.REF):
        return [Column(name, Integer)]
    return [Column(one, Text) for one in column_names(name, kind)]


SPECS: dict[str, dict[str, FieldType]] = {name: kind.spec() for name, kind in KINDS.items()}
VIEWS: dict[str, Table] = {
    table: Table(
        table,
        metadata,
        Column("n", Integer, primary_key=True),  # record.n
        Column("deleted", Integer, nullable=False),
        *(column for name, kind in spec.items() for column in _columns(name, kind)),
        **STRICT,
    )
    for table, spec in SPECS.items()
}


def _index_views() -> None:
    for table, spec in SPECS.items():
        for name, kind in spec.items():
            if kind is FieldType.REF:  # with `deleted`, so that what lives is counted in the index
                Index(f"{table}_of_{name}", VIEWS[table].c[name], VIEWS[table].c.deleted)
    source = VIEWS["source"].c
    for name in ("title", "publisher"):
        Index(f"source_by_{name}", source.deleted, collate(source[name], LETTERS))
    for name in ("published_earliest", "kind", "reliability", "status"):
        Index(f"source_by_{name}", source.deleted, source[name])
    Index("source_canonical_url", source.canonical_url)
    Index("source_file_object", VIEWS["source_file"].c.object)
    Index("extraction_text_hash", VIEWS["extraction"].c.text_hash)


_index_views()


def make_tables(connection: Connection) -> None:
    """Make every table and index in an empty database."""
    dialect = connection.dialect
    if dialect.name not in _WORDS:
        _WORDS[dialect.name] = tuple(str(one.compile(dialect=dialect)) for one in _made())
    for words in _WORDS[dialect.name]:
        connection.exec_driver_sql(words)


# A check makes the tables in memory each time; putting them into words took most of it.
_WORDS: dict[str, tuple[str, ...]] = {}


def _made() -> list[CreateTable | CreateIndex]:
    tables = metadata.sorted_tables
    indexes = sorted((index for t in tables for index in t.indexes), key=lambda i: str(i.name))
    return [*map(CreateTable, tables), *map(CreateIndex, indexes)]
