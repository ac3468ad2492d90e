"""The bytes of an operation, the name they get, and the chain that binds them."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

VERSION = 1
ZERO = "0" * 64  # what the first operation of a replica follows
MAX_BODY = 65_536  # bytes
MAX_INT = 2**63 - 1
MAX_HLC = 2**62  # leaves room to go on counting
MAX_NAME = 64  # letters of a table, a field or a nonce
DELETED = "deleted"

_ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)
_NAMES = {str}
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_HASH = re.compile(r"[0-9a-f]{64}")
_NEEDED: dict[str, type] = {
    "v": int,
    "replica": str,
    "seq": int,
    "prev": str,
    "hlc": int,
    "txn": str,
    "person": str,
    "tbl": str,
    "row": str,
    "set": dict,
    "nonce": str,
}
_OPTIONAL: dict[str, type] = {"sup": dict, "act": dict}


def canonical(value: Any) -> bytes:
    """Give the one way to write a JSON value.

    UTF-8, keys sorted by code point, no spaces, no escapes beyond what JSON requires. Raises
    ValueError for anything but whole numbers of 64 bits, strings without lone surrogates, booleans,
    null, arrays, and objects whose keys are strings.
    """
    _check(value)
    try:
        return _ENCODER.encode(value).encode("utf-8")
    except UnicodeEncodeError as error:
        msg = f"a lone surrogate at {error.start} cannot be written"
        raise ValueError(msg) from error


def _check(value: Any) -> None:
    kind = type(value)
    if kind is dict:
        inner: Any = value.values()
        if not set(map(type, value)) <= _NAMES:
            msg = f"{next(key for key in value if type(key) is not str)!r} is not a name"
            raise ValueError(msg)
    else:
        inner = value if kind is list or kind is tuple else (value,)
    for item in inner:
        kind = type(item)
        if kind is str or item is None or kind is bool:
            continue
        if kind is dict or kind is list or kind is tuple:
            _check(item)
        elif kind is not int:
            msg = f"{kind.__name__} has no canonical form"
            raise ValueError(msg)
        elif not -MAX_INT <= item <= MAX_INT:
            msg = f"{item} does not fit in 64 bits"
            raise ValueError(msg)


def _no_number(words: str) -> Any:
    msg = f"{words[:30]} has no canonical form"
    raise ValueError(msg)


def _number(words: str) -> int:
    value = int(words)
    if not -MAX_INT <= value <= MAX_INT:
        msg = f"{words[:30]} does not fit in 64 bits"
        raise ValueError(msg)
    return value


_READER = json.JSONDecoder(parse_float=_no_number, parse_int=_number, parse_constant=_no_number)


def op_id(body: bytes) -> str:
    """Name an operation: the SHA-256 of its canonical bytes, 64 hex digits."""
    return hashlib.sha256(body).hexdigest()


def chain(prev: str, op: str) -> str:
    """Give the chain value after an operation: SHA-256 of the bytes of both, 64 hex digits."""
    return hashlib.sha256(bytes.fromhex(prev) + bytes.fromhex(op)).hexdigest()


def is_uuid(value: Any) -> bool:
    """Say whether a value is an id as the ledger writes it: a lower-case UUID with hyphens."""
    return type(value) is str and _UUID.fullmatch(value) is not None


def is_hash(value: Any) -> bool:
    """Say whether a value is a SHA-256 as the ledger writes it: 64 lower-case hex digits."""
    return type(value) is str and _HASH.fullmatch(value) is not None


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: its bytes, what they say, and their SHA-256.

    `values` are the fields that it gives a value; every operation says whether the record lives.
    """

    body: bytes
    data: dict[str, Any]
    digest: bytes
    values: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", {DELETED: False, **self.data["set"]})

    @property
    def id(self) -> str:
        """The SHA-256 of the bytes as 64 hex digits."""
        return self.digest.hex()

    @property
    def rank(self) -> tuple[int, str, bytes]:
        """Where it stands among operations that disagree: the greatest is shown."""
        return self.data["hlc"], self.data["replica"], self.digest

    def superseded(self, name: str) -> list[bytes]:
        """Give the operations whose value of this field the author was looking at."""
        return [bytes.fromhex(one) for one in self.data.get("sup", {}).get(name, ())]


def compose(data: dict[str, Any]) -> Operation:
    """Make an operation of what it says; raises ValueError when it has no canonical form."""
    body = canonical(data)
    if len(body) > MAX_BODY:
        msg = f"an operation of {len(body)} bytes is too long"
        raise ValueError(msg)
    return Operation(body, data, hashlib.sha256(body).digest())


def read(body: bytes) -> Operation:
    """Read an operation's bytes; raises ValueError, with the reason, on anything unsound."""
    if len(body) > MAX_BODY:
        msg = f"{len(body)} bytes are too many"
        raise ValueError(msg)
    try:
        # what comes out of this reader has a canonical form, so that only the bytes are compared
        data = _READER.decode(body.decode("utf-8"))
        same = _ENCODER.encode(data).encode("utf-8") == body
    except RecursionError as error:
        msg = "nested too deeply"
        raise ValueError(msg) from error
    if not same:
        msg = "not written canonically"
        raise ValueError(msg)
    fault = _fault(data)
    if fault:
        raise ValueError(fault)
    return Operation(body, data, hashlib.sha256(body).digest())


def read_again(body: bytes) -> Operation:
    """Read bytes that `read` has accepted before; they are not looked at a second time."""
    return Operation(body, json.loads(body), hashlib.sha256(body).digest())


def _fault(data: Any) -> str:
    if type(data) is not dict:
        return "not an object"
    for name, kind in _NEEDED.items():
        if type(data.get(name)) is not kind:
            return f"{name} is missing or of the wrong type"
    for name in data.keys() - _NEEDED.keys():
        if type(data[name]) is not _OPTIONAL.get(name):
            return f"{name} is unknown or of the wrong type"
    return _fault_of_names(data) or _fault_of_sup(data) or _fault_of_act(data)


def _fault_of_names(data: dict[str, Any]) -> str:
    if data["v"] != VERSION or data["seq"] < 1 or not 0 <= data["hlc"] <= MAX_HLC:
        return "v, seq or hlc out of range"
    for name in ("replica", "txn", "person", "row"):
        if not is_uuid(data[name]):
            return f"{name} is not an id"
    if not is_hash(data["prev"]):
        return "prev is not a chain value"
    if not all(1 <= len(one) <= MAX_NAME for one in (data["tbl"], data["nonce"], *data["set"])):
        return "a name is empty or too long"
    if type(data["set"].get(DELETED, False)) is not bool:
        return "deleted is neither true nor false"
    return ""


def _fault_of_sup(data: dict[str, Any]) -> str:
    if "sup" not in data:
        return ""
    sup = data["sup"]
    if not sup or not sup.keys() <= {DELETED, *data["set"]}:
        return "supersedes a field that it does not set"
    for hashes in sup.values():
        if type(hashes) is not list or not hashes or not all(map(is_hash, hashes)):
            return "supersedes what is not an operation"
        if hashes != sorted(set(hashes)):
            return "what it supersedes is not sorted"
    return ""


def _fault_of_act(data: dict[str, Any]) -> str:
    act = data.get("act", {"key": "", "args": {}})
    if (
        act.keys() != {"key", "args"}
        or type(act["key"]) is not str
        or type(act["args"]) is not dict
    ):
        return "act is not a key with arguments"
    return ""
