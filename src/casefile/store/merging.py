"""Taking in operations that were made elsewhere; they go the same way as our own."""

from collections.abc import Iterable, Iterator
from itertools import islice

from casefile.model import ledger
from casefile.model.errors import Refused
from casefile.model.ids import new_id
from casefile.model.ledger import Operation
from casefile.store import known
from casefile.store.chains import read_body
from casefile.store.writer import Writer
from casefile.strings import tr

BATCH = 1000
MERGE = "merge:"  # begins the entry of `meta` for one merge


def merge(writer: Writer, bodies: Iterable[bytes]) -> int:
    """Add the operations that are not here yet; give their number.

    The operations of each replica come in their order, without a gap to what is here; across
    replicas any order will do. Refused, and nothing taken in, when one is unsound.
    """
    added = 0
    for part in _batches(bodies):
        added += _take_in(writer, part)
    return added


def _batches(bodies: Iterable[bytes]) -> Iterator[list[bytes]]:
    everything = iter(bodies)
    while part := list(islice(everything, BATCH)):
        yield part


def _take_in(writer: Writer, bodies: list[bytes]) -> int:
    unit = writer.unit()
    read = {one.digest: one for one in map(_read, bodies)}
    here = unit.find(read)
    fresh = [one for digest, one in read.items() if digest not in here]
    unit.load(one.data["row"] for one in fresh)
    named = {d for one in fresh for name in one.data.get("sup", ()) for d in one.superseded(name)}
    unit.find(named - unit.numbers.keys() - read.keys())
    for one in fresh:
        seq, chain = unit.known.tips.get(one.data["replica"], (0, ledger.ZERO))
        if (one.data["seq"], one.data["prev"]) != (seq + 1, chain):
            raise _refusal(tr("an operation is missing before {id}").format(id=one.id))
        unit.add(unit.known.next_op, one)
    writer.flush()
    return len(fresh)


def _read(body: bytes) -> Operation:
    try:
        return read_body(body)  # one that was purged elsewhere stays so
    except ValueError as error:
        raise _refusal(str(error)) from error


def _refusal(why: str) -> Refused:
    return Refused(tr("The operations cannot be taken in: {why}.").format(why=why))


def remember(writer: Writer, before: int) -> str:
    """Note which operations came together, by their local numbers; give the name of the merge.

    Empty when nothing came. Local to this copy: what is merged here is no operation of anybody.
    """
    last = writer.known.next_op - 1
    if last < before:
        return ""
    name = new_id()
    known.remember(writer.connection, {f"{MERGE}{name}": f"{before} {last}"})
    return name
