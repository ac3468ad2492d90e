"""The seal on what a copy says of itself: its ids stand outside of the ledger and its hashes."""

import hashlib

from sqlalchemy import Connection

from casefile.model.ledger import canonical, is_uuid
from casefile.store import known
from casefile.strings import tr

SEAL = "seal"
SEALED = ("case", "replica", "mine", "install", "device", "inode")


def renew(connection: Connection, values: dict[str, str]) -> None:
    """Write some of what is sealed; a seal that was whole before is whole afterwards."""
    meta = known.recall(connection)
    whole = meta.get(SEAL) in (None, _seal(meta))
    fresh = values | ({SEAL: _seal(meta | values)} if whole else {})
    if fresh:
        known.remember(connection, fresh)


def fault(connection: Connection) -> str:
    """Say what is wrong with it; empty when nothing is."""
    meta = known.recall(connection)
    if not is_uuid(meta.get("case")) or not is_uuid(meta.get("replica")):
        return tr("the case has lost its name")
    if meta.get(SEAL) != _seal(meta):
        return tr("what this copy says of itself (its ids and its place) has changed")
    return ""


def _seal(meta: dict[str, str]) -> str:
    said = {name: meta.get(name) for name in SEALED}
    try:
        return hashlib.sha256(canonical(said)).hexdigest()
    except ValueError:  # a letter that is none any more
        return ""
