"""Messages in mail form: their headers as text and their parts, whatever was done to them."""

import email
import email.errors
import email.header
import email.policy
import email.utils
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message

from casefile.extract.decode import clean, codec_name, decode

# Keeps the bytes as they are; the newer policies stop at what is not well formed.
_AS_IT_IS = email.policy.compat32
_LONGEST = 4000  # letters of one header
_MOST_PARTS = 10_000


def message_of(data: bytes) -> Message:
    """Parse a message; never fails for what stands in it, but for nesting beyond all use."""
    return email.message_from_bytes(data, policy=_AS_IT_IS)


def parts_of(message: Message) -> Iterator[Message]:
    """Give every part that holds something, in order; a message in the message is one part."""
    waiting = [message]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        inside = part.get_payload()
        if isinstance(inside, list) and part.get_content_maintype() == "multipart":
            waiting.extend(p for p in reversed(inside) if isinstance(p, Message))
        else:
            yield part


def header(message: Message, name: str) -> str | None:
    """Give a header as text on one line; None when it is absent or empty."""
    raw = message.get(name)
    if raw is None:
        return None
    words = " ".join(clean(_decoded(str(raw)[:_LONGEST])).split())
    return words or None


def headers(message: Message, name: str) -> list[str]:
    """Give every header of a name as text."""
    found = (
        " ".join(clean(_decoded(str(raw)[:_LONGEST])).split()) for raw in message.get_all(name, [])
    )
    return [words for words in found if words]


def _decoded(raw: str) -> str:
    """Undo encoded words; bytes beyond ASCII are read as the file as a whole would be."""
    bare = raw.encode("utf-8", "surrogateescape")
    if not bare.isascii():
        return decode(bare).text
    try:
        pieces = email.header.decode_header(raw)
    except (email.errors.HeaderParseError, ValueError, LookupError):
        return raw
    words = []
    for piece, charset in pieces:
        if isinstance(piece, str):
            words.append(piece)
        else:
            name = codec_name(charset or "") or "latin-1"
            words.append(piece.decode(name, "replace"))
    return "".join(words)


def names_of(said: list[str]) -> tuple[str, ...]:
    """Give the names in address headers; the address where there is no name."""
    pairs = email.utils.getaddresses(said)
    return tuple(
        dict.fromkeys(name.strip() or address for name, address in pairs if name or address)
    )


def moment_of(words: str | None) -> datetime | None:
    """Give the time that a Date header says, in its own zone; None where it says none."""
    if not words:
        return None
    try:
        return email.utils.parsedate_to_datetime(words)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def instant(moment: datetime | None) -> str | None:
    """Give a time as UTC ISO text with milliseconds; one without a zone is taken as UTC."""
    if moment is None:
        return None
    try:
        there = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return there.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def data_of(part: Message) -> bytes:
    """Give the bytes of a part with its transfer encoding undone."""
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        found = None
    return found if isinstance(found, bytes) else b""


def charset_of(part: Message) -> str | None:
    """Give the label of the encoding that a part declares."""
    try:
        found = part.get_param("charset")
    except (ValueError, LookupError, TypeError):
        return None
    label = found[2] if isinstance(found, tuple) else found
    return str(label) if label else None


def file_name(part: Message) -> str | None:
    """Give the name of the file that a part is, as text and nothing more."""
    try:
        raw = part.get_filename()
    except (ValueError, LookupError, TypeError):
        return None
    words = " ".join(clean(_decoded(raw)).split()) if raw else ""
    return words.replace("\\", "/").rpartition("/")[2][:200] or None
