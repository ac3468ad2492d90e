"""Mailboxes: each message as it stands between two lines that begin with "From "."""

import gzip
import re
from collections.abc import Iterator
from typing import BinaryIO

from casefile.extract import gzipped
from casefile.extract.context import Context
from casefile.extract.members import Broken, Member
from casefile.extract.mime import header, instant, message_of, moment_of

_MAIL = (
    b"From a@example.org Mon Mar  1 10:00:00 2021\nFrom: a@example.org\n"
    b"Date: Mon, 1 Mar 2021 10:00:00 +0000\nSubject: A\n\nWords.\n"
)
SAMPLES = (_MAIL, gzip.compress(_MAIL, mtime=0))
_TIMED = re.compile(rb"From .*\d{1,2}:\d\d")
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:|>From ")
_LONGEST_LINE = 1 << 20
_HEAD = 64 * 1024  # bytes that hold the headers that name a message
_CUT_OFF = "the mailbox is cut off"
_TOO_LARGE = "it is larger than what is read from a mailbox"
_NO_MAIL = "there is no message in it"


def members(file: BinaryIO, context: Context) -> Iterator[Member]:
    """Give the messages in order; a line of a text that begins with "From " begins none."""
    number = 0
    for number, data in enumerate(_messages(gzipped.opened(file), context.limits.answer_bytes), 1):
        yield _member(number, data)
    if not number:
        raise Broken(_NO_MAIL)


def _messages(file: BinaryIO, most: int) -> Iterator[bytes | None]:
    """Give the bytes of each message without the line that begins it; None for one too large."""
    parts = bytearray()
    size, begun, blank = 0, False, True
    line = _line(file)
    while line:
        following = _line(file)
        if blank and _begins(line, following):
            if begun:
                yield _whole(parts, size, most)
            parts, size, begun = bytearray(), 0, True
        elif begun:
            size += len(line)
            if size <= most:
                parts += line
        blank = not line.strip()
        line = following
    if begun:
        yield _whole(parts, size, most)


def _whole(parts: bytearray, size: int, most: int) -> bytes | None:
    return None if size > most else bytes(parts)


def _begins(line: bytes, following: bytes) -> bool:
    return line.startswith(b"From ") and bool(_TIMED.match(line) or _HEADER.match(following))


def _line(file: BinaryIO) -> bytes:
    try:
        return file.readline(_LONGEST_LINE)
    except gzipped.ENDS as error:
        raise Broken(_CUT_OFF) from error


def _member(number: int, data: bytes | None) -> Member:
    if data is None:
        return Member(path=f"{number:05}.eml", reason=_TOO_LARGE)
    message = message_of(data[:_HEAD])
    subject = (header(message, "Subject") or "").replace("/", "_")[:80].strip()
    return Member(
        path=f"{number:05} {subject}".strip() + ".eml",
        data=data,
        captured_at=instant(moment_of(header(message, "Date"))),
        reason=None if data.strip() else "the message is empty",
    )
