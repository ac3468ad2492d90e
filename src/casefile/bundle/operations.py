"""The operations of a bundle: each sound, each following the one before, up to where it says."""

from collections.abc import Iterator

from casefile.bundle import layout, vouching
from casefile.bundle.reading import Bundle, json_line
from casefile.bundle.unsound import Unsound
from casefile.jobs.progress import Progress
from casefile.model import ledger
from casefile.model.exchange import DISCLOSURE, Head
from casefile.model.ledger import Operation, is_hash
from casefile.model.purge import read_remnant
from casefile.model.signing import Verify
from casefile.strings import tr

Link = tuple[int, str, Operation | None, int]  # number, name, the operation unless a stub, position
AT_ONCE = 500


def read(body: bytes) -> Operation:
    """Read an operation, whole or purged; raises ValueError on anything unsound."""
    left = read_remnant(body)
    return left if left is not None else ledger.read(body)


def check(found: Bundle, verify: Verify, progress: Progress | None = None) -> None:
    """Go along every chain of a bundle; Unsound at the first thing that does not fit."""
    stubs, ops, vouched = _count_stubs(found), 0, vouching.read(found, verify)
    base = {one.replica: one for one in found.about.base}
    heads = {one.replica: one for one in found.about.heads}
    if found.about.kind == DISCLOSURE and (heads or base or found.replicas()):
        raise _unsound(tr("a disclosure has no history"))
    for replica in sorted({*found.replicas(), *heads, *stubs}):
        if replica not in heads:
            raise _unsound(tr("it holds operations of a replica that it does not name"))
        before = base.get(replica) or Head(replica, 0, ledger.ZERO)
        walk = vouched.walk(replica, before.seq, before.chain)
        for number, id_, one, _ in links(found, replica, base.get(replica)):
            walk.step(id_)
            ops += one is not None
            if progress is not None and not number % AT_ONCE:
                progress.at(ops, found.about.counts["operations"], tr("Checking the operations"))
        walk.end()
    counts = found.about.counts
    objects = sum(1 for t in found.things.values() if t.size is not None and t.kind == "original")
    here = sum(1 for t in found.things.values() if t.size is not None)
    said = (counts["operations"], counts["stubs"], counts["objects"], counts["contents"])
    if said != (ops, sum(map(len, stubs.values())), objects, here - objects):
        raise _unsound(tr("it holds another number of operations or objects than it says"))


def links(found: Bundle, replica: str, base: Head | None) -> Iterator[Link]:
    """Follow the chain of one replica; Unsound where it breaks, or ends elsewhere than it says."""
    head = next((one for one in found.about.heads if one.replica == replica), None)
    seq, chain = (base.seq, base.chain) if base else (0, ledger.ZERO)
    stubs = _stubs(found, replica)
    for at, body in found.operations(replica):
        try:
            one = read(body)
        except ValueError as error:
            raise _unsound(tr("an operation is not sound: {why}").format(why=error)) from error
        while seq + 1 < one.data["seq"] and seq + 1 in stubs:
            seq, chain = seq + 1, ledger.chain(chain, stubs[seq + 1])
            yield seq, stubs[seq], None, 0
        said = (one.data["replica"], one.data["seq"], one.data["prev"])
        if said != (replica, seq + 1, chain) or seq + 1 in stubs:
            raise _unsound(tr("an operation is missing before {id}").format(id=one.id))
        seq, chain = seq + 1, ledger.chain(chain, one.id)
        yield seq, one.id, one, at
    while seq + 1 in stubs:
        seq, chain = seq + 1, ledger.chain(chain, stubs[seq + 1])
        yield seq, stubs[seq], None, 0
    if head is None or (head.seq, head.chain) != (seq, chain):
        raise _unsound(tr("a chain does not end where the bundle says"))


def _stubs(found: Bundle, replica: str) -> dict[int, str]:
    named: dict[int, str] = {}
    for _, line in found.lines(layout.STUBS):
        data = json_line(line, {"replica", "seq", "id"}, layout.STUBS)
        if data["replica"] == replica:
            named[data["seq"]] = data["id"]
    return named


def _count_stubs(found: Bundle) -> dict[str, set[int]]:
    counted: dict[str, set[int]] = {}
    for _, line in found.lines(layout.STUBS):
        data = json_line(line, {"replica", "seq", "id"}, layout.STUBS)
        sound = ledger.is_uuid(data["replica"]) and type(data["seq"]) is int and is_hash(data["id"])
        seen = counted.setdefault(str(data["replica"]), set())
        if not sound or data["seq"] in seen:
            raise _unsound(tr("its list of what it leaves out does not fit"))
        seen.add(data["seq"])
    return counted


def _unsound(why: str) -> Unsound:
    return Unsound("operations", why)
