"""What a transaction is written with."""

import time
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert

from casefile.model.change import Changes
from casefile.model.errors import Refused
from casefile.model.hit import IndexState
from casefile.model.ledger import DELETED, MAX_BODY, canonical, is_uuid
from casefile.model.record import Record, plain
from casefile.store import long_values, packing
from casefile.store.flushing import flush
from casefile.store.heads import Rec
from casefile.store.known import Known
from casefile.store.projecting import fits
from casefile.store.schema import SPECS, index_state
from casefile.store.session import Reader
from casefile.store.unit import Author, Unit
from casefile.strings import tr

MAX_ARGS = 16_384  # bytes of an act's arguments
ROOM = 8_192  # bytes of an operation besides what it sets and names
SHORTER = (long_values.LONG, 2048, 256)
REMEMBERED = 4_000  # operations kept at hand before starting afresh


def now() -> int:
    """Give the time in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


@dataclass(slots=True)
class Label:
    """The act that is going on: its id, and the key and arguments that name it."""

    act: str
    key: str
    args: dict[str, Any]
    begun: bool = False  # nothing of this act can be stored yet

    def check(self) -> None:
        """Refuse arguments that an operation cannot hold."""
        if len(_written(self.args)) > MAX_ARGS:
            raise Refused(tr("There is too much to say about this change; make it in parts."))


@dataclass(frozen=True, slots=True)
class Wish:
    """A change that was asked for; `values` None leaves the fields alone."""

    table: str
    id: str
    values: dict[str, Any] | None
    deleted: bool | None


class Writer(Reader):
    """One transaction; everything in it happens or nothing.

    Reading through it sees what was written. `changes` is there when the transaction is done.
    """

    def __init__(self, connection: Connection, known: Known, author: Author, label: Label) -> None:
        super().__init__(connection, self.flush)
        label.check()
        self.label = label
        self.changes: Changes | None = None
        self.known = known
        self._author = author
        self._unit = Unit(connection, known, connection, label.act if label.begun else "")
        self._wishes: list[Wish] = []
        self._touched: dict[str, dict[str, None]] = {}

    @property
    def act(self) -> str:
        """The id of the act that is going on."""
        return self.label.act

    def put(self, record_type: type[Record], id: str, **values: Any) -> None:  # noqa: A002 - the contract's name
        """Give fields of a record their values; make the record where it is new.

        Only what differs from the case is written. A record that was deleted is restored. Raises
        TypeError for a field that does not exist or a value of another type, Refused for a value
        that cannot be written.
        """
        spec = SPECS[record_type.TABLE]
        ready: dict[str, Any] = {}
        for name, value in values.items():
            ready[name] = plain(value)
            if name not in spec or not fits(spec[name], ready[name]):
                msg = f"{record_type.TABLE}.{name} cannot be {ready[name]!r}"
                raise TypeError(msg)
        self._wish(record_type, id, self._shorten(ready), None)

    def delete(self, record_type: type[Record], id: str) -> None:  # noqa: A002 - the contract's name
        """Delete a record: it stays in the ledger and can be restored."""
        self._wish(record_type, id, None, deleted=True)

    def restore(self, record_type: type[Record], id: str) -> None:  # noqa: A002 - the contract's name
        """Bring a deleted record back."""
        self._wish(record_type, id, None, deleted=False)

    def content(self, kind: str, body: bytes) -> str:
        """Keep some bytes for good; give their SHA-256."""
        name = long_values.hash_of(body)
        if name not in self._unit.contents:
            self._unit.contents[name] = packing.pack(kind, body, name)
        return name

    def remember_index(self, place: str, state: IndexState) -> None:
        """Note what is known of the search index at a place; local, no operation."""
        self._connection.execute(delete(index_state).where(index_state.c.place == place))
        words = canonical(asdict(state)).decode()
        self._connection.execute(insert(index_state).values(place=place, state=words))

    # For the store itself

    def unit(self) -> Unit:
        """Give the unit of work, with everything wished for so far done."""
        self.flush()
        if len(self._unit.ops) > REMEMBERED:
            self._unit = Unit(self._connection, self.known, self._connection)
        return self._unit

    def operate(
        self,
        table: str,
        id_: str,
        values: dict[str, Any],
        sup: dict[str, list[str]] | None = None,
    ) -> None:
        """Write one operation on a loaded record as it is given; `unit().load` comes first."""
        named = self._unit.act(self.label.act).key is not None
        header = None if named else {"key": self.label.key, "args": self.label.args}
        self._unit.author(self._author, (table, id_), values, (self.label.act, header), sup)

    def flush(self) -> None:
        """Write what was wished for; the transaction goes on."""
        wishes, self._wishes = self._wishes, []
        if not (wishes or self._unit.fresh or self._unit.contents):
            return
        self._unit.load(wish.id for wish in wishes)
        for wish in wishes:
            self._fulfil(wish)
        for rec in flush(self._unit):
            self._touched.setdefault(rec.kind or "", {})[rec.id] = None

    def finish(self) -> Changes:
        """Write the rest, and say what changed."""
        self.flush()
        self.known.save(self._connection)
        records = {table: tuple(ids) for table, ids in self._touched.items()}
        return Changes(
            act=self.act, label=self.label.key, records=records, upto=self.known.next_op - 1
        )

    def _wish(
        self,
        record_type: type[Record],
        id_: str,
        values: dict[str, Any] | None,
        deleted: bool | None,  # noqa: FBT001 - private, None means: as it is
    ) -> None:
        if not is_uuid(id_):
            msg = f"not an id: {id_!r}"
            raise ValueError(msg)
        self._wishes.append(Wish(record_type.TABLE, id_, values, deleted))

    def _shorten(self, values: dict[str, Any]) -> dict[str, Any]:
        """Bring long values out of the way, so that what remains fits an operation."""
        if long_values.surely_short(values.values()):
            return values
        short: dict[str, Any] = {}
        for limit in SHORTER:
            try:
                short = {
                    name: long_values.shorten(value, self.content, limit)
                    for name, value in values.items()
                }
            except ValueError as error:
                raise _refusal(error) from error
            if len(_written(short)) <= MAX_BODY - MAX_ARGS - ROOM:
                break
        return short

    def _fulfil(self, wish: Wish) -> None:
        rec = self._unit.rec(wish.id)
        if wish.values is None:
            self._mark(rec, wish)
            return
        new = rec.base is None
        changed = {
            name: value
            for name, value in wish.values.items()
            if (value is not None if new else self._differs(rec, name, value))
        }
        if changed or new or self._unit.shown(rec, DELETED)[0]:
            self.operate(wish.table, wish.id, changed)

    def _mark(self, rec: Rec, wish: Wish) -> None:
        if rec.base is None:
            raise Refused(tr("There is no record {id}.").format(id=wish.id))
        if self._unit.shown(rec, DELETED) != (wish.deleted, False):
            self.operate(wish.table, wish.id, {DELETED: wish.deleted})

    def _differs(self, rec: Rec, name: str, value: Any) -> bool:
        shown, conflict = self._unit.shown(rec, name)
        return conflict or (shown is not value and canonical(shown) != canonical(value))


def _written(value: Any) -> bytes:
    try:
        return canonical(value)
    except ValueError as error:
        raise _refusal(error) from error


def _refusal(error: ValueError) -> Refused:
    return Refused(tr("This cannot be stored: {why}.").format(why=error))
