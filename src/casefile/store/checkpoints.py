"""Signed checkpoints: where every chain stood when somebody vouched for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select

from casefile.jobs.progress import Progress
from casefile.model import ledger
from casefile.model.case import PersonKey
from casefile.model.change import Finding
from casefile.model.signing import Checkpoint, Verify, read
from casefile.store import records
from casefile.store.chains import AT_ONCE, Walk, read_body
from casefile.store.schema import checkpoint, op, replica
from casefile.store.session import Reader
from casefile.strings import tr

ED25519 = "ed25519:"
SHORT = 16  # digits of a key that people are shown in a sentence


@dataclass(frozen=True, slots=True)
class Kept:
    """A row of the table: a checkpoint, or why it cannot be read."""

    id: str
    checkpoint: Checkpoint | None
    why: str = ""


def kept(r: Reader) -> list[Kept]:
    """Give all checkpoints, the oldest first, those that cannot be read before them."""
    found: list[Kept] = []
    for id_, body, signature in r.connection.execute(select(checkpoint)):
        try:
            one = read(bytes(body), bytes(signature))
        except (ValueError, TypeError) as error:
            found.append(Kept(id_, None, str(error)))
        else:
            found.append(Kept(id_, one, "" if one.id == id_ else tr("it has changed")))
    found.sort(key=lambda each: (each.checkpoint.made if each.checkpoint else 0, each.id))
    return found


def sound(r: Reader) -> list[Checkpoint]:
    """Give the checkpoints that can be read, the oldest first; signatures are not looked at."""
    return [each.checkpoint for each in kept(r) if each.checkpoint and not each.why]


def add(connection: Connection, one: Checkpoint) -> bool:
    """Keep a checkpoint; False when it is here already."""
    if connection.scalar(select(checkpoint.c.id).where(checkpoint.c.id == one.id)):
        return False
    connection.execute(insert(checkpoint).values(id=one.id, body=one.body, signature=one.signature))
    return True


def heads(r: Reader) -> dict[str, tuple[int, str]]:
    """Give (seq, chain) of every replica that has written anything."""
    asked = select(replica.c.id, replica.c.seq, replica.c.chain).where(replica.c.seq > 0)
    return {id_: (seq, chain) for id_, seq, chain in r.connection.execute(asked)}


def follows(
    r: Reader,
    start: dict[str, tuple[int, str]],
    ends: dict[str, tuple[int, str]],
    progress: Progress | None = None,
) -> bool:
    """Say whether the operations after `start`, hashed anew, lead every chain to its end."""
    for id_, end in ends.items():
        seq, chain = start.get(id_, (0, ledger.ZERO))
        asked = (
            select(op.c.seq, op.c.body)
            .join(replica, replica.c.n == op.c.replica)
            .where(replica.c.id == id_, op.c.seq > seq)
            .order_by(op.c.seq)
        )
        for filed, body in r.connection.execution_options(yield_per=AT_ONCE).execute(asked):
            try:
                one = read_body(body)
            except ValueError:
                return False
            said = (one.data["replica"], one.data["seq"], one.data["prev"])
            if said != (id_, filed, chain) or filed != seq + 1:
                return False
            seq, chain = filed, ledger.chain(chain, one.id)
            if progress is not None and not seq % AT_ONCE:
                progress.at(seq, end[0], tr("Checking the ledger"))
        if (seq, chain) != end:
            return False
    return True


def uncovered(r: Reader, key: bytes | None = None) -> int:
    """Count the operations that no checkpoint (of this key, if one is given) covers."""
    covered: dict[str, int] = {}
    for one in sound(r):
        if key is None or one.key == key:
            for id_, (seq, _) in one.heads.items():
                covered[id_] = max(covered.get(id_, 0), seq)
    return sum(max(0, seq - covered.get(id_, 0)) for id_, (seq, _) in heads(r).items())


def people(r: Reader) -> dict[str, str]:
    """Give the people of the case by their public keys (hex)."""
    return {
        one.key.removeprefix(ED25519): one.person
        for one in records.where(r, PersonKey)
        if one.key and one.person
    }


def wanted(r: Reader) -> frozenset[tuple[str, int]]:
    """Give the places of the chains that checkpoints speak of."""
    return frozenset((id_, seq) for one in sound(r) for id_, (seq, _) in one.heads.items())


def fault(one: Checkpoint, case: str, seen: Walk, verify: Verify | None) -> str:
    """Say what does not hold in a checkpoint, once the chains were walked; empty when it holds."""
    when = day(one.made)
    if verify is not None and not verify(one.key, one.signature, one.message):
        return tr("the signature of the checkpoint of {when} does not hold").format(when=when)
    if one.case != case:
        return tr("the checkpoint of {when} was made for another case").format(when=when)
    for id_, (seq, chain) in sorted(one.heads.items()):
        here = seen.reached.get((id_, seq))
        if here is None:
            words = tr(
                "the checkpoint of {when} knows {seq} operations of replica {id}; here are only {n}"
            )
            return words.format(when=when, seq=seq, id=id_, n=seen.tips.get(id_, (0, ""))[0])
        if here != chain:
            words = tr(
                "the operations of replica {id} up to {seq} are not those of the checkpoint of {when}"
            )
            return words.format(id=id_, seq=seq, when=when)
    return ""


def check(r: Reader, case: str, seen: Walk, verify: Verify | None) -> Iterator[Finding]:
    """Say which checkpoints do not hold, and how far those that hold reach."""
    holding: dict[bytes, Checkpoint] = {}
    for each in kept(r):
        why = each.why
        if each.checkpoint is None or why:
            words = tr("a signed checkpoint cannot be used: {why}").format(why=why)
            yield Finding(level="damage", kind="checkpoint", detail=words)
        elif words := fault(each.checkpoint, case, seen, verify):
            yield Finding(level="damage", kind="checkpoint", detail=words)
        else:
            holding[each.checkpoint.key] = each.checkpoint
    known = people(r) if holding else {}
    total = r.connection.scalar(select(func.count()).select_from(op)) or 0
    for one in holding.values():
        yield Finding(level="note", kind="checkpoint", detail=_reach(one, total, known))


def _reach(one: Checkpoint, total: int, known: dict[str, str]) -> str:
    words = tr(
        "the checkpoint of {when}, signed with key {key}, covers {n} operations; {m} are outside it"
    ).format(
        when=day(one.made),
        key=one.key.hex()[:SHORT],
        n=one.operations,
        m=max(0, total - one.operations),
    )
    if one.key.hex() not in known:
        words += "; " + tr("no person of this case is named with that key")
    return words


def day(made: int) -> str:
    """Write milliseconds since 1970 as a day and minute, UTC."""
    try:
        return f"{datetime.fromtimestamp(made / 1000, UTC):%Y-%m-%d %H:%M} UTC"
    except (OverflowError, ValueError, OSError):
        return tr("an unknown day")
