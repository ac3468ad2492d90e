"""Signing: what the store needs to know of keys, and the bytes of a signed checkpoint."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from casefile.model.ledger import MAX_INT, canonical, is_hash, is_uuid

PREFIX = b"casefile checkpoint 1\n"  # so that no signature of ours can be taken for another's
KEY_BYTES, SIGNATURE_BYTES = 32, 64
MAX_CHECKPOINT = 1_048_576  # bytes
MAX_HEADS = 4_096

Verify = Callable[[bytes, bytes, bytes], bool]  # public key, signature, message


class Signer(Protocol):
    """Somebody's Ed25519 key, unlocked; `public` has 32 bytes."""

    @property
    def public(self) -> bytes:
        """The public key."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Give the 64 bytes of the signature of a message."""
        ...


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where every chain of a case stood, signed; `heads` holds (seq, chain) by replica id.

    `made` is milliseconds since 1970 by the signer's clock.
    """

    body: bytes
    signature: bytes
    case: str
    person: str
    key: bytes
    made: int
    heads: dict[str, tuple[int, str]]

    @property
    def id(self) -> str:
        """The SHA-256 of body and signature."""
        return hashlib.sha256(self.body + self.signature).hexdigest()

    @property
    def message(self) -> bytes:
        """The bytes that were signed."""
        return PREFIX + self.body

    @property
    def operations(self) -> int:
        """How many operations it covers."""
        return sum(seq for seq, _ in self.heads.values())

    def line(self) -> str:
        """Write it as it travels: one line of JSON."""
        words = {"checkpoint": self.body.decode("utf-8"), "signature": self.signature.hex()}
        return canonical(words).decode("utf-8")


def compose(
    signer: Signer, case: str, person: str, made: int, heads: dict[str, tuple[int, str]]
) -> Checkpoint:
    """Sign where the chains stand."""
    listed = [{"replica": one, "seq": seq, "chain": end} for one, (seq, end) in heads.items()]
    listed.sort(key=lambda head: str(head["replica"]))
    data = {"v": 1, "case": case, "person": person, "key": signer.public.hex(), "made": made}
    body = canonical({**data, "heads": listed})
    return read(body, signer.sign(PREFIX + body))


def read(body: bytes, signature: bytes) -> Checkpoint:
    """Read a checkpoint; raises ValueError, with the reason, on anything unsound.

    Whether the signature holds is another question.
    """
    if len(body) > MAX_CHECKPOINT or len(signature) != SIGNATURE_BYTES:
        msg = "it is too long, or its signature is too short"
        raise ValueError(msg)
    try:
        data = json.loads(body.decode("utf-8"))
        same = canonical(data) == body
    except RecursionError as error:
        msg = "nested too deeply"
        raise ValueError(msg) from error
    if not same or not _sound(data):
        msg = "it is not written as a checkpoint is"
        raise ValueError(msg)
    heads = {one["replica"]: (one["seq"], one["chain"]) for one in data["heads"]}
    key = bytes.fromhex(data["key"])
    return Checkpoint(body, signature, data["case"], data["person"], key, data["made"], heads)


def from_line(line: str) -> Checkpoint:
    """Read a checkpoint as it travels; raises ValueError on anything unsound."""
    data = json.loads(line)
    if type(data) is not dict or data.keys() != {"checkpoint", "signature"}:
        msg = "it is not written as a checkpoint is"
        raise ValueError(msg)
    if not all(type(value) is str for value in data.values()):
        msg = "it is not written as a checkpoint is"
        raise ValueError(msg)
    return read(data["checkpoint"].encode("utf-8"), bytes.fromhex(data["signature"]))


def _sound(data: Any) -> bool:
    if type(data) is not dict or data.keys() != {"v", "case", "person", "key", "made", "heads"}:
        return False
    named = data["v"] == 1 and is_uuid(data["case"]) and is_uuid(data["person"])
    dated = type(data["made"]) is int and 0 <= data["made"] <= MAX_INT
    heads = data["heads"]
    if not (named and dated and is_hash(data["key"]) and type(heads) is list):
        return False
    return 0 < len(heads) <= MAX_HEADS and all(map(_is_head, heads))


def _is_head(head: Any) -> bool:
    if type(head) is not dict or head.keys() != {"replica", "seq", "chain"}:
        return False
    return is_uuid(head["replica"]) and type(head["seq"]) is int and is_hash(head["chain"])
