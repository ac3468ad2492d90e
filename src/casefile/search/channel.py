"""Messages between the program and its index writer: JSON with its length before it."""

import json
import struct
from dataclasses import fields
from typing import IO, Any

from casefile.model.hit import IndexDocument
from casefile.model.zone import Zone

LIMIT = 256 * 1024 * 1024
_FIELDS = tuple(field.name for field in fields(IndexDocument))
_PLURAL = ("authors", "speaker", "place", "tags")
_LENGTH = struct.Struct("!I")


class ChannelClosed(Exception):
    """The other side has gone, or what it sent is no message."""


def send(stream: IO[bytes], message: dict[str, Any]) -> None:
    """Write one message; ChannelClosed when nobody reads it or it is too long."""
    data = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    if len(data) > LIMIT:
        msg = f"a message of {len(data)} bytes is too long"
        raise ChannelClosed(msg)
    try:
        stream.write(_LENGTH.pack(len(data)) + data)
        stream.flush()
    except (OSError, ValueError) as error:
        msg = "nobody reads the messages"
        raise ChannelClosed(msg) from error


def receive(stream: IO[bytes]) -> dict[str, Any]:
    """Read one message; ChannelClosed at the end or when it is none."""
    size = _LENGTH.unpack(_exactly(stream, _LENGTH.size))[0]
    if size > LIMIT:
        msg = f"a message of {size} bytes is too long"
        raise ChannelClosed(msg)
    try:
        message = json.loads(_exactly(stream, size).decode("utf-8", "surrogatepass"))
    except ValueError as error:
        msg = "not a message"
        raise ChannelClosed(msg) from error
    if not isinstance(message, dict):
        msg = "not a message"
        raise ChannelClosed(msg)
    return message


def _exactly(stream: IO[bytes], size: int) -> bytes:
    try:
        data = stream.read(size)
    except (OSError, ValueError) as error:
        msg = "the stream is closed"
        raise ChannelClosed(msg) from error
    if len(data) != size:
        msg = "the stream ended"
        raise ChannelClosed(msg)
    return data


def to_message(document: IndexDocument) -> dict[str, Any]:
    """Give a document as plain JSON."""
    # Field by field: a copy of every zone by `asdict` took longer than all the rest of a message.
    plain = {name: getattr(document, name) for name in _FIELDS}
    return plain | {"zones": [[z.kind, z.start, z.end] for z in document.zones]}


def from_message(data: dict[str, Any]) -> IndexDocument:
    """Read what `to_message` wrote."""
    values: dict[str, Any] = {**data, **{name: tuple(data[name]) for name in _PLURAL}}
    values["zones"] = tuple(Zone(*zone) for zone in data["zones"])
    return IndexDocument(**values)
