"""What of a case goes into a bundle: operations by replica, and the bytes that they name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select

from casefile.jobs.progress import Progress
from casefile.model.exchange import Heads, heads_of
from casefile.store import checkpoints, packing
from casefile.store.chains import AT_ONCE
from casefile.store.purging import named_by
from casefile.store.schema import content, op, replica
from casefile.store.session import Reader, pairs, portions
from casefile.store.unit import read_op
from casefile.strings import tr


@dataclass(slots=True)
class Packing:
    """What was met on the way: names of originals and of contents, ids of sources, operations."""

    objects: set[str] = field(default_factory=set)
    contents: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    operations: int = 0


def heads(r: Reader) -> Heads:
    """Give where every chain of the case stands."""
    return heads_of(checkpoints.heads(r).items())


def lines(
    r: Reader, replica_id: str, after: int, seen: Packing, progress: Progress | None = None
) -> Iterator[bytes]:
    """Give the operations of a replica after a number, a line each; CaseUnusable for damaged ones."""
    asked = (
        select(op.c.h8, op.c.body)
        .join(replica, replica.c.n == op.c.replica)
        .where(replica.c.id == replica_id, op.c.seq > after)
        .order_by(op.c.seq)
    )
    for h8, body in r.connection.execution_options(yield_per=AT_ONCE).execute(asked):
        one = read_op(h8, body)
        objects, contents = named_by(one)
        seen.objects |= objects
        seen.contents |= contents
        if one.data["tbl"] == "source":
            seen.sources.add(one.data["row"])
        seen.operations += 1
        if progress is not None and not seen.operations % AT_ONCE:
            progress.at(seen.operations, None, tr("Writing the operations"))
        yield bytes(body) + b"\n"


def contents(r: Reader, names: Iterable[str]) -> Iterator[tuple[str, str, bytes]]:
    """Give name, kind and bytes of the stored texts and maps of these names that are here."""
    for part in portions(sorted(names), 50):
        asked = select(content.c.hash, content.c.kind).where(content.c.hash.in_(part))
        kinds = pairs(r.connection.execute(asked))
        for name, body in sorted(packing.fetch(r.connection, part).items()):
            yield name, kinds[name], body
